"""Numbers as Go reads and writes them on a 64-bit machine."""

import re
from decimal import Decimal

_DIGITS = r"[+-]?[0-9]+"
_LIMIT = 2**63


def atoi(text: str) -> int | None:
    """Return what ``strconv.Atoi`` reads; ``None`` where Go has an error.

    Leading zeros and a ``+`` are fine; blanks, ``_``, ``1e3`` and ``3.0`` are not.
    """
    if re.fullmatch(_DIGITS, text) is None:
        return None
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > 19:
        return None
    number = int(digits or "0")
    number = -number if text.startswith("-") else number
    return number if -_LIMIT <= number < _LIMIT else None


def print_float(number: float) -> str:
    """Return the text of ``%v`` for a ``float64``, as ``1e+06`` or ``0.5``."""
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "+Inf" if number > 0 else "-Inf"
    sign, digits, exponent = Decimal(repr(number)).as_tuple()
    shown = "".join(map(str, digits)).lstrip("0").rstrip("0") or "0"
    assert isinstance(exponent, int)
    point = exponent + len(digits) if number else 1
    minus = "-" if sign else ""
    if point < -3 or point > 6:
        return f"{minus}{_with_point(shown, 1)}e{point - 1:+03d}"
    return minus + _with_point(shown, point)


def print_number(number: float) -> str:
    """Return the text without an exponent: ``strconv.FormatFloat(number, 'f', -1, 64)``."""
    sign, digits, exponent = Decimal(repr(number)).as_tuple()
    if not isinstance(exponent, int):
        return str(number)
    shown = "".join(map(str, digits)).lstrip("0").rstrip("0") or "0"
    point = exponent + len(digits) if number else 1
    return ("-" if sign else "") + _with_point(shown, point)


def _with_point(digits: str, point: int) -> str:
    """Set the decimal point behind *point* digits."""
    if point <= 0:
        return "0." + "0" * -point + digits
    if point >= len(digits):
        return digits + "0" * (point - len(digits))
    return f"{digits[:point]}.{digits[point:]}"

"""Kubernetes quantities, as ``resource.ParseQuantity`` of apimachinery v0.35.4 reads them.

``500m``, ``1.5Gi``, ``1e3``. Its canonical form has quirks that are kept: a text that is
nearly canonical stays as it is (``+1``, ``01``), and ``Gi`` alone is 0.
"""

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.languages.problem import Problem, Reading

if TYPE_CHECKING:
    from fractions import Fraction

_SHAPE = re.compile(
    r"(?P<value>(?P<sign>[+-]?)0*+(?P<whole>[0-9]*+)(?:\.(?P<places>[0-9]*+))?)"
    r"(?P<suffix>[eEinumkKMGTP]*+[-+]?[0-9]*+)",
    re.ASCII,
)
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_DECIMAL_SUFFIXES = {power: suffix for suffix, power in _DECIMAL.items()}
_BINARY_SUFFIXES = {power: suffix for suffix, power in _BINARY.items()}
_EXPONENT = r"[eE]([+-]?[0-9]+)"
_MAX_DIGITS = 4000  #: Past this, and past this power of ten, no canonical form is made.
_MAX_INT = 2**63 - 1
_FAST_DIGITS = 18
_NANO = -9


class Quantity(Struct, frozen=True):
    """The amount is ``mantissa * 10 ** power``, exactly; *canonical* is Kubernetes' text.

    Both are unknown (``mantissa`` is ``None``) for numbers beyond all use.
    """

    mantissa: int | None
    power: int
    canonical: str | None

    @property
    def is_zero(self) -> bool:
        return self.mantissa == 0 and abs(self.power) <= _MAX_DIGITS

    @property
    def amount(self) -> "int | Fraction | None":
        if self.mantissa is None or abs(self.power) > _MAX_DIGITS:
            return None
        if self.power >= 0:
            whole: int = self.mantissa * 10**self.power
            return whole
        from fractions import Fraction

        return Fraction(self.mantissa, 10**-self.power)


class _Unit(Struct, frozen=True):
    style: str  #: ``decimal``, ``exponent`` or ``binary``.
    power: int  #: Of ten, or of two for ``binary``.


def parse_quantity(text: str) -> Quantity | None:
    """Return the quantity; ``None`` where Kubernetes refuses the text."""
    shape = _SHAPE.fullmatch(text)
    if shape is None or not text:
        return None
    if text == "0":
        return Quantity(0, 0, "0")
    whole, places, suffix = shape["whole"], shape["places"] or "", shape["suffix"]
    bare_zeros = not whole and shape["places"] is None and not suffix
    unit = _unit_of(suffix)
    if unit is None:
        return None
    digits = (whole or "0") + places
    sign = -1 if shape["sign"] == "-" else 1
    fast = _read_fast(text, digits, len(places), unit, sign)
    if fast is not None:
        return fast
    if not bare_zeros and not any(character.isdigit() for character in shape["value"]):
        return None
    return _read_exactly(digits, len(places), unit, sign)


def _unit_of(suffix: str) -> _Unit | None:
    if suffix in _DECIMAL:
        return _Unit("decimal", _DECIMAL[suffix])
    if suffix in _BINARY:
        return _Unit("binary", _BINARY[suffix])
    exponent = re.fullmatch(_EXPONENT, suffix)
    if exponent is None or len(exponent[1].lstrip("+-0")) > 19:
        return None
    power = int(exponent[1])
    if not -(2**63) <= power < 2**63:
        return None
    return _Unit("exponent", (power + 2**31) % 2**32 - 2**31)


def _read_fast(text: str, digits: str, places: int, unit: _Unit, sign: int) -> Quantity | None:
    """Read what fits 64 bits; only here can the text itself be the canonical form."""
    if unit.style == "binary":
        room = 15 - len(digits) - unit.power * 3 // 10 - 1
        if places or room < 0:
            return None
        value = int(digits)
        result = value << unit.power
        if result > _MAX_INT:
            return None
        if value & 7:
            return Quantity(sign * result, 0, text)
        return Quantity(sign * result, 0, _canonical(sign * result, 0, "binary"))
    power = unit.power - places
    if len(digits) > _FAST_DIGITS or power < _NANO:
        return None
    value = sign * int(digits)
    if power % 3 == 0 and not digits.endswith("000") and digits[0] != "0":
        return Quantity(value, power, text)
    return Quantity(value, power, _canonical(value, power, unit.style))


def _read_exactly(digits: str, places: int, unit: _Unit, sign: int) -> Quantity:
    if len(digits) > _MAX_DIGITS or unit.power > _MAX_DIGITS:
        return Quantity(None, 0, None)
    value, power, style = int(digits), -places, unit.style
    if style == "binary":
        value <<= unit.power
    else:
        power += unit.power
    if power < _NANO:
        value = _rounded_up(value, _NANO - power)
        power = _NANO
    if style == "binary":
        if value > _MAX_INT * 10**-power:
            value, power = _MAX_INT, 0
        if 0 < value < 10**-power:
            style = "decimal"
    value *= sign
    return Quantity(value, power, _canonical(value, power, style))


def _rounded_up(value: int, places: int) -> int:
    """Drop decimal places of a value that is not negative; what is left over rounds up."""
    if places > 2 * _MAX_DIGITS:
        return 1 if value else 0
    step: int = 10**places
    return -(-value // step)


def _canonical(value: int, power: int, style: str) -> str:
    if value == 0:
        return "0"
    while value % 10 == 0:
        value //= 10
        power += 1
    if style == "binary" and power >= 0 and abs(value * 10**power) >= 1024:
        value *= 10**power
        steps = 0
        while value % 1024 == 0:
            value //= 1024
            steps += 1
        return f"{value}{_BINARY_SUFFIXES.get(steps * 10, '')}"
    value *= 10 ** (power % 3)
    power -= power % 3
    if style == "exponent":
        return f"{value}e{power}" if power else str(value)
    return f"{value}{_DECIMAL_SUFFIXES.get(power, '')}"


def read_quantity(text: str) -> Reading:
    """Read a quantity; the value is its canonical form."""
    found = parse_quantity(text)
    if found is None:
        return Reading((Problem(_complaint(text), 0, len(text)),))
    return Reading((), "quantity", found.canonical)


def _complaint(text: str) -> str:
    message = f"`{text}` is no quantity; write a number and m, k, M, G, Ki, Mi, Gi …"
    for wrong, right in (("b", ""), ("B", ""), ("g", "G"), ("t", "T"), ("K", "k"), ("I", "i")):
        mended = "".join(text.split()).replace(wrong, right)
        if mended != text and parse_quantity(mended) is not None:
            return f"`{text}` is no quantity; `{mended}` is"
    return message

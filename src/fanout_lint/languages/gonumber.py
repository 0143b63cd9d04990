"""``strconv.Atoi`` of Go on a 64-bit machine: signs and decimal digits, nothing else."""

import re

_DIGITS = re.compile(r"[+-]?[0-9]+", re.ASCII)
_LIMIT = 2**63


def atoi(text: str) -> int | None:
    """Return the number that *text* is to Go; ``None`` where Go has an error.

    Leading zeros and a ``+`` are fine; blanks, ``_``, ``1e3`` and ``3.0`` are not.
    """
    if _DIGITS.fullmatch(text) is None:
        return None
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > 19:
        return None
    number = int(digits or "0")
    number = -number if text.startswith("-") else number
    return number if -_LIMIT <= number < _LIMIT else None

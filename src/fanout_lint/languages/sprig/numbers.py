"""sprig's arithmetic: numbers out of anything, and what is counted with them.

Whatever is no number counts as 0 (``spf13/cast``). Whole numbers are ``int64`` and
wrap around; ``addf`` and its kin go by way of exact decimals.
"""

import math
import re
from collections.abc import Callable, Mapping

from fanout_lint.languages.expression.values import (
    INT64_MAX,
    INT64_MIN,
    Duration,
    SizedNumber,
    Slice,
    is_int64,
    wrap_int64,
)
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import MAX_SIZE, shown

_WITH_FRACTION = r"([-+]?[0-9]*)\.[0-9]*"
_WHOLE = (
    r"[-+]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
    r"|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)"
)
_DIGITS = r"[0-9](?:_?[0-9])*"
_DECIMAL = rf"[-+]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?{_DIGITS})?"
_HEX = (
    r"[-+]?0[xX](?:_?[0-9a-fA-F])+(?:\.[0-9a-fA-F]*)?[pP][-+]?[0-9]+"
    r"|[-+]?0[xX]\.[0-9a-fA-F]+[pP][-+]?[0-9]+"
)
_SPECIAL = r"[-+]?(?:inf|infinity)|nan"


def whole(value: object) -> int:
    """Return what ``cast.ToInt64`` makes of *value*: 0 for what is no number."""
    match value:
        case None:
            return 0
        case bool() | int():
            return int(value)
        case float():
            return _truncated(value)
        case SizedNumber(value=number):
            return _truncated(number) if isinstance(number, float) else wrap_int64(number)
        case Duration(nanoseconds=nanoseconds):
            return nanoseconds
        case str():
            return parse_whole(value)
    return 0


def _truncated(value: float) -> int:
    if not -(2.0**63) <= value < 2.0**63:
        raise SprigUnknown
    return int(value)


def parse_whole(text: str) -> int:
    """Return the number that *text* writes in Go's way (``0x1f``, ``017``, ``1_000``), else 0."""
    if fraction := re.fullmatch(_WITH_FRACTION, text):
        digits = fraction[1]
        text = digits if digits not in ("", "-", "+") else digits + "0"
    if len(text) > 200 or not re.fullmatch(_WHOLE, text):
        return 0
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-").replace("_", "").lower()
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        digits = "0o" + digits[1:]
    number = sign * int(digits, 0)
    return number if is_int64(number) else 0


def real(value: object) -> float:
    """Return what ``cast.ToFloat64`` makes of *value*: 0 for what is no number."""
    match value:
        case None:
            return 0.0
        case bool() | int() | float():
            return float(value)
        case SizedNumber(value=number):
            return float(number)
        case Duration(nanoseconds=nanoseconds):
            return float(nanoseconds)
        case str():
            return parse_real(value) or 0.0
    return 0.0


def parse_real(text: str) -> float | None:
    """Return the number that ``strconv.ParseFloat`` reads in *text*, or None where it fails.

    Raises SprigUnknown for hexadecimal floats and texts too long to look at.
    """
    if len(text) > 1000:
        raise SprigUnknown
    if re.fullmatch(_DECIMAL, text):
        number = float(text)
        return None if math.isinf(number) else number
    if re.fullmatch(_HEX, text):
        raise SprigUnknown
    return float(text) if re.fullmatch(_SPECIAL, text, re.IGNORECASE) else None


def atoi(text: str) -> int:
    """Return ``strconv.Atoi`` of *text* with its error thrown away: too large is the largest."""
    if not re.fullmatch(r"[-+]?[0-9]+", text):
        return 0
    if len(text) > 4000:
        raise SprigUnknown
    return max(INT64_MIN, min(INT64_MAX, int(text)))


def to_decimal(value: object) -> SizedNumber:
    """Return the number that the text of *value* writes in octal, else 0."""
    text = shown(value)
    number = int(text, 8) if re.fullmatch(r"[-+]?[0-7]{1,30}", text) else 0
    return SizedNumber("int64", number if is_int64(number) else 0)


def _int64(number: int) -> SizedNumber:
    return SizedNumber("int64", wrap_int64(number))


def to_int64(value: object) -> SizedNumber:
    return _int64(whole(value))


def add1(value: object) -> SizedNumber:
    return _int64(whole(value) + 1)


def add(*values: object) -> SizedNumber:
    return _int64(sum(map(whole, values)))


def sub(left: object, right: object) -> SizedNumber:
    return _int64(whole(left) - whole(right))


def mul(first: object, *others: object) -> SizedNumber:
    product = whole(first)
    for other in others:
        product = wrap_int64(product * whole(other))
    return _int64(product)


def div(left: object, right: object) -> SizedNumber:
    return _int64(_quotient(whole(left), whole(right)))


def mod(left: object, right: object) -> SizedNumber:
    dividend, divisor = whole(left), whole(right)
    return _int64(dividend - divisor * _quotient(dividend, divisor))


def _quotient(dividend: int, divisor: int) -> int:
    if divisor == 0:
        raise SprigError("the divisor is 0")
    size = abs(dividend) // abs(divisor)
    return size if (dividend < 0) == (divisor < 0) else -size


def largest(first: object, *others: object) -> SizedNumber:
    return _int64(max(whole(first), *map(whole, others)) if others else whole(first))


def smallest(first: object, *others: object) -> SizedNumber:
    return _int64(min(whole(first), *map(whole, others)) if others else whole(first))


def _reals(*values: object) -> list[float]:
    numbers = [real(value) for value in values]
    if any(math.isnan(number) for number in numbers) or (0.0 in numbers and len(numbers) > 1):
        numbers = [_told(number) for number in numbers]
    return numbers


def _told(number: float) -> float:
    """Return *number*; NaN and -0 compare in ways of their own, and are not told."""
    if math.isnan(number) or (number == 0 and math.copysign(1, number) < 0):
        raise SprigUnknown
    return number


def largest_real(first: object, *others: object) -> float:
    return max(_reals(first, *others))


def smallest_real(first: object, *others: object) -> float:
    return min(_reals(first, *others))


def floor(value: object) -> float:
    number = real(value)
    return _whole_real(number, math.floor)


def ceil(value: object) -> float:
    number = real(value)
    return _whole_real(number, math.ceil)


def _whole_real(number: float, rounding: Callable[[float], int]) -> float:
    if not math.isfinite(number):
        return number
    return math.copysign(float(rounding(number)), number)


def rounded(value: object, places: int, threshold: float = 0.5, *ignored: float) -> float:
    """Return sprig's own rounding: up from *threshold*, and always down below zero."""
    number = real(value)
    if abs(places) > 22 or not math.isfinite(number):
        raise SprigUnknown
    power = float(10**places) if places >= 0 else 1 / float(10**-places)
    digits = power * number
    if not math.isfinite(digits):
        raise SprigUnknown
    fraction = math.modf(digits)[0]
    return _whole_real(digits, math.ceil if fraction >= threshold else math.floor) / power


def until(count: int) -> Slice:
    return Slice("int", list(_steps(0, count, -1 if count < 0 else 1)))


def until_step(start: int, stop: int, step: int) -> Slice:
    return Slice("int", list(_steps(start, stop, step)))


def _steps(start: int, stop: int, step: int) -> range:
    if (stop < start and step >= 0) or (stop >= start and step <= 0):
        return range(0)
    steps = range(start, stop, step)
    if len(steps) > MAX_SIZE // 10:
        raise SprigUnknown
    return steps


def seq(*parameters: int) -> str:
    """Return the numbers that ``seq`` would print, in one line."""
    match parameters:
        case (last,):
            down = last < 1
            steps = _steps(1, last + (-1 if down else 1), -1 if down else 1)
        case (first, last):
            down = last < first
            steps = _steps(first, last + (-1 if down else 1), -1 if down else 1)
        case (first, step, last):
            down = last < first
            if down and step > 0:
                return ""
            steps = _steps(first, last + (-1 if down else 1), step)
        case _:
            return ""
    return " ".join(map(str, steps))


CALLS: Mapping[str, Callable[..., object] | None] = {
    "atoi(string) int": atoi,
    "int(any) int": whole,
    "int64(any) int64": to_int64,
    "float64(any) float64": real,
    "toDecimal(any) int64": to_decimal,
    "add1(any) int64": add1,
    "add(*any) int64": add,
    "sub(any, any) int64": sub,
    "mul(any, *any) int64": mul,
    "div(any, any) int64": div,
    "mod(any, any) int64": mod,
    "biggest(any, *any) int64": largest,
    "max(any, *any) int64": largest,
    "min(any, *any) int64": smallest,
    "maxf(any, *any) float64": largest_real,
    "minf(any, *any) float64": smallest_real,
    "floor(any) float64": floor,
    "ceil(any) float64": ceil,
    "round(any, int, *float64) float64": rounded,
    "until(int) []int": until,
    "untilStep(int, int, int) []int": until_step,
    "seq(*int) string": seq,
    "randInt(int, int) int": None,
}

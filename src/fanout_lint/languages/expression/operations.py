"""What expr's operators do with values when they run.

Follows ``vm/runtime/helpers/main.go`` of expr-lang 1.17.8: whole numbers of every size
are reckoned in 64 bits, a float beside one makes both floats, and ``/`` and ``**`` always
give a float. Each function raises :class:`GoError` where Go panics, and answers UNKNOWN for what
depends on the unknown.
"""

import math
import operator
from collections.abc import Callable
from typing import Any, Final

from fanout_lint.languages.expression.values import (
    UNKNOWN,
    UNKNOWN_STRING,
    Duration,
    GoError,
    SizedNumber,
    Slice,
    Time,
    Unknown,
    Unordered,
    type_name,
    wrap_int64,
)

MAX_TEXT: Final = 2_000_000


def number_of(value: object) -> int | float | None:
    """Return what expr reckons with for *value*; ``None`` when it is no number."""
    match value:
        case bool():
            return None
        case int() | float():
            return value
        case SizedNumber(kind=kind, value=number):
            if kind in ("float32", "float64"):
                return float(number)
            known = kind.startswith(("int", "uint"))
            return wrap_int64(int(number)) if known else None
    return None


def is_nil(value: object) -> bool:
    """Whether Go takes *value* for nil: nil itself, or a nil slice."""
    return value is None or (isinstance(value, Slice) and value.is_nil)


def shown_type(value: object) -> str:
    """Return the type of *value* in words that a user of Argo knows."""
    name = type_name(value)
    if name == "<nil>":
        return "nil"
    if name.startswith("["):
        return "list"
    if name.startswith("map["):
        return "map"
    return {"float64": "float", "func": "function"}.get(name, name)


def _refused(symbol: str, left: object, right: object) -> GoError:
    hint = ""
    if {shown_type(left), shown_type(right)} in ({"string", "int"}, {"string", "float"}):
        hint = "; asInt(…) or asFloat(…) makes a number of a text"
    return GoError(
        f"{symbol!r} cannot stand between {shown_type(left)} and {shown_type(right)}{hint}"
    )


def items_of(value: object) -> list[object] | None:
    """Return the items of a list of any type, ``None`` for what is no list."""
    match value:
        case list():
            return value
        case Slice() | Unordered():
            return value.items
        case bytes():
            return [SizedNumber("uint8", byte) for byte in value]
    return None


_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def order(symbol: str, left: object, right: object) -> object:
    """Return whether *left* stands in the order *symbol* to *right*."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        _check_text_pair(symbol, left, right)
        return UNKNOWN
    compare = _ORDERS[symbol]
    one, other = number_of(left), number_of(right)
    if one is not None and other is not None:
        if isinstance(one, float) or isinstance(other, float):
            one, other = float(one), float(other)
        return compare(one, other)
    match left, right:
        case str(), str():
            return compare(text_bytes(left), text_bytes(right))
        case Time(), Time():
            return compare((left.seconds, left.nanoseconds), (right.seconds, right.nanoseconds))
        case Duration(), Duration():
            return compare(left.nanoseconds, right.nanoseconds)
    raise _refused(symbol, left, right)


def _check_text_pair(symbol: str, left: object, right: object) -> None:
    """Raise where a text of unknown content stands beside what is surely no text."""
    if left is UNKNOWN or right is UNKNOWN:
        return
    if not isinstance(left, str | Unknown) or not isinstance(right, str | Unknown):
        raise _refused(symbol, left, right)


def text_bytes(text: str) -> bytes:
    """Return the bytes that Go holds for *text*."""
    return (
        text.encode("utf-8", "surrogateescape")
        if not _is_odd(text)
        else text.encode("utf-8", "surrogatepass")
    )


def _is_odd(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff" for char in text)


def add(left: object, right: object) -> object:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        _check_text_pair("+", left, right)
        texts = UNKNOWN_STRING in (left, right)
        return UNKNOWN_STRING if texts else UNKNOWN
    match left, right:
        case str(), str():
            if len(left) + len(right) > MAX_TEXT:
                return UNKNOWN_STRING
            return left + right
        case Duration(), Duration():
            return Duration(wrap_int64(left.nanoseconds + right.nanoseconds))
        case (Time(), Duration()):
            return later(left, right.nanoseconds)
        case (Duration(), Time()):
            return later(right, left.nanoseconds)
    return _reckon("+", left, right, operator.add)


def later(moment: Time, nanoseconds: int) -> Time:
    """Return the time *nanoseconds* after *moment*."""
    seconds, rest = divmod(moment.nanoseconds + nanoseconds, 1_000_000_000)
    return Time(moment.seconds + seconds, rest, moment.zone, moment.offset)


def between(left: Time, right: Time) -> Duration:
    """Return ``left.Sub(right)``, which ends at what 64 bits hold."""
    total = (left.seconds - right.seconds) * 1_000_000_000 + left.nanoseconds - right.nanoseconds
    return Duration(max(-(2**63), min(2**63 - 1, total)))


def subtract(left: object, right: object) -> object:
    match left, right:
        case Time(), Time():
            return between(left, right)
        case Time(), Duration():
            return later(left, -right.nanoseconds)
        case Duration(), Duration():
            return Duration(wrap_int64(left.nanoseconds - right.nanoseconds))
    return _reckon("-", left, right, operator.sub)


def multiply(left: object, right: object) -> object:
    if isinstance(left, Duration) or isinstance(right, Duration):
        one = left.nanoseconds if isinstance(left, Duration) else number_of(left)
        other = right.nanoseconds if isinstance(right, Duration) else number_of(right)
        if one is not None and other is not None:
            if isinstance(one, float) or isinstance(other, float):
                return float(one) * float(other)
            return Duration(wrap_int64(one * other))
    return _reckon("*", left, right, operator.mul)


def _reckon(symbol: str, left: object, right: object, compute: Callable[[int, int], int]) -> object:
    numbers = _numbers(symbol, left, right)
    if numbers is None:
        return UNKNOWN
    one, other = numbers
    if isinstance(one, float) or isinstance(other, float):
        floating: Callable[[float, float], float] = compute  # type: ignore[assignment]  # generic
        return floating(float(one), float(other))
    return wrap_int64(compute(one, other))


def _numbers(symbol: str, left: object, right: object) -> tuple[int | float, int | float] | None:
    """Return both as numbers, ``None`` when one is unknown; raises where one is none."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        if UNKNOWN_STRING in (left, right):
            raise _refused(symbol, left, right)
        return None
    one, other = number_of(left), number_of(right)
    if one is None or other is None:
        raise _refused(symbol, left, right)
    return one, other


def divide(left: object, right: object) -> object:
    numbers = _numbers("/", left, right)
    if numbers is None:
        return UNKNOWN
    one, other = float(numbers[0]), float(numbers[1])
    if other != 0:
        return one / other
    if one == 0 or one != one:
        return math.nan
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def modulo(left: object, right: object) -> object:
    numbers = _numbers("%", left, right)
    if numbers is None:
        return UNKNOWN
    one, other = numbers
    if isinstance(one, float) or isinstance(other, float):
        raise _refused("%", left, right)
    if other == 0:
        raise GoError("a whole number is divided by zero")
    rest = abs(one) % abs(other)
    return -rest if one < 0 else rest


def power(left: object, right: object) -> object:
    """Return ``left ** right``; UNKNOWN where Go's last digit may differ from the machine's."""
    numbers = _numbers("**", left, right)
    if numbers is None:
        return UNKNOWN
    base, exponent = float(numbers[0]), float(numbers[1])
    if exponent == 0 or base == 1:
        return 1.0
    if exponent == 1 or base != base or exponent != exponent:
        return base if exponent == 1 else math.nan
    if math.isinf(base) and math.isfinite(exponent):
        return _power_of_zero(1 / base, -exponent)
    if base == 0:
        return _power_of_zero(base, exponent)
    if abs(exponent) == 0.5:
        return _root(base) if exponent > 0 else divide(1.0, _root(base))
    if math.isfinite(exponent) and exponent != int(exponent):
        return math.nan if base < 0 else UNKNOWN
    if abs(exponent) >= 2.0**63:
        if base == -1:
            return 1.0
        return 0.0 if (abs(base) < 1) == (exponent > 0) else math.inf
    return _whole_power(base, int(exponent))


def _power_of_zero(base: float, exponent: float) -> float:
    sign = math.copysign(1.0, base) if exponent % 2 == 1 else 1.0
    return sign * (math.inf if exponent < 0 else 0.0)


def _root(base: float) -> float:
    return math.nan if base < 0 else math.sqrt(base)


def _whole_power(base: float, exponent: int) -> float:
    """Multiply as Go's ``math.Pow`` does: by squares of the fraction, exponents kept apart."""
    fraction, power_of_two = math.frexp(base)
    result, shift = 1.0, 0
    left = abs(exponent)
    while left:
        if power_of_two < -(1 << 12) or power_of_two > 1 << 12:
            shift += power_of_two
            break
        if left & 1:
            result *= fraction
            shift += power_of_two
        fraction *= fraction
        power_of_two <<= 1
        if abs(fraction) < 0.5:
            fraction += fraction
            power_of_two -= 1
        left >>= 1
    if exponent < 0:
        result, shift = 1 / result, -shift
    try:
        return math.ldexp(result, shift)
    except OverflowError:
        return math.copysign(math.inf, result)


def negate(value: object) -> object:
    if value is UNKNOWN:
        return UNKNOWN
    match value:
        case SizedNumber(kind=kind, value=number) if kind in ("int64", "float32"):
            return SizedNumber(kind, -number if kind == "float32" else wrap_int64(-int(number)))
        case SizedNumber():
            return UNKNOWN
    found = number_of(value)
    if found is None:
        raise GoError(f"'-' takes no {shown_type(value)}")
    return wrap_int64(-found) if isinstance(found, int) else -found


def to_int(value: object) -> int | None:
    """Return *value* as ``runtime.ToInt`` does, ``None`` when it is not known; raises GoError."""
    if value is UNKNOWN:
        return None
    number = number_of(value)
    if number is None:
        raise GoError(f"a whole number is needed here, not {shown_type(value)}")
    return truncated(number)


def truncated(number: int | float) -> int | None:
    """Return *number* without its fraction; ``None`` where that depends on the processor."""
    if isinstance(number, int):
        return number
    return int(number) if math.isfinite(number) and -(2.0**63) <= number < 2.0**63 else None


ARITHMETIC: Final[dict[str, Callable[[object, object], object]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
    "**": power,
    "^": power,
}

"""expr's built-in functions of numbers and times (``builtin/lib.go`` of 1.17.8)."""

import math
import re
from collections.abc import Callable
from typing import Final

from fanout_lint.languages.expression.operations import (
    items_of,
    number_of,
    order,
    shown_type,
    truncated,
)
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    Duration,
    GoError,
    Location,
    SizedNumber,
    Time,
    wrap_int64,
)
from fanout_lint.languages.gonumber import atoi


def to_whole(value: object) -> object:
    """Return what ``int(value)`` and Argo's ``asInt(value)`` give."""
    if isinstance(value, str):
        number = atoi(value)
        if number is None:
            raise GoError(f"{value!r} is no whole number")
        return number
    if isinstance(value, Duration):
        return value.nanoseconds
    if isinstance(value, SizedNumber) and value.kind.startswith("time."):
        return value.value
    found = number_of(value)
    if found is None:
        raise GoError(f"no whole number can be made of {shown_type(value)}")
    whole = truncated(found)
    return UNKNOWN if whole is None else whole


_DECIMAL = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_SPECIAL = r"[+-]?inf(?:inity)?|nan"


def to_float(value: object) -> object:
    """Return what ``float(value)`` and Argo's ``asFloat(value)`` give."""
    if isinstance(value, str):
        return _parsed_float(value)
    number = number_of(value)
    if number is None:
        raise GoError(f"no number can be made of {shown_type(value)}")
    return float(number)


def _parsed_float(text: str) -> object:
    if len(text) > 100_000 or "_" in text or text.lstrip("+-")[:2] in ("0x", "0X"):
        return UNKNOWN
    if re.fullmatch(_SPECIAL, text, re.ASCII | re.IGNORECASE):
        return float(text)
    if not re.fullmatch(_DECIMAL, text):
        raise GoError(f"{text!r} is no number")
    number = float(text)
    if math.isinf(number):
        raise GoError(f"{text} is too large a number")
    return number


def _absolute(value: object) -> object:
    match value:
        case bool():
            pass
        case int():
            return wrap_int64(abs(value))
        case float():
            return -value if value < 0 else value
        case SizedNumber(kind=kind, value=number) if kind.startswith(("int64", "uint", "float")):
            return SizedNumber(kind, abs(number) if number != -(2**63) else number)
        case SizedNumber(kind=kind) if not kind.startswith("time."):
            return UNKNOWN
    raise GoError(f"abs takes a number, not {shown_type(value)}")


def _rounded(rounding: Callable[[float], float]) -> Callable[[object], object]:
    def compute(value: object) -> object:
        number = number_of(value)
        if number is None:
            raise GoError(f"a number is needed here, not {shown_type(value)}")
        if isinstance(number, int) or not math.isfinite(number):
            return float(number)
        return math.copysign(rounding(number), number)

    return compute


def _half_away(number: float) -> float:
    size = abs(number)
    if size >= 2.0**52:
        return number
    whole = math.floor(size)
    return math.copysign(whole + (size - whole >= 0.5), number)


def _scalar(value: object) -> int | float | None:
    """Return what ``reflect`` reckons with: a duration, a month are numbers too."""
    if isinstance(value, Duration):
        return value.nanoseconds
    if isinstance(value, SizedNumber) and value.kind.startswith("time."):
        return value.value
    return number_of(value)


def _extreme(name: str, symbol: str, *arguments: object) -> object:
    """Return the greatest or least number, lists searched through; nil when there is none."""
    best: object = None
    for argument in arguments:
        items = items_of(argument)
        if items is not None:
            found = _extreme_in(name, symbol, argument, items)
        elif _scalar(argument) is not None:
            found = argument
        elif len(arguments) == 1:
            return argument
        else:
            raise GoError(f"{name} takes no {shown_type(argument)}")
        if found is not None and (best is None or order(symbol, best, found)):
            best = found
    return best


def _extreme_in(name: str, symbol: str, whole: object, items: list[object]) -> object:
    best: object = None
    for item in items:
        if items_of(item) is not None:
            found = _extreme(name, symbol, item)
            if found is None and isinstance(whole, list):
                continue
        else:
            found = item
        if number_of(found) is None:
            raise GoError(f"{name} takes no {shown_type(found)}")
        if best is None or order(symbol, best, found):
            best = found
    return best


def _floats(name: str, arguments: tuple[object, ...]) -> list[float]:
    found: list[float] = []
    for argument in arguments:
        items = items_of(argument)
        if items is not None:
            found.extend(_floats(name, tuple(items)))
            continue
        number = _scalar(argument)
        if number is None:
            raise GoError(f"{name} takes no {shown_type(argument)}")
        found.append(float(number))
    return found


def _mean(*arguments: object) -> object:
    """Add in Go's order: each list by itself, then the lists."""
    total, count = _total(arguments)
    return total / count if count else 0.0


def _total(arguments: tuple[object, ...]) -> tuple[float, int]:
    total, count = 0.0, 0
    for argument in arguments:
        items = items_of(argument)
        if items is None:
            total += _floats("mean", (argument,))[0]
            count += 1
        elif isinstance(argument, list):
            inner, number = _total(tuple(items))
            flat = not any(items_of(item) is not None for item in items)
            total = _added(total, items) if flat else total + inner
            count += number
        else:
            total = _added(total, items)
            count += len(items)
    return total, count


def _added(total: float, items: list[object]) -> float:
    for number in _floats("mean", tuple(items)):
        total += number
    return total


def _median(*arguments: object) -> object:
    numbers = sorted(_floats("median", arguments))
    if any(number != number for number in numbers):
        return UNKNOWN
    middle = len(numbers) // 2
    if not numbers:
        return 0.0
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2


def _bits(compute: Callable[[int, int], int]) -> Callable[[object, object], object]:
    def function(left: object, right: object) -> object:
        return wrap_int64(compute(_whole(left), _whole(right)))

    return function


def _whole(value: object) -> int:
    number = number_of(value)
    if not isinstance(number, int):
        raise GoError(f"a whole number is needed here, not {shown_type(value)}")
    return number


def _shift(count: int) -> int:
    if count < 0:
        raise GoError(f"bits cannot be shifted by {count}")
    return min(count, 64)


def _duration(text: object) -> object:
    from fanout_lint.languages.duration import parse_go_duration

    if not isinstance(text, str):
        raise GoError(f"a text is needed here, not {shown_type(text)}")
    found = parse_go_duration(text)
    if not isinstance(found, int):
        raise GoError(f"{text!r} is no duration such as '1h30m'")
    return Duration(found)


def _timezone(name: object) -> object:
    if not isinstance(name, str):
        raise GoError(f"a text is needed here, not {shown_type(name)}")
    if name in ("", "UTC"):
        return Location("UTC")
    if ".." in name or name.startswith(("/", "\\")):
        raise GoError(f"{name!r} is no time zone")
    if _is_zone(name):
        return Location(name)
    if _is_zone("Europe/Paris"):
        raise GoError(f"{name!r} is no time zone")
    return UNKNOWN  # This machine has no zone database.


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


_LAYOUTS: Final = (
    *("2006-01-02", "15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00"),
    *("02 Jan 06 15:04 MST", "Monday, 02-Jan-06 15:04:05 MST", "Mon, 02 Jan 2006 15:04:05 MST"),
)


def _date(*arguments: object) -> object:
    zone = arguments[0].name if isinstance(arguments[0], Location) else "UTC"
    rest = arguments[1:] if isinstance(arguments[0], Location) else arguments
    if not rest or not all(isinstance(one, str) for one in rest):
        raise GoError("date takes texts")
    texts = [str(one) for one in rest]
    if len(texts) == 3:
        location = _timezone(texts[2])
        zone = location.name if isinstance(location, Location) else "?"
    layouts = _LAYOUTS if len(texts) == 1 else (texts[1],)
    found = _parsed_date(texts[0], layouts)
    if isinstance(found, Time) and zone != "UTC":
        return UNKNOWN
    return found


def _parsed_date(text: str, layouts: tuple[str, ...]) -> object:
    from fanout_lint.languages.sprig.function import SprigUnknown
    from fanout_lint.languages.sprig.layouts import LayoutMismatch, parse_time

    for layout in layouts:
        try:
            return parse_time(layout, text)
        except LayoutMismatch:
            continue
        except SprigUnknown:
            return UNKNOWN
    raise GoError(f"{text!r} is no date of this layout")


NUMBER_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "abs": _absolute,
    "ceil": _rounded(math.ceil),
    "floor": _rounded(math.floor),
    "round": _rounded(_half_away),
    "int": to_whole,
    "float": to_float,
    "max": lambda *given: _extreme("max", "<", *given),
    "min": lambda *given: _extreme("min", ">", *given),
    "mean": _mean,
    "median": _median,
    "bitand": _bits(lambda x, y: x & y),
    "bitor": _bits(lambda x, y: x | y),
    "bitxor": _bits(lambda x, y: x ^ y),
    "bitnand": _bits(lambda x, y: x & ~y),
    "bitshl": _bits(lambda x, y: x << _shift(y)),
    "bitshr": _bits(lambda x, y: x >> _shift(y)),
    "bitushr": _bits(lambda x, y: (x % 2**64) >> _shift(y)),
    "bitnot": lambda value: ~_whole(value),
    "now": lambda *_: UNKNOWN,
    "duration": _duration,
    "timezone": _timezone,
    "date": _date,
}

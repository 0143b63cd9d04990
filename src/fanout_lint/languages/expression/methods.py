"""Methods of Go's times and durations, such as ``now().Year()`` and ``date(x).Format(y)``."""

from collections.abc import Callable
from functools import partial
from typing import Final

from fanout_lint.languages.expression.json_text import show
from fanout_lint.languages.expression.operations import between, later, order
from fanout_lint.languages.expression.signatures import METHODS
from fanout_lint.languages.expression.times import civil_of, day_of_year, show_duration, show_time
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    Duration,
    Function,
    GoError,
    Location,
    SizedNumber,
    Time,
    is_int64,
    type_name,
)


def bound_method(value: object, name: str) -> Function:
    """Return the method *name* of *value*, which :data:`METHODS` lists for its type."""
    return Function(f"{type_name(value)}.{name}", partial(_call, value, name))


def _call(value: object, name: str, *arguments: object) -> object:
    signature = METHODS[type_name(value)][name]
    if len(arguments) != len(signature.parameters):
        raise GoError(f"{name} takes {len(signature.parameters)} arguments, not {len(arguments)}")
    for wanted, given in zip(signature.parameters, arguments, strict=True):
        if given is None:
            return UNKNOWN
        if given is not UNKNOWN and type_name(given) != wanted:
            raise GoError(f"{name} takes {wanted}, not {type_name(given)}")
    if UNKNOWN in arguments:
        return UNKNOWN
    match value:
        case Time() if name in _TIME:
            return _TIME[name](value, *arguments)
        case Duration() if name in _DURATION:
            return _DURATION[name](value.nanoseconds, *arguments)
        case Location(name=zone):
            return zone
        case SizedNumber():
            return show(value)  # Month and Weekday have no method but String.
    return UNKNOWN


def _number(kind: str, value: int) -> object:
    return SizedNumber(kind, value) if is_int64(value) else UNKNOWN


def _format(moment: Time, layout: str) -> str:
    from fanout_lint.languages.sprig.layouts import format_time

    return format_time(moment, layout)


_TIME: Final[dict[str, Callable[..., object]]] = {
    "Year": lambda one: civil_of(one)[0],
    "Day": lambda one: civil_of(one)[2],
    "Hour": lambda one: civil_of(one)[3],
    "Minute": lambda one: civil_of(one)[4],
    "Second": lambda one: civil_of(one)[5],
    "YearDay": day_of_year,
    "Nanosecond": lambda one: one.nanoseconds,
    "Month": lambda one: SizedNumber("time.Month", civil_of(one)[1]),
    "Weekday": lambda one: SizedNumber(
        "time.Weekday", ((one.seconds + one.offset) // 86_400 + 4) % 7
    ),
    "Unix": lambda one: _number("int64", one.seconds),
    "UnixMilli": lambda one: _number("int64", one.seconds * 1000 + one.nanoseconds // 1_000_000),
    "UnixMicro": lambda one: _number("int64", one.seconds * 1_000_000 + one.nanoseconds // 1000),
    "UnixNano": lambda one: _number("int64", one.seconds * 1_000_000_000 + one.nanoseconds),
    "Before": lambda one, other: order("<", one, other),
    "After": lambda one, other: order(">", one, other),
    "Equal": lambda one, other: _instant(one) == _instant(other),
    "Compare": lambda one, other: (
        (_instant(one) > _instant(other)) - (_instant(one) < _instant(other))
    ),
    "Add": lambda one, span: later(one, span.nanoseconds),
    "Sub": between,
    "UTC": lambda one: Time(one.seconds, one.nanoseconds, "UTC", 0),
    "IsZero": lambda one: _instant(one) == (-62_135_596_800, 0),
    "String": show_time,
    "Format": _format,
}


def _instant(moment: Time) -> tuple[int, int]:
    return moment.seconds, moment.nanoseconds


def _in_units(nanoseconds: int, unit: int) -> float:
    whole, rest = divmod(abs(nanoseconds), unit)
    size = float(whole) + float(rest) / unit
    return -size if nanoseconds < 0 else size


def _quotient(nanoseconds: int, unit: int) -> SizedNumber:
    size = abs(nanoseconds) // unit
    return SizedNumber("int64", -size if nanoseconds < 0 else size)


_DURATION: Final[dict[str, Callable[..., object]]] = {
    "Hours": lambda size: _in_units(size, 3_600_000_000_000),
    "Minutes": lambda size: _in_units(size, 60_000_000_000),
    "Seconds": lambda size: _in_units(size, 1_000_000_000),
    "Milliseconds": lambda size: _quotient(size, 1_000_000),
    "Microseconds": lambda size: _quotient(size, 1000),
    "Nanoseconds": lambda size: SizedNumber("int64", size),
    "Abs": lambda size: Duration(min(abs(size), 2**63 - 1)),
    "String": lambda size: show_duration(Duration(size)),
    "Truncate": lambda size, unit: _truncated(size, unit.nanoseconds),
}


def _truncated(size: int, unit: int) -> Duration:
    if unit <= 0:
        return Duration(size)
    rest = abs(size) % unit
    return Duration(size + rest if size < 0 else size - rest)

"""sprig's dates, with local time taken for UTC, as it is in Argo's own images.

What is shown in another zone, or hangs on the present, is not told.
"""

import re
from collections.abc import Callable, Mapping

from fanout_lint.languages.expression.times import show_duration
from fanout_lint.languages.expression.values import (
    INT64_MAX,
    INT64_MIN,
    Duration,
    SizedNumber,
    Time,
    wrap_int64,
)
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.layouts import LayoutMismatch, format_time, parse_time

#: Go's zero ``time.Time``, the start of the year 1.
_ZERO_TIME = Time(-62_135_596_800, 0, "UTC", 0)

_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6}
_UNITS |= {"s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_AMOUNT = r"([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)"


def _instant(value: object) -> Time:
    match value:
        case Time():
            return Time(value.seconds, value.nanoseconds, "UTC", 0)
        case bool():
            raise SprigUnknown
        case int():
            return Time(value, 0, "UTC", 0)
        case SizedNumber(kind="int64" | "int32", value=int() as seconds):
            return Time(seconds, 0, "UTC", 0)
    raise SprigUnknown  # Anything else stands for now.


def date_in_zone(layout: str, value: object, zone: str) -> str:
    if zone not in ("", "UTC", "Local"):
        raise SprigUnknown
    instant = _instant(value)
    if abs(instant.seconds) > 10**12:
        raise SprigUnknown
    return format_time(instant, layout)


def date(layout: str, value: object) -> str:
    return date_in_zone(layout, value, "Local")


def html_date(value: object) -> str:
    return date_in_zone("2006-01-02", value, "Local")


def html_date_in_zone(value: object, zone: str) -> str:
    return date_in_zone("2006-01-02", value, zone)


def must_to_date(layout: str, text: str) -> Time:
    try:
        return parse_time(layout, text)
    except LayoutMismatch as error:
        raise SprigError(f"{text!r} is no time of the layout {layout!r}: {error}") from error


def to_date(layout: str, text: str) -> Time:
    try:
        return parse_time(layout, text)
    except LayoutMismatch:
        return _ZERO_TIME


def parse_duration(text: str) -> int:
    """Return the nanoseconds of ``1h30m`` and its like (``time.ParseDuration``)."""
    sign = -1 if text.startswith("-") else 1
    bare = text[1:] if text[:1] in ("-", "+") else text
    if bare == "0":
        return 0
    total = place = 0
    while place < len(bare) or not bare:
        found = re.compile(_AMOUNT).match(bare, place)
        if not found or not (found[1] or found[2]):
            raise SprigError(f"{text!r} is no duration")
        total += _nanoseconds(found, text)
        place = found.end()
    if total > INT64_MAX + (sign < 0):
        raise SprigError(f"duration {text!r} is too long")
    return sign * total


def _nanoseconds(found: re.Match[str], text: str) -> int:
    unit = _UNITS[found[3]]
    if len(found[1]) > 19:
        raise SprigError(f"duration {text!r} is too long")
    fraction = found[2] or ""
    if len(fraction) > 15:
        raise SprigUnknown  # Go counts the fraction in floating point.
    part = int(fraction or "0") * unit // int("1" + "0" * len(fraction))
    return int(found[1] or "0") * unit + part


def must_date_modify(amount: str, value: Time) -> Time:
    moved = value.seconds * 10**9 + value.nanoseconds + parse_duration(amount)
    return Time(moved // 10**9, moved % 10**9, value.zone, value.offset)


def date_modify(amount: str, value: Time) -> Time:
    try:
        return must_date_modify(amount, value)
    except SprigError:
        return value


def unix_epoch(value: Time) -> str:
    return str(value.seconds)


def duration(value: object) -> str:
    """Return ``1m35s`` for the text ``95`` or an ``int64``; a Go ``int`` counts as 0."""
    match value:
        case str():
            if not re.fullmatch(r"[-+]?[0-9]{1,50}", value):
                if value.isdigit():
                    raise SprigUnknown
                seconds = 0
            else:
                seconds = max(INT64_MIN, min(INT64_MAX, int(value)))
        case SizedNumber(kind="int64", value=int() as number):
            seconds = number
        case _:
            seconds = 0
    return show_duration(Duration(wrap_int64(seconds * 10**9)))


_ROUNDING = (
    (365 * 86_400, "y"),
    (30 * 86_400, "mo"),
    (86_400, "d"),
    (3600, "h"),
    (60, "m"),
    (1, "s"),
)


def duration_round(value: object) -> str:
    """Return a duration in its largest unit alone: ``2h10m5s`` → ``2h``."""
    match value:
        case str():
            nanoseconds = _duration_or_zero(value)
        case SizedNumber(kind="int64", value=int() as number):
            nanoseconds = number
        case Time():
            raise SprigUnknown
        case _:
            nanoseconds = 0
    size = abs(nanoseconds)
    for seconds, unit in _ROUNDING:
        if size > seconds * 10**9:
            return f"{size // (seconds * 10**9)}{unit}"
    return "0s"


def _duration_or_zero(text: str) -> int:
    try:
        return parse_duration(text)
    except SprigError:
        return 0


CALLS: Mapping[str, Callable[..., object] | None] = {
    "now() time": None,
    "ago(any) string": None,
    "date(string, any) string": date,
    "date_in_zone(string, any, string) string": date_in_zone,
    "dateInZone(string, any, string) string": date_in_zone,
    "htmlDate(any) string": html_date,
    "htmlDateInZone(any, string) string": html_date_in_zone,
    "date_modify(string, time) time": date_modify,
    "dateModify(string, time) time": date_modify,
    "must_date_modify(string, time) time": must_date_modify,
    "mustDateModify(string, time) time": must_date_modify,
    "toDate(string, string) time": to_date,
    "mustToDate(string, string) time": must_to_date,
    "unixEpoch(time) string": unix_epoch,
    "duration(any) string": duration,
    "durationRound(any) string": duration_round,
}

"""Durations: Go's ``time.ParseDuration``, and Argo's dialect where a whole number is seconds.

Argo's own (``pkg/apis/workflow/v1alpha1:ParseStringToDuration`` of v4.1.2) serves
template.timeout, suspend.duration, the retry backoff and podGC.deleteDelayDuration;
Go's serves memoize.maxAge, containerSet.retryStrategy.duration and cron's ``@every``.
"""

import re

from msgspec import Struct

from fanout_lint.languages.gonumber import atoi
from fanout_lint.languages.problem import Problem, Reading

SECOND = 1_000_000_000
UNITS = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": SECOND,
    "m": 60 * SECOND,
    "h": 3600 * SECOND,
}
_LIMIT = 2**63
_NUMBER = r"([0-9]*+)(\.?)([0-9]*+)"
_UNIT = r"[^.0-9]++"


class DurationFault(Struct, frozen=True):
    """Why a text is no duration, with the place of what is wrong in it."""

    message: str
    start: int
    end: int


def parse_go_duration(text: str) -> int | DurationFault:
    """Return the nanoseconds that ``time.ParseDuration`` reads."""
    position = 1 if text[:1] in ("-", "+") else 0
    if text[position:] == "0":
        return 0
    if position == len(text):
        return DurationFault("a duration needs a number and a unit, as `30s`", 0, len(text))
    total = 0
    while position < len(text):
        part = _parse_part(text, position)
        if isinstance(part, DurationFault):
            return part
        nanoseconds, position = part
        total += nanoseconds
        if total > _LIMIT:
            return _too_long(text)
    if text.startswith("-"):
        return -total
    return total if total < _LIMIT else _too_long(text)


def _too_long(text: str) -> DurationFault:
    return DurationFault("a duration cannot exceed 292 years (2562047h)", 0, len(text))


def _parse_part(text: str, start: int) -> tuple[int, int] | DurationFault:
    """Read a number and its unit; return the nanoseconds and the offset behind them."""
    number = re.compile(_NUMBER).match(text, start)
    assert number is not None
    whole, dot, fraction = number.groups()
    if not whole and not fraction:
        found = text[start : start + 1]
        return DurationFault(f"a number must stand here, not `{found}`", start, start + 1)
    unit = re.compile(_UNIT).match(text, number.end())
    if unit is None:
        return DurationFault(
            f"`{number[0]}` needs a unit ({', '.join(('ns', 'us', 'ms', 's', 'm', 'h'))})",
            start,
            number.end(),
        )
    scale = UNITS.get(unit[0])
    if scale is None:
        return DurationFault(
            f"`{unit[0]}` is no unit of time; h is the longest there is", unit.start(), unit.end()
        )
    if len(whole.lstrip("0")) > 19 or int(whole.lstrip("0")[:20] or "0") * scale > _LIMIT:
        return _too_long(text)
    nanoseconds = int(whole.lstrip("0") or "0") * scale
    if dot and fraction:
        nanoseconds += _fraction(fraction, scale)
    return nanoseconds, unit.end()


def _fraction(digits: str, scale: int) -> int:
    """Return the nanoseconds of ``.digits``; digits past 63 bits do not count, as in Go."""
    number = 0
    power = 1.0
    for digit in digits:
        if number > (_LIMIT - 1) // 10:
            break
        longer = number * 10 + int(digit)
        if longer > _LIMIT:
            break
        number = longer
        power *= 10
    return int(float(number) * (float(scale) / power))


def parse_argo_duration(text: str) -> int | DurationFault:
    """Return the nanoseconds that Argo reads; a plain number overflows without a word."""
    seconds = atoi(text)
    if seconds is None:
        return parse_go_duration(text)
    return (seconds * SECOND + _LIMIT) % 2**64 - _LIMIT


def print_duration(nanoseconds: int) -> str:
    """Return the text of ``time.Duration.String``, as ``1h30m0s`` or ``1.5ms``."""
    size = abs(nanoseconds)
    sign = "-" if nanoseconds < 0 else ""
    if size == 0:
        return "0s"
    for unit, scale in (("ns", 1), ("µs", 1_000), ("ms", 1_000_000)):
        if size < scale * 1000:
            return f"{sign}{_decimal(size, scale)}{unit}"
    minutes, rest = divmod(size, 60 * SECOND)
    hours, minutes = divmod(minutes, 60)
    printed = f"{_decimal(rest, SECOND)}s"
    if hours or minutes:
        printed = f"{minutes}m{printed}"
    if hours:
        printed = f"{hours}h{printed}"
    return sign + printed


def _decimal(size: int, scale: int) -> str:
    whole, rest = divmod(size, scale)
    if rest == 0:
        return str(whole)
    digits = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{whole}.{digits}"


def _reading(text: str, found: int | DurationFault) -> Reading:
    if isinstance(found, DurationFault):
        return Reading((Problem(found.message, found.start, min(found.end, len(text))),))
    return Reading((), "duration", print_duration(found))


def read_duration(text: str) -> Reading:
    """Read a duration of Argo's dialect; the value is Go's canonical text."""
    return _reading(text, parse_argo_duration(text))


def go_duration(text: str) -> Reading:
    """Read a duration where Go's own parser is called; the value is Go's canonical text."""
    return _reading(text, parse_go_duration(text))


def overflows(text: str) -> bool:
    """Whether Argo takes a plain number of seconds for quite another time."""
    seconds = atoi(text)
    return seconds is not None and not -_LIMIT <= seconds * SECOND < _LIMIT

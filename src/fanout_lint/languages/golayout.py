"""Times in text, as Go's ``time.ParseInLocation`` reads the layouts that govaluate tries.

govaluate takes every quoted text that fits one of them for a time
(``parsing.go:tryParseTime``), in the zone of the controller, which is UTC unless someone
changed it. Go is lenient: fractions of a second may follow any seconds, runs of blanks
count as one, and the name of the day is not checked against the date.
"""

import re

_DIGITS = "[0-9]"
_PARTS = {
    "YEAR": f"(?P<year>{_DIGITS}{{4}})",
    "MONTH": f"(?P<month>{_DIGITS}{{2}})",
    "MON": "(?P<name>(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))",
    "WEEKDAY": "(?i:Sun|Mon|Tue|Wed|Thu|Fri|Sat)",
    "DAY": f"(?P<day>{_DIGITS}{{2}})",
    "DAYS": f"(?P<day>{_DIGITS}{{1,2}}+)",
    "HOUR": f"(?P<hour>{_DIGITS}{{1,2}}+)",
    "HOUR12": f"(?P<hour12>{_DIGITS}{{1,2}}+)",
    "MINUTE": f"(?P<minute>{_DIGITS}{{2}})",
    "SECOND": f"(?P<second>{_DIGITS}{{2}})(?:[.,]{_DIGITS}++)?+",
    "HALF": "(?P<half>[AP]M)",
    "OFFSET": f"(?P<offset>[+-]{_DIGITS}{{4}})",
    "COLON": f"(?P<offset>[+-]{_DIGITS}{{2}}:{_DIGITS}{{2}})",
    "ZULU": f"(?:Z|(?P<offset>[+-]{_DIGITS}{{4}}))",
    "ZULUCOLON": f"(?:Z|(?P<offset>[+-]{_DIGITS}{{2}}:{_DIGITS}{{2}}))",
    "ZONE": (
        f"(?:UTC|ChST|MeST|GMT(?P<gmt>[+-]{_DIGITS}++)?+|(?P<signed>[+-]{_DIGITS}++)"
        "|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z]))"
    ),
}
#: In govaluate's order, each as names of parts with what stands between them.
_LAYOUTS = (
    "WEEKDAY MON DAYS HOUR:MINUTE:SECOND YEAR",
    "WEEKDAY MON DAYS HOUR:MINUTE:SECOND ZONE YEAR",
    "WEEKDAY MON DAY HOUR:MINUTE:SECOND OFFSET YEAR",
    "HOUR12:MINUTEHALF",
    "YEAR-MONTH-DAYTHOUR:MINUTE:SECONDZULUCOLON",
    "YEAR-MONTH-DAY",
    "YEAR-MONTH-DAY HOUR:MINUTE",
    "YEAR-MONTH-DAY HOUR:MINUTE:SECOND",
    "YEAR-MONTH-DAY HOUR:MINUTE:SECONDCOLON",
    "YEAR-MONTH-DAYTHOURZULU",
    "YEAR-MONTH-DAYTHOUR:MINUTEZULU",
    "YEAR-MONTH-DAYTHOUR:MINUTE:SECONDZULU",
)
_PART_NAMES = "|".join(sorted(_PARTS, key=len, reverse=True)) + "| "
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MAX_LENGTH = 100


def _compiled(layout: str) -> re.Pattern[str]:
    pattern = re.sub(_PART_NAMES, lambda match: _PARTS.get(match[0], "[ ]++"), layout)
    return re.compile(pattern)


_PATTERNS: list[re.Pattern[str]] = []


def unix_time(text: str) -> int | None:
    """Return the seconds since 1970 of a text that govaluate takes for a time."""
    if not 6 <= len(text) <= _MAX_LENGTH or not text.isascii():
        return None
    if not _PATTERNS:
        _PATTERNS.extend(map(_compiled, _LAYOUTS))
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is not None and (found := _seconds(match.groupdict())) is not None:
            return found
    return None


def _seconds(parts: dict[str, str | None]) -> int | None:
    year = int(parts.get("year") or 0)
    month = _MONTHS.index((parts.get("name") or "jan").lower()) + 1
    month = int(parts.get("month") or month)
    day = int(parts.get("day") or 1)
    if not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        return None
    hour = _hour(parts)
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    offset = _offset(parts)
    if hour is None or offset is None or minute > 59 or second > 59:
        return None
    return _day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset


def _hour(parts: dict[str, str | None]) -> int | None:
    half = parts.get("half")
    if half is None:
        hour = int(parts.get("hour") or 0)
        return hour if hour < 24 else None
    hour = int(parts.get("hour12") or 0)
    if hour > 12:
        return None
    if half == "PM":
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 else hour


def _offset(parts: dict[str, str | None]) -> int | None:
    """Return the seconds east of UTC; the zone's name counts for nothing, as ``GMT+3``."""
    for name in ("gmt", "signed"):
        named = parts.get(name)
        if named is not None:
            return 0 if len(named) < 9 and abs(int(named)) < 24 else None
    offset = parts.get("offset")
    if offset is None:
        return 0
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 24 or minutes > 60:
        return None
    east = (hours * 60 + minutes) * 60
    return -east if offset[0] == "-" else east


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and _is_leap(year) else _MONTH_DAYS[month - 1]


def _day_number(year: int, month: int, day: int) -> int:
    """Return the days since 1970-01-01 in the Gregorian calendar, from year 0 on."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    days = before * 365 + leaps + sum(_days_in(year, past) for past in range(1, month)) + day
    return days - 719163

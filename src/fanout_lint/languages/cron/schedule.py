"""A cron text into its schedule, as ``cron.ParseStandard`` of robfig/cron v3.0.1 reads it.

Five fields, or a descriptor (``@daily``, ``@every 1h30m``), either with a zone in front
(``CRON_TZ=Europe/Berlin 0 9 * * *``).
"""

import re
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.languages.cron.zones import nearest_zone, zone_exists
from fanout_lint.languages.duration import SECOND, DurationFault, parse_go_duration
from fanout_lint.languages.gonumber import atoi
from fanout_lint.languages.gotext import SPACES


class Field(Struct, frozen=True):
    """A field of a cron text: its name, its least and greatest number, its names in order."""

    name: str
    least: int
    greatest: int
    names: tuple[str, ...] = ()


FIELDS = (
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    Field("day of the month", 1, 31),
    Field(
        "month",
        1,
        12,
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    ),
    Field("day of the week", 0, 6, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)


class Schedule(Struct, frozen=True):
    """The numbers that match in each field; *every* is seconds, and then they are empty.

    ``any_day`` and ``any_weekday`` say that a ``*`` stands in the field (``*/2`` is none):
    when neither is true, a day matches that fits *either* field.
    """

    zone: str = ""
    minutes: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    any_day: bool = False
    any_weekday: bool = False
    every: int | None = None

    @property
    def is_yearly(self) -> bool:
        """Whether it surely fires each year, in whatever zone."""
        if self.every is not None:
            return True
        # A month has each weekday, and each day up to its 28th.
        by_weekday = bool(self.weekdays) and (self.any_day or not self.any_weekday)
        early = not self.days.isdisjoint(range(1, 29))
        by_day = early and (self.any_weekday or not self.any_day)
        return bool(self.minutes and self.hours and self.months) and (by_weekday or by_day)


class RemarkKind(Enum):
    """What works, but hardly as written."""

    STEP_TOO_LONG = "a step leaves one value"
    EITHER_DAY = "the two fields of days are joined by or"
    EVERY_ROUNDED = "an interval is rounded to whole seconds, and up to one"


class Remark(Struct, frozen=True):
    kind: RemarkKind
    message: str
    start: int
    end: int


class CronError(Exception):
    """The text is no schedule."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


_SPACE = "".join(sorted(SPACES))
_WORD = f"[^{re.escape(_SPACE)}]+"
_DESCRIPTORS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_EVERY = "@every "


def parse_schedule(text: str) -> tuple[Schedule, tuple[Remark, ...]]:
    """Return the schedule and what is odd about it; raise CronError when there is none."""
    if not text:
        raise CronError("the schedule is empty", 0, 0)
    zone, start = _zone_in_front(text)
    end = len(text.rstrip(_SPACE)) if start else len(text)
    if text.startswith("@", start):
        return _descriptor(text, start, max(start, end), zone)
    words = [(match[0], match.start()) for match in re.compile(_WORD).finditer(text, start)]
    if len(words) != len(FIELDS):
        raise CronError(
            f"a schedule has 5 fields (minute hour day month weekday), this has {len(words)}",
            start,
            len(text),
        )
    remarks: list[Remark] = []
    minutes, hours, days, months, weekdays = [
        _field(word, at, field, remarks) for (word, at), field in zip(words, FIELDS, strict=True)
    ]
    stars = [_has_star(word) for word, _ in words]
    _remark_on_days(words, stars, remarks)
    found = Schedule(zone, minutes, hours, days, months, weekdays, stars[2], stars[4])
    return found, tuple(remarks)


def _zone_in_front(text: str) -> tuple[str, int]:
    """Return the zone of ``TZ=`` or ``CRON_TZ=``, and the offset where the schedule begins."""
    if not text.startswith(("TZ=", "CRON_TZ=")):
        return "", 0
    blank = text.find(" ")
    equals = text.index("=")
    if blank < 0:
        raise CronError("a schedule must follow the zone; argo crashes on this text", 0, len(text))
    zone = text[equals + 1 : blank]
    if (message := zone_fault(zone)) is not None:
        raise CronError(message, equals + 1, blank)
    start = blank
    while start < len(text) and text[start] in SPACES:
        start += 1
    return zone, start


def zone_fault(zone: str) -> str | None:
    """Return why Go cannot load the zone, if that is certain."""
    if zone_exists(zone) is not False:
        return None
    near = nearest_zone(zone)
    return f"no time zone is called `{zone}`" + (f"; `{near}` is one" if near else "")


def _descriptor(text: str, start: int, end: int, zone: str) -> tuple[Schedule, tuple[Remark, ...]]:
    descriptor = text[start:end]
    if descriptor in _DESCRIPTORS:
        schedule, _ = parse_schedule(_DESCRIPTORS[descriptor])
        return replace(schedule, zone=zone), ()
    if not descriptor.startswith(_EVERY):
        known = ", ".join((*_DESCRIPTORS, "@every"))
        raise CronError(f"`{descriptor}` is no schedule; there are {known}", start, end)
    interval = start + len(_EVERY)
    delay = parse_go_duration(text[interval:end])
    if isinstance(delay, DurationFault):
        raise CronError(delay.message, interval + delay.start, interval + delay.end)
    seconds = max(delay // SECOND, 1)
    remarks: tuple[Remark, ...] = ()
    if seconds * SECOND != delay:
        message = f"the interval is rounded to {seconds}s"
        remarks = (Remark(RemarkKind.EVERY_ROUNDED, message, interval, end),)
    return Schedule(zone, every=seconds), remarks


def _field(word: str, at: int, field: Field, remarks: list[Remark]) -> frozenset[int]:
    numbers: set[int] = set()
    for part in word.split(","):
        if part:
            numbers.update(_range(part, at, field, remarks))
        at += len(part) + 1
    return frozenset(numbers)


def _range(part: str, at: int, field: Field, remarks: list[Remark]) -> range:
    """Read ``*``, ``5``, ``1-5``, ``*/2``, ``3/2`` (to the end) or ``1-5/2``."""
    end = at + len(part)
    bounds, *steps = part.split("/")
    low, *highs = bounds.split("-")
    if low in ("*", "?"):
        first, last = field.least, field.greatest
    else:
        first = last = _number(low, at, field, field.names)
        if len(highs) > 1:
            raise CronError(f"`{part}` has too many `-`", at, end)
        if highs:
            last = _number(highs[0], at + len(low) + 1, field, field.names)
    step = 1
    if len(steps) > 1:
        raise CronError(f"`{part}` has too many `/`", at, end)
    if steps:
        step = _number(steps[0], at + len(bounds) + 1, field, ())
        if not highs:
            last = field.greatest
    _check(part, at, field, first, last, step)
    if steps and step > last - first and first < last:
        message = f"the {field.name} has no second step in `{part}`; it matches {first} only"
        remarks.append(Remark(RemarkKind.STEP_TOO_LONG, message, at, end))
    return range(first, last + 1, step)


def _check(part: str, at: int, field: Field, first: int, last: int, step: int) -> None:
    end = at + len(part)
    if first < field.least or last > field.greatest:
        number = first if first < field.least else last
        message = f"the {field.name} goes from {field.least} to {field.greatest}, not to {number}"
        raise CronError(message, at, end)
    if first > last:
        raise CronError(f"`{part}` begins after its end", at, end)
    if step == 0:
        raise CronError(f"the step of `{part}` must not be 0", at, end)


def _number(word: str, at: int, field: Field, names: tuple[str, ...]) -> int:
    if word.lower() in names:
        return names.index(word.lower()) + field.least
    number = atoi(word)
    if number is None or number < 0:
        message = f"`{word}` is no {field.name}"
        if names:
            message += f"; write a number or {names[0]} to {names[-1]}"
        raise CronError(message, at, at + len(word))
    return number


def _has_star(word: str) -> bool:
    """Whether a part begins with ``*`` or ``?`` and has no step past 1."""
    for part in word.split(","):
        bounds, _, step = part.partition("/")
        if bounds.split("-")[0] in ("*", "?") and (atoi(step) or 0) <= 1:
            return True
    return False


def _remark_on_days(words: list[tuple[str, int]], stars: list[bool], remarks: list[Remark]) -> None:
    if stars[2] or stars[4]:
        return
    (day, start), (weekday, last) = words[2], words[4]
    message = f"it runs on days that match `{day}` or `{weekday}`, not on those that match both"
    remarks.append(Remark(RemarkKind.EITHER_DAY, message, start, last + len(weekday)))

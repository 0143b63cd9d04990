"""Go's time layouts: ``2006-01-02T15:04:05Z07:00`` cut into fields, written and read.

A layout shows how Monday, January 2, 15:04:05 of 2006 at -0700 would look. All
instants here are counts of seconds since 1970 in UTC, of any year.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from fanout_lint.languages.expression.values import Time
from fanout_lint.languages.sprig.function import SprigUnknown

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAYS_OF_400_YEARS = 146_097
_EPOCH = date(1970, 1, 1).toordinal()

_FIELD = (
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|_2(?=006)|__2|_2|2|3|4|5"
    r"|PM|pm|-07:00:00|-070000|-07:00|-0700|-07|Z07:00:00|Z070000|Z07:00|Z0700|Z07"
    r"|[.,](?:0+|9+)(?![0-9])"
)


def cut_layout(layout: str) -> Iterator[tuple[str, str]]:
    """Yield each field of *layout* with the plain text before it, then the rest with ``""``."""
    place = 0
    while found := re.compile(_FIELD).search(layout, place):
        if found[0] == "_2" and layout.startswith("_2006", found.start()):
            yield layout[place : found.start() + 1], "2006"
            place = found.start() + 5
            continue
        yield layout[place : found.start()], found[0]
        place = found.end()
    yield layout[place:], ""


class Civil(Struct, frozen=True):
    """A day and a time of day, as a calendar shows them; *weekday* counts from Monday, 0."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    weekday: int
    day_of_year: int


def civil(seconds: int) -> Civil:
    """Return what a calendar and a clock show *seconds* after the start of 1970."""
    days, rest = divmod(seconds, 86_400)
    cycles, within = divmod(days + _EPOCH - 1, _DAYS_OF_400_YEARS)
    shown = date.fromordinal(within + 1)
    return Civil(
        shown.year + 400 * cycles,
        shown.month,
        shown.day,
        rest // 3600,
        rest // 60 % 60,
        rest % 60,
        shown.weekday(),
        shown.timetuple().tm_yday,
    )


def days_since_epoch(year: int, month: int, day: int) -> int:
    """Return the days from 1970-01-01 on; ValueError for a day that the month has not."""
    cycles, within = divmod(year - 1, 400)
    return date(within + 1, month, day).toordinal() - _EPOCH + cycles * _DAYS_OF_400_YEARS


def format_time(value: Time, layout: str) -> str:
    """Return *value* as ``time.Time.Format`` writes it."""
    shown = civil(value.seconds + value.offset)
    pieces = []
    for plain, field in cut_layout(layout):
        pieces.append(plain)
        if field:
            pieces.append(_written(field, shown, value))
    return "".join(pieces)


def _hour12(shown: Civil) -> int:
    return shown.hour % 12 or 12


_WRITTEN: Mapping[str, Callable[[Civil], str]] = {
    "2006": lambda shown: _year(shown.year),
    "06": lambda shown: f"{shown.year % 100:02d}",
    "January": lambda shown: MONTHS[shown.month - 1],
    "Jan": lambda shown: MONTHS[shown.month - 1][:3],
    "01": lambda shown: f"{shown.month:02d}",
    "1": lambda shown: str(shown.month),
    "Monday": lambda shown: DAYS[shown.weekday],
    "Mon": lambda shown: DAYS[shown.weekday][:3],
    "02": lambda shown: f"{shown.day:02d}",
    "_2": lambda shown: f"{shown.day:2d}",
    "2": lambda shown: str(shown.day),
    "002": lambda shown: f"{shown.day_of_year:03d}",
    "__2": lambda shown: f"{shown.day_of_year:3d}",
    "15": lambda shown: f"{shown.hour:02d}",
    "03": lambda shown: f"{_hour12(shown):02d}",
    "3": lambda shown: str(_hour12(shown)),
    "04": lambda shown: f"{shown.minute:02d}",
    "4": lambda shown: str(shown.minute),
    "05": lambda shown: f"{shown.second:02d}",
    "5": lambda shown: str(shown.second),
    "PM": lambda shown: "PM" if shown.hour >= 12 else "AM",
    "pm": lambda shown: "pm" if shown.hour >= 12 else "am",
}


def _year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def _written(field: str, shown: Civil, value: Time) -> str:
    if write := _WRITTEN.get(field):
        return write(shown)
    if field == "MST":
        return value.zone
    if field[0] in ".,":
        digits = f"{value.nanoseconds:09d}"[: len(field) - 1].ljust(len(field) - 1, "0")
        if field[1] == "0":
            return field[0] + digits
        trimmed = digits.rstrip("0")
        return field[0] + trimmed if trimmed else ""
    if field[0] == "Z" and value.offset == 0:
        return "Z"
    return offset_text(value.offset, field[1:])


def offset_text(offset: int, shape: str) -> str:
    """Return *offset* (seconds east) in a shape such as ``07``, ``0700`` or ``07:00:00``."""
    size = abs(offset)
    parts = (size // 3600, size // 60 % 60, size % 60)
    wanted = len(shape.replace(":", "")) // 2
    separator = ":" if ":" in shape else ""
    sign = "-" if offset < 0 else "+"
    return sign + separator.join(f"{part:02d}" for part in parts[:wanted])


class LayoutMismatch(Exception):
    """A text is not of its layout."""


_ABBREVIATED_DAYS = tuple(day[:3] for day in DAYS)
_ABBREVIATED_MONTHS = tuple(month[:3] for month in MONTHS)

#: Fields that are a number: what it sets, whether two digits are needed, lowest and highest.
_NUMBERS: Mapping[str, tuple[str, bool, int, int]] = {
    "01": ("month", True, 1, 12),
    "1": ("month", False, 1, 12),
    "02": ("day", True, 0, 99),
    "2": ("day", False, 0, 99),
    "_2": ("day", False, 0, 99),
    "15": ("hour", False, 0, 23),
    "03": ("hour", True, 0, 12),
    "3": ("hour", False, 0, 12),
    "04": ("minute", True, 0, 59),
    "4": ("minute", False, 0, 59),
    "05": ("second", True, 0, 59),
    "5": ("second", False, 0, 59),
}


def parse_time(layout: str, text: str) -> Time:
    """Return the time that *text* writes by *layout*, local time being UTC.

    Raises LayoutMismatch where Go gives an error.
    """
    reader = _Reader(text)
    fields = list(cut_layout(layout))
    for place, (plain, field) in enumerate(fields):
        reader.skip(plain)
        if field:
            following = fields[place + 1][1] if not fields[place + 1][0] else ""
            reader.read(field, followed_by_fraction=following[:1] in (".", ","))
    if reader.rest:
        raise LayoutMismatch(f"{reader.rest!r} is more than the layout has")
    return reader.time()


class _Reader:
    """A text that is read field by field, and what it has said so far."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self.numbers = {"year": 0, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
        self.nanoseconds = 0
        self.half: str | None = None
        self.offset: int | None = None

    def skip(self, plain: str) -> None:
        """Pass over plain text of the layout; a blank there stands for any number of blanks."""
        while plain:
            if plain[0] == " ":
                if self.rest and self.rest[0] != " ":
                    raise LayoutMismatch(f"a blank is missing before {self.rest!r}")
                plain, self.rest = plain.lstrip(" "), self.rest.lstrip(" ")
                continue
            self._take(re.escape(plain[0]))
            plain = plain[1:]

    def _take(self, pattern: str) -> str:
        found = re.match(pattern, self.rest)
        if not found:
            raise LayoutMismatch(f"{self.rest!r} is not of the layout")
        self.rest = self.rest[found.end() :]
        return found[0]

    def read(self, field: str, *, followed_by_fraction: bool) -> None:
        if (field == "06" or field[0] in ".,") and re.match("[.,]?[+-]", self.rest):
            raise SprigUnknown  # Go reads a sign here.
        if field in _NUMBERS:
            self._read_number(field)
            if field in ("05", "5") and not followed_by_fraction and self.rest[:1] in (".", ","):
                self._read_fraction("[.,][0-9]+", optional=True)
        elif field == "2006":
            self.numbers["year"] = int(self._take("[0-9]{4}"))
        elif field == "06":
            year = int(self._take("[0-9]{2}"))
            self.numbers["year"] = year + (1900 if year >= 69 else 2000)
        elif field in ("January", "Jan"):
            names = MONTHS if field == "January" else _ABBREVIATED_MONTHS
            self.numbers["month"] = self._take_name(names) + 1
        elif field in ("Monday", "Mon"):
            self._take_name(DAYS if field == "Monday" else _ABBREVIATED_DAYS)
        elif field in ("PM", "pm"):
            self.half = self._take("PM|AM" if field == "PM" else "pm|am").lower()
        elif field[0] in ".,":
            wanted = f"[.,][0-9]{{{len(field) - 1}}}" if field[1] == "0" else "[.,][0-9]+"
            self._read_fraction(wanted, optional=field[1] == "9")
        elif field[0] in "-Z":
            self._read_offset(field)
        else:
            raise SprigUnknown

    def _read_number(self, field: str) -> None:
        name, two_digits, lowest, highest = _NUMBERS[field]
        if field == "_2":
            self.rest = self.rest.removeprefix(" ")
        number = int(self._take("[0-9]{2}" if two_digits else "[0-9]{1,2}"))
        if not lowest <= number <= highest:
            raise LayoutMismatch(f"{name} {number} is out of range")
        self.numbers[name] = number

    def _take_name(self, names: tuple[str, ...]) -> int:
        for place, name in enumerate(names):
            if self.rest[: len(name)].lower() == name.lower() and self.rest.isascii():
                self.rest = self.rest[len(name) :]
                return place
        raise LayoutMismatch(f"{self.rest!r} starts with no name of a month or day")

    def _read_fraction(self, wanted: str, *, optional: bool) -> None:
        if optional and not re.match(r"[.,][0-9]", self.rest):
            return
        digits = self._take(wanted)[1:]
        self.nanoseconds = int(digits[:9].ljust(9, "0"))

    def _read_offset(self, field: str) -> None:
        if field[0] == "Z" and self.rest[:1] == "Z":
            self.rest = self.rest[1:]
            self.offset = 0
            return
        shape = re.sub("[0-9]{2}", "([0-9]{2})", field[1:])
        found = re.match("([+-])" + shape, self.rest)
        if not found:
            raise LayoutMismatch(f"{self.rest!r} starts with no offset like {field}")
        self.rest = self.rest[found.end() :]
        sign, *parts = found.groups()
        hours, minutes, seconds = [*map(int, parts), 0, 0][:3]
        if hours > 24 or minutes > 60 or seconds > 60:
            raise LayoutMismatch(f"offset {found[0]} is out of range")
        self.offset = (hours * 3600 + minutes * 60 + seconds) * (-1 if sign == "-" else 1)

    def time(self) -> Time:
        """Return the time that was read."""
        numbers = self.numbers
        if self.half == "pm" and numbers["hour"] < 12:
            numbers["hour"] += 12
        elif self.half == "am" and numbers["hour"] == 12:
            numbers["hour"] = 0
        try:
            days = days_since_epoch(numbers["year"], numbers["month"], numbers["day"])
        except ValueError as error:
            raise LayoutMismatch("the day is out of range") from error
        seconds = numbers["hour"] * 3600 + numbers["minute"] * 60 + numbers["second"]
        offset = self.offset or 0
        zone = offset_text(offset, "0700") if offset else "UTC"
        return Time(days * 86_400 + seconds - offset, self.nanoseconds, zone, offset)

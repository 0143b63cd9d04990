"""Texts of Go's ``time.Time`` and ``time.Duration``."""

from typing import Final

from fanout_lint.languages.expression.values import Duration, Time

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

_UNITS = ((3_600_000_000_000, "h"), (60_000_000_000, "m"))


def civil_of(value: Time) -> tuple[int, int, int, int, int, int]:
    """Return year to second of *value* in its own zone; any year that 64 bits hold."""
    days, seconds = divmod(value.seconds + value.offset, 86_400)
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524) - day_of_era // 146_096
    year_of_era //= 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (month <= 2)
    return year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60


def day_of_year(value: Time) -> int:
    """Return which day of its year *value* is on; the first is 1."""
    year, month, day, *_ = civil_of(value)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return sum((31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30)[: month - 1]) + day


def _fraction(nanoseconds: int) -> str:
    return f".{nanoseconds:09d}".rstrip("0") if nanoseconds else ""


def _offset(offset: int, colon: str) -> str:
    size = abs(offset) // 60
    return f"{'-' if offset < 0 else '+'}{size // 60:02d}{colon}{size % 60:02d}"


def rfc3339(value: Time) -> str:
    """Return *value* as ``time.RFC3339Nano``."""
    year, month, day, hour, minute, second = civil_of(value)
    zone = "Z" if value.offset == 0 else _offset(value.offset, ":")
    return (
        f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"
        f"{_fraction(value.nanoseconds)}{zone}"
    )


def show_time(value: Time) -> str:
    """Return *value* as ``time.Time.String`` shows it."""
    year, month, day, hour, minute, second = civil_of(value)
    return (
        f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}:{second:02d}"
        f"{_fraction(value.nanoseconds)} {_offset(value.offset, '')} {value.zone}"
    )


def show_duration(value: Duration) -> str:
    """Return *value* as ``time.Duration.String`` shows it: ``1h0m0s``, ``1.5ms``, ``0s``."""
    size = abs(value.nanoseconds)
    sign = "-" if value.nanoseconds < 0 else ""
    if size == 0:
        return "0s"
    for unit, name in ((1, "ns"), (1000, "µs"), (1_000_000, "ms")):
        if size < unit * 1000:
            whole, rest = divmod(size, unit)
            decimals = f".{rest:0{len(str(unit)) - 1}d}".rstrip("0") if rest else ""
            return f"{sign}{whole}{decimals}{name}"
    text = ""
    for unit, name in _UNITS:
        if size >= unit or text:
            text += f"{size // unit}{name}"
            size %= unit
    return f"{sign}{text}{size // 1_000_000_000}{_fraction(size % 1_000_000_000)}s"

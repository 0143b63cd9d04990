"""When a schedule fires next, as ``spec.go:Next`` of robfig/cron v3.0.1 finds it.

Times are whole seconds since 1970. The search goes from field to field in the schedule's
own zone; it gives up after five years, and such a schedule never fires.
"""

from datetime import UTC, datetime, timedelta, tzinfo

from fanout_lint.languages.cron.schedule import Schedule
from fanout_lint.languages.cron.zones import load_zone

REFERENCE = datetime(2025, 1, 1, tzinfo=UTC)  #: What is next depends on now; this is our now.
_YEARS = 5
_LAST_YEAR = 9990
_EPOCH = datetime(1970, 1, 1)


def next_times(schedule: Schedule, after: datetime, count: int) -> tuple[datetime, ...] | None:
    """Return up to *count* times in UTC, fewer when it never fires again.

    ``None`` when this machine does not know the zone.
    """
    zone = load_zone(schedule.zone)
    if zone is None:
        return None
    if schedule.every is None and not (schedule.minutes and schedule.hours and schedule.months):
        return ()
    at = int((after - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    times: list[datetime] = []
    while len(times) < count:
        try:
            found = at + schedule.every if schedule.every else _Search(schedule, zone).next(at)
        except _EndlessError:
            return None
        if found is None or not _is_in_range(found):
            break
        at = found
        times.append(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at))
    return tuple(times)


def _is_in_range(seconds: int) -> bool:
    return seconds < _seconds(_LAST_YEAR, 1, 1, 0, 0)


def _seconds(year: int, month: int, day: int, hour: int, minute: int) -> int:
    """Return the seconds since 1970; a *day* past the month's last is one of the next month."""
    days = (datetime(year, month, 1) - _EPOCH).days + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60


class _EndlessError(Exception):
    """The rules of a zone led the search in a circle."""


_MAX_LOOKUPS = 100_000


class _Search:
    """One search; ``_added`` says that a field was moved, so that smaller ones begin anew."""

    def __init__(self, schedule: Schedule, zone: tzinfo) -> None:
        self._schedule = schedule
        self._zone = zone
        self._at = 0
        self._added = False
        self._lookups = 0

    def next(self, after: int) -> int | None:
        self._at = after + 1
        limit = self._local().year + _YEARS
        while self._local().year <= limit:
            if self._month() and self._day() and self._hour() and self._minute():
                if self._local().second == 0:
                    return self._at
                self._begin("minute")
                self._at += 60
        return None

    def _local(self) -> datetime:
        return _EPOCH + timedelta(seconds=self._at + self._offset(self._at))

    def _offset(self, at: int) -> int:
        self._lookups += 1
        if self._lookups > _MAX_LOOKUPS:
            raise _EndlessError
        utc = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)
        offset = utc.astimezone(self._zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    def _set(self, year: int, month: int, day: int, hour: int, minute: int) -> None:
        """``time.Date``: a local time that does not exist is taken in one of its zones."""
        local = _seconds(year, month, day, hour, minute)
        offset = self._offset(local)
        self._at = local - (self._offset(local - offset) if offset else 0)

    def _begin(self, unit: str) -> None:
        """Go back to the start of the month, day, hour or minute, once."""
        if self._added:
            return
        self._added = True
        if unit == "minute":
            self._at -= self._at % 60
            return
        now = self._local()
        self._set(
            now.year,
            now.month,
            1 if unit == "month" else now.day,
            now.hour if unit == "hour" else 0,
            0,
        )

    def _month(self) -> bool:
        while self._local().month not in self._schedule.months:
            self._begin("month")
            now = self._local()
            year, month = (now.year + 1, 1) if now.month == 12 else (now.year, now.month + 1)
            self._set(year, month, now.day, now.hour, now.minute)
            if self._local().month == 1:
                return False
        return True

    def _day(self) -> bool:
        while not self._day_matches(self._local()):
            self._begin("day")
            now = self._local()
            tomorrow = now + timedelta(days=1)
            self._set(tomorrow.year, tomorrow.month, tomorrow.day, now.hour, now.minute)
            hour = self._local().hour
            if hour > 12:
                self._at += (24 - hour) * 3600
            elif hour:
                self._at -= hour * 3600
            if self._local().day == 1:
                return False
        return True

    def _day_matches(self, now: datetime) -> bool:
        schedule = self._schedule
        day = now.day in schedule.days
        weekday = now.isoweekday() % 7 in schedule.weekdays
        if schedule.any_day or schedule.any_weekday:
            return day and weekday
        return day or weekday

    def _hour(self) -> bool:
        while self._local().hour not in self._schedule.hours:
            self._begin("hour")
            self._at += 3600
            if self._local().hour == 0:
                return False
        return True

    def _minute(self) -> bool:
        while self._local().minute not in self._schedule.minutes:
            self._begin("minute")
            self._at += 60
            if self._local().minute == 0:
                return False
        return True

"""A schedule of a CronWorkflow, with its ``timezone``, into its faults and its next times."""

import re
from datetime import datetime

from msgspec import Struct

from fanout_lint.languages.cron.schedule import (
    CronError,
    Remark,
    Schedule,
    parse_schedule,
    zone_fault,
)
from fanout_lint.languages.cron.times import REFERENCE, next_times
from fanout_lint.languages.problem import Problem, Reading

# `schedules[].pattern` of manifests/base/crds/full/argoproj.io_cronworkflows.yaml of v4.1.2,
# in which RE2's `\s` is these five characters
_CRD_PATTERN = (
    r"@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)"
    r"|@every[\t\n\f\r ]+(?:[0-9]+(?:ns|us|\u00b5s|ms|s|m|h))+"
    r"|(?:[A-Za-z0-9*,/?-]+[\t\n\f\r ]+){4}[A-Za-z0-9*,/?-]+"
)


class CronReading(Struct, frozen=True):
    """What is known of a schedule.

    ``refused`` is why ``argo lint`` refuses the schedule, ``zone_refused`` why it refuses
    the timezone (a message, as the timezone is another field), and ``fails`` why the
    controller cannot schedule it though lint lets it pass.
    """

    schedule: Schedule | None
    refused: Problem | None
    zone_refused: str | None
    fails: Problem | None
    fits_crd: bool  #: Whether ``kubectl apply`` accepts it.
    remarks: tuple[Remark, ...]

    def next_times(
        self, after: datetime = REFERENCE, count: int = 3
    ) -> tuple[datetime, ...] | None:
        """Return the next times in UTC, none when it never fires; ``None``: unknown."""
        return None if self.schedule is None else next_times(self.schedule, after, count)

    @property
    def never_fires(self) -> bool:
        if self.schedule is None or self.schedule.is_yearly:
            return False
        return self.next_times(count=1) == ()


def parse_cron(text: str, timezone: str | None = None) -> CronReading:
    """Read a schedule as ``argo lint`` does, and as the controller does with its timezone.

    The controller puts ``CRON_TZ=<timezone>`` in front of the text
    (``pkg/apis/workflow/v1alpha1/cron_workflow_types.go:withTimezone`` of v4.1.2).
    """
    refused: Problem | None = None
    fails: Problem | None = None
    schedule: Schedule | None = None
    remarks: tuple[Remark, ...] = ()
    zone_refused = zone_fault(timezone) if timezone else None
    try:
        schedule, remarks = parse_schedule(text)
    except CronError as error:
        refused = Problem(error.message, error.start, error.end)
    if timezone and schedule is not None and zone_refused is None:
        schedule, fails = _in_zone(text, timezone)
    elif zone_refused is not None:
        schedule = None
    fits_crd = re.fullmatch(_CRD_PATTERN, text) is not None
    return CronReading(schedule, refused, zone_refused, fails, fits_crd, remarks)


def _in_zone(text: str, timezone: str) -> tuple[Schedule | None, Problem | None]:
    prefix = f"CRON_TZ={timezone} "
    try:
        return parse_schedule(prefix + text)[0], None
    except CronError as error:
        if text.startswith(("TZ=", "CRON_TZ=")):
            end = text.index("=") + 1
            message = "a zone in the schedule and a timezone exclude each other"
            return None, Problem(message, 0, end)
        start, end = (max(offset - len(prefix), 0) for offset in (error.start, error.end))
        return None, Problem(error.message, start, end)


def read_cron(text: str, timezone: str | None = None) -> Reading:
    """Read a schedule; the value is the first time after REFERENCE in UTC, or ``never``."""
    found = parse_cron(text, timezone)
    problems = [problem for problem in (found.refused, found.fails) if problem is not None]
    if found.zone_refused is not None:
        problems.append(Problem(found.zone_refused, 0, len(text)))
    if problems:
        return Reading(tuple(sorted(problems, key=lambda problem: (problem.start, problem.end))))
    times = found.next_times(count=1)
    if times is None:
        return Reading((), "schedule")
    return Reading((), "schedule", print_time(times[0]) if times else "never")


def print_time(time: datetime) -> str:
    """Return the text of RFC 3339, as ``2025-01-01T09:00:00Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")

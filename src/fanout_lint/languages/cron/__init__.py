"""The schedules of a CronWorkflow."""

from fanout_lint.languages.cron.reading import CronReading, parse_cron, print_time, read_cron
from fanout_lint.languages.cron.schedule import Remark, RemarkKind, Schedule
from fanout_lint.languages.cron.times import REFERENCE, next_times
from fanout_lint.languages.cron.zones import zone_exists

__all__ = [
    "REFERENCE",
    "CronReading",
    "Remark",
    "RemarkKind",
    "Schedule",
    "next_times",
    "parse_cron",
    "print_time",
    "read_cron",
    "zone_exists",
]

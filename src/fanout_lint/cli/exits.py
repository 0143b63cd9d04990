"""A report → the number that the process leaves with."""

from enum import IntEnum

from fanout_lint.findings import Severity
from fanout_lint.report.contract import Report


class ExitCode(IntEnum):
    """What each number tells a script."""

    CLEAN = 0
    FINDINGS = 1
    CANNOT_RUN = 2
    OUR_FAULT = 3
    INTERRUPTED = 130


def exit_code(report: Report, fail_level: Severity, exit_zero: bool) -> ExitCode:
    """Return the worst of what *report* tells.

    Our fault is worse than what could not be done, and that than findings;
    *exit_zero* forgives findings only.
    """
    if any(finding.rule == "internal-error" for finding in report.findings):
        return ExitCode.OUR_FAULT
    if report.failures:
        return ExitCode.CANNOT_RUN
    if exit_zero:
        return ExitCode.CLEAN
    if any(finding.severity.rank <= fail_level.rank for finding in report.findings):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN

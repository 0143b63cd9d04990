"""A report → what a person reads in a terminal: a passage for each finding, and a last line.

How to draw a passage is imported when there is one, so that a clean run starts fast.
"""

from fanout_lint.findings import Severity
from fanout_lint.report.contract import Report, Summary
from fanout_lint.report.paint import TINTS, Look, Tint


def render(report: Report, look: Look, *, with_summary: bool = True) -> str:
    """Return the whole report; it is empty if there is neither finding nor summary."""
    parts = []
    if report.findings:
        from fanout_lint.report.passage import passage

        parts = [passage(report, finding, look) for finding in report.findings]
    if with_summary and (report.summary.files or not report.failures):
        parts.append(_summary(report.summary, look))
    return "\n".join(parts)


def _summary(summary: Summary, look: Look) -> str:
    """Return the last line: what was found in how many files."""
    files = counted(summary.files, "file")
    skipped = f" ({summary.skipped} skipped)" if summary.skipped else ""
    found = [
        look.paint(counted(count, severity.value), TINTS[severity])
        for severity, count in (
            (Severity.ERROR, summary.errors),
            (Severity.WARNING, summary.warnings),
            (Severity.INFO, summary.infos),
        )
        if count
    ]
    if not found:
        return f"{look.paint('No findings', Tint.GOOD)} in {files}{skipped}.\n"
    *others, last = found
    words = f"{', '.join(others)} and {last}" if others else last
    return f"Found {words} in {files}{skipped}.\n"


def counted(count: int, noun: str) -> str:
    """Return *count* with *noun* in the plural where it takes one."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

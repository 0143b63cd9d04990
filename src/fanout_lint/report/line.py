"""A report → one line a finding, for editors and grep: ``path:line:col: severity rule: message``.

The way out follows in brackets.
"""

from fanout_lint.findings import Finding
from fanout_lint.report.contract import Report, extent
from fanout_lint.report.visible import leading, visible


def render(report: Report) -> str:
    """Return a line for each finding."""
    return "".join(_line(report, finding) for finding in report.findings)


def _line(report: Report, finding: Finding) -> str:
    start = extent(report, finding.place).start
    where = leading(f"{visible(finding.place.path)}:{start.line}:{start.column}")
    what = f"{finding.severity.value} {visible(finding.rule)}: {visible(finding.message)}"
    return f"{where}: {what}{one_line(finding.help)}\n"


def one_line(help_text: str) -> str:
    """Return the way out in brackets, with the blank before them; nothing for an empty one."""
    words = " ".join(line.strip() for line in help_text.split("\n") if line.strip())
    return f" ({visible(words)})" if words else ""

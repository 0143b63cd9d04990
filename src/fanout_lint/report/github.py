"""A report → workflow commands of GitHub Actions, which shows them beside the changed lines.

GitHub takes each line ``::error file=…::message`` as a command. ``%``, CR and LF
are escaped in it everywhere, ``:`` and ``,`` in properties too (actions/toolkit,
``packages/core/src/command.ts``), and a place of several lines has no columns
(actions/runner, ``src/Runner.Worker/ActionCommandManager.cs``). Of each kind GitHub shows ten
on a step; a notice says how many more there are.
"""

from fanout_lint.findings import Finding, Severity
from fanout_lint.report.contract import Report, extent
from fanout_lint.report.visible import visible

_SHOWN = 10
"""How many annotations of one kind GitHub shows for one step (docs.github.com, usage limits)."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return a command for each finding, errors first, and a notice if GitHub hides some."""
    by_severity = {
        severity: [finding for finding in report.findings if finding.severity is severity]
        for severity in _KINDS
    }
    commands = {
        severity: [_command(report, finding) for finding in found]
        for severity, found in by_severity.items()
    }
    notices = commands[Severity.INFO]
    closing = _closing({severity: len(found) for severity, found in by_severity.items()})
    if closing:
        # It is a notice too, so it has to be among the first ten.
        notices.insert(min(len(notices), _SHOWN - 1), closing)
    return "".join(f"{line}\n" for lines in commands.values() for line in lines)


def _command(report: Report, finding: Finding) -> str:
    its = extent(report, finding.place)
    has_columns = its.start.line == its.end.line
    properties = (
        ("file", _property(finding.place.path)),
        ("line", its.start.line),
        ("col", its.start.column if has_columns else None),
        ("endLine", its.end.line),
        ("endColumn", its.end.column if has_columns else None),
        ("title", _property(f"fanout-lint {finding.rule}")),
    )
    listed = ",".join(f"{name}={text}" for name, text in properties if text is not None)
    help_lines = [line for line in finding.help.split("\n") if line.strip()]
    words = "%0A".join(_value(line) for line in (finding.message, *help_lines))
    return f"::{_KINDS[finding.severity]} {listed}::{words}"


def _closing(counts: dict[Severity, int]) -> str:
    """Return the notice that says what GitHub hides, empty if it shows all."""
    hidden = {severity: max(count - _SHOWN, 0) for severity, count in counts.items()}
    if not any(hidden.values()):
        return ""
    if counts[Severity.INFO] >= _SHOWN:
        hidden[Severity.INFO] += 1  # Our own notice takes the place of one.
    listed = ", ".join(
        f"{count} more {_KINDS[severity]}{'s' if count > 1 else ''}"
        for severity, count in hidden.items()
        if count
    )
    return (
        f"::notice title=fanout-lint::GitHub shows {_SHOWN} annotations of a kind for one step; "
        f"{listed} only in the log of this step"
    )


def _value(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")

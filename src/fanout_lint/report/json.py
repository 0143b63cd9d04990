"""A report → JSON for other programs, in the shape of ``schemas/report.schema.json``.

What stands in a file is told as it is, by JSON's own escapes, all in ASCII; only
a lone surrogate, which many readers of JSON refuse, becomes its escape as text.
"""

import re
from typing import Any

from fanout_lint.findings import Finding, Place
from fanout_lint.report.contract import Report, extent
from fanout_lint.report.visible import encodable

_COMMAND = r"(?<=#)#(?=(?i:vso)?\[)"
"""What build servers would take for a command in a log (see ``visible``)."""

VERSION = 1
"""Changes when a program that reads the report would have to change."""


def render(report: Report) -> str:
    """Return the report as one JSON object, indented, with a line end."""
    import json

    written = json.dumps(shape(report), indent=2) + "\n"
    return re.sub(_COMMAND, r"\\u0023", written)


def shape(report: Report) -> dict[str, Any]:
    """Return the report as plain objects."""
    summary = report.summary
    return {
        "version": VERSION,
        "findings": [_finding(report, finding) for finding in report.findings],
        "summary": {
            "files": summary.files,
            "skipped": summary.skipped,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
        },
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "rule": encodable(finding.rule),
        "severity": finding.severity.value,
        "stage": finding.stage.value,
        "confidence": finding.confidence.value,
        **_place(report, finding.place),
        "message": encodable(finding.message),
        "help": encodable(finding.help),
        "pointer": encodable(finding.pointer),
        "related": [
            {**_place(report, related.place), "message": encodable(related.message)}
            for related in finding.related
        ],
        "edits": [
            {**_place(report, edit.place), "replacement": encodable(edit.replacement)}
            for edit in finding.edits
        ],
        "fingerprint": encodable(finding.fingerprint),
    }


def _place(report: Report, place: Place) -> dict[str, Any]:
    its = extent(report, place)
    return {
        "path": encodable(place.path),
        "line": its.start.line,
        "column": its.start.column,
        "end_line": its.end.line,
        "end_column": its.end.column,
    }

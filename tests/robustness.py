"""Linting bytes as a file of a project, and what must hold whatever is in them."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from fanout_lint.engine import Request, lint
from fanout_lint.report import github, json, line, text
from fanout_lint.report.contract import Report
from fanout_lint.report.paint import Look

SECONDS = 10.0
"""More than any file of a few kilobytes may take, however busy the machine is."""


def complaints(data: bytes, folder: Path) -> Iterator[str]:
    """Lint *data* as a file in *folder*, which must be the working folder; yield what is amiss.

    An exception rises as it is.
    """
    name = "w.yaml"
    Path(folder, name).write_bytes(data)
    assert os.path.samefile(folder, os.curdir)
    before = time.process_time()
    report = lint(Request((name,)))
    shown = {
        "text": text.render(report, Look(colour=True)),
        "line": line.render(report),
        "json": json.render(report),
        "github": github.render(report),
    }
    spent = time.process_time() - before
    if spent > SECONDS:
        yield f"it took {spent:.1f} s"
    for finding in report.findings:
        if finding.rule == "internal-error":
            yield finding.message
    yield from _misplaced(report)
    for form, output in shown.items():
        if "\0" in output or "\x1b[31m" in output:
            yield f"a control character is in the {form} report"


def _misplaced(report: Report) -> Iterator[str]:
    for finding in report.findings:
        places = (finding.place, *(related.place for related in finding.related))
        for place in places:
            source = report.sources.get(place.path)
            size = 0 if source is None else len(source.text)
            if not 0 <= place.span.start <= place.span.end <= max(size, 1):
                yield f"{finding.rule} is at {place.span} of {size} characters"

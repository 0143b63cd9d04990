"""Linting as tests want it: a text or a few files in, what is found at which words out."""

from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from fanout_lint.config.settings import Settings
from fanout_lint.engine import Request, lint
from fanout_lint.engine import lint_text as lint_texts
from fanout_lint.findings import Finding, Severity
from fanout_lint.report.contract import Report

MAIN = "workflow.yaml"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A finding. ``words`` are the flagged text, with each run of blanks as one."""

    path: str
    rule: str
    words: str
    message: str
    severity: str


def lint_text(
    files: str | Mapping[str, str], settings: Settings | None = None
) -> list[tuple[str, str, str]]:
    """Return rule, words and message of each finding in a text, or in several files by name."""
    return [(found.rule, found.words, found.message) for found in lint_all(files, settings)]


def lint_all(files: str | Mapping[str, str], settings: Settings | None = None) -> list[Found]:
    """Return what is found in a text, or in several files that belong together."""
    return _found(lint_texts(files, MAIN, settings))


def lint_folder(folder: Path) -> list[Found]:
    """Return what is found in the files below *folder*, which is made a project."""
    (folder / ".git").mkdir(exist_ok=True)
    with chdir(folder):
        return _found(lint(Request((".",))))


def _found(report: Report) -> list[Found]:
    return [
        Found(
            finding.place.path,
            finding.rule,
            _words(report, finding),
            finding.message,
            finding.severity.value,
        )
        for finding in report.findings
    ]


def _words(report: Report, finding: Finding) -> str:
    span = finding.place.span
    return " ".join(report.sources[finding.place.path].text[span.start : span.end].split())


def counts(found: Found) -> bool:
    """Tell whether it is an error or a warning."""
    return found.severity != Severity.INFO.value

"""We agree with Argo: its verdicts on examples, mutants, real files and real runs are replayed.

The verdicts are those of Argo 4.1, and lie beside the checkout in ``../shared``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from fanout_lint.config.settings import Settings
from fanout_lint.engine import Request, lint, lint_text
from fanout_lint.findings import Finding, Severity, Stage
from fanout_lint.report.contract import Report

_ROOT = Path(__file__).resolve().parent.parent
_SHARED = _ROOT.parent / "shared"
_SETTINGS = Settings(argo_version=(4, 1))
_REPLAYED = (
    *("break_tag", "drop_tag_segment", "item_ref", "rename_parameters", "delete_parameters"),
    *("drop_arguments", "unloop", "result_to_param", "steps_to_tasks"),
    *("loop", "output", "duplicate_artifacts", "duplicate_parameters", "duplicate_tasks"),
    *("duplicate_templates", "bad_name_artifacts", "bad_name_parameters", "bad_name_tasks"),
    "bad_name_templates",
)
"""The kinds of mutation that the rules on references, loops, names and outputs answer."""

pytestmark = pytest.mark.skipif(
    not _SHARED.exists(), reason="runs where ../shared lies beside the checkout"
)

Row = Mapping[str, Any]


@cache
def _rows(path: str) -> tuple[Row, ...]:
    with (_SHARED / path).open(encoding="utf-8") as file:
        return tuple(json.loads(line) for line in file)


def _errors(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def _line(report: Report, finding: Finding) -> int:
    return report.sources[finding.place.path].position(finding.place.span.start).line


def _words(report: Report, finding: Finding) -> str:
    span = finding.place.span
    return report.sources[finding.place.path].text[span.start : span.end]


def _shown(report: Report, finding: Finding) -> str:
    where = f"{finding.place.path}:{_line(report, finding)}"
    return f"{where} {finding.stage.value} {finding.rule}: {finding.message}"


def _lint_project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Lint all of *folder* as one repository, through the walk that the command line does."""
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return lint(Request((".",), argo_version=(4, 1)))


def test_no_error_on_an_example_that_argo_passes_alone() -> None:
    wrong = []
    for row in _rows("argo/examples.jsonl"):
        if row["alone_ok"]:
            report = lint_text(row["yaml"], row["file"], _SETTINGS)
            wrong += [_shown(report, finding) for finding in _errors(report)]

    assert wrong == []


def test_no_error_on_the_examples_laid_out_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in _rows("argo/examples.jsonl"):
        path = tmp_path / row["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(row["yaml"], encoding="utf-8")

    report = _lint_project(tmp_path, monkeypatch)

    assert report.summary.files == len(_rows("argo/examples.jsonl"))
    assert [_shown(report, finding) for finding in _errors(report)] == []


def test_mutants_that_argo_refuses_have_an_error_at_the_fault() -> None:
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    missed = []
    for row in _rows("argo/mutants.jsonl"):
        if row["ok"] or row["mutation"] not in _REPLAYED:
            continue
        total[row["mutation"]] += 1
        report = lint_text(row["yaml"], "mutant.yaml", _SETTINGS)
        lines = {_line(report, finding) for finding in _errors(report)}
        if lines & _faulty_lines(row):
            found[row["mutation"]] += 1
        else:
            missed.append(f"{row['id']} {row['mutation']}: lines {sorted(lines)}; {row['error']}")
    figures = {kind: f"{found[kind]} of {total[kind]}" for kind in _REPLAYED}

    assert total.keys() == set(_REPLAYED)
    assert found.total() >= 0.9 * total.total(), f"{figures}\n" + "\n".join(missed)


def test_no_admission_error_on_a_mutant_that_argo_passes() -> None:
    wrong = []
    for row in _rows("argo/mutants.jsonl"):
        if row["ok"]:
            report = lint_text(row["yaml"], "mutant.yaml", _SETTINGS)
            wrong += [
                f"{row['id']} {row['mutation']} {_shown(report, finding)}"
                for finding in _errors(report)
                if finding.stage is Stage.ADMISSION
            ]

    assert wrong == []


def _faulty_lines(row: Row) -> set[int]:
    """Return the lines that were changed, or that are now wrong for it, as Argo's words say."""
    mutant = row["yaml"].splitlines()
    return _changed_lines(row["base"], mutant) | set(_lines_told(row["error"], mutant))


def _changed_lines(base: str, mutant: list[str]) -> set[int]:
    """Return the lines of *mutant* that its base has not, and those beside a gap."""
    (text,) = (row["yaml"] for row in _rows("argo/examples.jsonl") if row["file"] == base)
    changed: list[set[int]] = []
    for document in yaml.safe_load_all(text):
        before = yaml.safe_dump(document, sort_keys=False).splitlines()
        lines: set[int] = set()
        for kind, _, _, start, end in SequenceMatcher(None, before, mutant, False).get_opcodes():
            if kind != "equal":
                lines |= set(range(start + 1, end + 1)) or {start, start + 1}
        changed.append(lines)
    return min(changed, key=len)


_UNRESOLVED = re.compile(r"failed to resolve (\{\{.*?\}\})")
_NOT_SUPPLIED = re.compile(r"templates\.([\w-]+) inputs\.(?:parameters|artifacts)\.[\w-]+ was not")


def _lines_told(error: str, mutant: list[str]) -> Iterator[int]:
    """Yield the lines with the tag that Argo cannot resolve, or that call what lacks a value."""
    if tag := _UNRESOLVED.search(error):
        wanted = [tag[1]]
    elif callee := _NOT_SUPPLIED.search(error):
        wanted = [f"template: {callee[1]}", f"entrypoint: {callee[1]}"]
    else:
        return
    for number, line in enumerate(mutant, 1):
        if any(line.strip() == words or words in line for words in wanted):
            yield number


def _scenarios() -> Iterator[tuple[str, str, Row]]:
    for row in _rows("truth/scenarios.jsonl"):
        yield row["id"], row["yaml"], row


def _executed() -> Iterator[tuple[str, str, Row]]:
    folder = _SHARED / "truth" / "executed"
    verdicts = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for name, verdict in verdicts.items():
        yield name, (folder / name).read_text(encoding="utf-8"), verdict


@pytest.mark.parametrize("runs", [_scenarios, _executed], ids=["scenarios", "executed"])
def test_no_error_on_a_workflow_that_runs_as_meant(runs: Any) -> None:
    wrong = []
    for name, text, verdict in runs():
        if verdict["wrong"] == "none":
            report = lint_text(text, name, _SETTINGS)
            wrong += [_shown(report, finding) for finding in _errors(report)]

    assert wrong == []


@pytest.mark.parametrize(
    ("runs", "part", "least"),
    [(_scenarios, "id", 95), (_executed, "category", 36)],
    ids=["scenarios", "executed"],
)
def test_as_many_runs_that_go_wrong_are_found_as_ever(runs: Any, part: str, least: int) -> None:
    """Hold how many are found to *least*; raise that when more are."""
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, text, verdict in runs():
        if verdict["wrong"] == "run" and not verdict.get("depends_on_pods"):
            kind = verdict[part] if part == "category" else "all"
            total[kind] += 1
            found[kind] += bool(_errors(lint_text(text, name, _SETTINGS)))
    figures = {kind: f"{found[kind]} of {total[kind]}" for kind in sorted(total)}

    assert found.total() >= least, figures


_NOT_FOUND = {
    "f06_wf_arg_novalue": "whoever submits the workflow may still give the list (F119)",
    "n16": "a controller that runs it for a CronWorkflow knows workflow.scheduledTime",
}
"""What an error would be uncertain about, though this one run went wrong."""


def test_runs_that_argo_lint_passes_and_that_go_wrong_have_an_error() -> None:
    missed = {
        name
        for name, text, verdict in _scenarios()
        if verdict["wrong"] == "run" and verdict["lint_ok"] and not verdict["depends_on_pods"]
        if not _errors(lint_text(text, name, _SETTINGS))
    }

    assert missed == set(_NOT_FOUND)

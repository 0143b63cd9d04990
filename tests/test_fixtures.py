"""Whole files: clean ones give nothing, faulty ones the reports beside them, broken ones a word."""

import re
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from shutil import copy

import pytest

from fanout_lint.engine import Request, lint
from fanout_lint.findings import Finding
from fanout_lint.report import github, json, line, text
from fanout_lint.report.contract import Report
from fanout_lint.report.paint import Look
from tests.conftest import Golden

_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_CLEAN = sorted((_FIXTURES / "clean").iterdir())
_FAULTY = sorted((_FIXTURES / "faulty").iterdir())
_BROKEN = sorted(path for path in (_FIXTURES / "broken").iterdir() if path.suffix != ".line")
_TOLD = re.compile(r"# finding: `([a-z-]+)` at `(.+)`")


def _text(report: Report) -> str:
    return text.render(report, Look())


_FORMATS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "line": line.render,
    "json": json.render,
    "github": github.render,
}


def _lint(folder: Path, *inputs: Path) -> Report:
    """Lint copies of *inputs* in *folder*, which is their project: no path of ours gets in."""
    for path in inputs:
        copy(path, folder)
    (folder / ".git").mkdir()
    with chdir(folder):
        return lint(Request(tuple(path.name for path in inputs)))


def _inputs(place: Path) -> list[Path]:
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place]


def _words(report: Report, finding: Finding) -> str:
    span = finding.place.span
    return " ".join(report.sources[finding.place.path].text[span.start : span.end].split())


def _told(inputs: list[Path]) -> Iterator[tuple[str, str, str]]:
    for path in inputs:
        for row in path.read_text(encoding="utf-8").splitlines():
            if told := _TOLD.fullmatch(row):
                yield path.name, told[1], told[2]


@pytest.mark.parametrize("place", _CLEAN, ids=lambda place: place.stem)
def test_clean_fixture_gives_nothing(place: Path, tmp_path: Path) -> None:
    report = _lint(tmp_path, *_inputs(place))

    assert line.render(report) == ""


@pytest.mark.parametrize("place", _FAULTY, ids=lambda place: place.name)
def test_faulty_fixture_is_found_at_the_words_that_it_names(place: Path, tmp_path: Path) -> None:
    inputs = _inputs(place)
    report = _lint(tmp_path, *inputs)
    found = [(one.place.path, one.rule, _words(report, one)) for one in report.findings]
    told = sorted(_told(inputs))

    assert told != []
    assert sorted(found) == told


@pytest.mark.parametrize("name", _FORMATS)
@pytest.mark.parametrize("place", _FAULTY, ids=lambda place: place.name)
def test_faulty_fixture_is_reported_as_its_golden(
    place: Path, name: str, tmp_path: Path, golden: Golden
) -> None:
    report = _lint(tmp_path, *_inputs(place))

    golden(place / f"report.{name}", _FORMATS[name](report))


def test_broken_files_are_reported_as_their_golden(tmp_path: Path, golden: Golden) -> None:
    report = _lint(tmp_path, *_BROKEN)

    golden(_FIXTURES / "broken" / "report.line", line.render(report))


@pytest.mark.parametrize("path", _BROKEN, ids=lambda path: path.name)
def test_broken_file_is_told_and_is_no_fault_of_ours(path: Path, tmp_path: Path) -> None:
    report = _lint(tmp_path, path)

    assert report.findings != ()
    assert [one.message for one in report.findings if one.rule == "internal-error"] == []


def test_broken_files_spoil_nothing_for_their_neighbours(tmp_path: Path) -> None:
    good = _FIXTURES / "faulty" / "script-log-line" / "workflow.yaml"
    alone = tmp_path / "alone"
    among = tmp_path / "among"
    alone.mkdir()
    among.mkdir()

    found = list(_lint(alone, good).findings)
    beside = [one for one in _lint(among, good, *_BROKEN).findings if one.place.path == good.name]

    assert beside == found

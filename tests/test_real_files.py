"""What is found on real files is what ``docs/true-on-real-files.md`` says, and says why.

The files lie beside the checkout in ``../shared``: public repositories and Argo's examples.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from shutil import copytree

import pytest
from msgspec import Struct

from fanout_lint.engine import Request, lint
from fanout_lint.findings import Severity

_ROOT = Path(__file__).resolve().parent.parent
_SHARED = _ROOT.parent / "shared"
_PAGE = (_ROOT / "docs" / "true-on-real-files.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(
    not _SHARED.exists(), reason="runs where ../shared lies beside the checkout"
)

_CODE = re.compile(r"`([^`]+)`")
_ERROR = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| (`[^|]+`) \| .+ \|$", re.MULTILINE)
_READ = re.compile(r"^\| (yes|no) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \| .+ \|$", re.MULTILINE)
_COUNTED = re.compile(r"^\| `([^`]+)` \| (\d+) \| (\d+) \|$", re.MULTILINE)
_NOTED = re.compile(r"^\| `([^`]+)` \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
_GONE = re.compile(r"^\| `([^`]+)` \| ((?:`[^`|]+:\d+`(?:, )?)+) \| .+ \|$", re.MULTILINE)
_SHORT = {
    "hera/": "argoproj-labs+hera/examples/workflows/",
    "kfp/": "kubeflow+pipelines@sdk-release-1.8/",
    "snapshots/": "opensearch-project+opensearch-migrations/orchestrationSpecs/packages/"
    "migration-workflow-templates/tests/__snapshots__/",
}

_SAMPLE = 30
"""So many notes of a rule are read where there are more."""

_SELDOM_TRUE = {"unbounded-fanout"}
"""Rules whose warnings are true in less than 8 of 10 files here, as the page says."""


class _Seen(Struct, frozen=True):
    """A finding: ``path`` begins with the repository, or with ``argo`` for Argo's examples."""

    path: str
    line: int
    rule: str
    words: str
    severity: Severity
    message: str


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[_Seen, ...]:
    folder = tmp_path_factory.mktemp("real")
    with (_SHARED / "argo" / "examples.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            path = folder / "argo" / row["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(row["yaml"], encoding="utf-8")
    for origin in (_SHARED / "corpus").iterdir():
        if origin.is_dir():
            copytree(origin, folder / origin.name, copy_function=_copy)
    return tuple(one for project in sorted(folder.iterdir()) for one in _lint(project))


def _copy(source: str, target: str) -> None:
    """Copy what is in a file, and not that it must not be written to."""
    Path(target).write_bytes(Path(source).read_bytes())


def _lint(project: Path) -> Iterator[_Seen]:
    """Lint *project* as a repository of its own, through the walk that the command line does."""
    (project / ".git").mkdir()
    with chdir(project):
        report = lint(Request((".",), argo_version=(4, 1)))
    for finding in report.findings:
        place = finding.place
        source = report.sources[place.path]
        yield _Seen(
            f"{project.name}/{place.path}",
            source.position(place.span.start).line,
            finding.rule,
            source.text[place.span.start : place.span.end],
            finding.severity,
            finding.message,
        )


def _places(cell: str) -> Iterator[tuple[str, int]]:
    for text in _CODE.findall(cell):
        path, _, line = text.rpartition(":")
        for short, whole in _SHORT.items():
            path = whole + path.removeprefix(short) if path.startswith(short) else path
        yield path, int(line)


def test_no_error_on_a_file_that_argo_passes_but_those_that_are_true(
    seen: tuple[_Seen, ...],
) -> None:
    verdicts = json.loads((_SHARED / "corpus" / "verdicts.json").read_text(encoding="utf-8"))
    found = {
        (one.path, one.rule, one.words): f"{one.path}:{one.line} {one.rule}: {one.message}"
        for one in seen
        if one.severity is Severity.ERROR and verdicts.get(one.path, {"ok": True})["ok"]
    }
    known = {
        (path, rule, words)
        for path, rule, cell in _ERROR.findall(_PAGE)
        for words in _CODE.findall(cell)
    }

    assert [text for place, text in found.items() if place not in known] == []
    assert known - found.keys() == set(), "the page lists what is not found"


def test_as_many_warnings_as_the_page_says(seen: tuple[_Seen, ...]) -> None:
    found = Counter(one.rule for one in seen if one.severity is Severity.WARNING)

    assert {rule: int(hits) for rule, hits, _ in _COUNTED.findall(_PAGE)} == found


def test_rows_of_the_page_are_found(seen: tuple[_Seen, ...]) -> None:
    found = {(one.path, one.line, one.rule): one.words for one in seen}
    missing = []
    for _, rule, where, cell in _READ.findall(_PAGE):
        words = set(_CODE.findall(cell))
        for path, line in _places(where):
            if found.get((path, line, rule)) not in words:
                missing.append(f"{path}:{line} {rule} at {words}")

    assert missing == []


def test_as_many_notes_as_the_page_says(seen: tuple[_Seen, ...]) -> None:
    found = Counter(one.rule for one in seen if one.severity is Severity.INFO)
    noted = _NOTED.findall(_PAGE)

    assert {rule: int(hits) for rule, hits, _, _ in noted} == found
    assert {rule: int(read) for rule, _, read, _ in noted} == {
        rule: min(hits, _SAMPLE) for rule, hits in found.items()
    }


def _section(title: str) -> str:
    return _PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _not_true(section: str) -> Counter[str]:
    """Return how many places of each rule *section* lists as not true."""
    listed = Counter[str]()
    for verdict, rule, where, _ in _READ.findall(section):
        listed[rule] += len([*_places(where)]) if verdict == "no" else 0
    return listed


def test_rows_stand_in_the_section_of_their_severity(seen: tuple[_Seen, ...]) -> None:
    found = {(one.path, one.line, one.rule): one.severity for one in seen}
    for title, severity in (("Warnings", Severity.WARNING), ("Notes", Severity.INFO)):
        places = [
            (path, line, rule)
            for _, rule, where, _ in _READ.findall(_section(title))
            for path, line in _places(where)
        ]

        assert len(places) >= 20
        assert [place for place in places if found.get(place) is not severity] == []


def test_every_warning_that_is_not_true_is_listed() -> None:
    section = _section("Warnings")
    listed = _not_true(section)
    figures: Mapping[str, tuple[int, int]] = {
        rule: (int(hits), int(true)) for rule, hits, true in _COUNTED.findall(section)
    }

    assert {rule: hits - true for rule, (hits, true) in figures.items()} == {
        rule: listed[rule] for rule in figures
    }
    assert {rule for rule, (hits, true) in figures.items() if true < 0.8 * hits} == _SELDOM_TRUE


def test_every_note_that_is_not_true_is_listed() -> None:
    section = _section("Notes")
    listed = _not_true(section)
    noted = _NOTED.findall(section)

    assert {rule: int(read) - int(true) for rule, _, read, true in noted} == {
        rule: listed[rule] for rule, *_ in noted
    }
    assert listed.keys() <= {rule for rule, *_ in noted}


def test_what_is_told_no_more_is_not_found(seen: tuple[_Seen, ...]) -> None:
    found = {(one.path, one.line, one.rule) for one in seen}
    gone = {
        (path, line, rule) for rule, where in _GONE.findall(_PAGE) for path, line in _places(where)
    }

    assert len(gone) >= 7
    assert gone & found == set()

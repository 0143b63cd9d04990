"""Of a large project only those files are read that the asked ones have to do with."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.engine import related
from fanout_lint.engine.lint import Request, lint
from fanout_lint.engine.reading import ReadFile
from fanout_lint.engine.reading import read as read_file

_LIBRARY = """\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: NAME}
spec:
  templates:
  - name: work
    inputs: {parameters: [{name: m}]}
    container: {image: "worker:1", command: [/work], args: ["{{inputs.parameters.m}}"]}
"""
_CALLER = """\
apiVersion: argoproj.io/v1alpha1
kind: KIND
metadata: {name: NAME}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: call
        templateRef: {name: CALLED, template: TEMPLATE}
        arguments: {parameters: [{name: m, value: x}]}
"""


def _caller(name: str, called: str, template: str = "main", kind: str = "WorkflowTemplate") -> str:
    text = _CALLER.replace("KIND", kind).replace("CALLED", called).replace("TEMPLATE", template)
    return text.replace("NAME", name)


def _library(name: str) -> str:
    return _LIBRARY.replace("NAME", name)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def _read_for(monkeypatch: pytest.MonkeyPatch, *paths: str) -> set[str]:
    """Lint *paths* and return the files that were read for it."""
    read: set[str] = set()

    def noting(file: object) -> ReadFile:
        found = read_file(file)  # type: ignore[arg-type] # As lint calls it.
        read.add(found.source.path)
        return found

    monkeypatch.setattr(sys.modules["fanout_lint.engine.lint"], "read", noting)
    lint(Request(paths))
    return read


def test_names_are_followed_both_ways(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "asked": _caller("asked", "middle"),
        "middle": _caller("middle", "last", "work"),
        "last": _library("last"),
        "caller": _caller("caller", "asked", kind="Workflow"),
        "other": _caller("other", "stranger"),
        "stranger": _library("stranger"),
        "asked-too": _library("asked-too"),
    }
    for name, text in texts.items():
        (project / f"{name}.yaml").write_text(text)

    assert _read_for(monkeypatch, "asked.yaml") == {
        "asked.yaml", "middle.yaml", "last.yaml", "caller.yaml",
    }  # fmt: skip


@pytest.mark.parametrize("written", [r'"\x6cast"', r'"\u006cast"', '"la\\\n    st"'])
def test_escaped_names_are_found(
    project: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    (project / "asked.yaml").write_text(_caller("asked", "last", "work"))
    (project / "last.yaml").write_text(_library(written))

    assert "last.yaml" in _read_for(monkeypatch, "asked.yaml")


def test_name_with_a_tag_may_be_any(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "asked.yaml").write_text(_caller("asked", '"la{{item}}"', "work"))
    (project / "last.yaml").write_text(_library("last"))

    assert "last.yaml" in _read_for(monkeypatch, "asked.yaml")


def test_many_names_are_not_searched_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (project / f"{number}.yaml").write_text(_library(f"l-{number}"))
    (project / "other.yaml").write_text(_library("other"))
    asked = ("0.yaml", "1.yaml", "2.yaml")

    assert "other.yaml" not in _read_for(monkeypatch, *asked)
    monkeypatch.setattr(related, "_MOST", 2)
    assert "other.yaml" in _read_for(monkeypatch, *asked)


@given(
    calls=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=12),
    asked=st.integers(0, 6),
)
@settings(max_examples=40, deadline=None)
def test_findings_are_those_of_the_whole_project(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[int, int]], asked: int
) -> None:
    """Whoever calls whom, templates that are not there and doubled names among them."""
    root = tmp_path_factory.mktemp("project")
    (root / ".git").mkdir()
    for number in range(7):
        called = [callee for caller, callee in calls if caller == number]
        text = "".join(
            _caller(f"f-{number % 5}", f"f-{callee}", "main" if callee % 2 else "work") + "---\n"
            for callee in called
        )
        (root / f"{number}.yaml").write_text(text + _library(f"f-{number}"))
    path = str(root / f"{asked}.yaml")
    with pytest.MonkeyPatch.context() as patch:
        few = lint(Request((path,))).findings
        patch.setattr(related, "_MOST", -1)
        assert lint(Request((path,))).findings == few

"""What a run finds does not depend on how its files were named, nor on their neighbours."""

import os
from pathlib import Path

import pytest

from fanout_lint import lint_paths
from fanout_lint.report.contract import Report

WORKFLOW = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: example-}
spec:
  entrypoint: main
  parallelism: 10
  templates:
  - name: main
    steps:
    - - name: resize
        templateRef: {name: library, template: %s}
"""
LIBRARY = """\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: library%s}
spec:
  templates:
  - name: resize
    container: {image: "worker:1", command: [/resize]}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(report: Report) -> list[tuple[str, str, str]]:
    return [
        (
            finding.rule,
            finding.place.path,
            report.sources[finding.place.path].text[
                finding.place.span.start : finding.place.span.end
            ],
        )
        for finding in report.findings
        if finding.severity.value != "info"
    ]


def test_findings_are_the_same_alone_in_the_folder_and_in_the_repository(repository: Path) -> None:
    write(repository, {"a/flow.yaml": WORKFLOW % "resise", "b/library.yaml": LIBRARY % ""})
    expected = [("unresolved-template", "a/flow.yaml", "resise")]

    assert told(lint_paths(["a/flow.yaml"])) == expected
    assert told(lint_paths(["a"])) == expected
    assert told(lint_paths(["."])) == expected


def test_a_library_with_a_namespace_is_found_without_one(repository: Path) -> None:
    write(repository, {"flow.yaml": WORKFLOW % "resise", "lib.yaml": LIBRARY % ", namespace: ci"})

    assert told(lint_paths(["flow.yaml"])) == [("unresolved-template", "flow.yaml", "resise")]


def test_a_library_that_is_in_no_file_is_taken_to_exist(repository: Path) -> None:
    write(repository, {"flow.yaml": WORKFLOW % "resize"})

    assert told(lint_paths(["."])) == []


def test_a_complete_project_has_all_its_libraries(repository: Path) -> None:
    write(
        repository,
        {"flow.yaml": WORKFLOW % "resize", ".fanout-lint.yaml": "complete-project: true\n"},
    )

    assert told(lint_paths(["."])) == [("unresolved-template", "flow.yaml", "library")]


def test_external_templates_are_known_to_exist(repository: Path) -> None:
    config = 'complete-project: true\nexternal-templates: ["libr*"]\n'
    write(repository, {"flow.yaml": WORKFLOW % "resize", ".fanout-lint.yaml": config})

    assert told(lint_paths(["."])) == []


def test_a_kustomize_patch_is_not_judged_for_what_it_lacks(repository: Path) -> None:
    patch = WORKFLOW.replace("entrypoint: main", "entrypoint: other") % "resize"
    write(
        repository,
        {
            "base/flow.yaml": WORKFLOW % "resize",
            "over/kustomization.yaml": "resources: [../base/flow.yaml]\npatches:\n- path: p.yaml\n",
            "over/p.yaml": patch,
        },
    )

    assert told(lint_paths(["."])) == []
    assert told(lint_paths(["over/p.yaml"])) == []


def test_two_overlays_may_hold_libraries_of_one_name(repository: Path) -> None:
    write(
        repository,
        {
            "one/kustomization.yaml": "resources: [lib.yaml]\n",
            "one/lib.yaml": LIBRARY % "",
            "two/kustomization.yaml": "resources: [lib.yaml]\n",
            "two/lib.yaml": LIBRARY % "",
        },
    )

    assert told(lint_paths(["."])) == []


def test_two_libraries_of_one_name_are_told_in_both_files(repository: Path) -> None:
    second = (LIBRARY % "").replace("worker:1", "worker:2")
    write(repository, {"one.yaml": LIBRARY % "", "two.yaml": second})

    assert told(lint_paths(["."])) == [
        ("duplicate-manifest", "one.yaml", "library"),
        ("duplicate-manifest", "two.yaml", "library"),
    ]


def test_a_broken_document_does_not_hide_its_neighbours(repository: Path) -> None:
    text = "apiVersion: argoproj.io/v1alpha1\nkind: [\n---\n" + WORKFLOW % "resize"
    text += "      - {name: again, template: nope}\n"
    write(repository, {"flow.yaml": text})
    rules = [rule for rule, _, _ in told(lint_paths(["flow.yaml"]))]

    assert rules == ["yaml-syntax", "unresolved-template"]


def test_a_list_of_workflows_is_looked_into(repository: Path) -> None:
    items = (WORKFLOW % "resize").replace("main\n  parallelism", "nope\n  parallelism")
    indented = "".join(f"  {line}\n" for line in items.splitlines()).replace("  api", "- api", 1)
    write(repository, {"list.yaml": "apiVersion: v1\nkind: List\nitems:\n" + indented})

    assert ("unresolved-template", "list.yaml", "nope") in told(lint_paths(["list.yaml"]))


def test_a_folder_is_read_in_one_order(repository: Path) -> None:
    write(repository, {f"{name}.yaml": WORKFLOW % "resize" for name in "cab"})
    write(repository, {"library.yaml": LIBRARY.replace("resize", "other") % ""})
    paths = [path for _, path, _ in told(lint_paths([os.curdir]))]

    assert paths == ["a.yaml", "b.yaml", "c.yaml"]

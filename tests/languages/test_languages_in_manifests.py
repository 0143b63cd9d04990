"""The little languages where people write them: Argo's verdicts, and places in the file."""

import json
from typing import Any

import pytest

from fanout_lint.config.settings import Settings
from tests.languages.rows import rows_of
from tests.linting import Found, lint_all

Row = dict[str, Any]

_LATEST = Settings(argo_version=(4, 1))
_WORK = {"name": "work", "container": {"image": "example.com/a:1", "command": ["a"]}}
_SURELY_ODD = {"odd-sequence", "item-outside-loop", "foreign-tag-in-loop"}
"""What runs, and does otherwise than it is written."""


def _workflow(main: dict[str, Any]) -> dict[str, Any]:
    templates = [{"name": "main", **main}, _WORK]
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Workflow",
        "metadata": {"generateName": "x-"},
        "spec": {"entrypoint": "main", "parallelism": 3, "templates": templates},
    }


def _cron(fields: dict[str, Any]) -> dict[str, Any]:
    workflow = _workflow({"container": _WORK["container"]})
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "CronWorkflow",
        "metadata": {"name": "c", "namespace": "argo"},
        "spec": {"schedules": ["@daily"], **fields, "workflowSpec": workflow["spec"]},
    }


def _in_manifest(row: Row) -> dict[str, Any]:
    text = row["text"]
    match row["lang"]:
        case "when":
            return _workflow({"steps": [[{"name": "s", "template": "work", "when": text}]]})
        case "depends":
            tasks: list[dict[str, Any]] = [
                {"name": name, "template": "work"}
                | ({"withItems": [1, 2]} if name in row["loops"] else {})
                for name in row["tasks"]
            ]
            last = {"name": "t", "template": "work", "depends": text}
            return _workflow({"dag": {"tasks": [*tasks, last]}})
        case "cron":
            zone = {"timezone": row["timezone"]} if "timezone" in row else {}
            return _cron({"schedules": [text], **zone})
        case "cronwhen":
            return _cron({"when": text})
        case "duration":
            return _workflow({"suspend": {"duration": text}})
    resource = {"action": "get", "flags": ["x"], "successCondition": text}
    return _workflow({"resource": resource})


def _fails(row: Row) -> bool:
    told = [row.get(key) for key in ("ok", "runtime_ok", "argo_ok")]
    return False in told or row.get("outcome") == "error"


def _errors(row: Row) -> list[str]:
    found = lint_all(json.dumps(_in_manifest(row)), _LATEST)
    assert [one.message for one in found if one.rule == "internal-error"] == []
    return [one.rule for one in found if one.severity == "error" and one.rule not in _SURELY_ODD]


@pytest.mark.parametrize(
    "language", ["when", "depends", "cron", "cronwhen", "duration", "labelselector"]
)
def test_a_manifest_is_judged_as_argo_judges_the_text_in_it(language: str) -> None:
    rows = [row for row in rows_of(language) if "{{" not in row["text"] or language == "cronwhen"]
    other = [row["text"] for row in rows if bool(_errors(row)) is not _fails(row)]

    assert other == []


def _found(manifest: str, rule: str) -> list[str]:
    found: list[Found] = lint_all(manifest, _LATEST)
    return [one.words for one in found if one.rule == rule]


_HEAD = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: x-}
spec:
  entrypoint: main
  templates:
  - name: work
    container: {image: "example.com/a:1", command: [a]}
"""


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("a = 'b'", "="),
        ('"\'a\' = \\"b\\""', "="),
        ("'''a'' = b'", "="),
        (">-\n          'a'\n          = 'b'", "="),
        ("|\n          'a'\n          == my-item", "my-item"),
        ('"\\x27a\\x27 == my-item"', "my-item"),
        ('"1 =="', "=="),
    ],
)
def test_a_fault_stands_at_its_word_however_the_text_is_written(when: str, words: str) -> None:
    step = f"""\
  - name: main
    steps:
    - - name: only
        template: work
        when: {when}
"""

    assert _found(_HEAD + step, "broken-when") == [words]


def test_a_fault_in_a_manifest_stands_at_its_word() -> None:
    template = """\
  - name: main
    resource:
      action: create
      manifest: |
        kind: ConfigMap
        metadata: {name: "{{workflow.name}}" "x"}
"""

    assert _found(_HEAD + template, "broken-manifest") == ['"x"}']


def test_a_circle_is_shown_once_with_all_its_tasks() -> None:
    tasks = """\
  - name: main
    dag:
      tasks:
      - {name: a, template: work, depends: c}
      - {name: b, template: work, depends: a.Succeeded}
      - {name: c, template: work, depends: "b && d"}
      - {name: d, template: work, depends: "e"}
      - {name: e, template: work, depends: "d || !e.Failed"}
      - {name: f, template: work, depends: "a && e"}
"""
    found = [one.message for one in lint_all(_HEAD + tasks) if one.rule == "dependency-cycle"]

    assert found == [
        "the tasks wait for one another: a → c → b → a",
        "the tasks wait for one another: d → e → d",
    ]


def test_a_long_chain_of_tasks_is_no_circle() -> None:
    chain = "".join(
        f"      - {{name: t{number}, template: work, depends: t{number + 1}}}\n"
        for number in range(300)
    )
    tasks = (
        f"  - name: main\n    dag:\n      tasks:\n{chain}      - {{name: t300, template: work}}\n"
    )

    assert _found(_HEAD + tasks, "dependency-cycle") == []


_INPUTS = {"n": "3", "name": "ada", "my-list": "[1,2,3]", "empty": ""}
_NOT_TOLD = {
    # What labels and annotations a submitter adds is not known; nor is a name put together.
    "{{workflow.annotations.a/b}}",
    "{{workflow.parameters.{{workflow.parameters.p}}}}",
}


def test_a_text_whose_tags_argo_refuses_is_told() -> None:
    inputs = [{"name": name, "value": value} for name, value in _INPUTS.items()]
    silent = set()
    for row in rows_of("tag"):
        container = {"image": "example.com/a:1", "command": ["a"], "args": [row["text"]]}
        main = {"inputs": {"parameters": inputs}, "container": container}
        manifest = _workflow(main)
        manifest["spec"]["arguments"] = {"parameters": [{"name": "p", "value": "x"}]}
        found = lint_all(json.dumps(manifest), _LATEST)
        fails = not row.get("lint_ok", True) or (
            # A lone brace is closed by others behind it, here as in real files.
            row["ok"] and row["replace"]["open"].startswith("error")
        )
        if fails and not any(one.severity == "error" for one in found):
            silent.add(row["text"])

    assert silent == _NOT_TOLD

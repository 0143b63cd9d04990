"""Which texts of ``withParam`` are surely a loop. The verdicts are of Argo's lint, v4.1.2."""

import pytest

from tests.linting import lint_text

_FILE = """\
apiVersion: argoproj.io/v1alpha1
kind: KIND
metadata: {name: loops}
spec:
  entrypoint: main
  onExit: ending
  parallelism: 10
  arguments: {parameters: [{name: list, value: "[1]"}, {name: none, value: ""}, {name: open}]}
  templates:
"""
_TEMPLATE = """\
  - name: NAME
    inputs:
      parameters: [{name: list}, {name: none}, {name: own, value: ""}, {name: std, default: ""}]
    steps:
    - - {name: fan, template: leaf, withParam: 'LIST', OTHER}
"""
_ITEMS = "withItems: [1]"
_REST = """\
  - {name: leaf, container: {image: "tool:1", command: [run]}}
"""


def _found(text: str, other: str = _ITEMS, kind: str = "Workflow") -> list[str]:
    """Return the templates of three in which two loops are told."""
    told = []
    for name in ("main", "called", "ending"):
        template = _TEMPLATE.replace("NAME", name).replace("LIST", text).replace("OTHER", other)
        others = [each for each in ("main", "called", "ending") if each != name]
        rest = "".join(_REST.replace("leaf", each) for each in others)
        found = lint_text(_FILE.replace("KIND", kind) + template + rest + _REST)
        if any(rule == "two-loops" for rule, _, _ in found):
            told.append(name)
    return told


_ALL = ["main", "called", "ending"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1]", _ALL),
        ("", []),
        ("{{workflow.parameters.list}}", _ALL),
        ("{{workflow.parameters.open}}", _ALL),
        ("{{workflow.parameters.none}}", []),
        ("{{ workflow.parameters.none }}", []),
        ("x{{workflow.parameters.none}}", _ALL),
        ("{{inputs.parameters.list}}", _ALL),
        ("{{inputs.parameters.none}}", ["called"]),
        ("{{inputs.parameters.own}}", ["called"]),
        ("{{inputs.parameters.std}}", ["called"]),
        ("{{=toJson([1])}}", _ALL),
        ("{{=workflow.parameters.none}}", []),
    ],
)
def test_with_param_counts_where_it_is_surely_not_empty(text: str, told: list[str]) -> None:
    assert _found(text) == told


def test_sequence_counts_whatever_is_in_it_and_null_does_not() -> None:
    assert _found("[1]", "withSequence: {}") == _ALL
    assert _found("[1]", "withSequence: null") == []
    assert _found("[1]", "withItems: []") == []
    assert _found("[1]", "withItems: null") == []

"""Sources of output parameters, by kind of template. Verdicts of Argo's lint, v4.1.2."""

import pytest

from tests.linting import lint_text

_FILE = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: outputs}
spec:
  entrypoint: main
  templates:
  - name: main
    steps: [[{name: a, template: other}]]
  - name: other
    inputs: {parameters: [{name: q, value: ""}]}
    BODY
    outputs: {parameters: [{name: o, OUTPUT}]}
  - {name: leaf, container: {image: "tool:1", command: [run]}}
"""
_PODS = {
    "container": "container: {image: 'tool:1', command: [run]}",
    "script": "script: {image: 'tool:1', command: [sh], source: run}",
    "containerSet": "containerSet: {containers: [{name: main, image: 'tool:1'}]}",
}
_CALLERS = {
    "steps": "steps: [[{name: b, template: leaf}]]",
    "dag": "dag: {tasks: [{name: b, template: leaf}]}",
}
_RESOURCE = {"resource": "resource: {action: get, manifest: 'kind: ConfigMap'}"}
_OTHERS = {
    "suspend": "suspend: {}",
    "http": "http: {url: 'https://tool'}",
    "plugin": "plugin: {tool: {}}",
}
_ALL = _PODS | _CALLERS | _RESOURCE | _OTHERS
_STEP = ["parameter: x", "expression: '1'"]


def _is_told(kind: str, output: str) -> bool:
    found = lint_text(_FILE.replace("BODY", _ALL[kind]).replace("OUTPUT", output))
    return "broken-output" in [rule for rule, _, _ in found]


@pytest.mark.parametrize("kind", _ALL)
def test_each_kind_takes_its_own_source(kind: str) -> None:
    sources = ["path: /a", *_STEP, "jqFilter: .a", "jsonPath: '{.a}'", "supplied: {}"]
    taken = [source for source in sources if not _is_told(kind, f"valueFrom: {{{source}}}")]

    if kind in _PODS:
        assert taken == ["path: /a"]
    elif kind in _CALLERS:
        assert taken == _STEP
    elif kind in _RESOURCE:
        assert taken == ["jqFilter: .a", "jsonPath: '{.a}'"]
    else:
        assert taken == sources


@pytest.mark.parametrize("kind", _ALL)
def test_no_kind_takes_nothing_or_two(kind: str) -> None:
    for output in (
        "value: null",
        "default: a",
        "valueFrom: {}",
        "valueFrom: {default: a}",
        "valueFrom: {path: ''}",
        "valueFrom: {supplied: null}",
        "valueFrom: {event: a}",
        "valueFrom: {path: /a, supplied: {}}",
        "valueFrom: {parameter: a, expression: b}",
        "value: '', valueFrom: {path: /a}",
    ):
        assert _is_told(kind, output), output
    assert not _is_told(kind, "value: ''")


def test_source_that_may_turn_out_empty_does_not_count_as_a_second() -> None:
    assert not _is_told("suspend", "valueFrom: {path: '{{inputs.parameters.q}}', jqFilter: .a}")
    assert _is_told("suspend", "valueFrom: {path: '/{{inputs.parameters.q}}', jqFilter: .a}")


def test_misspelt_field_is_told_as_such_alone() -> None:
    assert not _is_told("container", "valuefrom: {path: /a}")
    assert not _is_told("container", "valueFrom: {paht: /a}")


def test_second_inline_template_is_not_read() -> None:
    inline = f"inline: {{{_PODS['container']}, outputs: {{parameters: [{{name: o}}]}}}}"
    first = f"[{{name: b, {inline}}}]"
    before = f"[{{name: c, inline: {{{_PODS['container']}}}}}]"
    file = _FILE.replace("OUTPUT", "value: x")

    told = lint_text(file.replace("BODY", f"steps: [{first}]"))
    silent = lint_text(file.replace("BODY", f"steps: [{before}, {first}]"))
    assert "broken-output" in [rule for rule, _, _ in told]
    assert "broken-output" not in [rule for rule, _, _ in silent]

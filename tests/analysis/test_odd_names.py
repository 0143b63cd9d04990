"""Names as the validator reads them. The verdicts are of Argo's lint, v4.1.2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.analysis.odd_names import nearest
from fanout_lint.engine import lint_text as lint
from tests.linting import lint_text

_FILE = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: names}
spec:
  entrypoint: main
  parallelism: 10
  arguments: {parameters: [{name: w, value: one}]}
  templates:
  - name: main
    inputs: {parameters: [{name: q, value: one}]}
    BODY
  - name: called
    inputs: {parameters: [{name: q}]}
    CALLED
  - name: leaf
    inputs: {parameters: [{name: m, value: one}]}
    container: {image: "tool:1", command: [run, "{{inputs.parameters.m}}"]}
"""
_LEAF = "container: {image: 'tool:1', command: [run]}"


def _found(body: str, called: str = _LEAF, rule: str = "invalid-name") -> list[str]:
    file = _FILE.replace("BODY", body).replace("CALLED", called)
    return [words for name, words, _ in lint_text(file) if name == rule]


def _step(name: str) -> str:
    return f"steps: [[{{name: {name}, template: leaf, withItems: [a]}}]]"


def _task(name: str) -> str:
    return f"dag: {{tasks: [{{name: {name}, template: leaf, withItems: [a]}}]}}"


@pytest.mark.parametrize(
    "name",
    ['"a-{{item}}"', '"{{item.k}}"', '"a-{{=item}}"', '"{{steps.b.id}}"', "a.b", "-a", '"é"'],
)
def test_refused_in_each_place(name: str) -> None:
    assert _found(_step(name)) == [name]
    assert _found(_task(name)) == [name]
    assert _found(_LEAF, _step(name)) == [name]


@pytest.mark.parametrize(
    "name", ['"a-{{inputs.parameters.q}}"', '"{{workflow.parameters.w}}"', '"{{=workflow.name}}"']
)
def test_tag_that_argo_may_fill_in_by_then_is_silent_in_a_step(name: str) -> None:
    assert _found(_step(name)) == []
    assert _found(_LEAF, _step(name)) == []


def test_name_around_such_a_tag_must_be_right_all_the_same() -> None:
    assert _found(_step('"a_{{inputs.parameters.q}}"')) == ['"a_{{inputs.parameters.q}}"']


def test_task_takes_no_made_up_word() -> None:
    name = '"a-{{inputs.parameters.q}}"'

    assert _found(_task(name)) == []
    assert _found(_LEAF, _task(name)) == [name]
    assert _found(_task('"a-{{workflow.name}}"')) == ['"a-{{workflow.name}}"']


@pytest.mark.parametrize(
    "name", ['"${NAME}"', '"a-$(name)"', '"{{ .Values.name }}"', '"<% name %>"', '"{{ env }}-a"']
)
def test_name_that_another_tool_fills_in_is_silent(name: str) -> None:
    assert _found(_step(name)) == []
    assert _found(_LEAF, _LEAF + f"\n  - name: {name}\n    {_LEAF}") == []


@pytest.mark.parametrize(
    ("name", "found"),
    [("{}", []), ("1.5", []), ("null", ["name"]), ("a" * 128, []), ("a" * 129, ["a" * 129])],
)
def test_name_that_is_no_text_is_told_by_its_type_alone(name: str, found: list[str]) -> None:
    assert _found(_step(name)) == found


def test_misspelt_or_capital_name_is_not_told_as_missing() -> None:
    assert _found("steps: [[{Name: a, template: leaf}], [{nmae: b, template: leaf}]]") == []
    assert _found("steps: [[{template: leaf}]]") == ["template"]


def test_arguments_of_hooks_are_not_looked_at() -> None:
    given = "arguments: {parameters: [{name: m, value: x}, {name: a.b, value: x}]}"
    hooks = f"hooks: {{exit: {{template: leaf, {given}}}}}"

    assert _found(f"steps: [[{{name: a, template: leaf, {hooks}}}]]") == []
    assert _found(f"steps: [[{{name: a, template: leaf, {given}}}]]") == ["a.b"]


def test_inline_template_is_filled_in_and_a_second_one_not_read() -> None:
    names = "{name: 'a-{{inputs.parameters.q}}', value: x}, {name: b.c, value: x}"
    inline = f"inline: {{inputs: {{parameters: [{names}]}}, {_LEAF}}}"

    assert _found(f"steps: [[{{name: a, {inline}}}]]") == ["b.c"]
    assert _found(f"steps: [[{{name: z, inline: {{{_LEAF}}}}}], [{{name: a, {inline}}}]]") == []


def test_arguments_are_merged_by_name_with_those_of_a_workflow_template_ref() -> None:
    file = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: names}
spec:
  arguments: {parameters: [{name: w, value: one}, {name: w, value: two}]}
  FROM
"""
    merged = lint_text(file.replace("FROM", "workflowTemplateRef: {name: other}"))
    own = lint_text(
        file.replace("FROM", f"entrypoint: main\n  templates: [{{name: main, {_LEAF}}}]")
    )

    assert "duplicate-name" not in [rule for rule, _, _ in merged]
    assert "duplicate-name" in [rule for rule, _, _ in own]


def test_no_name_is_recommended_that_another_step_has() -> None:
    file = _FILE.replace("CALLED", _LEAF).replace(
        "BODY", "steps: [[{name: a.b, template: leaf}, {name: a-b, template: leaf}]]"
    )
    helps = [each.help for each in lint(file, "w.yaml").findings if each.rule == "invalid-name"]

    assert helps == ["give it another one"]


@given(st.text())
def test_nearest_name_is_one_that_argo_takes(name: str) -> None:
    near = nearest(name, "abc-")

    assert near.strip("abc-") == ""
    assert not near.startswith("-")
    assert nearest(near, "abc-") == near

"""Tags inside tags: which Argo's lint refuses, and what may pass. The verdicts are of v4.1.2."""

import pytest

from fanout_lint.config.settings import Settings
from fanout_lint.engine import lint_text as lint
from tests.linting import lint_text

_FILE = """\
apiVersion: argoproj.io/v1alpha1
kind: KIND
metadata: {name: nested}
spec:
  entrypoint: main
  parallelism: 10
  arguments: {parameters: [{name: a, value: one}]}
  templates:
  - name: main
    inputs: {parameters: [{name: a, value: one}, {name: k, value: a}]}
    steps:
    - - {name: one, template: make}
      - {name: name1, template: make}
    - - name: fan
        template: called
        LOOP
        arguments: {parameters: [{name: a, value: x}, {name: k, value: "ENTRY"}]}
  - name: called
    inputs: {parameters: [{name: a}, {name: k}]}
    steps:
    - - {name: one, template: make}
    - - name: two
        template: work
        withItems: [{k: v}]
        arguments: {parameters: [{name: m, value: "CALLED"}]}
  - name: work
    inputs: {parameters: [{name: m}]}
    container: {image: "tool:1", command: [run], args: ["{{inputs.parameters.m}}", "BODY"]}
  - name: make
    container: {image: "tool:1", command: [make]}
    outputs: {parameters: [{name: x, valueFrom: {path: /tmp/x}}]}
"""


def _nested(
    kind: str = "Workflow", version: tuple[int, int] | None = None, **texts: str
) -> list[str]:
    file = _FILE.replace("KIND", kind).replace("LOOP", texts.pop("LOOP", "withItems: [{k: v}]"))
    for place in ("ENTRY", "CALLED", "BODY"):
        file = file.replace(place, texts.get(place, "x"))
    found = lint_text(file, Settings(argo_version=version))
    return [words for rule, words, _ in found if rule == "nested-tag"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{workflow.parameters.{{item}}}}",
        "{{inputs.parameters.{{item.k}}}}",
        "{{steps.{{steps.one.outputs.parameters.x}}.outputs.parameters.x}}",
        "{{item.{{ item.k }}}}",
        "{{workflow.labels.{{workflow.namespace}}}}",
        "{{inputs.parameters.{{inputs.parameters.{{item.k}}}}}}",
        "{{steps.one.outputs.parameters.x{{item.k}}",
    ],
)
def test_inner_tag_that_is_never_replaced_is_refused(tag: str) -> None:
    assert _nested(ENTRY=tag) == [tag]
    assert _nested(CALLED=tag) == [tag]


def test_inputs_are_made_up_in_a_called_template_and_true_in_the_entrypoint() -> None:
    tag = "{{inputs.parameters.{{inputs.parameters.k}}}}"

    assert _nested(CALLED=tag) == [tag]
    assert _nested(ENTRY=tag) == []
    # Blanks keep it from being replaced at all.
    assert _nested(ENTRY=tag.replace("{{inputs.parameters.k}}", "{{ inputs.parameters.k }}"))


@pytest.mark.parametrize(
    "tag",
    [
        "{{inputs.parameters.{{workflow.parameters.a}}}}",
        "{{steps.name1{{item.k}}}}",
        "{{workflow.duration{{item.k}}}}",
        "{{workflow.outputs.parameters.{{item.k}}}}",
        "{{inputs.parameters.{{ other }}}}",
        "{{other.{{item.k}}}}",
        "{{='{{item.k}}'}}",
    ],
)
def test_what_may_pass_is_silent(tag: str) -> None:
    assert _nested(ENTRY=tag) == []


def test_items_of_a_list_from_outside_may_have_any_key() -> None:
    tag = "{{item.{{inputs.parameters.k}}}}"

    assert _nested(CALLED=tag) == [tag]
    assert _nested(ENTRY=tag, LOOP="withParam: '[]'") == []


def test_a_library_may_read_any_parameter_of_the_workflow() -> None:
    tag = "{{workflow.parameters.{{item.k}}}}"

    assert _nested("WorkflowTemplate", ENTRY=tag) == []
    assert _nested("CronWorkflow", ENTRY=tag) == []  # Its spec is elsewhere.
    assert _nested("Workflow", ENTRY=tag) == [tag]


def test_blanks_before_the_outer_name_are_passed_over_since_3_5() -> None:
    tag = "{{ inputs.parameters.{{item.k}} }}"

    assert _nested(CALLED=tag) == []
    assert _nested(CALLED=tag, version=(3, 4)) == []
    assert _nested(CALLED=tag, version=(3, 5)) == [tag]


def test_one_tag_is_told_by_one_rule() -> None:
    found = lint_text(
        _FILE.replace("KIND", "Workflow")
        .replace("LOOP", "withItems: [a]")
        .replace("ENTRY", "{{workflow.parameters.{{ item }}}}")
    )

    told = {rule for rule, _, _ in found}
    assert told & {"nested-tag", "misread-tag"} == {"nested-tag"}


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("{{workflow.parameters.{{item.k}}}}", "{{=workflow.parameters[item.k]}}"),
        (
            "{{workflow.parameters.b-{{item.k}}-c}}",
            "{{=workflow.parameters['b-' + item.k + '-c']}}",
        ),
        ("{{item.{{workflow.name}}}}", "{{=item[workflow.name]}}"),
        (
            "{{steps.{{item.k}}.outputs.parameters.x-y}}",
            "{{=steps[item.k].outputs.parameters['x-y']}}",
        ),
        (
            "{{steps.one.outputs.parameters.{{item.k}}}}",
            "{{=steps.one.outputs.parameters[item.k]}}",
        ),
    ],
)
def test_help_looks_the_same_up_in_an_expression(tag: str, way: str) -> None:
    file = _FILE.replace("KIND", "Workflow").replace("LOOP", "withItems: [{k: v}]")

    assert _helps(file.replace("CALLED", tag), (4, 1)) == [f"look it up in an expression: '{way}'"]


def test_before_4_0_no_expression_in_a_loop_is_recommended() -> None:
    file = _FILE.replace("KIND", "Workflow").replace("LOOP", "withItems: [{k: v}]")
    file = file.replace("CALLED", "{{workflow.parameters.{{item.k}}}}")

    assert _helps(file, (3, 7))[0].startswith("write the name in full, or pass the value itself")
    assert _helps(file, None)[0].endswith("[item.k]}}' (Argo 4.0 and later)")


def _helps(file: str, version: tuple[int, int] | None) -> list[str]:
    findings = lint(file, "workflow.yaml", Settings(argo_version=version)).findings
    return [finding.help for finding in findings if finding.rule == "nested-tag"]

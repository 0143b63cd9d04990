"""What a template reads, by its words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.config.settings import Settings
from fanout_lint.engine import lint_text

_NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)

_WORKFLOW = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {{name: w}}
spec:
  entrypoint: main
  templates:
  - name: main
    inputs:
      parameters: [{names}]
      artifacts: [{{name: my-list, path: /l, raw: {{data: x}}}}]
    container: {{image: "worker:1", command: [/work], args: [{arg}]}}
"""


def _unused(name: str, arg: str, *others: str) -> list[str]:
    names = ", ".join(f'{{name: "{each}", value: x}}' for each in dict.fromkeys((name, *others)))
    text = _WORKFLOW.format(names=names, arg=arg)
    report = lint_text(text, "w.yaml", Settings(argo_version=(4, 1)))
    return [
        found.message
        for found in report.findings
        if found.rule == "unused-input" and f"'{name}'" in found.message
    ]


@pytest.mark.parametrize(
    "arg",
    [
        '"{{inputs.parameters.my-list}}"',
        '"{{ inputs.parameters.my-list }}"',
        '"{{inputs.parameters}}"',
        "\"{{=inputs.parameters['my-list']}}\"",
        "\"{{=inputs['parameters']['my-list']}}\"",
        "\"{{=inputs?.parameters['my-list']}}\"",
        "\"{{=get(inputs.parameters, 'my-list')}}\"",
        '"{{=inputs.parameters[workflow.name]}}"',
        '"{{inputs.parameters.{{workflow.name}}}}"',
        '"{{input.parameters.my-list}}"',
    ],
)
def test_an_input_that_a_text_may_read_is_not_told(arg: str) -> None:
    assert _unused("my-list", arg) == []


@pytest.mark.parametrize("arg", ["{{inputs.parameters.a+b}}", "{{=inputs.parameters['a+b']}}"])
def test_name_that_argo_refuses_is_read_all_the_same(arg: str) -> None:
    assert _unused("a+b", f'"{arg}"') == []


@pytest.mark.parametrize(
    "arg",
    [
        "my-list",
        '"{{inputs.parameters.my-list-2}}"',
        '"{{inputs.artifacts.my-list.path}}"',
        "\"{{=inputs.parameters['my']}}\"",
    ],
)
def test_an_input_that_no_text_reads_is_told(arg: str) -> None:
    assert len(_unused("my-list", arg, "my-list-2", "my")) == 1


@given(_NAMES, _NAMES)
def test_a_simple_tag_reads_the_name_in_it_and_no_other(read: str, declared: str) -> None:
    told = _unused(declared, f'"{{{{inputs.parameters.{read}}}}}"', read)

    assert (told == []) == (read == declared)

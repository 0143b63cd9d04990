"""What is told of outputs that may be missing, and is not where nobody can miss them."""

import pytest

from tests.linting import lint_all
from tests.rule_examples import every_example

_TASKS = """\
```yaml in: tasks
- {{name: check, template: generate}}
- name: plan
  template: work
  depends: check
  when: "'{{{{tasks.check.outputs.result}}}}' != '[]'"
  arguments: {{parameters: [{{name: m, value: x}}]}}
- name: size
  template: work
  depends: check
  when: "{when}"
  arguments: {{parameters: [{{name: m, value: x}}]}}
- name: use
  template: work
  depends: "{depends}"
  arguments: {{parameters: [{{name: m, value: "{{{{tasks.plan.outputs.parameters.x}}}}"}}]}}
```
"""
_SAME = "'{{tasks.check.outputs.result}}' != '[]'"

_CALLS = """\
```yaml in: templates
- name: main
  inputs: {{parameters: [{{name: count, value: "3"}}]}}
  steps:
  - - name: one
      template: inner
      when: "{{{{inputs.parameters.count}}}} != 1"
      arguments: {{parameters: [{{name: m, value: "{{{{inputs.parameters.count}}}}"}}]}}
    - name: two
      template: inner
      when: "{when}"
      arguments: {{parameters: [{{name: m, value: "{{{{inputs.parameters.count}}}}"}}]}}
- name: inner
  inputs: {{parameters: [{{name: m}}]}}
  steps:
  - - {{name: count, template: count, when: "{{{{inputs.parameters.m}}}} != 1"}}
  - - name: show
      template: show
      arguments: {{parameters: [{{name: m, value: "{{{{steps.count.outputs.result}}}}"}}]}}
- name: count
  script: {{image: "alpine:3.20", command: [sh], source: "echo 3"}}
- name: show
  inputs: {{parameters: [{{name: m}}]}}
  container: {{image: "show:1", command: [/show], args: ["{{{{inputs.parameters.m}}}}"]}}
```
"""

_LOOPS = """\
```yaml in: tasks
- name: first
  template: work
  {first}
  arguments: {{parameters: [{{name: m, value: "{{{{item}}}}"}}]}}
- name: second
  template: work
  depends: "{depends}"
  withParam: "{{{{tasks.first.outputs.parameters.x}}}}"
  arguments: {{parameters: [{{name: m, value: "{{{{item}}}}"}}]}}
- name: collect
  template: work
  depends: second
  arguments: {{parameters: [{{name: m, value: "{{{{tasks.second.outputs.parameters}}}}"}}]}}
```
"""


def _told(page: str, rule: str) -> bool:
    (example,) = every_example(page)
    return any(found.rule == rule for found in lint_all(example.files))


@pytest.mark.parametrize(
    ("when", "depends", "is_told"),
    [
        (_SAME, "plan && size.Succeeded", False),
        (_SAME, "plan && size", True),
        (_SAME, "plan && (size.Succeeded || check.Succeeded)", True),
        (_SAME, "plan.Succeeded && size", False),
        ("'{{tasks.check.outputs.result}}' == 'x'", "plan && size.Succeeded", True),
    ],
)
def test_reader_is_left_out_with_the_tasks_of_the_same_condition(
    when: str, depends: str, is_told: bool
) -> None:
    page = _TASKS.format(when=when, depends=depends)

    assert _told(page, "skipped-producer") is is_told


@pytest.mark.parametrize(
    ("when", "is_told"),
    [
        ("{{inputs.parameters.count}} != 1", False),
        ("{{inputs.parameters.count}}  !=  1", False),
        ("{{inputs.parameters.count}} != 2", True),
        ("'{{inputs.parameters.count}}' != '1'", True),
    ],
)
def test_condition_that_every_caller_has_set_skips_nothing(when: str, is_told: bool) -> None:
    page = _CALLS.format(when=when)

    assert _told(page, "skipped-producer") is is_told


@pytest.mark.parametrize(
    ("first", "depends", "is_told"),
    [
        ("withItems: [a, b]", "first", False),
        ("withItems: [a, b]", "first.Succeeded", False),
        ("withItems: [a, b]", "first.Succeeded || first.Failed", True),
        ("withItems: [a, b]\n  when: \"'{{item}}' != 'a'\"", "first", True),
    ],
)
def test_list_that_a_loop_has_made_is_empty_only_if_runs_are_missing(
    first: str, depends: str, is_told: bool
) -> None:
    page = _LOOPS.format(first=first, depends=depends)

    assert _told(page, "hanging-fan-in") is is_told

"""Files with very many of one thing are judged, and no rule loses its way in them."""

from collections.abc import Callable

import pytest

from fanout_lint.engine import lint_text

_HEAD = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: x-}
spec:
  entrypoint: main
  parallelism: 5
  templates:
"""
_WORK = """\
  - name: work
    inputs: {parameters: [{name: m}]}
    container: {image: "a:1", command: [a, "{{inputs.parameters.m}}"]}
    outputs: {parameters: [{name: o, valueFrom: {path: /o}}]}
"""


def _loops_over_the_next(count: int) -> str:
    lines = ["  - name: main", "    dag:", "      tasks:"]
    for number in range(count):
        more = number + 1 < count
        list_ = (
            f"{{{{tasks.d{number + 1}.outputs.parameters.o}}}}" if more else '[\\"a\\", \\"b\\"]'
        )
        waits = f", dependencies: [d{number + 1}]" if more else ""
        lines.append(
            f'      - {{name: d{number}, template: work{waits}, withParam: "{list_}",'
            ' arguments: {parameters: [{name: m, value: "{{item}}"}]}}'
        )
    return _HEAD + "\n".join(lines) + "\n" + _WORK


def _templates_in_a_row(count: int) -> str:
    rows = [
        f"  - name: {'main' if number == 0 else f't{number}'}\n"
        f"    steps: [[{{name: s, template: t{number + 1}}}]]\n"
        for number in range(count)
    ]
    last = f'  - name: t{count}\n    container: {{image: "a:1", command: [a]}}\n'
    return _HEAD + "".join(rows) + last


def _inputs_within_inputs(count: int) -> str:
    rows = [
        f"  - name: {'main' if number == 0 else f't{number}'}\n"
        "    inputs: {parameters: [{name: m, default: x}]}\n"
        f"    steps: [[{{name: s, template: t{number + 1}, withItems: [a, b],"
        ' arguments: {parameters: [{name: m, value: "{{item}}{{inputs.parameters.m}}"}]}}]]\n'
        for number in range(count)
    ]
    last = _WORK.replace("name: work", f"name: t{count}")
    return _HEAD + "".join(rows) + last


@pytest.mark.parametrize("made", [_loops_over_the_next, _templates_in_a_row, _inputs_within_inputs])
def test_long_chain_breaks_no_rule(made: Callable[[int], str]) -> None:
    report = lint_text(made(600), "w.yaml")

    assert report.summary.files == 1
    assert [f.message for f in report.findings if f.rule in ("internal-error", "yaml-syntax")] == []

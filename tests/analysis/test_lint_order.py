"""What Argo's lint never reads, it never refuses: the stage of a finding says so."""

from fanout_lint.engine import lint_text

_TWO = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: x-}
spec:
  entrypoint: main
  templates:
  - name: unused
    steps:
    - - name: third
        inline: {steps: [[{name: a, template: gone-third}]]}
  - name: main
    steps:
    - - name: first
        inline: {steps: [[{name: a, template: gone-first}]]}
    - - name: second
        inline: {steps: [[{name: a, template: gone-second}]]}
    - - name: tag
        inline: {container: {image: "a:1", command: [a, "{{inputs.parameters.gone}}"]}}
"""


def test_first_inline_template_is_refused_and_the_others_fail_when_they_run() -> None:
    report = lint_text(_TWO, "workflow.yaml")
    text = report.sources["workflow.yaml"].text
    stages = {
        text[finding.place.span.start : finding.place.span.end]: finding.stage.value
        for finding in report.findings
        if finding.severity.value == "error"
    }

    assert stages == {
        "gone-first": "admission",
        "gone-second": "runtime",
        "gone-third": "runtime",
        "gone": "admission",
    }

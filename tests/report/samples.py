"""Findings made by hand, on small sources, for the tests of the formats."""

from collections.abc import Iterable

from fanout_lint.findings import Confidence, Finding, Place, Related, Severity, Stage, reading_order
from fanout_lint.report.contract import Report, summarise
from fanout_lint.source.text import Source, Span

WORKFLOW = Source(
    "workflows/fanout.yaml",
    """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: fanout-
spec:
  entrypoint: main
  templates:
    - name: main
      steps:
        - - name: generate
            template: make-list
        - - name: number
            template: show
            withParam: "{{steps.generate.outputs.result}}"
            arguments:
              parameters:
                - {name: n, value: "{{steps.generate.outputs.parameters.itmes}}"}
    - name: make-list
      script:
        image: python:3.12
        command: [python]
        source: |
          import json, sys
          print("starting")
          print("日本語 👩‍💻 é", 1)\t# tab
          json.dump([1, 2, 3], sys.stdout)
      outputs:
        parameters:
          - name: items
            valueFrom: {path: /tmp/items}
""",
)
LIBRARY = Source("workflows/library.yaml", "kind: WorkflowTemplate\nmetadata:\n  name: library\n")


def place(source: Source, words: str, nth: int = 0) -> Place:
    """Return where *words* stand in *source*, for the *nth* time (from 0)."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(words, start + 1)
    return Place(source.path, Span(start, start + len(words)))


def finding(
    where: Place,
    message: str = "a message",
    *,
    rule: str = "some-rule",
    severity: Severity = Severity.ERROR,
    help_text: str = "",
    related: Iterable[Related] = (),
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        stage=Stage.RUNTIME,
        confidence=Confidence.CERTAIN,
        place=where,
        message=message,
        help=help_text,
        related=tuple(related),
        pointer="/spec/templates/0",
        fingerprint="0123456789abcdef",
    )


def report(findings: Iterable[Finding], *sources: Source, skipped: int = 0) -> Report:
    """Return the report of *findings*, sorted; *sources* are the two of this module by default."""
    ordered = tuple(sorted(findings, key=reading_order))
    known = sources or (WORKFLOW, LIBRARY)
    return Report(
        ordered,
        {source.path: source for source in known},
        summarise(ordered, len(known), skipped),
    )


def everything() -> Report:
    """Return a report with each kind of thing that a format has to show."""
    script = place(WORKFLOW, "script:").span.start
    end = WORKFLOW.text.index("      outputs:\n        parameters:\n          - name: items")
    return report(
        [
            finding(
                place(WORKFLOW, "itmes"),
                "template 'make-list' has no output parameter 'itmes'; it has 'items'",
                rule="undeclared-output",
                help_text="write 'items'",
                related=[
                    Related(place(WORKFLOW, "items"), "declared here"),
                    Related(place(WORKFLOW, "make-list"), "the template that this step calls"),
                    Related(place(LIBRARY, "library"), "a template of this name is here too"),
                ],
            ),
            finding(
                place(WORKFLOW, 'print("starting")'),
                "this prints a line of text to stdout, and 'number' reads all of it as one list",
                rule="noisy-result",
                help_text="write the list to a file, so that what is logged does not matter:\n"
                "  outputs:\n"
                "    parameters:\n"
                "      - name: items\n"
                '        valueFrom: {path: /tmp/items.json, default: "[]"}\n'
                "and read it in the loop as {{steps.generate.outputs.parameters.items}}, which then"
                " no longer depends on what else the script says",
                related=[
                    Related(place(WORKFLOW, "{{steps.generate.outputs.result}}"), "read here"),
                    Related(place(WORKFLOW, "json.dump"), "the list is printed here"),
                ],
            ),
            finding(place(WORKFLOW, "1)"), rule="after-wide", severity=Severity.WARNING),
            finding(place(WORKFLOW, "# tab"), rule="after-tab", severity=Severity.WARNING),
            finding(
                Place(WORKFLOW.path, Span(script, end)),
                rule="many-lines",
                severity=Severity.INFO,
            ),
            finding(
                place(WORKFLOW, "outputs"),
                rule="crowded-line",
                severity=Severity.WARNING,
                related=[
                    Related(place(WORKFLOW, "steps.generate"), "this step"),
                    Related(place(WORKFLOW, "withParam"), "the loop"),
                ],
            ),
        ],
        skipped=3,
    )

"""Expressions that have a value before the steps that they read have run."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.expressions import Expression
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.strings import shortened
from fanout_lint.findings import Hit, Place, Related, hit

_WITHOUT = "write '.' instead of '?.', so that Argo tries again when the steps have run"
_WRAP = "put the loop into a template of its own that exports what you read with a 'default'"


def check(facts: Facts) -> Iterator[Hit]:
    for expression in facts.expressions:
        fate, template = expression.fate, expression.site.template
        if template is None or not (fate.early or fate.may_be_early):
            continue
        words = {
            "template": template.label,
            "noun": "task" if template.steps and template.steps[0].is_task else "step",
            "value": _value(expression),
            "way": _WITHOUT if "?." in expression.written else _WRAP,
        }
        related = tuple(_calls_it(call) for call in fate.early)
        yield hit(expression.whole, "certain" if fate.early else "may", related, **words)


def _calls_it(call: Call) -> Related:
    return Related(Place(call.manifest.path, call.span), "it is called here")


def _value(expression: Expression) -> str:
    value = expression.fate.early_value
    return f"'{shortened(value)}'" if isinstance(value, str) else "what it is then"

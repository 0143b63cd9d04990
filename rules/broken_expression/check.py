"""Expressions that cannot be read, or never have a value."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, hit
from fanout_lint.rulebook.words import offer

_FEW = 10


def check(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.expression_faults import fault_of

    for expression in facts.expressions:
        fault = fault_of(expression)
        if fault is None:
            continue
        words = {
            "reason": fault.reason,
            "end": expression.fate.end.value,
            "name": fault.name,
            "field": f"'{expression.field.value}'",
            "offer": _offer(fault.name, fault.known),
        }
        yield hit(expression.place(fault.start, fault.end), fault.why.value, **words)


def _offer(name: str, known: tuple[str, ...]) -> str:
    """Return which of many functions was meant; of few names all."""
    said = offer(name, known)
    if "did you mean" in said or len(known) < _FEW:
        return said
    return "see docs/expressions.md for the functions that there are"

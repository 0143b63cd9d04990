"""Expressions that cannot be read, or never have a value."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.items import shown
from fanout_lint.analysis.strings import shortened
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.rulebook.words import offer

if TYPE_CHECKING:
    from fanout_lint.analysis.expression_faults import ExpressionFault

_FEW = 10


def check(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.expression_faults import fault_of

    for expression in facts.expressions:
        fault = fault_of(facts, expression)
        if fault is None:
            continue
        words = {
            "reason": fault.reason,
            "end": (fault.becomes or expression.fate.end).value,
            "name": fault.name,
            "field": f"'{expression.field.value}'",
            "offer": _offer(fault.name, fault.known),
            "item": f"'{shortened(shown(fault.item))}'" if fault.item is not None else "",
            "value": f"'{shortened(fault.given.literal.text)}'" if fault.given is not None else "",
        }
        place = expression.place(fault.start, fault.end)
        yield hit(place, fault.why.value, _second(fault), **words)


def _second(fault: "ExpressionFault") -> tuple[Related, ...]:
    if fault.item is not None:
        return (Related(Place(fault.item.path, fault.item.span), "this item"),)
    if fault.given is not None:
        return (Related(node_place(fault.given.literal.node), "this value"),)
    return ()


def _offer(name: str, known: tuple[str, ...]) -> str:
    """Return which of many functions was meant; of few names all."""
    said = offer(name, known)
    if "did you mean" in said or len(known) < _FEW:
        return said
    return "see docs/expressions.md for the functions that there are"

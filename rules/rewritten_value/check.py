"""Values without quotes that YAML reads as something whose text is another."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.literals import json_text, parameter_text
from fanout_lint.analysis.written_values import Written, item_values, parameter_values
from fanout_lint.findings import Hit, hit
from fanout_lint.syntax.nodes import Scalar


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        for written in (*parameter_values(manifest), *item_values(manifest)):
            if isinstance(written.node, Scalar) and not written.node.style:
                yield from _value(written, written.node)


def _value(written: Written, scalar: Scalar) -> Iterator[Hit]:
    resolved = scalar.resolved
    if isinstance(resolved, str) or scalar.tag is not None:
        return
    text = json_text(scalar) if written.parameter is None else parameter_text(scalar)
    if text == scalar.value:
        return
    words = {"written": scalar.value, "got": text}
    place = node_place(scalar)
    if resolved is None:
        yield hit(place, "nothing")
    elif isinstance(resolved, bool):
        is_capital = scalar.value.lower() == text
        yield hit(place, "capital" if is_capital else "boolean", **words)
    elif isinstance(resolved, int) and str(resolved) == scalar.value:
        yield hit(place, "rounded", **words)
    else:
        yield hit(place, "number", **words)

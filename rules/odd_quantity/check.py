"""Amounts that Kubernetes reads as nothing, or as next to nothing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.findings import Hit, hit

if TYPE_CHECKING:
    from fractions import Fraction

_SMALLEST = 2**20  #: Bytes.
_BEGINNINGS = "0123456789."


def check(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.quantities import amounts

    for amount in amounts(facts):
        value = amount.node.value
        words = {"field": amount.name, "value": value}
        if amount.quantity.is_zero and value.lstrip("+-")[0] not in _BEGINNINGS:
            yield hit(node_place(amount.node), "no-number", **words)
        elif amount.is_size and _is_tiny(amount.quantity.amount):
            face = "thousandths" if value.endswith("m") else "bytes"
            yield hit(node_place(amount.node), face, **words)


def _is_tiny(size: "int | Fraction | None") -> bool:
    return size is not None and 0 < size < _SMALLEST

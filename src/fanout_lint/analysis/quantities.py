"""The amounts of memory, disk and processor that a manifest asks for, as Kubernetes reads them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.containers import containers
from fanout_lint.analysis.facts import Facts
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    child_mapping,
    child_sequence,
    mappings,
)

if TYPE_CHECKING:
    from fanout_lint.languages.quantity import Quantity


class Amount(Struct, frozen=True, eq=False):
    """A quantity that is written out; ``name`` is its field with the one above: limits.memory."""

    name: str
    node: Scalar
    quantity: "Quantity"

    @property
    def is_size(self) -> bool:
        """Whether it counts bytes."""
        return self.name.rpartition(".")[2] in ("memory", "storage", "ephemeral-storage")


def amounts(facts: Facts) -> Iterator[Amount]:
    """Yield the quantities of the focus that hold no tag and can be read, in order."""
    for manifest in facts.focus:
        for _, claim in mappings(child_sequence(manifest.spec, "volumeClaimTemplates")):
            yield from _of(child_mapping(claim, "spec"))
    for _, template in facts.templates:
        for container in containers(template):
            yield from _of(container)


def _of(holder: Mapping | None) -> Iterator[Amount]:
    resources = child_mapping(holder, "resources")
    for group in ("requests", "limits"):
        asked = child_mapping(resources, group)
        for entry in asked.entries.values() if asked is not None else ():
            node: Node = entry.value
            if type(node) is not Scalar or "{{" in node.value or node.value == "":
                continue
            from fanout_lint.languages.quantity import parse_quantity

            quantity = parse_quantity(node.value)
            if quantity is not None:
                yield Amount(f"{group}.{entry.name}", node, quantity)

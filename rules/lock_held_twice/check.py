"""Mutexes that wait for their own caller."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.locks import held_twice
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    told: set[int] = set()
    for held in held_twice(facts):
        if id(held.inner.scalar) in told:
            continue
        told.add(id(held.inner.scalar))
        related = [Related(node_place(held.outer.scalar), "it is taken here first")]
        related += [
            Related(Place(call.manifest.path, call.span), "and this is called while it is held")
            for call in held.way[-1:]
        ]
        face = "sure" if held.is_sure else "perhaps"
        yield hit(node_place(held.inner.scalar), face, tuple(related), name=held.inner.name)

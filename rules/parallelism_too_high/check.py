"""Limits that are so high that they limit nothing."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.limits import whole_number
from fanout_lint.findings import Hit, hit
from fanout_lint.syntax.nodes import child_scalar


def check(facts: Facts, maximum: int) -> Iterator[Hit]:
    holders = [manifest.spec for manifest in facts.focus]
    holders += [template.node for _, template in facts.templates]
    for holder in holders:
        limit = child_scalar(holder, "parallelism")
        number = whole_number(limit)
        if limit is not None and number is not None and number > maximum:
            yield hit(node_place(limit), number=str(number), maximum=str(maximum))

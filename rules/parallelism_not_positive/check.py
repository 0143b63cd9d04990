"""Limits of zero or less."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.limits import whole_number
from fanout_lint.findings import Hit, hit
from fanout_lint.syntax.nodes import child_scalar


def check(facts: Facts) -> Iterator[Hit]:
    limits = [("spec", child_scalar(manifest.spec, "parallelism")) for manifest in facts.focus]
    limits += [
        ("template", child_scalar(template.node, "parallelism")) for _, template in facts.templates
    ]
    for face, limit in limits:
        number = whole_number(limit)
        if limit is not None and number is not None and number <= 0:
            yield hit(node_place(limit), face, number=str(number))

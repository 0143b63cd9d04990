"""Loops whose step never uses the item."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.literals import has_tag
from fanout_lint.analysis.outcomes import NoRoot
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import LoopKind, Step
from fanout_lint.syntax.nodes import scalars

_ITEM = re.compile(r"\bitem\b")


def check(facts: Facts) -> Iterator[Hit]:
    misspelt = [use.site.step for use in facts.uses if _means_item(use)]
    for fanout in facts.fanouts:
        if fanout.width in (0, 1) or _reads_item(fanout.step) or fanout.step in misspelt:
            continue
        place = Place(fanout.manifest.path, fanout.loop.key.span)
        words = {"step": fanout.step.label}
        if fanout.loop.kind is LoopKind.PARAM and has_tag(fanout.loop.value):
            yield hit(place, "list", **words)
        else:
            width = fanout.width
            words["times"] = f"{width} times" if isinstance(width, int) else "each time"
            yield hit(place, "repeated", **words)


def _means_item(use: Use) -> bool:
    """Whether a tag misspells the item, which unknown-reference tells."""
    return isinstance(use.outcome, NoRoot) and use.outcome.nearest.startswith("item")


def _reads_item(step: Step) -> bool:
    """Whether a tag anywhere in *step*, the loop's own field aside, speaks of the item."""
    loops = {loop.kind.value for loop in step.loops}
    return any(
        "{{" in scalar.value and _ITEM.search(scalar.value)
        for entry in step.node.entries.values()
        if entry.name not in loops
        for scalar in scalars(entry.value)
    )

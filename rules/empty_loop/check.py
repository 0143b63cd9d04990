"""``withItems: []``, which is no loop."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.outcomes import NoItem
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import LoopKind


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, _, step in facts.steps:
        for loop in step.loops:
            if loop.kind is not LoopKind.ITEMS or loop.expands or step.loop is not None:
                continue
            uses = [use for use in facts.uses if use.site.step is step]
            items = [use for use in uses if isinstance(use.outcome, NoItem)]
            related = tuple(Related(use.place(), "this stays as it is") for use in items[:1])
            words = {"step": step.label, "noun": step.word}
            place = Place(manifest.path, loop.value.span)
            yield hit(place, "uses" if items else "plain", related, **words)

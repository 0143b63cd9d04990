"""Loops over templates that have no name."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.order import dependencies
from fanout_lint.analysis.outcomes import ReadsInput
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, Step, Template


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template, step in facts.steps:
        if step.loop is None or step.inline is None:
            continue
        key = step.node.key("inline")
        if key is None:
            continue
        place = Place(manifest.path, key.span)
        loop = (Related(Place(manifest.path, step.loop.key.span), "the loop"),)
        waiting = [other for other in template.steps if step.label in dependencies(other)]
        if not step.is_task:
            yield hit(place, "steps", loop)
        elif waiting:
            yield hit(place, "task", loop, other=waiting[0].label)
        else:
            yield from _own_inputs(facts, manifest, step, step.inline)


def _own_inputs(facts: Facts, manifest: Manifest, step: Step, inline: Template) -> Iterator[Hit]:
    for use in facts.uses:
        outcome = use.outcome
        if isinstance(outcome, ReadsInput) and outcome.template is inline:
            yield hit(use.place(), "inputs", noun=step.word, text=use.reference.text)
            return

"""Dag tasks whose failure no other task sees."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fallible import weakness
from fanout_lint.analysis.order import dependencies
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template, task in facts.steps:
        if not task.is_task or task.inline is not None or task.name is None:
            continue
        waiting = [other for other in template.steps if task.label in dependencies(other)]
        targets = step_call(facts.project, manifest, template, task).targets
        if not waiting or not targets:
            continue
        weak = [weakness(facts, target) for target in targets]
        found = weak[0]
        if found is None or not all(weak):
            continue
        words = {
            "template": targets[0].template.label,
            "why": found.why,
            "next": waiting[0].label,
        }
        related = (Related(found.place, found.why),)
        yield hit(Place(manifest.path, task.name.span), "", related, **words)

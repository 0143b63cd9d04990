"""Dag tasks whose failure no other task sees."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fallible import weakness
from fanout_lint.analysis.order import dependencies
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, Step, Template


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        waiting = _waiting(template)
        for task in template.steps:
            if task.is_task and task.inline is None and task.name is not None:
                yield from _task(facts, manifest, template, task, waiting.get(task.label))


def _waiting(template: Template) -> dict[str, Step]:
    """Return, for each task that another waits for, the first that does."""
    waiting: dict[str, Step] = {}
    for task in template.steps:
        for name in dependencies(task) if task.is_task else ():
            waiting.setdefault(name, task)
    return waiting


def _task(
    facts: Facts, manifest: Manifest, template: Template, task: Step, following: Step | None
) -> Iterator[Hit]:
    if following is None or task.name is None:
        return
    call = step_call(facts.project, manifest, template, task)
    targets = call.targets
    weak = [weakness(facts, call, target) for target in targets]
    found = weak[0] if weak else None
    if found is None or not all(weak):
        return
    words = {"template": targets[0].template.label, "why": found.why, "next": following.label}
    related = (Related(found.place, found.why),)
    yield hit(Place(manifest.path, task.name.span), "", related, **words)

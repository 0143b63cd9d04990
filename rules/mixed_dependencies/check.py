"""Dags in which ``depends`` stands beside what it excludes."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Step


def check(facts: Facts) -> Iterator[Hit]:
    for _, template in facts.templates:
        uses = next((task.depends for task in template.steps if task.depends is not None), None)
        if uses is None:
            continue
        related = (Related(node_place(uses), "'depends' is used here"),)
        for task in template.steps:
            instead = " && ".join(name.value for name in task.dependencies)
            if task.is_task and instead:
                yield hit(_key(task, "dependencies"), "dependencies", related, instead=instead)
            if task.is_task and task.continue_on is not None:
                yield hit(_key(task, "continueOn"), "continue-on", related, task=task.label)


def _key(task: Step, name: str) -> Place:
    return node_place(task.node.key(name) or task.node)

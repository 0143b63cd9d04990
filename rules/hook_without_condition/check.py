"""Hooks other than the exit hook that nothing starts."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.findings import Hit, hit
from fanout_lint.model.workflow import Hook


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        for hook in filter(_lacks_condition, manifest.hooks):
            example = f"\"workflow.status == '{_phase(hook)}'\""
            yield hit(node_place(hook.name), "refused", name=hook.name.value, example=example)
    for _, template in facts.templates:
        for step in template.steps:
            for hook in filter(_lacks_condition, step.hooks):
                example = f"\"{step.root}['{step.label}'].status == '{_phase(hook)}'\""
                words = {"name": hook.name.value, "task": step.label, "example": example}
                yield hit(node_place(hook.name), "task" if step.is_task else "refused", **words)


def _lacks_condition(hook: Hook) -> bool:
    """Whether the controller demands an expression here, and finds none."""
    return hook.name.value != "exit" and (hook.expression is None or not hook.expression.value)


_PHASES = ("Running", "Succeeded", "Failed", "Error")


def _phase(hook: Hook) -> str:
    """Return the phase that the hook's name speaks of, if any."""
    name = hook.name.value.casefold()
    return next((phase for phase in _PHASES if phase.casefold() in name), "Failed")

"""Whether runs of a loop that make the same object surely meet, and whether that is a fault.

What the first run has made may be deleted before the second comes, and a workflow
may be written to go on where a run has failed.
"""

from fanout_lint.analysis.calls import Call, template_calls
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.loops_above import LoopAbove
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.waiting import may_run_after_failure
from fanout_lint.model.workflow import CALLERS, Template, TemplateKind
from fanout_lint.syntax.nodes import child_mapping, child_scalar


def may_be_undone(facts: Facts, loop: LoopAbove) -> bool:
    """Whether a run of *loop* may delete what the template at the end of the way has made.

    A pod may, and the hooks of the loop's step run for each item as well.
    """
    own, *inner = loop.way
    step = own.step
    if step is None or step.hooks or step.on_exit is not None:
        return True
    seen: set[Template] = set()
    return any(
        _may_delete(facts, call, seen)
        for inside in inner
        if inside.template is not None
        for call in template_calls(facts.project, inside.manifest, inside.template)
        if call.step is not inside.step or call.hook is not None
    )


def is_tolerated(loop: LoopAbove) -> bool:
    """Whether the workflow is written to go on where a step on the way has failed."""
    for call in loop.way:
        step, template = call.step, call.template
        if step is None or template is None or step.continue_on is not None:
            return True
        others = (other for other in template.steps if other is not step)
        if any(may_run_after_failure(template, step, other) for other in others):
            return True
    return False


def _may_delete(facts: Facts, call: Call, seen: set[Template]) -> bool:
    return not call.targets or any(_deletes(facts, target, seen) for target in call.targets)


def _deletes(facts: Facts, target: Target, seen: set[Template]) -> bool:
    template = target.template
    if template in seen:
        return False
    seen.add(template)
    if template.kind in CALLERS:
        calls = template_calls(facts.project, target.manifest, template)
        return any(_may_delete(facts, call, seen) for call in calls)
    if template.kind is TemplateKind.RESOURCE:
        action = child_scalar(child_mapping(template.node, "resource"), "action")
        return action is None or action.value == "delete" or "{{" in action.value
    return template.kind is not TemplateKind.SUSPEND

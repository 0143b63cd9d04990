"""The loops that run a template many times: those that call it, and those further up."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from fanout_lint.analysis.calls import Call, CallKind
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.limits import whole_number, workflow_limit
from fanout_lint.model.workflow import Parameter, Template
from fanout_lint.syntax.nodes import Node, Scalar, child_scalar
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import scan

_MAX_DEPTH = 20
_OF_THE_WORKFLOW = frozenset(
    (
        *("name", "namespace", "uid", "parameters", "labels", "annotations", "mainEntrypoint"),
        *("serviceAccountName", "priority", "creationTimestamp", "scheduledTime"),
    )
)
_BESIDE_THE_LOOP = frozenset(("inputs", "steps", "tasks"))
AFTER_A_FAULT = (".Failed", ".Errored", ".Skipped", ".Omitted", ".AllFailed")
"""What a ``depends`` says of a task that runs only where another went wrong."""


class LoopAbove(Struct, frozen=True):
    """A loop and the calls that lead from its step down to the template; the loop's own first."""

    fanout: FanOut
    way: tuple[Call, ...]

    @property
    def is_sure(self) -> bool:
        """Whether there are two items or more, and every call on the way can mean but one."""
        return self.fanout.runs.least > 1 and all(len(call.targets) == 1 for call in self.way)


def loops_above(facts: Facts, template: Template) -> Iterator[LoopAbove]:
    """Yield the loops of more than one run that *template* is run in, the nearest first.

    Each steps or dag template in between is gone through once.
    """
    seen = {template}
    waiting: list[tuple[Template, tuple[Call, ...]]] = [(template, ())]
    while waiting:
        current, way = waiting.pop(0)
        for call in facts.links.callers.of(current):
            if call.step is None or call.template is None or len(way) > _MAX_DEPTH:
                continue
            here = (call, *way)
            fanout = None if call.hook is not None else _fanout(facts, call)
            if fanout is not None:
                yield LoopAbove(fanout, here)
            if call.template not in seen:
                seen.add(call.template)
                waiting.append((call.template, here))


def _fanout(facts: Facts, call: Call) -> FanOut | None:
    step = call.step
    if step is None or step.loop is None:
        return None
    fanout = facts.fanout_of(call.manifest, step)
    return None if fanout is None or fanout.width in (0, 1) else fanout


def loop_over_same(facts: Facts, template: Template, texts: Iterable[Node]) -> LoopAbove | None:
    """Return the nearest loop whose every run comes to *template* with all *texts* the same.

    ``None`` where each loop changes one of them, may do so, or may leave runs out.
    """
    wanted = tuple(texts)
    for loop in loops_above(facts, template):
        if _may_leave_out(loop):
            continue
        if all(isinstance(text, Scalar) and is_same_in_all_runs(loop, text) for text in wanted):
            return loop
    return None


def _may_leave_out(loop: LoopAbove) -> bool:
    """Whether a condition, a cache or a hook may keep some of the runs from the template."""
    for at, call in enumerate(loop.way):
        step = call.step
        if step is None or call.kind is not CallKind.STEP:
            return True
        if step.when is not None and not _is_fixed(step.when, loop.way, at - 1):
            return True
        if at > 0 and step.depends is not None:
            words = step.depends.value
            if "{{" in words or any(each in words for each in AFTER_A_FAULT):
                return True
        if any(target.template.node.get("memoize") is not None for target in call.targets):
            return True
    return False


def runs_one_by_one(facts: Facts, loop: LoopAbove) -> bool:
    """Whether a limit or a lock keeps, or may keep, the runs of *loop* from running together."""
    limits = (
        workflow_limit(facts.project, loop.fanout.manifest),
        whole_number(child_scalar(loop.fanout.template.node, "parallelism")),
    )
    return 1 in limits or any(
        target.template.node.get("synchronization") is not None
        for call in loop.way
        for target in call.targets
    )


def may_hold_back(facts: Facts, loop: LoopAbove) -> bool:
    """Whether a limit of any size, or a lock, may start some runs of *loop* after others."""
    limits = (
        workflow_limit(facts.project, loop.fanout.manifest),
        child_scalar(loop.fanout.template.node, "parallelism"),
    )
    return any(limit is not None for limit in limits) or runs_one_by_one(facts, loop)


def is_fixed_input(loop: LoopAbove, name: str) -> bool:
    """Whether the template that *loop* leads to surely gets one value for its input *name*."""
    return _is_fixed_input(name, loop.way, len(loop.way) - 1)


def is_same_in_all_runs(loop: LoopAbove, text: Scalar) -> bool:
    """Whether *text*, written in the template that *loop* leads to, surely never varies.

    It does not where each of its tags is of the workflow, or of an input that gets such a
    text at every call on the way. In the loop's own step everything but the item is fixed.
    """
    return _is_fixed(text, loop.way, len(loop.way) - 1)


def _is_fixed(text: Node, way: tuple[Call, ...], at: int) -> bool:
    """Whether *text*, written in the template that ``way[at]`` calls, is the same in all runs.

    With *at* -1 it stands beside the loop.
    """
    if not isinstance(text, Scalar):
        return False
    for tag in scan(text):
        if tag.is_expression or tag.is_nested:
            return False
        names = refer(tag).names
        if names[0] == "workflow" and len(names) > 1 and names[1] in _OF_THE_WORKFLOW:
            continue
        if at < 0 and names[0] in _BESIDE_THE_LOOP and len(names) > 2:
            continue
        if names[:2] != ("inputs", "parameters") or len(names) < 3 or at < 0:
            return False
        if not _is_fixed_input(".".join(names[2:]), way, at):
            return False
    return True


def _is_fixed_input(name: str, way: tuple[Call, ...], at: int) -> bool:
    call = way[at]
    given = call.arguments.parameter(name)
    if given is None:
        declared = [target.template.inputs.parameter(name) for target in call.targets]
        return all(each is not None and _has_plain_default(each) for each in declared)
    if given.value is None or given.value_from is not None:
        return False
    return _is_fixed(given.value, way, at - 1)


def _has_plain_default(parameter: Parameter) -> bool:
    default = parameter.value or parameter.default
    plain = isinstance(default, Scalar) and "{{" not in default.value
    return plain and parameter.value_from is None

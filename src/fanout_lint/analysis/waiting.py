"""Whether a consumer runs at all when a producer of its has no outputs.

A task that depends on ``fan.Succeeded`` is omitted when the loop had no items, so
nothing waits; a bare ``fan`` is satisfied by a skipped one too. A consumer with a
``when`` of its own may be guarded, and so may the template that holds both.
"""

from fanout_lint.analysis.order import Order, dependencies
from fanout_lint.model.parts import is_true
from fanout_lint.model.workflow import Step, Template

_NOT_RUN = frozenset(("Skipped",))
_LEFT_OUT = frozenset(("Omitted",))


def may_run_without(order: Order, template: Template, producer: Step, consumer: Step) -> bool:
    """Whether *consumer* may start after *producer* was skipped."""
    if not consumer.is_task:
        return True
    if any(name.value == producer.label for name in consumer.dependencies):
        return True
    is_fixed = consumer.depends is not None and "{{" not in consumer.depends.value
    if is_fixed and producer.label in dependencies(consumer):
        return _NOT_RUN in ways_before(consumer, producer, loop_names(template))
    return _runs_after(order, template, producer, consumer)


def loop_names(template: Template) -> tuple[str, ...]:
    """Return the names of the steps or tasks of *template* that loop."""
    return tuple(step.label for step in template.steps if step.loop is not None)


def ways_before(
    consumer: Step, producer: Step, loops: tuple[str, ...]
) -> tuple[frozenset[str], ...]:
    """Return the ways in which *producer* may end where the ``depends`` of *consumer* holds.

    *loops* are the tasks that loop. Empty where *consumer* does not wait for it by
    ``depends``, or what that lets pass is not known.
    """
    if consumer.depends is None or "{{" in consumer.depends.value:
        return ()
    from fanout_lint.languages.depends import parse_depends

    allowed = parse_depends(consumer.depends.value).ways_that_allow(loops)
    return () if allowed is None else allowed.get(producer.label, ())


def _runs_after(order: Order, template: Template, producer: Step, consumer: Step) -> bool:
    """Whether every way from *producer* to *consumer* lets a skipped one pass.

    Tasks between the two are skipped or omitted in turn where they ask for success.
    """
    name = producer.label
    between = [
        step
        for step in template.steps
        if step.label in order.ancestors(template, consumer)
        and name in order.ancestors(template, step)
        and name in dependencies(step)
    ]
    return bool(between) and all(
        may_run_without(order, template, producer, step) for step in between
    )


def is_left_out_with(order: Order, template: Template, producer: Step, consumer: Step) -> bool:
    """Whether *consumer* is surely omitted when its ``when`` skips *producer*.

    The tasks with the same ``when`` are skipped then too, and those are omitted whose
    ``depends`` cannot hold after that.
    """
    if not consumer.is_task or producer.when is None or "item" in producer.when.value:
        return False
    tasks = {task.label: task for task in template.steps}
    loops = loop_names(template)
    upstream = order.ancestors(template, consumer)
    ends: dict[str, tuple[frozenset[str], ...]] = {producer.label: (_NOT_RUN,)}
    waiting = [tasks[name] for name in upstream if name in tasks and name != producer.label]
    while waiting:
        found = [task for task in waiting if _never_starts(task, loops, ends)]
        ends.update((task.label, (_LEFT_OUT,)) for task in found)
        twins = [task for task in waiting if task not in found and _is_twin(task, producer)]
        ends.update((task.label, (_NOT_RUN, _LEFT_OUT)) for task in twins)
        if not found and not twins:
            break
        waiting = [task for task in waiting if task.label not in ends]
    return _never_starts(consumer, loops, ends)


def _is_twin(task: Step, producer: Step) -> bool:
    when, same = task.when, producer.when
    return when is not None and same is not None and when.value.strip() == same.value.strip()


def _never_starts(
    task: Step, loops: tuple[str, ...], ends: dict[str, tuple[frozenset[str], ...]]
) -> bool:
    if any(ends.get(name.value) == (_LEFT_OUT,) for name in task.dependencies):
        return True
    if task.depends is None or "{{" in task.depends.value:
        return False
    from fanout_lint.languages.depends import parse_depends

    return parse_depends(task.depends.value).never_holds(loops, ends)


def may_run_after_failure(template: Template, producer: Step, consumer: Step) -> bool:
    """Whether *consumer* is written to start though *producer* has failed.

    ``continueOn`` on the producer lets it, and a ``depends`` that a failed one satisfies.
    """
    if is_true(producer.continue_on, "failed"):
        return not consumer.is_task or producer.label in dependencies(consumer)
    if not consumer.is_task:
        return False
    wanted = frozenset(("Failed", "AllFailed")) if producer.loops else frozenset(("Failed",))
    return any(wanted <= way for way in ways_before(consumer, producer, loop_names(template)))

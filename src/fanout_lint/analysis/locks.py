"""Mutexes with fixed names, and who holds one while another waits for it.

A lock is held until its node ends; that of a steps or dag template until all that
it runs has ended, hooks and exit handlers too (``workflow/controller/operator.go:acquireLocks``
of v4.1.2).
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.calls import Call, calls, template_calls
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.loops_above import AFTER_A_FAULT
from fanout_lint.analysis.project import Target
from fanout_lint.model.workflow import Template
from fanout_lint.syntax.nodes import (
    Mapping,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
)
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import scan


class Mutex(Struct, frozen=True):
    """A mutex of a fixed name, without blanks. ``namespace`` is empty where none is stated."""

    name: str
    namespace: str
    scalar: Scalar


class HeldTwice(Struct, frozen=True):
    """``inner`` waits for what ``outer`` holds. ``is_sure`` unless a condition lies between."""

    outer: Mutex
    inner: Mutex
    way: tuple[Call, ...]
    is_sure: bool


def mutexes(holder: Mapping) -> Iterator[Mutex]:
    """Yield the mutexes of a spec or template whose names are fixed."""
    locks = child_mapping(holder, "synchronization")
    nodes = [node for _, node in mappings(child_sequence(locks, "mutexes"))]
    single = child_mapping(locks, "mutex")
    for node in [*nodes, *([single] if single is not None else [])]:
        name, namespace = child_scalar(node, "name"), child_scalar(node, "namespace")
        space = "" if namespace is None else namespace.value
        if name is not None and _is_fixed(name) and "{{" not in space:
            yield Mutex(name.value.replace(" ", ""), space, name)


_OF_A_RUN = (("workflow", "name"), ("workflow", "uid"), ("workflow", "namespace"))


def _is_fixed(name: Scalar) -> bool:
    """Whether the name means one thing in all of a run: only tags of the run itself are in it."""
    return all(
        not tag.is_expression and not tag.is_nested and refer(tag).names in _OF_A_RUN
        for tag in scan(name)
    )


def held_twice(facts: Facts) -> Iterator[HeldTwice]:
    """Yield the mutexes of the focus that a caller holds while a template it runs needs them."""
    for manifest in facts.focus:
        starts = [call for call in calls(facts.project, manifest) if call.template is None]
        for mutex in mutexes(manifest.spec):
            yield from _below(facts, mutex, starts, (), True, frozenset())
        for template in manifest.templates:
            inner = [
                call
                for call in template_calls(facts.project, manifest, template)
                if call.template is template
            ]
            for mutex in mutexes(template.node):
                yield from _below(facts, mutex, inner, (), True, frozenset())


def _below(
    facts: Facts,
    outer: Mutex,
    called: list[Call],
    way: tuple[Call, ...],
    is_sure: bool,
    seen: frozenset[Template],
) -> Iterator[HeldTwice]:
    for call in called:
        sure = is_sure and _is_unconditional(call)
        for target in call.targets:
            if target.template in seen or len(seen) > 50:
                continue
            here = (*way, call)
            for inner in mutexes(target.template.node):
                if (inner.name, inner.namespace) == (outer.name, outer.namespace):
                    yield HeldTwice(outer, inner, here, sure)
                    return
            yield from _below(
                facts, outer, _calls_of(facts, target), here, sure, seen | {target.template}
            )


def _calls_of(facts: Facts, target: Target) -> list[Call]:
    return list(template_calls(facts.project, target.manifest, target.template))


def _is_unconditional(call: Call) -> bool:
    """Whether the call is surely made once its template runs."""
    if call.hook is not None and (call.hook.name.value != "exit" or call.hook.expression):
        return False
    step = call.step
    if step is None:
        return True
    waits_for = step.depends.value if step.depends is not None else ""
    if any(each in waits_for for each in (*AFTER_A_FAULT, "!")):
        return False
    return step.when is None and not step.loops

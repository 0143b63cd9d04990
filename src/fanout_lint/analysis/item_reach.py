"""How far an item reaches: from a loop into the template that it calls.

A template that a loop runs many times must tell its runs apart by something that
comes from the item, or from the pod itself, wherever it writes to a place that all
runs share.
"""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.model.workflow import Arguments, Manifest, Template
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import scan

_OF_THE_POD = ("pod", "node", "retries", "lastRetry", "steps", "tasks")


def loops_over(facts: Facts, template: Template) -> Iterator[FanOut]:
    """Yield the loops that call *template* directly, and may run it more than once."""
    for call in facts.links.callers.of(template):
        step = call.step
        if call.hook is not None or step is None or step.loop is None:
            continue
        fanout = next(
            (each for each in facts.links.fanouts_of(call.manifest) if each.step is step), None
        )
        if fanout is not None and (not isinstance(fanout.width, int) or fanout.width > 1):
            yield fanout


def varies_with_item(
    facts: Facts, manifest: Manifest, template: Template, text: Scalar, fanout: FanOut
) -> bool:
    """Whether *text*, written in *template*, may differ between the runs of *fanout*.

    Only a text that certainly is the same in all of them is said not to.
    """
    for tag in scan(text):
        if tag.is_expression or tag.is_nested:
            return True
        names = refer(tag).names
        if names[0] in _OF_THE_POD:
            return True
        if names[:2] == ("inputs", "parameters") and len(names) > 2:
            if _argument_varies(fanout.step.arguments, ".".join(names[2:])):
                return True
        elif names[0] != "workflow":
            return True
    return False


def _argument_varies(arguments: Arguments, name: str) -> bool:
    """Whether the argument *name* of a looped step holds the item, or anything but a fixed text."""
    given = arguments.parameter(name)
    if given is None:
        return False
    if given.value_from is not None or not isinstance(given.value, Scalar):
        return given.value_from is not None
    return any(
        tag.is_expression or tag.is_nested or refer(tag).names[0] == "item"
        for tag in scan(given.value)
    )

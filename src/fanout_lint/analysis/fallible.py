"""Steps and dag templates that may fail outside any pod.

Their loops may not expand (the list is no JSON list), or their outputs may not be
known. Seen in Argo's controller (v4.1.2, ``dag.go:assessDAGPhase``): where a dag's
task calls such a template and another task depends on it, the dag then hangs, or
ends ``Succeeded`` with the dependants left out; with pods it fails, as one expects.
"""

from msgspec import Struct

from fanout_lint.analysis.endings import Chance, emptiness
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.items import json_items
from fanout_lint.analysis.origins import Literal, Origin, Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Place
from fanout_lint.model.workflow import CALLERS, LoopKind
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.unknown import Unknown


class Weakness(Struct, frozen=True):
    """Where a template may fail outside a pod, and why."""

    place: Place
    why: str


def weakness(facts: Facts, target: Target) -> Weakness | None:
    """Return the first place where the steps or dag template *target* may fail by itself."""
    if target.template.kind not in CALLERS:
        return None
    fanouts = facts.links.fanouts_in(target.manifest, target.template)
    for fanout in fanouts:
        if fanout.loop.kind is not LoopKind.PARAM:
            continue
        if isinstance(fanout.shape, Unknown) and not all(map(_is_list, fanout.origins)):
            place = Place(target.manifest.path, fanout.loop.key.span)
            return Weakness(place, f"the list of '{fanout.step.label}' may be no JSON list")
    for parameter in target.template.outputs.parameters:
        source = parameter.value_from
        if source is None or source.default is not None or source.parameter is None:
            continue
        for fanout in fanouts:
            is_read = f".{fanout.step.label}.outputs.parameters." in source.parameter.value
            if is_read and emptiness(fanout) is not Chance.NEVER:
                place = Place(target.manifest.path, source.parameter.span)
                return Weakness(place, f"'{fanout.step.label}' may have no items")
    return None


def _is_list(origin: Origin) -> bool:
    """Whether the list is surely a JSON list; the list of a loop's outputs always is."""
    match origin:
        case Literal(node=Scalar() as node):
            return isinstance(json_items(node), tuple)
        case Read(outcome=ReadsStep(step=step, part=part)):
            return bool(step.loops) and part in (Part.RESULT, Part.PARAMETERS, Part.PARAMETER)
    return False

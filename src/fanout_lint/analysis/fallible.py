"""Steps and dag templates that may fail outside any pod.

Their loops may not expand (the list is no JSON list), or their outputs may not be
known. Seen in Argo's controller (v4.1.2, ``dag.go:assessDAGPhase``): where a dag's
task calls such a template and another task depends on it, the dag then hangs, or
ends ``Succeeded`` with the dependants left out; with pods it fails, as one expects.
"""

from msgspec import Struct

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.endings import Chance, emptiness
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut, made_list
from fanout_lint.analysis.items import json_items
from fanout_lint.analysis.origins import Composed, Literal, Origin, Origins, Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.project import Found, Target
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.findings import Place
from fanout_lint.languages.gojson import JsonKind, JsonValue, parse_json
from fanout_lint.model.workflow import CALLERS, LoopKind
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import scan
from fanout_lint.unknown import Unknown

_MAX_DEPTH = 8


class Weakness(Struct, frozen=True):
    """Where a template may fail outside a pod, and why."""

    place: Place
    why: str


def weakness(facts: Facts, call: Call, target: Target) -> Weakness | None:
    """Return the first place where the steps or dag template *target* may fail by itself.

    Its inputs are those that *call* gives.
    """
    if target.template.kind not in CALLERS:
        return None
    fanouts = facts.links.fanouts_in(target.manifest, target.template)
    for fanout in fanouts:
        if fanout.loop.kind is LoopKind.PARAM and not _is_surely_list(facts, call, fanout):
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


def _is_surely_list(facts: Facts, call: Call, fanout: FanOut) -> bool:
    if not isinstance(fanout.shape, Unknown):
        return True
    site = Site(fanout.manifest, Region.STEP, fanout.template, fanout.step, "withParam")
    origins = facts.links.origins.through(fanout.template, call).of(fanout.loop.value, site)
    if not isinstance(made_list(facts.links.constants, origins), Unknown):
        return True
    return all(_is_list(facts.links.origins, origin) for origin in origins)


def _is_list(origins: Origins, origin: Origin, depth: int = 0) -> bool:
    """Whether the list is a JSON list; what collects a loop's outputs always is.

    A list that is written around tags is one, if no value ends the text that it stands in.
    """
    match origin:
        case Literal(node=Scalar() as node):
            return isinstance(json_items(node), tuple)
        case Composed(node=Scalar() as node):
            value = parse_json(_with_words(node))
            return isinstance(value, JsonValue) and value.kind is JsonKind.LIST
        case Read(outcome=ReadsStep(step=step, part=part)) if step.loops:
            return part in (Part.RESULT, Part.PARAMETERS, Part.PARAMETER)
        case Read(outcome=ReadsStep(part=Part.PARAMETER, callee=Found() as callee, name=name)):
            return depth < _MAX_DEPTH and all(
                _passes_list(origins, target, name, depth + 1) for target in callee.targets
            )
    return False


def _passes_list(origins: Origins, target: Target, name: str, depth: int) -> bool:
    """Whether the output *name* of a template is a list that one of its steps gives."""
    output = target.template.outputs.parameter(name)
    source = output.value_from if output is not None else None
    if source is None or source.parameter is None or source.default is not None:
        return False
    site = Site(target.manifest, Region.OUTPUTS, target.template, None, "outputs")
    found = origins.of(source.parameter, site)
    return all(_is_list(origins, origin, depth) for origin in found)


def _with_words(node: Scalar) -> str:
    """Return the text of *node* with a letter for each tag."""
    text = node.value
    for tag in reversed(scan(node)):
        text = f"{text[: tag.start]}x{text[tag.end :]}"
    return text

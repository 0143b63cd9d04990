"""The loops of a manifest: where items come from, how many there are, how many run at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.calls import Call, step_call
from fanout_lint.analysis.constants import Constants
from fanout_lint.analysis.items import Item, json_items, yaml_items
from fanout_lint.analysis.literals import has_tag
from fanout_lint.analysis.origins import Composed, Literal, Origin, Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.producers import Producers
from fanout_lint.analysis.project import Found, Project, Target
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import Loop, LoopKind, Manifest, Step, Template
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, Sequence, child_scalar
from fanout_lint.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.shape import ListShape
    from fanout_lint.analysis.scripts.verdict import Verdict


class FanOut(Struct, frozen=True, eq=False):
    """A step or task that runs once per item.

    ``origins`` is empty unless the loop is a ``withParam``. ``lists`` are the lists
    of items that are written out, or that expressions without any input give, each of
    them what the loop may run over; ``width`` is how many runs there are, where nothing
    can change it, and ``least`` how many there are at least. ``shape`` is what is known
    of a list that a script or an expression makes.
    """

    manifest: Manifest
    template: Template
    step: Step
    loop: Loop
    call: Call
    origins: tuple[Origin, ...]
    lists: tuple[tuple[Item, ...], ...]
    width: int | Unknown
    least: int
    shape: "ListShape | Unknown"


def find_fanouts(project: Project, constants: Constants, manifest: Manifest) -> tuple[FanOut, ...]:
    """Return the loops of *manifest* that expand, inline templates' too, in order."""
    found: list[FanOut] = []
    waiting: list[tuple[Template, Site | None]] = [
        (template, None) for template in reversed(manifest.templates)
    ]
    while waiting:
        template, outer = waiting.pop()
        for step in template.steps:
            site = Site(manifest, Region.STEP, template, step, "withParam", outer)
            if step.loop is not None:
                found.append(_fanout(project, constants, site, step, step.loop))
            if step.inline is not None:
                waiting.append((step.inline, site))
    return tuple(found)


def _fanout(project: Project, constants: Constants, site: Site, step: Step, loop: Loop) -> FanOut:
    template = site.template
    assert template is not None  # A step stands in a template.
    call = step_call(project, site.manifest, template, step)
    sources: tuple[Origin, ...] = ()
    lists: tuple[tuple[Item, ...], ...] = ()
    width: int | Unknown = UNKNOWN
    shape: ListShape | Unknown = UNKNOWN
    if loop.kind is LoopKind.PARAM:
        sources = constants.origins.of(loop.value, site)
        lists = tuple(_written_lists(constants, sources))
        shape = UNKNOWN if lists else _made(constants, sources)
        only = sources[0] if len(sources) == 1 else None
        if isinstance(only, Literal | Composed) and not only.is_default and lists:
            width = len(lists[0])
    elif loop.kind is LoopKind.ITEMS and type(loop.value) is Sequence:
        lists = (yaml_items(loop.value),)
        width = len(lists[0])
    elif loop.kind is LoopKind.SEQUENCE:
        width = _sequence_width(loop.value)
    least = 0 if isinstance(width, Unknown) else width
    if not isinstance(shape, Unknown):
        least = shape.least
        width = shape.least if shape.least == shape.most else UNKNOWN
    return FanOut(site.manifest, template, step, loop, call, sources, lists, width, least, shape)


def _made(constants: Constants, sources: tuple[Origin, ...]) -> "ListShape | Unknown":
    """Return what is known of a list that a script or an expression makes, as the only source."""
    if len(sources) != 1:
        return UNKNOWN
    if isinstance(sources[0], Composed) and sources[0].is_expression:
        from fanout_lint.analysis.list_expressions import list_expression

        made = None if sources[0].is_default else list_expression(constants, sources[0])
        return UNKNOWN if made is None or made.shape is None else made.shape
    if not isinstance(sources[0], Read):
        return UNKNOWN
    read = sources[0].outcome
    if not isinstance(read, ReadsStep) or read.step.loops or not isinstance(read.callee, Found):
        return UNKNOWN
    if len(read.callee.targets) != 1:
        return UNKNOWN
    verdict = judge_source(constants.producers, read, read.callee.targets[0])
    from fanout_lint.analysis.scripts.shape import ListShape
    from fanout_lint.analysis.scripts.verdict import IsJson

    if isinstance(verdict, IsJson) and isinstance(verdict.shape, ListShape):
        return verdict.shape
    return UNKNOWN


def judge_source(producers: Producers, read: ReadsStep, target: Target) -> "Verdict":
    """Say whether what *read* takes of *target* is one JSON list."""
    if read.part is Part.RESULT:
        return producers.printed_list(target)
    if read.part is Part.PARAMETER:
        output = target.template.outputs.parameter(read.name)
        source = output.value_from if output is not None else None
        if source is not None and source.path is not None and output is not None:
            return producers.written_list(target, source.path.value)
    return UNKNOWN


def _written_lists(constants: Constants, origins: tuple[Origin, ...]) -> Iterator[tuple[Item, ...]]:
    for origin in origins:
        if isinstance(origin, Composed) and origin.is_expression:
            from fanout_lint.analysis.list_expressions import list_expression

            made = list_expression(constants, origin)
            if made is not None and made.items is not None:
                yield made.items
        if isinstance(origin, Literal) and type(origin.node) is Scalar:
            items = json_items(origin.node)
            if isinstance(items, tuple):
                yield items


def _sequence_width(value: Node) -> int | Unknown:
    if type(value) is not Mapping or has_tag(value):
        return UNKNOWN
    from fanout_lint.languages.sequence import expand

    count, start, end, layout = (
        _number_or_text(child_scalar(value, name)) for name in ("count", "start", "end", "format")
    )
    expansion = expand(count, start, end, str(layout or ""))
    return UNKNOWN if expansion.count is None or expansion.faults else expansion.count


def _number_or_text(node: Scalar | None) -> str | int | None:
    if node is None:
        return None
    resolved = node.resolved
    return resolved if isinstance(resolved, str | int) else None


ListRead = tuple[FanOut, Read, ReadsStep, Target]
"""A loop, where its list is read, which output of which step that is, and the template behind."""


def find_list_reads(fanouts: tuple[FanOut, ...]) -> Iterator[ListRead]:
    """Yield the outputs of steps, loops left out, that *fanouts* take for their lists."""
    for fanout in fanouts:
        for origin in fanout.origins:
            read = origin.outcome if isinstance(origin, Read) else None
            if not isinstance(origin, Read) or not isinstance(read, ReadsStep) or read.step.loops:
                continue
            for target in read.callee.targets if isinstance(read.callee, Found) else ():
                yield fanout, origin, read, target

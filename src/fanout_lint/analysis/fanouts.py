"""The loops of a manifest: where items come from, how many there are, how many run at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from fanout_lint.analysis.calls import Call, step_call
from fanout_lint.analysis.constants import Constants
from fanout_lint.analysis.items import Item, json_items, yaml_items
from fanout_lint.analysis.origins import Composed, Literal, Origin, Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.project import Project, Target
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.analysis.widths import (
    NOT_KNOWN,
    Width,
    collected_width,
    exactly,
    sequence_width,
    written_width,
)
from fanout_lint.model.workflow import Loop, LoopKind, Manifest, Step, Template
from fanout_lint.syntax.nodes import Scalar, Sequence
from fanout_lint.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.shape import ListShape


class FanOut(Struct, frozen=True, eq=False):
    """A step or task that runs once per item.

    ``origins`` is empty unless the loop is a ``withParam``. ``lists`` are the lists
    of items that are written out, or that expressions without any input give, each of
    them what the loop may run over; ``runs`` says how many runs there are. ``shape`` is
    what is known of a list that a script or an expression makes.
    """

    manifest: Manifest
    template: Template
    step: Step
    loop: Loop
    call: Call
    origins: tuple[Origin, ...]
    lists: tuple[tuple[Item, ...], ...]
    runs: Width
    shape: "ListShape | Unknown"

    @property
    def width(self) -> int | Unknown:
        """How many runs there are, where nothing can change it."""
        return UNKNOWN if self.runs.exact is None else self.runs.exact


def find_fanouts(project: Project, constants: Constants, manifest: Manifest) -> tuple[FanOut, ...]:
    """Return the loops of *manifest* that expand, inline templates' too, in order."""
    finder = _Finder(project, constants)
    found: list[FanOut] = []
    waiting: list[tuple[Template, Site | None]] = [
        (template, None) for template in reversed(manifest.templates)
    ]
    while waiting:
        template, outer = waiting.pop()
        for step in template.steps:
            site = Site(manifest, Region.STEP, template, step, "withParam", outer)
            if step.loop is not None:
                found.append(finder.of(site, step, step.loop))
            if step.inline is not None:
                waiting.append((step.inline, site))
    return tuple(found)


class _Finder(Struct, eq=False):
    """Looks at loops, each once, and at those first that make the lists of others."""

    project: Project
    constants: Constants
    known: dict[Step, FanOut] = field(default_factory=dict)
    under_way: set[Step] = field(default_factory=set)

    def of(self, site: Site, step: Step, loop: Loop) -> FanOut:
        if step not in self.known:
            self.under_way.add(step)
            self.known[step] = self._look(site, step, loop)
            self.under_way.remove(step)
        return self.known[step]

    def _look(self, site: Site, step: Step, loop: Loop) -> FanOut:
        template = site.template
        assert template is not None  # A step stands in a template.
        call = step_call(self.project, site.manifest, template, step)
        sources: tuple[Origin, ...] = ()
        lists: tuple[tuple[Item, ...], ...] = ()
        width = NOT_KNOWN
        shape: ListShape | Unknown = UNKNOWN
        if loop.kind is LoopKind.PARAM:
            sources = self.constants.origins.of(loop.value, site)
            lists = tuple(_written_lists(self.constants, sources))
            shape = UNKNOWN if lists else made_list(self.constants, sources)
            width = self._width(site, step, sources, lists)
        elif loop.kind is LoopKind.ITEMS and type(loop.value) is Sequence:
            lists = (yaml_items(loop.value),)
            width = exactly(len(lists[0]))
        elif loop.kind is LoopKind.SEQUENCE:
            width = sequence_width(loop.value, self.constants.origins, site)
        if not isinstance(shape, Unknown):
            width = Width(shape.least, shape.most, shape.most)
        return FanOut(site.manifest, template, step, loop, call, sources, lists, width, shape)

    def _width(
        self,
        site: Site,
        step: Step,
        sources: tuple[Origin, ...],
        lists: tuple[tuple[Item, ...], ...],
    ) -> Width:
        read = sources[0].outcome if len(sources) == 1 and isinstance(sources[0], Read) else None
        if not isinstance(read, ReadsStep):
            return written_width(sources, tuple(map(len, lists)))
        producer, template = read.step, site.template
        if producer.loop is None or producer in self.under_way or read.part not in _COLLECTED:
            return NOT_KNOWN
        if len(self.under_way) > _MOST_IN_A_ROW:
            return NOT_KNOWN
        if template is None or not any(producer is each for each in template.steps):
            return NOT_KNOWN
        beside = Site(site.manifest, Region.STEP, template, producer, "withParam", site.outer)
        made = self.of(beside, producer, producer.loop)
        return collected_width(made.runs, producer, step)


_MOST_IN_A_ROW = 50
"""How many loops over the lists of other loops are followed, written from the last to the first."""
_COLLECTED = frozenset((Part.RESULT, Part.PARAMETERS, Part.PARAMETER))


def made_list(constants: Constants, sources: tuple[Origin, ...]) -> "ListShape | Unknown":
    """Return what is known of a list that a script or an expression makes, as the only source."""
    if len(sources) != 1:
        return UNKNOWN
    if isinstance(sources[0], Composed) and sources[0].is_expression:
        from fanout_lint.analysis.list_expressions import list_shape
        from fanout_lint.analysis.whole_expressions import whole_expression

        made = None if sources[0].is_default else whole_expression(constants, sources[0])
        return UNKNOWN if made is None else list_shape(made) or UNKNOWN
    if not isinstance(sources[0], Read):
        return UNKNOWN
    read = sources[0].outcome
    shape = constants.producers.shape_of(read) if isinstance(read, ReadsStep) else UNKNOWN
    if shape is UNKNOWN:
        return UNKNOWN
    from fanout_lint.analysis.scripts.shape import ListShape

    return shape if isinstance(shape, ListShape) else UNKNOWN


def _written_lists(constants: Constants, origins: tuple[Origin, ...]) -> Iterator[tuple[Item, ...]]:
    for origin in origins:
        if isinstance(origin, Composed) and origin.is_expression:
            from fanout_lint.analysis.list_expressions import items_of
            from fanout_lint.analysis.whole_expressions import whole_expression

            made = whole_expression(constants, origin)
            listed = None if made is None else items_of(made)
            if listed is not None:
                yield listed
        if isinstance(origin, Literal) and type(origin.node) is Scalar:
            items = json_items(origin.node)
            if isinstance(items, tuple):
                yield items


ListRead = tuple[FanOut, Read, ReadsStep, Target]
"""A loop, where its list is read, which output of which step that is, and the template behind."""


def find_list_reads(fanouts: tuple[FanOut, ...]) -> Iterator[ListRead]:
    """Yield the outputs of steps, loops left out, that *fanouts* take for their lists."""
    for fanout in fanouts:
        for origin in fanout.origins:
            read = origin.outcome if isinstance(origin, Read) else None
            if not isinstance(origin, Read) or not isinstance(read, ReadsStep) or read.step.loops:
                continue
            for target in read.targets:
                yield fanout, origin, read, target

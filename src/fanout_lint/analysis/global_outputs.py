"""Outputs with a ``globalName``: who writes them, and whether a reader comes after.

A global output is there once the step that writes it has ended. A tag that reads it
before stays as it is, for Argo takes it for one of a later stage (``workflow/controller/
operator.go:addParamToGlobalScope``, ``util/template`` of v4.1.2).
"""

from enum import Enum

from msgspec import Struct, field

from fanout_lint.analysis.calls import CallKind, step_call
from fanout_lint.analysis.facts import Links, Use
from fanout_lint.analysis.limits import whole_number
from fanout_lint.analysis.outcomes import ReadsGlobal
from fanout_lint.analysis.sites import Region
from fanout_lint.model.workflow import Manifest, Step, Template, with_inline
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.unknown import UNKNOWN, Unknown


class When(Enum):
    """When a global output is written, seen from its reader; the earliest first."""

    RACE = 1
    TOGETHER = 2  #: Both start at once, so the reader is always the first.
    AFTER = 3
    NEVER = 4  #: No step on the way to the reader, or beside it, writes it.


class Level(Struct, frozen=True):
    """A steps or dag template on the way to the reader, and its step that leads there."""

    manifest: Manifest
    template: Template
    step: Step


class Writing(Struct, frozen=True):
    """The ``writer`` of a global output beside the step that leads to its reader.

    ``is_refused`` says that Argo's validator has not come by the writer when it looks at
    the reader: it takes steps in the order of the text, and a task after those it waits for.
    """

    when: When
    level: Level
    writer: Step
    is_refused: bool


class EarlyReads(Struct, frozen=True):
    """Answers what writes a global output that is read too early; remembers what it worked out."""

    links: Links
    _known: "dict[ReadsGlobal, _Early]" = field(default_factory=dict)

    def of(self, use: Use) -> Writing | None:
        """Return what writes the global output that *use* reads; ``None`` if all is well."""
        outcome, site = use.outcome, use.site
        if not isinstance(outcome, ReadsGlobal) or site.template is None or site.outer is not None:
            return None
        if outcome not in self._known:
            self._known[outcome] = _Early(self.links, _writing_steps(self.links, outcome))
        early = self._known[outcome]
        writing: Writing | Unknown | None = None
        if site.region is Region.STEP and site.step is not None:
            level = Level(site.manifest, site.template, site.step)
            writing = early.at(level, True, True) or early.never(level)
        elif site.region is Region.BODY:
            writing = early.above(site.template, True)
        return None if isinstance(writing, Unknown) else writing


class _Early(Struct, frozen=True):
    """Looks for the first writing, up from the reader; ``writers`` are steps that lead to one.

    ``is_own`` says that the step is the reader itself, or runs its pod, and so starts
    when the reader does.
    """

    links: Links
    writers: frozenset[Step]
    _above: dict[tuple[Template, bool], Writing | Unknown | None] = field(default_factory=dict)

    def at(self, level: Level, in_arguments: bool, is_own: bool) -> Writing | Unknown | None:
        """Return the first writing beside *level*'s step or above; unknown if it may be before."""
        if level.step in self.writers and level.step.loop is not None:
            return UNKNOWN
        found: list[Writing | Unknown | None] = [
            self._beside(level, other, in_arguments, is_own)
            for other in level.template.steps
            if other is not level.step and other in self.writers
        ]
        return _first([*found, self.above(level.template, False)])

    def never(self, level: Level) -> Writing:
        """Return that nothing beside or above writes it; a task that does so itself passes lint."""
        is_refused = not (level.step.is_task and level.step in self.writers)
        return Writing(When.NEVER, level, level.step, is_refused)

    def above(self, template: Template, is_own: bool) -> Writing | Unknown | None:
        """Return the first writing that the callers of *template* see before they call it."""
        key = (template, is_own)
        if key not in self._above:
            self._above[key] = None  # A template that calls itself sees nothing new there.
            self._above[key] = self._called(template, is_own)
        return self._above[key]

    def _called(self, template: Template, is_own: bool) -> Writing | Unknown | None:
        callers = self.links.callers
        if not callers.of(template) or callers.may_be_called_from_outside(template):
            return UNKNOWN
        found: list[Writing | Unknown | None] = []
        for call in callers.of(template):
            if call.template is None and call.kind is CallKind.ENTRYPOINT:
                continue
            if call.template is None or call.step is None or call.kind is not CallKind.STEP:
                return UNKNOWN
            level = Level(call.manifest, call.template, call.step)
            found.append(self.at(level, False, is_own))
        return _first(found)

    def _beside(
        self, level: Level, writer: Step, in_arguments: bool, is_own: bool
    ) -> Writing | Unknown:
        when = self._when(level, writer)
        if when is None:
            return UNKNOWN
        if when is When.TOGETHER and (not is_own or _is_crowded(self.links, level)):
            when = When.RACE
        reader, steps = level.step, level.template.steps
        is_refused = when is When.AFTER
        if reader.is_task:
            is_refused = is_refused and not in_arguments
        elif when in (When.TOGETHER, When.RACE):
            is_refused = steps.index(reader) < steps.index(writer)
        return Writing(when, level, writer, is_refused)

    def _when(self, level: Level, writer: Step) -> When | None:
        """Return when *writer* writes; ``None`` where that is before *level*'s step."""
        reader = level.step
        if not reader.is_task:
            if writer.group == reader.group:
                return When.TOGETHER
            return None if writer.group < reader.group else When.AFTER
        before = self.links.scope.order.ancestors(level.template, reader)
        if writer.label in before:
            return None
        before_writer = self.links.scope.order.ancestors(level.template, writer)
        if reader.label in before_writer:
            return When.AFTER
        return When.TOGETHER if before <= before_writer else When.RACE


def _first(writings: list[Writing | Unknown | None]) -> Writing | Unknown | None:
    found = [writing for writing in writings if writing is not None]
    if any(isinstance(writing, Unknown) for writing in found):
        return UNKNOWN
    known = [writing for writing in found if isinstance(writing, Writing)]
    return min(known, key=lambda writing: writing.when.value, default=None)


def _writing_steps(links: Links, read: ReadsGlobal) -> frozenset[Step]:
    """Return every step or task that leads to a template which writes what *read* reads."""
    steps: set[Step] = set()
    seen: set[Template] = set()
    waiting = [
        template
        for manifest in links.project.manifests
        if "globalName" in manifest.written
        for outermost in manifest.templates
        for template in with_inline(outermost)
        if _writes(template, read)
    ]
    while waiting:
        template = waiting.pop()
        if template in seen:
            continue
        seen.add(template)
        for call in links.callers.of(template):
            if call.step is not None:
                steps.add(call.step)
            if call.template is not None:
                waiting.append(call.template)
    return frozenset(steps)


def _writes(template: Template, read: ReadsGlobal) -> bool:
    outputs = template.outputs.artifacts if read.is_artifact else template.outputs.parameters
    return any(
        output.global_name is not None and output.global_name.value == read.name
        for output in outputs
    )


def _is_crowded(links: Links, level: Level) -> bool:
    """Whether a limit may hold the reader back until the writer has ended."""
    call = step_call(links.project, level.manifest, level.template, level.step)
    if any(target.template.node.get("synchronization") is not None for target in call.targets):
        return True
    limits = (level.manifest.spec.get("parallelism"), level.template.node.get("parallelism"))
    stated = [whole_number(limit) for limit in limits if type(limit) is Scalar]
    if all(limit is None for limit in limits):
        return False
    is_entry = any(
        each.kind is CallKind.ENTRYPOINT for each in links.callers.of(level.template)
    ) and all(step.loop is None for step in level.template.steps)
    least = min((limit or 0 for limit in stated), default=0)
    return not is_entry or least < len(level.template.steps)

"""Workflow parameters that the templates of libraries read, and a workflow does not have.

A ``templateRef`` brings no arguments along: ``{{workflow.parameters.x}}`` in the called
template is a parameter of the workflow that calls, whatever the library declares, and
Argo's validator follows each call (``workflow/validate/validate.go:validateTemplateHolder``
of v4.1.2). It does not follow hooks, nor read expressions.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from fanout_lint.analysis.calls import Call, CallKind, calls, step_call
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Project, Target
from fanout_lint.analysis.sites import Region, template_texts
from fanout_lint.model.workflow import Manifest
from fanout_lint.source.text import Span
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import scan

_CHECKED = (Region.BODY, Region.STEP, Region.HOOK, Region.OUTPUTS)


class Borrowed(Struct, frozen=True, eq=False):
    """A parameter ``name`` that *call* needs, and where a library reads it."""

    call: Call
    name: str
    library: Manifest
    span: Span


class _Reader(Struct, frozen=True, eq=False):
    """Finds what templates read, each once."""

    project: Project
    known: dict[Target, tuple[tuple[str, Span], ...]] = field(default_factory=dict)

    def below(self, start: Target) -> Iterator[tuple[str, Manifest, Span]]:
        """Yield the workflow parameters that *start* and the templates it calls read."""
        waiting = [start]
        seen = {start}
        while waiting:
            target = waiting.pop()
            for name, span in self._read(target):
                yield name, target.manifest, span
            for step in target.template.steps:
                callees = step_call(self.project, target.manifest, target.template, step).targets
                if len(callees) == 1 and callees[0] not in seen:
                    seen.add(callees[0])
                    waiting.append(callees[0])

    def _read(self, target: Target) -> tuple[tuple[str, Span], ...]:
        if target not in self.known:
            self.known[target] = tuple(_parameters(target))
        return self.known[target]


def borrowed(facts: Facts) -> Iterator[Borrowed]:
    """Yield each parameter that a workflow of the focus lacks, once for a workflow."""
    reader = _Reader(facts.project)
    for manifest in facts.runnable:
        if manifest.workflow_template_ref is not None:
            continue  # Its library may bring parameters.
        told = {parameter.name.value for parameter in manifest.arguments.parameters}
        for call in calls(facts.project, manifest):
            if call.kind is not CallKind.STEP or len(call.targets) != 1:
                continue
            if call.targets[0].manifest is manifest or call.reference is None:
                continue
            for name, library, span in reader.below(call.targets[0]):
                if library is not manifest and name not in told:
                    told.add(name)
                    yield Borrowed(call, name, library, span)


def _parameters(target: Target) -> Iterator[tuple[str, Span]]:
    for text in template_texts(target.manifest, target.template, None):
        if text.site.region not in _CHECKED or "workflow.parameters." not in text.scalar.value:
            continue
        for tag in scan(text.scalar):
            if tag.is_expression or tag.is_nested:
                continue
            reference = refer(tag)
            name = ".".join(reference.names[2:])
            if reference.names[:2] == ("workflow", "parameters") and name not in ("", "json"):
                yield name, reference.span

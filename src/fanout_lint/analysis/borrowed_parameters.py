"""Workflow parameters that a library's template reads, and the workflow that runs it lacks.

A template that is referred to knows the parameters of the workflow that runs, and none of
those that its own library declares (``workflow/validate/validate.go`` of v4.1.2: one set of
globals for all that a workflow leads to).
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.calls import Call, CallKind, template_calls
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.scope_workflow import declared_parameters
from fanout_lint.analysis.sites import Region, template_texts
from fanout_lint.model.workflow import Parameter, Template
from fanout_lint.tags.reference import Reference, refer
from fanout_lint.tags.scan import scan

_CHECKED = (Region.BODY, Region.STEP, Region.OUTPUTS)
_MAX_TEMPLATES = 200


class Borrowed(Struct, frozen=True, eq=False):
    """``call`` leads to ``reader``, which reads the parameter ``name`` at ``reference``.

    ``own`` is the library's declaration of it, which does not count.
    """

    call: Call
    reader: Target
    name: str
    reference: Reference
    own: Parameter | None


def borrowed_parameters(facts: Facts) -> Iterator[Borrowed]:
    """Yield what the references of the focus lead to, for each workflow and parameter once."""
    told: set[tuple[int, str]] = set()
    for call in facts.calls:
        if call.kind is not CallKind.STEP or call.reference is None or len(call.targets) != 1:
            continue
        declared = declared_parameters(facts.project, call.manifest)
        if not isinstance(declared, tuple):
            continue
        known = {each.name.value for arguments in declared for each in arguments.parameters}
        for target in _led_to(facts, call.targets[0]):
            for name, reference in _reads(target):
                key = (id(call.manifest), name)
                if name not in known and key not in told:
                    told.add(key)
                    own = target.manifest.arguments.parameter(name)
                    yield Borrowed(call, target, name, reference, own)


def _led_to(facts: Facts, start: Target) -> Iterator[Target]:
    """Yield the library's templates that Argo checks with the one that is referred to."""
    seen: set[Template] = set()
    waiting = [start]
    while waiting and len(seen) < _MAX_TEMPLATES:
        target = waiting.pop(0)
        if target.template in seen or not target.manifest.is_library:
            continue
        seen.add(target.template)
        yield target
        for call in template_calls(facts.project, target.manifest, target.template):
            if call.kind is CallKind.STEP and len(call.targets) == 1:
                waiting.extend(call.targets)


def _reads(target: Target) -> Iterator[tuple[str, Reference]]:
    for text in template_texts(target.manifest, target.template, None):
        if text.site.region not in _CHECKED:
            continue
        for tag in scan(text.scalar):
            if tag.is_expression or tag.is_nested:
                continue
            reference = refer(tag)
            name = ".".join(reference.names[2:])
            if reference.names[:2] == ("workflow", "parameters") and name not in ("", "json"):
                yield name, reference

"""Output parameters that nothing reads."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import Call, CallKind
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.mentions import all_of, misnaming
from fanout_lint.analysis.reach import Reach, reach
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import Manifest, Template, TemplateKind, with_inline
from fanout_lint.unknown import Unknown

_ELSEWHERE = ("metrics", "memoize")
"""Fields that read the outputs, or keep them for another run."""


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.runnable:
        if not _has_outputs(manifest):
            continue
        known = reach(facts, manifest)
        if not isinstance(known, Unknown):
            yield from _unread(facts, manifest, known)


def _has_outputs(manifest: Manifest) -> bool:
    return any(
        template.outputs.parameters
        for outermost in manifest.templates
        for template in with_inline(outermost)
    )


def _unread(facts: Facts, manifest: Manifest, known: Reach) -> Iterator[Hit]:
    misnamed = misnaming(facts.reads, "steps", "tasks")
    holders = {
        template: outermost
        for outermost in manifest.templates
        for template in with_inline(outermost)
    }
    for template in holders:
        calls = known.callers.get(template, [])
        if any(call.template and holders[call.template] in misnamed for call in calls):
            continue
        if template not in known.reached or _is_read_elsewhere(manifest, template, calls):
            continue
        read = all_of(
            facts.mentions.outputs_read(holders[call.template], call.step.label)
            for call in calls
            if call.template is not None and call.step is not None
        )
        for output in template.outputs.parameters if read is not None else ():
            name = output.name.value
            if output.global_name is None and name not in (read or ()):
                place = Place(manifest.path, output.name.span)
                yield hit(place, template=template.label, name=name)


def _is_read_elsewhere(manifest: Manifest, template: Template, calls: list[Call]) -> bool:
    """Whether people or programs read the outputs: of what starts or ends a run, for one."""
    nodes = (template.node, manifest.template_defaults)
    return (
        template.kind is TemplateKind.SUSPEND
        or any(call.kind is not CallKind.STEP or call.step is None for call in calls)
        or any(node is not None and field in node.entries for node in nodes for field in _ELSEWHERE)
    )

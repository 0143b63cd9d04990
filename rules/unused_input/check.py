"""Input parameters that their template never reads."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.mentions import misnaming
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import Manifest, Template, TemplateKind, with_inline

_SHOWN = (TemplateKind.PLUGIN, TemplateKind.SUSPEND, None)
"""A plugin gets all inputs, a person who is asked to go on sees them, and ``None`` is a fault."""


def check(facts: Facts) -> Iterator[Hit]:
    misnamed = misnaming(facts.reads, "inputs")
    for manifest in facts.focus:
        for outermost in manifest.templates:
            if outermost not in misnamed:
                yield from _unread(facts, manifest, outermost)


def _unread(facts: Facts, manifest: Manifest, outermost: Template) -> Iterator[Hit]:
    declaring = [
        template
        for template in with_inline(outermost)
        if template.inputs.parameters and template.kind not in _SHOWN
    ]
    read = facts.mentions.inputs_read(manifest, outermost) if declaring else None
    if read is None:
        return
    for template in declaring:
        for parameter in template.inputs.parameters:
            name = parameter.name.value
            if name not in read:
                place = Place(manifest.path, parameter.name.span)
                face = "passed-by" if _is_passed_by(facts, outermost, name) else "unread"
                yield hit(place, face, template=template.label, name=name)


def _is_passed_by(facts: Facts, outermost: Template, name: str) -> bool:
    """Whether the template reads the workflow's parameter of that name instead."""
    return f"workflow.parameters.{name}" in facts.mentions.texts(outermost)

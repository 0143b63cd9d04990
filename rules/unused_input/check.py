"""Input parameters that their template never reads."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, with_inline
from fanout_lint.analysis.mentions import misnaming
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import TemplateKind

_SHOWN = (TemplateKind.PLUGIN, TemplateKind.SUSPEND, None)
"""A plugin gets all inputs, a person who is asked to go on sees them, and ``None`` is a fault."""


def check(facts: Facts) -> Iterator[Hit]:
    misnamed = misnaming(facts.reads, "inputs")
    for manifest in facts.focus:
        for outermost in manifest.templates:
            if outermost in misnamed:
                continue
            for template in with_inline(outermost):
                if template.kind in _SHOWN:
                    continue
                for parameter in template.inputs.parameters:
                    name = parameter.name.value
                    if not facts.mentions.reads_input(manifest, outermost, name):
                        passed_by = facts.mentions.reads_workflow_parameter(outermost, name)
                        place = Place(manifest.path, parameter.name.span)
                        face = "passed-by" if passed_by else "unread"
                        yield hit(place, face, template=template.label, name=name)

"""Scripts that end in an exception of their own making."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Hit, hit
from fanout_lint.model.workflow import Template, TemplateKind
from fanout_lint.syntax.nodes import scalars
from fanout_lint.unknown import Unknown


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        if not _may_fail(template):
            continue
        producer = facts.links.producers.of(Target(template, manifest))
        if isinstance(producer, Unknown) or producer.output.failure is None:
            continue
        start, end, reason = producer.output.failure
        place = producer.statement_place(start, end)
        if place is not None:
            face = "always" if producer.output.always_fails else "unless-empty"
            yield hit(place, face, reason=reason)


def _may_fail(template: Template) -> bool:
    """Whether it is worth reading the script: what Python gives to json and files is judged."""
    if template.kind not in (TemplateKind.CONTAINER, TemplateKind.SCRIPT) or template.body is None:
        return False
    texts = [text.value for text in scalars(template.body)]
    return any("json" in text or "write" in text for text in texts) and any(
        "python" in text or "pypy" in text for text in texts
    )

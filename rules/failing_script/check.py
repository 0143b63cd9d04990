"""Scripts that end in an exception of their own making."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Hit, hit
from fanout_lint.unknown import Unknown


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        producer = facts.links.producers.of(Target(template, manifest))
        if isinstance(producer, Unknown) or producer.output.failure is None:
            continue
        start, end, reason = producer.output.failure
        place = producer.statement_place(start, end)
        if place is not None:
            face = "always" if producer.output.always_fails else "unless-empty"
            yield hit(place, face, reason=reason)

"""Templates that no run comes to."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.reach import Reach, reach
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.unknown import Unknown


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.runnable:
        if len(manifest.templates) < 2:
            continue
        known = reach(facts, manifest)
        if not isinstance(known, Unknown) and known.reached:
            yield from _unreached(manifest, known)


def _unreached(manifest: Manifest, known: Reach) -> Iterator[Hit]:
    """Yield the templates that nothing calls, or of a ring that calls itself the first."""
    told: set[Template] = set(known.reached)
    heads = [each for each in manifest.templates if not known.callers.get(each)]
    for template in (*heads, *manifest.templates):
        if template in told or template.name is None:
            continue
        below = known.below(template) - told
        told |= below
        related = tuple(
            Related(Place(manifest.path, other.name.span), "only that leads here", True)
            for other in manifest.templates
            if other in below and other is not template and other.name is not None
        )
        yield hit(Place(manifest.path, template.name.span), "", related, template=template.label)

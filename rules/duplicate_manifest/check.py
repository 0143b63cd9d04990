"""Libraries that other files bring a second time."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        if manifest.name is None:
            continue
        others = facts.project.namesakes(manifest)
        related = tuple(
            Related(Place(other.path, other.name.span), "the other one")
            for other in others
            if other.name is not None
        )
        if related:
            words = {"kind": manifest.kind.value, "name": manifest.name.value}
            yield hit(Place(manifest.path, manifest.name.span), "", related, **words)

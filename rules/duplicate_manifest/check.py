"""Libraries that other files bring a second time."""

from collections.abc import Iterator, Sequence

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest
from fanout_lint.syntax.nodes import is_same


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
            place = Place(manifest.path, manifest.name.span)
            yield hit(place, _face(manifest, others), related, **words)


def _face(manifest: Manifest, others: Sequence[Manifest]) -> str:
    different = [other for other in others if not is_same(manifest.root, other.root)]
    if not different:
        return "copy"
    beside = any(_folder(other) == _folder(manifest) for other in different)
    return "differs" if beside else "apart"


def _folder(manifest: Manifest) -> str:
    return manifest.path.rpartition("/")[0]

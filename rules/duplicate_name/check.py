"""Parameters and artifacts of one list that share a name."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.lint_order import in_sight
from fanout_lint.analysis.name_lists import name_lists
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest
from fanout_lint.syntax.nodes import Scalar


def check(facts: Facts) -> Iterator[Hit]:
    hits = (each for manifest in facts.focus for each in _repeated(manifest))
    return in_sight(facts.focus, hits)


def _repeated(manifest: Manifest) -> Iterator[Hit]:
    for names in name_lists(manifest):
        if names.noun not in ("parameter", "artifact") or names.may_repeat:
            continue
        first: dict[str, Scalar] = {}
        for _, name in names.named:
            before = first.setdefault(name.value, name)
            if before is not name:
                related = (Related(Place(manifest.path, before.span), "the first one"),)
                place = Place(manifest.path, name.span)
                yield hit(place, "", related, thing=names.thing, name=name.value)

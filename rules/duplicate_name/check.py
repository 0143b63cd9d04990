"""Parameters and artifacts of one list that share a name."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.lint_order import in_sight
from fanout_lint.analysis.name_lists import name_lists
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest


def check(facts: Facts) -> Iterator[Hit]:
    hits = (each for manifest in facts.focus for each in _repeated(manifest))
    return in_sight(facts.focus, hits)


def _repeated(manifest: Manifest) -> Iterator[Hit]:
    for names in name_lists(manifest):
        if not names.is_of_parts or names.may_repeat:
            continue
        first: dict[str, Place] = {}
        for _, name in names.named:
            place = Place(manifest.path, name.span)
            before = first.setdefault(name.value, place)
            if before != place:
                related = (Related(before, "the first one"),)
                yield hit(place, "", related, thing=names.thing, name=name.value)

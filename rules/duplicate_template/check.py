"""Templates, steps and tasks that share a name."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.syntax.nodes import Scalar


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        names = [each.name for each in manifest.templates if each.name is not None]
        for name, first in _repeated(names):
            related = (Related(Place(manifest.path, first.span), "the first one"),)
            yield hit(Place(manifest.path, name.span), "template", related, name=name.value)
    for manifest, template in facts.templates:
        names = [step.name for step in template.steps if step.name is not None]
        noun = template.steps[0].word if template.steps else ""
        for name, first in _repeated(names):
            related = (Related(Place(manifest.path, first.span), "the first one"),)
            place = Place(manifest.path, name.span)
            yield hit(place, "step", related, name=name.value, noun=noun)


def _repeated(names: list[Scalar]) -> Iterator[tuple[Scalar, Scalar]]:
    """Yield each name that was there before, with the first one of its kind."""
    first: dict[str, Scalar] = {}
    for name in names:
        if name.value in first and first[name.value] is not name:
            yield name, first[name.value]
        first.setdefault(name.value, name)

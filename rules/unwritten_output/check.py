"""Output files that nothing writes."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.strings import words_place
from fanout_lint.analysis.unwritten import unwritten_files
from fanout_lint.findings import Hit, hit
from fanout_lint.rulebook.words import offer


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        for file in unwritten_files(facts.links.producers, Target(template, manifest)):
            path = file.path.value
            place = words_place(file.path, 0, len(path))
            yield hit(place, file.missing.value, path=path, offer=_offer(path, file.others))


def _offer(path: str, written: tuple[str, ...]) -> str:
    return f"of those that it writes, {offer(path, written)}" if written else "it writes no file"

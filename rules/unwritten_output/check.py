"""Output files that nothing writes."""

from collections.abc import Iterator

from fanout_lint.analysis.containers import output_files
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Hit, hit
from fanout_lint.rulebook.words import offer


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        if not all(has_substitute for _, has_substitute in output_files(template)):
            yield from _unwritten(facts, Target(template, manifest))


def _unwritten(facts: Facts, target: Target) -> Iterator[Hit]:
    from fanout_lint.analysis.strings import words_place
    from fanout_lint.analysis.unwritten import unwritten_files

    for file in unwritten_files(facts.links.producers, target):
        path = file.path.value
        place = words_place(file.path, 0, len(path))
        yield hit(place, file.missing.value, path=path, offer=_offer(path, file.others))


def _offer(path: str, written: tuple[str, ...]) -> str:
    return f"of those that it writes, {offer(path, written)}" if written else "it writes no file"

"""Output files that another container than ``main`` writes, where Argo does not look."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.misplaced_files import misplaced_files
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Hit, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        for file in misplaced_files(manifest, template):
            place = words_place(file.path, 0, len(file.path.value))
            start = file.mention.value.index(file.path.value)
            mention = words_place(file.mention, start, start + len(file.path.value))
            related = (Related(mention, f"the {file.writer} has it here"),)
            face = "replaced" if file.has_substitute else "missing"
            yield hit(place, face, related, path=file.path.value, writer=file.writer)

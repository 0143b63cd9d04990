"""Global outputs that are read before they are written."""

from collections.abc import Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.global_outputs import EarlyReads, When, Writing
from fanout_lint.analysis.outcomes import ReadsGlobal
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.source.text import Span

_FACES = {When.AFTER: "after", When.TOGETHER: "together", When.RACE: "race"}


def check(facts: Facts) -> Iterator[Hit]:
    reads = EarlyReads(facts.links)
    early = {
        use: writing
        for use in facts.uses
        if isinstance(use.outcome, ReadsGlobal)
        if (writing := reads.of(use)) is not None
    }
    for use, others in by_cause(early, lambda use: (use.reference.text, early[use])):
        writing = early[use]
        words = {"name": ".".join(use.reference.names[3:]), "text": use.reference.text}
        place = Place(writing.level.manifest.path, _span(writing))
        related = (Related(place, "this writes it"), *others)
        face = _FACES.get(writing.when, "never")
        if writing.is_refused:
            face = "refused" if face != "never" else "never-refused"
        if writing.when is When.NEVER:
            related = others
        yield hit(use.place(), face, related, **words, **_who(writing))


def _who(writing: Writing) -> dict[str, str]:
    reader, writer = writing.level.step.label, writing.writer.label
    order = f"move '{reader}' to a later group than '{writer}'"
    if writing.writer.is_task:
        order = f"let '{reader}' depend on '{writer}'"
    return {"reader": reader, "writer": writer, "order": order}


def _span(writing: Writing) -> Span:
    name = writing.writer.name
    return writing.writer.node.span if name is None else name.span

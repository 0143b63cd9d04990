"""A simple tag's text to the names in it: ``steps.a.outputs.parameters.b`` to five segments.

Argo looks a tag up as one flat text, so a name ends where the known words before
it say: the keys of labels and annotations hold dots of their own, every other
name ends at the next dot.
"""

from msgspec import Struct

from fanout_lint.source.text import Span
from fanout_lint.syntax.ink import offsets, place_span
from fanout_lint.tags.scan import Tag

_DOTTED_TAIL = {
    ("workflow", "labels"): 2,
    ("workflow", "annotations"): 2,
    ("cronworkflow", "labels"): 2,
    ("cronworkflow", "annotations"): 2,
}


class Reference(Struct, frozen=True):
    """The names of a simple tag, each with its span in the file.

    ``names`` has at least one element, which may be empty where the tag is.
    ``span`` covers the tag's text without its braces and outer blanks.
    """

    tag: Tag
    names: tuple[str, ...]
    spans: tuple[Span, ...]
    span: Span

    @property
    def text(self) -> str:
        return self.tag.text

    def span_of(self, first: int, last: int | None = None) -> Span:
        """Return the span from segment *first* to segment *last* (itself by default)."""
        first = min(first, len(self.spans) - 1)
        last = first if last is None else min(last, len(self.spans) - 1)
        return Span(self.spans[first].start, self.spans[last].end)


def refer(tag: Tag) -> Reference:
    """Return the names of the simple tag *tag*."""
    places = offsets(tag.scalar)
    names = _split(tag.text)
    spans = []
    at = tag.text_start
    for name in names:
        spans.append(place_span(tag.scalar, places, at, at + len(name)))
        at += len(name) + 1
    whole = place_span(tag.scalar, places, tag.text_start, tag.text_start + len(tag.text))
    return Reference(tag, names, tuple(spans), whole)


def _split(text: str) -> tuple[str, ...]:
    names = text.split(".")
    if names[0] == "item" and len(names) > 1:
        # Keys of items may hold dots: {{item.a.b}} looks up the key "a.b" as a whole.
        return (names[0], text[len("item.") :])
    tail = _DOTTED_TAIL.get((names[0], names[1])) if len(names) > 2 else None
    if tail is not None:
        return (*names[:tail], ".".join(names[tail:]))
    return tuple(names)

"""A simple tag's text to the names in it: ``steps.a.outputs.parameters.b`` to five segments.

Argo looks a tag up as one flat text, so a name ends where the known words before
it say: the keys of labels and annotations hold dots of their own, every other
name ends at the next dot.
"""

from msgspec import Struct

from fanout_lint.source.text import Span
from fanout_lint.syntax.ink import span_in
from fanout_lint.tags.scan import Tag

_DOTTED_TAIL = {
    ("workflow", "labels"): 2,
    ("workflow", "annotations"): 2,
    ("cronworkflow", "labels"): 2,
    ("cronworkflow", "annotations"): 2,
}


class Reference(Struct, frozen=True):
    """The names of a simple tag, which know where they stand in the file.

    ``names`` has at least one element, which may be empty where the tag is. ``segments``
    are the offsets of their starts and ends in the scalar's value; empty where each name
    begins behind the dot that ends the one before, as in every simple tag. Most are never
    asked for their place, which takes longer to find than all the rest.
    """

    tag: Tag
    names: tuple[str, ...]
    segments: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        return self.tag.text

    @property
    def span(self) -> Span:
        """Where the tag's text stands, without its braces and outer blanks."""
        start = self.tag.text_start
        return span_in(self.tag.scalar, start, start + len(self.tag.text))

    def span_of(self, first: int, last: int | None = None) -> Span:
        """Return the span from segment *first* to segment *last* (itself by default)."""
        segments = self.segments or _dotted(self.names, self.tag.text_start)
        first = min(first, len(segments) - 1)
        last = first if last is None else min(last, len(segments) - 1)
        scalar = self.tag.scalar
        return Span(span_in(scalar, *segments[first]).start, span_in(scalar, *segments[last]).end)


def refer(tag: Tag) -> Reference:
    """Return the names of the simple tag *tag*."""
    return Reference(tag, _split(tag.text))


def _dotted(names: tuple[str, ...], at: int) -> tuple[tuple[int, int], ...]:
    segments = []
    for name in names:
        segments.append((at, at + len(name)))
        at += len(name) + 1
    return tuple(segments)


def _split(text: str) -> tuple[str, ...]:
    names = text.split(".")
    if names[0] == "item" and len(names) > 1:
        # Keys of items may hold dots: {{item.a.b}} looks up the key "a.b" as a whole.
        return (names[0], text[len("item.") :])
    tail = _DOTTED_TAIL.get((names[0], names[1])) if len(names) > 2 else None
    if tail is not None:
        return (*names[:tail], ".".join(names[tail:]))
    return tuple(names)

"""A place in a file to a JSON pointer (RFC 6901) into its document.

The pointer names the deepest node whose text holds the place; for a place on a
key it names that key's value. A node that an alias brings is named where it is
written, and a place on the alias itself by the key or index it stands under.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from fanout_lint.source.text import Span
from fanout_lint.syntax import nodes
from fanout_lint.syntax.nodes import Mapping, Node, Scalar
from fanout_lint.syntax.parse import Document


class _Part(Struct, frozen=True):
    """A key or index of a node, and the text that is its. ``below`` is ``None`` for an alias."""

    span: Span
    name: str
    below: Node | None


class Pointers:
    """Leads places of one file to their pointers.

    The parts of a node are sorted once, so that thousands of findings in a list
    of thousands of steps do not read it anew each time.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = sorted(documents, key=_start)
        self.parts: dict[int, list[_Part]] = {}

    def of(self, place: Span) -> str:
        """Return the pointer of *place*; empty for a document's root, or where none holds it."""
        index = bisect_right(self.documents, place.start, key=_start) - 1
        if index < 0 or place.start > self.documents[index].span.end:
            return ""
        node: Node | None = self.documents[index].root
        path = []
        while node is not None and (part := self._part(node, place)) is not None:
            path.append(f"/{_escaped(part.name)}")
            node = part.below
        return "".join(path)

    def _part(self, node: Node, place: Span) -> _Part | None:
        """Return the part of *node* whose text holds *place*."""
        if type(node) is Scalar:
            return None
        if id(node) not in self.parts:
            self.parts[id(node)] = sorted(_parts(node), key=_start)
        parts = self.parts[id(node)]
        index = bisect_right(parts, place.start, key=_start) - 1
        if index < 0 or not _holds(parts[index].span, place):
            return None
        return parts[index]


def _start(spanned: Document | _Part) -> int:
    return spanned.span.start


def _parts(node: Node) -> Iterator[_Part]:
    """Yield the parts that stand in the text of *node* itself."""
    match node:
        case nodes.Sequence():
            for index, item in enumerate(node.items):
                alias = node.aliases.get(index)
                yield _Part(alias or item.span, str(index), None if alias else item)
        case Mapping():
            for doubled in (lost for lost in node.doubled if not lost.merged):
                yield _Part(doubled.first.span, doubled.name, None)
            for name, entry in node.entries.items():
                key = entry.key.span
                if entry.alias is None:
                    yield _Part(Span(key.start, entry.value.span.end), name, entry.value)
                elif not entry.merged:
                    yield _Part(Span(key.start, entry.alias.end), name, None)
        case Scalar():
            return


def _holds(span: Span, place: Span) -> bool:
    """Tell whether *place* lies in *span*; an empty one at its end does too."""
    if place.start == place.end:
        return span.start <= place.start <= span.end
    return span.start <= place.start and place.end <= span.end


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")

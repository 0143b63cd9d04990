"""A place in a file to a JSON pointer (RFC 6901) into its document.

The pointer names the deepest node whose text holds the place; for a place on a
key it names that key's value. A node that an alias brings is named where it is
written, and a place on the alias itself by the key or index it stands under.
"""

from collections.abc import Iterable

from fanout_lint.source.text import Span
from fanout_lint.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence
from fanout_lint.syntax.parse import Document


def pointer(place: Span, documents: Iterable[Document]) -> str:
    """Return the pointer of *place*; empty for a document's root, or where none holds it."""
    for document in documents:
        if document.span.start <= place.start <= document.span.end:
            return "".join(f"/{_escaped(part)}" for part in _path(document.root, place))
    return ""


def _path(node: Node, place: Span) -> list[str]:
    """Return the keys and indexes on the way down; the depth is the parser's to bound."""
    path: list[str] = []
    step = _step(node, place)
    while step is not None:
        part, below = step
        path.append(part)
        step = _step(below, place) if below is not None else None
    return path


def _step(node: Node, place: Span) -> tuple[str, Node | None] | None:
    """Return the part of the path below *node*, and the node to go on from."""
    match node:
        case Scalar():
            return None
        case Sequence():
            return _item(node, place)
        case Mapping():
            return _member(node, place)


def _item(node: Sequence, place: Span) -> tuple[str, Node | None] | None:
    for index, item in enumerate(node.items):
        alias = node.aliases.get(index)
        if _holds(alias or item.span, place):
            return str(index), None if alias else item
    return None


def _member(node: Mapping, place: Span) -> tuple[str, Node | None] | None:
    for name, entry in node.entries.items():
        if entry.alias is not None:
            if _holds(_with_key(entry, entry.alias), place):
                return name, None
        elif _holds(Span(entry.key.span.start, entry.value.span.end), place):
            return name, entry.value
    for doubled in node.doubled:
        if _holds(doubled.first.span, place):
            return doubled.name, None
    return None


def _with_key(entry: Entry, alias: Span) -> Span:
    """Return from the key to the alias; the alias alone when a merge key brought the entry."""
    return alias if entry.merged else Span(entry.key.span.start, alias.end)


def _holds(span: Span, place: Span) -> bool:
    """Tell whether *place* lies in *span*; an empty one at its end does too."""
    if place.start == place.end:
        return span.start <= place.start <= span.end
    return span.start <= place.start and place.end <= span.end


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")

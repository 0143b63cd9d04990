"""Keys that stand twice in a document.

Argo's strict reader refuses such a document, and ``argo lint`` then drops it
without a word (``workflow/common/parse.go:ParseObjects`` of v4.1.2). What is lost
of the metadata does not change what runs, so that is told apart.
"""

from collections.abc import Iterator

from fanout_lint.findings import Hit, Place, Related
from fanout_lint.syntax.nodes import Doubled, Mapping, Node, Sequence


def doubled_keys(root: Node) -> Iterator[Hit]:
    """Yield a ``duplicate-key`` hit for each key below *root* that stands twice."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    seen: set[int] = set()
    while stack:
        node, in_metadata = stack.pop()
        if type(node) is Mapping and id(node) not in seen:
            seen.add(id(node))
            for doubled in node.doubled:
                yield _hit(doubled, in_metadata)
            stack.extend(
                (entry.value, in_metadata or (node is root and entry.name == "metadata"))
                for entry in reversed(node.entries.values())
            )
        elif type(node) is Sequence and id(node) not in seen:
            seen.add(id(node))
            stack.extend((item, in_metadata) for item in reversed(node.items))


def _hit(doubled: Doubled, in_metadata: bool) -> Hit:
    second, first = doubled.second, doubled.first
    related = Related(Place(first.source.path, first.span), f"{doubled.name!r} stands here first")
    return Hit(
        "duplicate-key",
        Place(second.source.path, second.span),
        "metadata" if in_metadata else "merged" if doubled.merged else "plain",
        {"key": doubled.name},
        (related,),
    )

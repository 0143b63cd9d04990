"""A document as nodes with places: what the YAML says, before anyone asks what it means.

Three kinds of node, told apart by class. A node that is reached by an alias is
the same object at each place (:attr:`Entry.alias` and :attr:`Item.alias` say
where the alias stands), so a tree is a graph without cycles, and a document of
nested aliases costs no more than its text.

Mappings are held as Argo's reader makes them: merge keys are carried out, a key
that is written twice has its last value, keys are texts. What was lost by that
is in :attr:`Mapping.doubled`.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from fanout_lint.source.text import Source, Span
from fanout_lint.syntax import goscalar


class Scalar(Struct, eq=False):
    """A text, number, boolean or null.

    ``value`` is the text after YAML has folded and unescaped it. ``style`` is
    ``""`` for a plain scalar, else its first character: ``'``, ``"``, ``|`` or
    ``>``. ``span`` holds the quotes or the block header, and no tag or anchor.
    """

    source: Source
    span: Span
    value: str
    style: str
    tag: str | None = None

    @property
    def resolved(self) -> goscalar.Resolved:
        """The value as Argo's YAML reader types it."""
        if self.style and self.tag is None:
            return self.value
        return goscalar.resolve(self.value, self.tag)

    @property
    def is_null(self) -> bool:
        return not self.style and self.value in goscalar.NULLS and self.resolved is None

    def with_text(self, text: str) -> "Scalar":
        """Return *text*, in quotes, as if it stood here."""
        return Scalar(self.source, self.span, text, "'")


class Sequence(Struct, eq=False):
    """A list; ``span`` ends with its last item."""

    source: Source
    span: Span
    items: "tuple[Node, ...]"
    aliases: dict[int, Span] = field(default_factory=dict)
    """Where the alias stands, for each item (by index) that is one."""


class Entry(Struct, eq=False):
    """A key and its value. ``name`` is the key as a text, typed as Go types it."""

    key: Scalar
    name: str
    value: "Node"
    alias: Span | None = None
    merged: bool = False


class Doubled(Struct, eq=False):
    """A key that stands twice: ``first`` loses to ``second``.

    ``merged`` says that one of them came by a merge key, which Argo's strict
    reader refuses likewise.
    """

    name: str
    first: Scalar
    second: Scalar
    merged: bool


class Mapping(Struct, eq=False):
    """A map; ``entries`` by name, in the order of the text."""

    source: Source
    span: Span
    entries: dict[str, Entry]
    doubled: tuple[Doubled, ...] = ()

    def get(self, name: str) -> "Node | None":
        """Return the value of *name*; ``None`` when it is absent or null."""
        entry = self.entries.get(name)
        if entry is None or (type(entry.value) is Scalar and entry.value.is_null):
            return None
        return entry.value

    def key(self, name: str) -> Scalar | None:
        entry = self.entries.get(name)
        return None if entry is None else entry.key


Node = Scalar | Sequence | Mapping


def child_mapping(node: Node | None, name: str) -> Mapping | None:
    """Return the map under *name*, or ``None`` where there is none."""
    entry = node.entries.get(name) if type(node) is Mapping else None
    return entry.value if entry is not None and type(entry.value) is Mapping else None


def child_sequence(node: Node | None, name: str) -> Sequence | None:
    """Return the list under *name*, or ``None`` where there is none."""
    entry = node.entries.get(name) if type(node) is Mapping else None
    return entry.value if entry is not None and type(entry.value) is Sequence else None


def child_scalar(node: Node | None, name: str) -> Scalar | None:
    """Return the scalar under *name* that is not null, or ``None`` where there is none."""
    value = node.get(name) if type(node) is Mapping else None
    return value if type(value) is Scalar else None


def mappings(sequence: Sequence | None) -> Iterator[tuple[int, Mapping]]:
    """Yield the maps among the items of *sequence*, each with its index."""
    if sequence is None:
        return
    for index, item in enumerate(sequence.items):
        if type(item) is Mapping:
            yield index, item


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar in *node*, keys left out, in order."""
    stack = [node]
    while stack:
        current = stack.pop()
        if type(current) is Scalar:
            yield current
        elif type(current) is Sequence:
            stack.extend(reversed(current.items))
        elif type(current) is Mapping:
            stack.extend(entry.value for entry in reversed(current.entries.values()))


def is_same(one: Node, other: Node) -> bool:
    """Whether two nodes say the same, in whatever style and order of keys."""
    stack = [(one, other)]
    seen: set[tuple[int, int]] = set()
    while stack:
        left, right = stack.pop()
        if (id(left), id(right)) in seen:
            continue
        seen.add((id(left), id(right)))
        if type(left) is Scalar and type(right) is Scalar:
            if type(left.resolved) is not type(right.resolved) or left.resolved != right.resolved:
                return False
        elif type(left) is Sequence and type(right) is Sequence:
            if len(left.items) != len(right.items):
                return False
            stack.extend(zip(left.items, right.items, strict=True))
        elif type(left) is Mapping and type(right) is Mapping:
            if left.entries.keys() != right.entries.keys():
                return False
            both = left.entries.items()
            stack.extend((entry.value, right.entries[name].value) for name, entry in both)
        else:
            return False
    return True

"""A document's nodes against the table: unknown fields and values of the wrong kind.

The verdict is that of ``argo lint``, which decodes strictly
(``workflow/common/parse.go:toWorkflowTypeJSON`` of v4.1.2). One place is not
strict: the maps below a step, which ``ParallelSteps.UnmarshalJSON`` decodes with
Go's plain JSON reader. It leaves unknown fields out without a word, and minds no
case. Up to 3.4 the case did not matter anywhere (c834ef5e69, in 3.5.9).

Nodes that aliases share are checked once for each kind that they are used as.
"""

from fanout_lint.findings import Hit, Place, Related
from fanout_lint.shape import naming, scalars
from fanout_lint.shape.naming import Visit
from fanout_lint.shape.scalars import SUSPECT, Fault
from fanout_lint.shape.table import Kind, Leaf, ListOf, MapOf, Object, Table, load
from fanout_lint.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence

_FIRST_WITH_CASE = "3.5"

_MANY = 200
"""From so many hits on in one document, no one asks which field was meant: it takes time."""


def check(root: Mapping, kind: str, version: tuple[int, int] | None) -> list[Hit]:
    """Return what Argo's decoder refuses in *root*, in the order of the text.

    Without a *version*, what only some versions know is told by faces that say so.
    There are no hits for a *kind* that is none of the four.
    """
    table = load()
    struct = table.root(kind)
    if struct is None:
        return []
    walk = _Walk(table, table.stated(version))
    walk.run(Visit(root, struct, kind, None, walk.versions, False))
    walk.hits.sort(key=lambda hit: (hit.place.span, hit.rule))
    return walk.hits


def _fits(kind: Leaf, value: Scalar) -> bool:
    if value.tag is None and kind.takes_text and (value.style or value.value[:1] not in SUSPECT):
        return True
    return scalars.fault(kind, value) is None


def _by_alias(visit: Visit | None, place: Place) -> tuple[Related, ...]:
    """Return where the alias stands by which *place* was reached, if by one."""
    while visit is not None:
        if visit.alias is not None:
            return (Related(Place(place.path, visit.alias), "it is used here by its alias"),)
        visit = visit.parent
    return ()


class _Walk:
    """The visits that wait, the shared nodes that were met, and what was found."""

    def __init__(self, table: Table, versions: int) -> None:
        self.table = table
        self.versions = versions
        self.minds_case = table.between(_FIRST_WITH_CASE, None)
        self.anything = Leaf("any")
        self.waiting: list[Visit] = []
        self.seen: set[tuple[int, int, int, bool]] = set()
        self.hits: list[Hit] = []

    def run(self, root: Visit) -> None:
        self.waiting.append(root)
        for visit in self.waiting:  # It grows as it goes.
            node, kind = visit.node, visit.kind
            if type(node) is not Scalar:
                mark = (id(node), id(kind), visit.versions, visit.is_lenient)
                if mark in self.seen:
                    continue
                self.seen.add(mark)
            if type(kind) is Object and type(node) is Mapping:
                self._struct(visit, kind, node)
            elif type(kind) is ListOf and type(node) is Sequence:
                self._list(visit, kind.items, node)
            elif type(kind) is MapOf and type(node) is Mapping:
                self._map(visit, kind.values, node)
            elif type(kind) is Leaf:
                self._leaf(visit, kind)
            else:
                self._other(visit)

    def _struct(self, visit: Visit, struct: Object, node: Mapping) -> None:
        versions = visit.versions
        lenient = visit.is_lenient and struct.name != "WorkflowStep"
        below = lenient or struct.name == "WorkflowStep"
        known = struct.known
        for name, entry in node.entries.items():
            field = known.get(name) or struct.field(name)
            if field is None:
                field = self._unknown(visit, struct, entry, lenient)
                if field is None:
                    continue
            kind, having = field
            if versions & ~having:
                self._not_everywhere(visit, struct, entry, having, lenient)
                if not versions & having:
                    continue
            value = entry.value
            if type(value) is Scalar and type(kind) is Leaf and _fits(kind, value):
                continue
            self.waiting.append(
                Visit(value, kind, name, visit, versions & having, below, entry.alias)
            )

    def _list(self, visit: Visit, kind: Kind, node: Sequence) -> None:
        key, versions, lenient = visit.key, visit.versions, visit.is_lenient
        for index, item in enumerate(node.items):
            if type(item) is Scalar and type(kind) is Leaf and _fits(kind, item):
                continue
            alias = node.aliases.get(index)
            self.waiting.append(Visit(item, kind, key, visit, versions, lenient, alias, True))

    def _map(self, visit: Visit, kind: Kind, node: Mapping) -> None:
        versions, lenient = visit.versions, visit.is_lenient
        for name, entry in node.entries.items():
            value = entry.value
            if type(value) is Scalar and type(kind) is Leaf and _fits(kind, value):
                continue
            key = f"{visit.key}.{name}"
            self.waiting.append(Visit(value, kind, key, visit, versions, lenient, entry.alias))

    def _leaf(self, visit: Visit, kind: Leaf) -> None:
        node = visit.node
        if type(node) is Scalar:
            if found := scalars.fault(kind, node):
                self._wrong(visit, found)
        elif kind.name == "plugin" and type(node) is Mapping:
            if len(node.entries) != 1:
                expected = scalars.expectation(kind)
                self._wrong(visit, Fault("keys", expected, f"{len(node.entries)} keys"))
            self._open(visit, node)
        elif kind.name in ("any", "scalar") or (
            kind.name == "base64" and type(node) is Sequence  # Go takes a list of bytes.
        ):
            self._open(visit, node)
        else:
            self._other(visit)

    def _open(self, visit: Visit, node: Node) -> None:
        """Look below a value that may be anything for what JSON cannot hold."""
        anything = self.anything
        children: list[Node] = []
        if type(node) is Mapping:
            children = [entry.value for entry in node.entries.values()]
        elif type(node) is Sequence:
            children = list(node.items)
        for child in children:
            if type(child) is not Scalar or not _fits(anything, child):
                versions, lenient = visit.versions, visit.is_lenient
                self.waiting.append(Visit(child, anything, visit.key, visit, versions, lenient))

    def _other(self, visit: Visit) -> None:
        """A map, a list or a scalar where another of the three is wanted."""
        node, kind = visit.node, visit.kind
        expected = scalars.expectation(kind)
        if type(node) is Scalar:
            value = node.resolved
            if value is None:
                return
            face = "one-for-list" if type(kind) is ListOf else "kind"
            self._wrong(visit, Fault(face, expected, scalars.in_words(value)))
            return
        found = "a map" if type(node) is Mapping else "a list"
        face = "kind"
        if type(kind) is ListOf:
            in_steps = type(kind.items) is Object and kind.items.name == "WorkflowStep"
            face = "flat-steps" if in_steps and visit.is_item else "one-for-list"
        self._wrong(visit, Fault(face, expected, found))

    def _wrong(self, visit: Visit, fault: Fault) -> None:
        node = visit.node
        field = naming.place_name(visit)
        words = {"field": field, "expected": fault.expected, "found": fault.found}
        words["value"] = naming.shortened(node.value) if type(node) is Scalar else ""
        place = Place(node.source.path, node.span)
        related = _by_alias(visit, place)
        self.hits.append(Hit("wrong-type", place, fault.face, words, related))

    def _unknown(
        self, visit: Visit, struct: Object, entry: Entry, lenient: bool
    ) -> tuple[Kind, int] | None:
        """Tell of a field that *struct* has not; return the one that Argo reads it as."""
        assert type(visit.node) is Mapping
        folded = struct.folded(entry.name)
        if folded is not None and (lenient or visit.versions & ~self.minds_case):
            if lenient:
                self._hit(visit, entry, "loose-case", nearest=folded)
            elif visit.versions & self.minds_case:
                versions = self.table.in_words(self.minds_case)
                self._hit(visit, entry, "case", nearest=folded, versions=versions)
            return struct.field(folded)
        prefix = "ignored" if lenient else "unknown"
        if len(self.hits) >= _MANY:
            self._hit(visit, entry, prefix)
            return None
        near = naming.nearest(entry.name, struct, visit.node)
        if near is not None and near[1] >= naming.VERY_NEAR:
            self._hit(visit, entry, f"{prefix}-near", nearest=near[0])
        elif owner := naming.owner(visit, entry.name):
            self._hit(visit, entry, f"{prefix}-elsewhere", owner=owner)
        elif near is not None:
            self._hit(visit, entry, f"{prefix}-near", nearest=near[0])
        else:
            self._hit(visit, entry, prefix)
        return None

    def _not_everywhere(
        self, visit: Visit, struct: Object, entry: Entry, having: int, lenient: bool
    ) -> None:
        face = "not-in-every-version" if self.versions == self.table.every else "not-in-version"
        if lenient and face == "not-in-version":
            face = "ignored-in-version"
        words = {"versions": self.table.in_words(having)}
        if instead := struct.instead(entry.name):
            face += "-instead"
            words["instead"] = instead
        self._hit(visit, entry, face, **words)

    def _hit(self, visit: Visit, entry: Entry, face: str, **words: str) -> None:
        key = entry.key
        place = Place(key.source.path, key.span)
        words |= {"field": naming.shortened(entry.name), "parent": naming.describe(visit)}
        related = _by_alias(visit, place)
        self.hits.append(Hit("unknown-field", place, face, words, related))

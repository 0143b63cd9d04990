"""The shape of what the parts of an expression give, without their values.

``map(fromJSON(steps.a.outputs.result), {{'id': #}})`` is a list of maps with the key
``id``, whatever the step prints. What the type checker knows of a part is the fallback.
"""

from collections.abc import Callable

from msgspec import Struct

from fanout_lint.analysis.scripts.shape import (
    Field,
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    join,
    list_of,
    value_of,
)
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.natures import Nature
from fanout_lint.languages.expression.references import member_path
from fanout_lint.unknown import UNKNOWN

_WRITERS = frozenset(("toJson", "toRawJson", "toPrettyJson", "mustToJson", "mustToRawJson"))
_SAME_ITEMS = frozenset(("reverse", "sort", "sortBy"))
_SOME_ITEMS = frozenset(("filter", "uniq", "take"))
_MOST_DEPTH = 50
_TEXT = ScalarShape(ScalarKind.STRING)
_NUMBER = ScalarShape(ScalarKind.NUMBER)
_BOOLEAN = ScalarShape(ScalarKind.BOOLEAN)


def written_as_json(node: nodes.Node) -> nodes.Node | None:
    """Return what *node* writes as JSON; ``None`` where it is no call of ``toJson`` or its kin."""
    match node:
        case nodes.Builtin(name="toJSON", arguments=(argument,)):
            return argument
        case nodes.Call(callee=nodes.Identifier(name="toJson"), arguments=(argument,)):
            return argument
        case nodes.Call(
            callee=nodes.Member(
                node=nodes.Identifier(name="sprig"), property=nodes.String(value=name)
            ),
            arguments=(argument,),
        ) if name in _WRITERS:
            return argument
    return None


class Shapes(Struct, frozen=True, eq=False):
    """Answers for the parts of one expression.

    *natures* is what the type checker says of each, by ``id``; *texts* are the paths that
    stand for a text, *objects* those that stand for an object; *read* returns the shape of
    the JSON that a path holds as a text.
    """

    natures: dict[int, Nature]
    texts: frozenset[str]
    read: Callable[[str], Shape]
    objects: frozenset[str] = frozenset()

    def of(self, node: nodes.Node, item: Shape = UNKNOWN, depth: int = 0) -> Shape:
        """Return the shape of *node*; *item* is what ``#`` stands for."""
        if depth > _MOST_DEPTH:
            return UNKNOWN
        found = self._known(node, item, depth + 1)
        return _of_nature(self.natures.get(id(node))) if found is UNKNOWN else found

    def _known(self, node: nodes.Node, item: Shape, depth: int) -> Shape:
        if member_path(node) in self.texts:
            return _TEXT
        if self.objects and member_path(node) in self.objects:
            return ObjectShape()
        match node:
            case nodes.Array(items=items):
                return list_of([self.of(each, item, depth) for each in items])
            case nodes.Map(pairs=pairs):
                return self._map(pairs, item, depth)
            case nodes.Conditional(then=first, otherwise=second):
                return join(self.of(first, item, depth), self.of(second, item, depth))
            case nodes.Binary(operator="??", left=first, right=second):
                return join(self.of(first, item, depth), self.of(second, item, depth))
            case nodes.Pointer(name=""):
                return item
            case nodes.Predicate(node=inner) | nodes.Chain(node=inner):
                return self.of(inner, item, depth)
            case nodes.Member(node=base, property=nodes.String(value=name)):
                return value_of(self.of(base, item, depth), name)
            case nodes.Call(callee=nodes.Identifier(name="asInt" | "asFloat")):
                return _NUMBER
            case nodes.Builtin():
                return self._builtin(node, item, depth)
        return UNKNOWN

    def _map(self, pairs: tuple[nodes.Pair, ...], item: Shape, depth: int) -> Shape:
        fields: list[Field] = []
        for pair in pairs:
            if not isinstance(pair.key, nodes.String):
                return ObjectShape()
            fields.append(Field(pair.key.value, self.of(pair.value, item, depth)))
        return ObjectShape(tuple(fields), open=False)

    def _builtin(self, node: nodes.Builtin, item: Shape, depth: int) -> Shape:
        if not node.arguments:
            return UNKNOWN
        first = node.arguments[0]
        if node.name == "fromJSON":
            return self._parsed(first)
        if node.name in ("split", "splitAfter"):
            return ListShape(_TEXT)
        base = self.of(first, item, depth)
        if node.name in ("first", "last", "find", "findLast"):
            return base.item if isinstance(base, ListShape) else UNKNOWN
        if node.name == "map" and len(node.arguments) == 2:
            return self._mapped(base, node.arguments[1], depth)
        if not isinstance(base, ListShape):
            return UNKNOWN
        if node.name in _SAME_ITEMS:
            return ListShape(base.item, base.least, base.most)
        return ListShape(base.item, 0, base.most) if node.name in _SOME_ITEMS else UNKNOWN

    def _mapped(self, base: Shape, predicate: nodes.Node, depth: int) -> Shape:
        if not isinstance(base, ListShape):
            return ListShape(self.of(predicate, UNKNOWN, depth))
        return ListShape(self.of(predicate, base.item, depth), base.least, base.most)

    def _parsed(self, argument: nodes.Node) -> Shape:
        """Return the shape of ``fromJSON(…)``, where it reads one name and nothing else."""
        path = member_path(argument)
        return self.read(path) if path is not None and path in self.texts else UNKNOWN


def _of_nature(nature: Nature | None) -> Shape:
    """Return what the type alone says; bytes are no list, but a text in JSON."""
    if nature is None or nature.is_unknown or nature.is_nil or nature.type is None:
        return UNKNOWN
    if nature.type == "[]uint8" or nature.is_duration or nature.is_time:
        return UNKNOWN
    if nature.is_array:
        element = _of_nature(nature.inner())
        return ListShape(element)
    if nature.is_map:
        # A map whose keys may be anything cannot be inserted at all.
        return UNKNOWN if nature.type.startswith("map[interface") else ObjectShape()
    if nature.is_string:
        return _TEXT
    if nature.is_bool:
        return _BOOLEAN
    return _NUMBER if nature.is_number else UNKNOWN

"""What a filter gives on whatever document: how many values, and of which type."""

from msgspec import Struct

from fanout_lint.languages.jq.nodes import (
    UPDATES,
    Array,
    Binary,
    Bind,
    Call,
    Cut,
    Define,
    Fold,
    Format,
    Identity,
    If,
    Index,
    Iterate,
    Literal,
    Node,
    Object,
    Sign,
    Text,
    Try,
    Variable,
)
from fanout_lint.languages.jq.values import kind_of

#: Types as readings name them, by jq's own names.
TYPES = {"array": "list"}

_LISTS = "map/1 sort/0 sort_by/1 group_by/1 unique/0 unique_by/1 keys/0 reverse/0 flatten/0 "
_LISTS += "to_entries/0 split/1 explode/0 transpose/0"
_STRINGS = "tojson/0 tostring/0 ascii_upcase/0 ascii_downcase/0 implode/0 join/1 type/0 todate/0"
_NUMBERS = "length/0 utf8bytelength/0 tonumber/0 now/0 floor/0 ceil/0 round/0"
_BOOLEANS = "not/0 has/1 any/0 any/1 all/0 all/1 test/1 startswith/1 endswith/1 contains/1"
_ANY = "add/0 min/0 max/0 first/0 last/0 fromjson/0 del/1 min_by/1 max_by/1"

_GIVEN: dict[str, str | None] = {
    **dict.fromkeys(_LISTS.split(), "list"),
    **dict.fromkeys(_STRINGS.split(), "string"),
    **dict.fromkeys(_NUMBERS.split(), "number"),
    **dict.fromkeys(_BOOLEANS.split(), "boolean"),
    **dict.fromkeys(("from_entries/0", "with_entries/1"), "object"),
    **dict.fromkeys(_ANY.split(), None),
}
_STREAMS = "recurse/0 recurse/1 paths/0 paths/1 range/1 range/2 range/3 splits/1 splits/2"
_MANY = frozenset(_STREAMS.split())


#: Those that gather all that their arguments give.
_GATHERERS = "map/1 sort_by/1 group_by/1 unique_by/1 min_by/1 max_by/1 any/1 all/1 del/1"
_GATHERING = frozenset([*_GATHERERS.split(), "with_entries/1"])


class Shape(Struct, frozen=True):
    """*count* is ``one`` (or a failure), ``many`` (any number may come), or ``some`` (unknown)."""

    count: str
    type: str | None = None


_ONE = Shape("one")
_SOME = Shape("some")


def type_of(node: Node) -> str | None:
    """Return the type of what *node* gives: ``lines`` where there may be several values."""
    shape = shape_of(node)
    if shape.count == "many":
        return "lines"
    return shape.type if shape.count == "one" else None


def shape_of(node: Node) -> Shape:
    match node:
        case Identity() | Variable():
            return _ONE
        case Literal(value=value):
            kind = kind_of(value)
            return Shape("one", TYPES.get(kind, kind))
        case Array():
            return Shape("one", "list")
        case Format():
            return Shape("one", "string")
        case Text(parts=parts):
            inner = [shape_of(part).count for part in parts if not isinstance(part, str)]
            return Shape(_joined(inner), "string")
        case Object(entries=entries):
            nodes = [*(one.key for one in entries), *(one.value for one in entries if one.value)]
            return Shape(_joined([shape_of(one).count for one in nodes]), "object")
        case Index(target=target, key=key):
            return Shape(_joined([shape_of(target).count, shape_of(key).count]))
        case Cut(target=target, first=first, last=last):
            inner = [shape_of(one).count for one in (target, first, last) if one]
            return Shape(_joined(inner))
        case Iterate():
            return Shape("many")
        case Try(body=body):
            return Shape("many") if shape_of(body).count == "many" else _SOME
        case Sign(operand=operand):
            return Shape(shape_of(operand).count, "number")
        case Call(name=name, arguments=arguments):
            return _call(f"{name}/{len(arguments)}", arguments)
        case If(condition=condition, body=body, otherwise=otherwise):
            return _branches(condition, body, otherwise)
        case Bind(source=source, body=body):
            inner_shape = shape_of(body)
            return Shape(_joined([shape_of(source).count, inner_shape.count]), inner_shape.type)
        case Fold(word="reduce", first=first):
            return Shape(shape_of(first).count)
        case Binary():
            return _binary(node)
        case Define(body=body):
            return _SOME if isinstance(body, Call) else shape_of(body)
    return _SOME


def _joined(counts: list[str]) -> str:
    if all(count == "one" for count in counts):
        return "one"
    return "many" if "many" in counts and "some" not in counts else "some"


def _call(name: str, arguments: tuple[Node, ...]) -> Shape:
    if name in _MANY:
        return Shape("many")
    if name not in _GIVEN:
        return _SOME
    if name in _GATHERING:
        return Shape("one", _GIVEN[name])
    return Shape(_joined([shape_of(argument).count for argument in arguments]), _GIVEN[name])


def _branches(condition: Node, body: Node, otherwise: Node | None) -> Shape:
    branches = [shape_of(body), shape_of(otherwise) if otherwise else _ONE]
    counts = {branch.count for branch in branches}
    if shape_of(condition).count != "one" or "some" in counts:
        return _SOME
    types = {branch.type for branch in branches}
    return Shape("many" if "many" in counts else "one", types.pop() if len(types) == 1 else None)


def _binary(node: Binary) -> Shape:
    left, right = shape_of(node.left), shape_of(node.right)
    counts = _joined([left.count, right.count])
    if node.operator == "|":
        return Shape(counts, right.type if not isinstance(node.right, Identity) else left.type)
    if node.operator == ",":
        return Shape("many")
    if node.operator == "//":
        types = {left.type, right.type}
        return Shape(counts, left.type if len(types) == 1 else None)
    if node.operator in UPDATES:
        return Shape(right.count if node.operator != "|=" else "one")
    if node.operator in ("and", "or", "==", "!=", "<", "<=", ">", ">="):
        return Shape(counts, "boolean")
    return Shape(counts)

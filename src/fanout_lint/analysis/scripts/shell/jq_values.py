"""The values that a jq filter yields for an input of which only the shape is known.

They are told as the list that ``[filter]`` would make of them; ``None`` where their number
cannot be told. A filter that fails yields fewer, which is not told here.
"""

from collections.abc import Sequence
from math import prod
from typing import TypeAlias

from fanout_lint.analysis.scripts.shape import (
    Field,
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    join,
    list_of,
    shape_of,
    value_of,
)
from fanout_lint.analysis.scripts.shell.jq_shapes import (
    bounded,
    by_place,
    calculated,
    chained,
)
from fanout_lint.languages.jq.faults import JqError, JqUnknown
from fanout_lint.languages.jq.nodes import (
    Array,
    Binary,
    Bind,
    Call,
    Define,
    Identity,
    If,
    Index,
    Iterate,
    Literal,
    Node,
    Object,
    Text,
    Try,
    Variable,
)
from fanout_lint.languages.jq.parser import parse_filter
from fanout_lint.languages.jq.shapes import shape_of as shape_on_any_input
from fanout_lint.unknown import UNKNOWN

Values: TypeAlias = ListShape | None

_STRING = ScalarShape(ScalarKind.STRING)
_NUMBER = ScalarShape(ScalarKind.NUMBER)
_BY_TYPE: dict[str | None, Shape] = {
    None: UNKNOWN,
    "list": ListShape(),
    "object": ObjectShape(),
    **{kind.value: ScalarShape(kind) for kind in ScalarKind},
}


def values_of(program: str, value: Shape) -> Values:
    """Return what *program* yields for one input *value*; of what is no jq, nothing is told."""
    try:
        parsed = parse_filter(program)
        return None if parsed.imports else _values(parsed.query, value)
    except (JqError, JqUnknown, RecursionError):
        return None


def _values(node: Node, value: Shape) -> Values:
    match node:
        case Identity():
            return list_of([value])
        case Literal(value=constant):
            # A float may be written in many ways, and is rounded in as many.
            return list_of([_NUMBER if isinstance(constant, float) else shape_of(constant)])
        case Text() if (text := _plain(node)) is not None:
            return list_of([shape_of(text)])
        case Array(body=body):
            inner = _values(body, value) if body else list_of([])
            return list_of([bounded(inner or ListShape())])
        case Object():
            return _objects(node, value)
        case Index(target=Variable("ARGS"), key=key) if _plain(key) == "positional":
            return list_of([ListShape()])
        case Index(target=target, key=key):
            return _indexed(_values(target, value), key, value)
        case Iterate(target=target):
            whole = _values(target, value)
            return None if whole is None else _for_each(whole, _items(whole.item))
        case Try(body=body, handler=None):
            inner = _values(body, value)
            return None if inner is None else ListShape(inner.item, 0, inner.most)
        case If():
            return _branches(node, value)
        case Bind(source=source, patterns=(_,), body=body):
            return _for_each(_values(source, value), _values(body, value))
        case Binary():
            return _binary(node, value)
        case Call(name=name, arguments=arguments):
            return _call(node, f"{name}/{len(arguments)}", value)
        case Define():
            return None  # It may give any name another meaning.
    return _on_any_input(node)


def _on_any_input(node: Node) -> Values:
    known = shape_on_any_input(node)
    if known.count == "one":
        return list_of([_BY_TYPE[known.type]])
    return ListShape() if known.count == "many" else None


def _for_each(before: Values, after: Values) -> Values:
    """Return the values *after*, as often as there are values *before*."""
    if before is None or after is None or _is_one(before):
        return None if before is None else after
    return _combined([before, after], after.item)


def _combined(factors: Sequence[Values], shape: Shape) -> Values:
    """Return values of *shape*, one for each way to take one value of each of *factors*."""
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(factors):
        return None
    if all(_is_one(factor) for factor in known):
        return list_of([shape])
    least = prod(factor.least for factor in known)
    bounds = [factor.most for factor in known if factor.most is not None]
    most = prod(bounds) if len(bounds) == len(known) or 0 in bounds else None
    return ListShape(shape, least, most)


def _is_one(values: ListShape) -> bool:
    return values.least == values.most == 1


def _items(shape: Shape) -> ListShape:
    return shape if isinstance(shape, ListShape) else ListShape()


def _names(shape: Shape) -> Shape:
    """Return what each key of *shape* is: a name, or the place in a list."""
    return _STRING if isinstance(shape, ObjectShape) else UNKNOWN


def _plain(node: Node) -> str | None:
    """Return the text of a string without insertions."""
    if isinstance(node, Text) and all(isinstance(part, str) for part in node.parts):
        return "".join(str(part) for part in node.parts)
    return None


def _objects(node: Object, value: Shape) -> Values:
    factors: list[Values] = []
    fields: dict[str, Field] = {}
    for entry in node.entries:
        if entry.value is None:
            given = _indexed(list_of([value]), entry.key, value)
        else:
            given = _values(entry.value, value)
        name = _plain(entry.key)
        if name is None:  # A key that is made may be any of those before it.
            fields = {known: Field(known, UNKNOWN) for known in fields}
        elif given is not None:
            fields[name] = Field(name, given.item)
        factors += [_values(entry.key, value), given]
    is_open = any(_plain(entry.key) is None for entry in node.entries)
    return _combined(factors, bounded(ObjectShape(tuple(fields.values()), is_open)))


def _indexed(targets: Values, key: Node, value: Shape) -> Values:
    if targets is None:
        return None
    name = _plain(key)
    if name is not None:
        return _combined([targets], value_of(targets.item, name))
    place = key.value if isinstance(key, Literal) else None
    return _combined([targets, _values(key, value)], by_place(targets.item, place))


def _branches(node: If, value: Shape) -> Values:
    condition = _values(node.condition, value)
    body = _values(node.body, value)
    otherwise = _values(node.otherwise, value) if node.otherwise else list_of([value])
    if condition is None or body is None or otherwise is None or not _is_one(condition):
        return None
    either = join(body, otherwise)
    return either if isinstance(either, ListShape) else None


def _binary(node: Binary, value: Shape) -> Values:
    left = _values(node.left, value)
    if node.operator == "|":
        return None if left is None else _for_each(left, _values(node.right, left.item))
    right = _values(node.right, value)
    if left is None or right is None:
        return _on_any_input(node)
    match node.operator:
        case ",":
            return chained(left, right)
        case "//":
            return _alternative(left, right)
        case "+" | "-" | "*" | "/" | "%":
            return _combined([left, right], calculated(node.operator, left.item, right.item))
    return _on_any_input(node)


def _alternative(left: ListShape, right: ListShape) -> Values:
    """Return all of *left* that is neither null nor false, or else all of *right*."""
    is_true = isinstance(left.item, ListShape | ObjectShape) or (
        isinstance(left.item, ScalarShape)
        and left.item.kind in (ScalarKind.STRING, ScalarKind.NUMBER)
    )
    if is_true and left.least > 0:
        return left
    most = None if left.most is None or right.most is None else max(left.most, right.most)
    item = join(left.item, right.item)
    if most == 1 and right.least == 1:
        return list_of([item])
    return ListShape(item, min(1, right.least), most)


def _call(node: Call, name: str, value: Shape) -> Values:
    """Return what a function gives; *name* is that of jq's manual, with the number of arguments."""
    items = _items(value)
    some = min(1, items.least)
    match name:
        case "empty/0":
            return list_of([])
        case "select/1":
            chosen = _values(node.arguments[0], value)
            return None if chosen is None else ListShape(value, 0, chosen.most)
        case "first/1":
            inner = _values(node.arguments[0], value)
            return None if inner is None else ListShape(inner.item, min(1, inner.least), 1)
        case "map/1":
            inner = _for_each(items, _values(node.arguments[0], items.item))
            return list_of([bounded(inner or ListShape())])
        case "sort/0" | "sort_by/1" | "reverse/0":
            return list_of([ListShape(items.item, items.least, items.most)])
        case "unique/0" | "unique_by/1":
            return list_of([ListShape(items.item, some, items.most)])
        case "group_by/1":
            return list_of([ListShape(ListShape(items.item, 1, items.most), some, items.most)])
        case "to_entries/0":
            key = Field("key", _names(value))
            return list_of([ListShape(ObjectShape((key, Field("value", UNKNOWN)), open=False))])
        case "split/1":
            return list_of([ListShape(_STRING)])
        case "keys/0" | "keys_unsorted/0":
            return list_of([ListShape(_names(value))])
        case "range/1" if isinstance(node.arguments[0], Literal):
            count = node.arguments[0].value
            return ListShape(_NUMBER, count, count) if isinstance(count, int) else None
    return _on_any_input(node)

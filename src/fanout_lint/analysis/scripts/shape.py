"""What is known of a JSON value without having it.

A shape says of each place whether it is a list, an object or a scalar, and how
much of it is sure. ``UNKNOWN`` stands for any JSON value at all.
"""

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from fanout_lint.unknown import UNKNOWN, Unknown


class ScalarKind(Enum):
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


class ScalarShape(Struct, frozen=True):
    """A scalar; ``value`` is what ``json.loads`` gives for it, where that is known."""

    kind: ScalarKind
    value: str | int | float | bool | Unknown | None = UNKNOWN


class ListShape(Struct, frozen=True):
    """A list. ``items`` has each element where all are known, and is else ``None``.

    ``item`` is what every element is; of an empty list it is ``UNKNOWN``.
    ``most`` is ``None`` where nothing bounds the length.
    """

    item: "Shape" = UNKNOWN
    least: int = 0
    most: int | None = None
    items: "tuple[Shape, ...] | None" = None


class Field(Struct, frozen=True):
    """A key of an object. ``sure`` is false where only some runs or some elements have it."""

    name: str
    shape: "Shape"
    sure: bool = True


class ObjectShape(Struct, frozen=True):
    """An object. ``open`` says that it may have keys beside ``fields``."""

    fields: tuple[Field, ...] = ()
    open: bool = True


Shape: TypeAlias = ScalarShape | ListShape | ObjectShape | Unknown


def list_of(items: Sequence[Shape]) -> ListShape:
    """Return the shape of a list of exactly *items*."""
    return ListShape(join_all(items), len(items), len(items), tuple(items))


def join_all(shapes: Sequence[Shape]) -> Shape:
    if not shapes:
        return UNKNOWN
    joined = shapes[0]
    for shape in shapes[1:]:
        joined = join(joined, shape)
    return joined


def value_of(target: Shape, name: str) -> Shape:
    """Return the shape of the value that *name* has in *target*, if it surely has it."""
    for field in target.fields if isinstance(target, ObjectShape) else ():
        if field.name == name and field.sure:
            return field.shape
    return UNKNOWN


def join(one: Shape, other: Shape) -> Shape:
    """Return the closest shape that both are."""
    if one == other:
        return one
    match one, other:
        case ScalarShape(), ScalarShape() if one.kind is other.kind:
            return ScalarShape(one.kind)
        case ListShape(), ListShape():
            return _join_lists(one, other)
        case ObjectShape(), ObjectShape():
            return _join_objects(one, other)
    return UNKNOWN


def _join_lists(one: ListShape, other: ListShape) -> ListShape:
    if one.most == 0:
        item = other.item
    elif other.most == 0:
        item = one.item
    else:
        item = join(one.item, other.item)
    most = None if one.most is None or other.most is None else max(one.most, other.most)
    return ListShape(item, min(one.least, other.least), most)


def _join_objects(one: ObjectShape, other: ObjectShape) -> ObjectShape:
    mine = {field.name: field for field in one.fields}
    theirs = {field.name: field for field in other.fields}
    fields = []
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        if name in mine and name in theirs:
            shape = join(mine[name].shape, theirs[name].shape)
            fields.append(Field(name, shape, mine[name].sure and theirs[name].sure))
        else:
            present = mine.get(name) or theirs[name]
            fields.append(Field(name, present.shape, sure=False))
    return ObjectShape(tuple(fields), one.open or other.open)


def shape_of(value: object, depth: int = 0) -> Shape:
    """Return the shape of a value as ``json.loads`` makes it; past 60 levels, ``UNKNOWN``."""
    if depth > 60:
        return UNKNOWN
    match value:
        case None:
            return ScalarShape(ScalarKind.NULL, None)
        case bool():
            return ScalarShape(ScalarKind.BOOLEAN, value)
        case int() | float():
            return ScalarShape(ScalarKind.NUMBER, value)
        case str():
            return ScalarShape(ScalarKind.STRING, value)
        case list():
            return list_of([shape_of(item, depth + 1) for item in value])
        case dict():
            fields = tuple(Field(str(k), shape_of(v, depth + 1)) for k, v in value.items())
            return ObjectShape(fields, open=False)
    return UNKNOWN


def parse_json(text: str) -> Shape | None:
    """Return the shape of *text*, or ``None`` where it is not one JSON value as Go reads them."""
    try:
        import json

        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return shape_of(value)


def _refuse(constant: str) -> object:
    raise ValueError(constant)

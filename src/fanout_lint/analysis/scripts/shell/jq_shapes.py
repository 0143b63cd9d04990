"""The shapes that jq's operators make of other shapes; ``UNKNOWN`` where a null changes much."""

from fanout_lint.analysis.scripts.shape import (
    Field,
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    join,
)
from fanout_lint.unknown import UNKNOWN, Unknown

_MOST_PARTS = 500


def by_place(target: Shape, place: object) -> Shape:
    """Return ``target[place]``; past the end there is a null."""
    if not isinstance(target, ListShape) or not isinstance(place, int) or place < 0:
        return UNKNOWN
    if target.items is not None and place < len(target.items):
        return target.items[place]
    return target.item if place < target.least else UNKNOWN


def chained(one: ListShape, other: ListShape) -> ListShape:
    """Return the items of *one* and then those of *other*."""
    most = None if one.most is None or other.most is None else one.most + other.most
    items = None if one.items is None or other.items is None else (*one.items, *other.items)
    if one.most == 0:
        item = other.item
    else:
        item = one.item if other.most == 0 else join(one.item, other.item)
    return ListShape(item, one.least + other.least, most, items)


def calculated(operator: str, left: Shape, right: Shape) -> Shape:
    """Return what ``+ - * / %`` make. To add a null changes nothing, whatever it is added to."""
    match operator, left, right:
        case "+", ListShape(), ListShape():
            return bounded(chained(left, right))
        case "+", ObjectShape(), ObjectShape():
            return bounded(_merged(left, right))
        case ("+", ListShape(item, least), Unknown()) | ("+", Unknown(), ListShape(item, least)):
            return ListShape(least=least)
        case "+", ObjectShape(), Unknown():
            return ObjectShape(tuple(Field(f.name, UNKNOWN, f.sure) for f in left.fields))
        case "+", Unknown(), ObjectShape():
            return ObjectShape(right.fields)
        case "-", ListShape(item, most=most), ListShape():
            return ListShape(item, 0, most)
        case "+", ScalarShape(ScalarKind.STRING), ScalarShape(ScalarKind.STRING):
            return ScalarShape(ScalarKind.STRING)
        case _, ScalarShape(ScalarKind.NUMBER), ScalarShape(ScalarKind.NUMBER):
            return ScalarShape(ScalarKind.NUMBER)
    return UNKNOWN


def _merged(left: ObjectShape, right: ObjectShape) -> ObjectShape:
    fields = {field.name: field for field in left.fields}
    if right.open:
        fields = {name: Field(name, UNKNOWN, field.sure) for name, field in fields.items()}
    for field in right.fields:
        before = fields.get(field.name)
        if field.sure or before is None:
            fields[field.name] = field
        else:
            shape = join(before.shape, field.shape)
            fields[field.name] = Field(field.name, shape, before.sure)
    return ObjectShape(tuple(fields.values()), left.open or right.open)


def bounded(shape: Shape) -> Shape:
    """Return *shape*, without its inside if that has too many parts to be worth following."""
    parts = 0
    ahead = [shape]
    while ahead:
        parts += 1
        match ahead.pop():
            case ListShape(item, items=items):
                ahead += [item] if items is None else items
            case ObjectShape(fields):
                ahead += [field.shape for field in fields]
        if parts + len(ahead) > _MOST_PARTS:
            return ListShape() if isinstance(shape, ListShape) else ObjectShape()
    return shape

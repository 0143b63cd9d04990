"""Python values as text: ``str``, ``repr``, JSON; and what they are when tested."""

import math
from typing import Final

from fanout_lint.analysis.scripts.python.decorators import (
    decorator_names,
    keeps_repr,
    makes_plain_objects,
)
from fanout_lint.analysis.scripts.python.source import MASK
from fanout_lint.analysis.scripts.python.state import State
from fanout_lint.analysis.scripts.python.values import (
    Class,
    DictObject,
    Elements,
    File,
    Function,
    InstanceObject,
    Iterable,
    ListObject,
    Logger,
    Named,
    Partial,
    PathValue,
    Ref,
    Scalar,
    Str,
    Tuple,
    Typed,
    Value,
    join_objects,
)
from fanout_lint.analysis.scripts.shape import (
    Field,
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    list_of,
    shape_of,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    NUMBER_TEXT,
    PLAIN_TEXT,
    Many,
    Text,
    concat,
    either,
    exact,
    literal,
)
from fanout_lint.unknown import UNKNOWN

_DEEPEST: Final = 12
_BOOL: Final = either((literal("True"), literal("False")))
#: How the ``repr`` of a type's values begins, where it is no JSON in any case.
_REPR: Final = {
    "date": "datetime.date(",
    "datetime": "datetime.datetime(",
    "bytes": "b'",
    "decimal": "Decimal('",
    "uuid": "UUID('",
}
_UNSERIALISABLE: Final = ("date", "datetime", "bytes", "decimal", "uuid")


class NotSerialisable(Exception):
    """``json.dumps`` would raise a ``TypeError``; the text says of what."""


def masked(text: str) -> Text:
    """Return a literal of the script as text, its tags unknown."""
    pieces: list[Text] = []
    for index, part in enumerate(_parts(text)):
        pieces.append(ANY_TEXT if index % 2 else literal(part))
    return concat(*pieces)


def _parts(text: str) -> list[str]:
    parts = [""]
    inside = False
    for character in text:
        if (character == MASK) != inside:
            inside = not inside
            parts.append("")
        parts[-1] += character
    return parts


def object_of(value: Value, state: State) -> ListObject | DictObject | InstanceObject | None:
    """Return what *value* refers to; several objects are joined."""
    if not isinstance(value, Ref):
        return None
    found = [state.heap.get(address) for address in sorted(value.addresses)]
    joined = found[0]
    for item in found[1:]:
        if joined is None or item is None:
            return None
        joined = join_objects(joined, item)
    return joined


def str_text(value: Value, state: State) -> Text:
    """Return ``str(value)``."""
    match value:
        case Str(text):
            return text
        case PathValue(text):
            return text
        case Typed("date" | "datetime" | "uuid"):
            return PLAIN_TEXT
        case Typed("decimal"):
            return NUMBER_TEXT
    return repr_text(value, state)


def repr_text(value: Value, state: State, depth: int = 0) -> Text:
    """Return ``repr(value)``."""
    if depth > _DEEPEST:
        return ANY_TEXT
    match value:
        case Scalar(constant):
            return literal(repr(constant))
        case Str(text):
            known = exact(text)
            if known is not None:
                return literal(repr(known))
            return concat(literal("'"), ANY_TEXT, literal("'"))
        case Typed(kind):
            return _typed_text(kind)
        case Tuple(items):
            inner = [repr_text(item, state, depth + 1) for item in items]
            closing = ",)" if len(items) == 1 else ")"
            return concat(literal("("), _joined(inner), literal(closing))
        case Iterable(kind, elements):
            return _iterable_text(kind, elements, state, depth)
        case PathValue():
            return concat(literal("PosixPath('"), ANY_TEXT, literal("')"))
        case Function():
            return concat(literal("<function "), ANY_TEXT)
        case Class():
            return concat(literal("<class '"), ANY_TEXT)
        case Ref():
            return _object_text(object_of(value, state), state, depth)
        case Named():
            return concat(literal("<"), ANY_TEXT)
    return ANY_TEXT


def _typed_text(kind: str) -> Text:
    if kind in ("int", "float"):
        return NUMBER_TEXT
    if kind == "bool":
        return _BOOL
    return concat(literal(_REPR[kind]), ANY_TEXT) if kind in _REPR else ANY_TEXT


def _joined(texts: list[Text]) -> Text:
    pieces: list[Text] = []
    for index, text in enumerate(texts):
        pieces += [literal(", "), text] if index else [text]
    return concat(*pieces)


def _iterable_text(kind: str, elements: Elements, state: State, depth: int) -> Text:
    if kind in ("dict_keys", "dict_values", "dict_items"):
        return concat(literal(kind + "(["), ANY_TEXT)
    if kind == "list":
        return _elements_text(elements, state, depth, "[]")
    if kind == "tuple":
        return concat(literal("("), ANY_TEXT, literal(")"))
    if kind == "range":
        return concat(literal("range("), ANY_TEXT)
    return concat(literal(f"<{kind} object at "), ANY_TEXT, literal(">"))


def _elements_text(elements: Elements, state: State, depth: int, ends: str) -> Text:
    """Return the elements between brackets; a list that may be empty really may be."""
    if elements.items is not None:
        inner = [repr_text(item, state, depth + 1) for item in elements.items]
        return concat(literal(ends[0]), _joined(inner), literal(ends[1]))
    one = repr_text(elements.item, state, depth + 1)
    some = Many(one, literal(", "), max(1, elements.least))
    full = concat(literal(ends[0]), (some,), literal(ends[1]))
    if elements.least:
        return full
    return either((literal(ends) if ends == "[]" else literal("set()"), full), genuine=True)


def _object_text(
    item: ListObject | DictObject | InstanceObject | None, state: State, depth: int
) -> Text:
    match item:
        case ListObject(elements, "list"):
            return _elements_text(elements, state, depth, "[]")
        case ListObject(elements, "set"):
            return _elements_text(elements, state, depth, "{}")
        case ListObject(_, "deque"):
            return concat(literal("deque("), ANY_TEXT)
        case DictObject():
            return _dict_text(item, state, depth)
        case InstanceObject(of) if keeps_repr(of.node):
            names = decorator_names(of.node)
            return concat(literal(f"{of.node.name}(" if names else "<"), ANY_TEXT)
    return ANY_TEXT


def _dict_text(item: DictObject, state: State, depth: int) -> Text:
    if item.kind != "dict":
        return concat(literal(item.kind + "("), ANY_TEXT)
    if item.other is not None or item.perhaps:
        sure = [key for key in item.entries if key not in item.perhaps]
        if not sure:
            return ANY_TEXT
        head = literal("{") if isinstance(sure[0], str) else ()
        return concat(head, literal("'") if head else (), ANY_TEXT, literal("}"))
    inner = []
    for key, value in item.entries.items():
        head = concat(literal(repr(key)), literal(": "))
        inner.append(concat(head, repr_text(value, state, depth + 1)))
    return concat(literal("{"), _joined(inner), literal("}"))


def shape(
    value: Value,
    state: State,
    *,
    lenient: bool = False,
    filled: bool = False,
    depth: int = 0,
) -> Shape:
    """Return the shape that ``json.dumps`` gives *value*; raise where it would.

    *lenient*: a ``default`` is given, so that whatever is strange may become anything.
    *filled*: no list in it is empty, though it might be.
    """
    if depth > _DEEPEST:
        return UNKNOWN
    match value:
        case Scalar(constant):
            strange = isinstance(constant, float) and not math.isfinite(constant)
            return UNKNOWN if strange else shape_of(constant)
        case Str(text):
            known = exact(text)
            return ScalarShape(ScalarKind.STRING, UNKNOWN if known is None else known)
        case Typed("int" | "float"):
            return ScalarShape(ScalarKind.NUMBER)
        case Typed("bool"):
            return ScalarShape(ScalarKind.BOOLEAN)
        case Tuple(items):
            return list_of(
                [shape(v, state, lenient=lenient, filled=filled, depth=depth + 1) for v in items]
            )
        case Iterable("tuple" | "list", elements):
            whole = ListObject(elements)
            return _object_shape(whole, state, lenient, filled, depth)
        case Ref():
            return _object_shape(object_of(value, state), state, lenient, filled, depth)
    if _is_strange(value) and not lenient:
        raise NotSerialisable(described(value, state))
    return UNKNOWN


def _is_strange(value: Value) -> bool:
    """Whether JSON has no form for *value*. What is not known to be strange may be anything:
    an attribute of an unknown object has the type ``Method``, too."""
    match value:
        case Typed(kind):
            return kind in _UNSERIALISABLE
        case Iterable() | Function() | Class() | PathValue() | File() | Logger() | Partial():
            return True
    return False


def _object_shape(
    item: ListObject | DictObject | InstanceObject | None,
    state: State,
    lenient: bool,
    filled: bool,
    depth: int,
) -> Shape:
    def inner(value: Value) -> Shape:
        return shape(value, state, lenient=lenient, filled=filled, depth=depth + 1)

    match item:
        case ListObject(elements, "list"):
            if elements.items is not None:
                return list_of([inner(value) for value in elements.items])
            return ListShape(_item_shape(elements, inner, filled), elements.least)
        case DictObject():
            fields = tuple(
                Field(_key(key), inner(value), key not in item.perhaps)
                if key not in item.perhaps
                else Field(_key(key), shape(value, state, lenient=True, depth=depth + 1), False)
                for key, value in item.entries.items()
            )
            return ObjectShape(fields, item.other is not None)
        case ListObject(_, "set" | "deque") if not lenient:
            raise NotSerialisable(f"a {item.kind}")
        case InstanceObject() if not lenient and makes_plain_objects(item.of.node):
            raise NotSerialisable(f"an instance of {item.of.node.name}")
    return UNKNOWN


def _item_shape(elements: Elements, inner: "object", filled: bool) -> Shape:
    try:
        return inner(elements.item)  # type: ignore[operator, no-any-return]
    except NotSerialisable:
        if elements.least or (filled and not elements.optional):
            raise
        return UNKNOWN


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    import json

    return str(json.dumps(key))


def described(value: Value, state: State) -> str:
    """Return what a person calls *value*."""
    match value:
        case Iterable(kind):
            return f"a {kind} object"
        case Typed(kind):
            return {"bytes": "a bytes value"}.get(kind, f"a {kind}")
        case Function():
            return "a function"
        case PathValue():
            return "a Path"
        case Tuple():
            return "a tuple"
    return "an object"


def truth(value: Value, state: State) -> bool | None:
    """Return whether *value* counts as true; ``None`` where that depends on the run."""
    match value:
        case Scalar(constant):
            return bool(constant)
        case Str(text):
            known = exact(text)
            if known is not None:
                return bool(known)
            return True if exact(text[:1]) else None
        case Tuple(items):
            return bool(items)
        case Function() | Class() | PathValue() | Logger() | File():
            return True
        case Iterable("handlers", elements) if elements.items is not None:
            return bool(elements.items)
    item = object_of(value, state)
    if isinstance(item, ListObject):
        if item.elements.items is not None:
            return bool(item.elements.items)
        return True if item.elements.least else None
    if isinstance(item, DictObject) and item.other is None and not item.perhaps:
        return bool(item.entries)
    return None

"""What is known of a Python value.

Lists, dicts and instances are mutable, so a value only refers to them (:class:`Ref`);
what is in them stands in the state's heap.
"""

import ast
from collections.abc import Mapping
from typing import Final, TypeAlias

from msgspec import Struct, field

from fanout_lint.analysis.scripts.flow import Target
from fanout_lint.analysis.scripts.text import Text, either, exact, literal

Key: TypeAlias = str | int | float | bool | None  #: A dict's key that is known.


class Scalar(Struct, frozen=True):
    """A constant that is no string."""

    value: bool | int | float | None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scalar) or type(self.value) is not type(other.value):
            return False
        return self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


class Str(Struct, frozen=True):
    text: Text


class Typed(Struct, frozen=True):
    """A value of a known type: ``int``, ``float``, ``bool``, ``date``, ``bytes``, ``object`` …"""

    kind: str


class Tuple(Struct, frozen=True):
    items: "tuple[Value, ...]"


class Iterable(Struct, frozen=True):
    """Something to loop over that is no list: ``range``, ``generator``, ``map``, ``dict_keys`` …"""

    kind: str
    elements: "Elements"


class Ref(Struct, frozen=True):
    addresses: frozenset[int]


class Named(Struct, frozen=True):
    """A builtin, a module, or what is reached through one: ``print``, ``json.dumps``."""

    name: str


class Function(Struct, frozen=True):
    """A function or lambda of the script; *frames* are those it closes over, innermost last."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    frames: tuple[int, ...]
    bound: "Value | None" = None


class Class(Struct, frozen=True):
    node: ast.ClassDef
    frames: tuple[int, ...]


class Partial(Struct, frozen=True):
    function: "Value"
    arguments: "tuple[Value, ...]"
    keywords: "tuple[tuple[str, Value], ...]"


class Method(Struct, frozen=True):
    receiver: "Value"
    name: str


class File(Struct, frozen=True):
    """An open stream; ``reads`` where nothing can be written. One that a log handler writes to
    has the number of the ``handler``."""

    target: Target
    reads: bool = False
    handler: int = 0


class PathValue(Struct, frozen=True):
    text: Text


class Logger(Struct, frozen=True):
    name: str


class Opaque(Struct, frozen=True):
    """Nothing is known; *origin* is the module it came from, or empty."""

    origin: str = ""


Value: TypeAlias = (
    Scalar
    | Str
    | Typed
    | Tuple
    | Iterable
    | Ref
    | Named
    | Function
    | Class
    | Partial
    | Method
    | File
    | PathValue
    | Logger
    | Opaque
)


class Elements(Struct, frozen=True):
    """What a loop meets: all ``items`` if they are known, else ``least`` or more of ``item``.

    ``optional`` where a branch decides whether there are any."""

    item: Value = field(default_factory=Opaque)
    items: tuple[Value, ...] | None = None
    least: int = 0
    optional: bool = False


class ListObject(Struct, frozen=True):
    """A list, or by ``kind`` a set, a deque."""

    elements: Elements
    kind: str = "list"


class DictObject(Struct, frozen=True):
    """A dict: the keys that are known with their values; ``other`` is any value of the rest."""

    entries: Mapping[Key, Value] = field(default_factory=dict)
    other: Value | None = None
    perhaps: frozenset[object] = frozenset()
    kind: str = "dict"


class InstanceObject(Struct, frozen=True):
    of: Class
    attributes: Mapping[str, Value] = field(default_factory=dict)


HeapObject: TypeAlias = ListObject | DictObject | InstanceObject

NONE: Final = Scalar(None)
OPAQUE: Final = Opaque()


def known(items: tuple[Value, ...]) -> Elements:
    return Elements(join_values(items), items, len(items))


def text_of(value: Value) -> str | None:
    """Return the string that *value* is, where all of it is known."""
    return exact(value.text) if isinstance(value, Str) else None


def string(text: str) -> Str:
    return Str(literal(text))


def join_values(values: tuple[Value, ...]) -> Value:
    if not values:
        return OPAQUE
    joined = values[0]
    for value in values[1:]:
        joined = join(joined, value)
    return joined


_KINDS: Final = {bool: "bool", int: "int", float: "float"}


def kind_of(value: Value) -> str:
    """Return the type's name for numbers and the like, else an empty string."""
    if isinstance(value, Typed):
        return value.kind
    if isinstance(value, Scalar):
        return _KINDS.get(type(value.value), "")
    return ""


def join(one: Value, other: Value) -> Value:
    """Return what is true of both."""
    if one == other:
        return one
    match one, other:
        case Str(), Str():
            return Str(either((one.text, other.text)))
        case Ref(), Ref():
            return Ref(one.addresses | other.addresses)
        case Tuple(), Tuple() if len(one.items) == len(other.items):
            return Tuple(tuple(map(join, one.items, other.items)))
        case Iterable(), Iterable() if one.kind == other.kind:
            return Iterable(one.kind, join_elements(one.elements, other.elements))
    kinds = {kind_of(one), kind_of(other)}
    if "" not in kinds:
        if len(kinds) == 1:
            return Typed(kinds.pop())
        if kinds <= {"int", "float"}:
            return Typed("float")
    return OPAQUE


def join_elements(one: Elements, other: Elements) -> Elements:
    if one == other:
        return one
    if one.items == ():
        return Elements(other.item, None, 0, optional=True)
    if other.items == ():
        return Elements(one.item, None, 0, optional=True)
    optional = one.optional or other.optional
    return Elements(join(one.item, other.item), None, min(one.least, other.least), optional)


def join_objects(one: HeapObject, other: HeapObject) -> HeapObject:
    if one == other:
        return one
    match one, other:
        case ListObject(), ListObject() if one.kind == other.kind:
            return ListObject(join_elements(one.elements, other.elements), one.kind)
        case DictObject(), DictObject():
            return _join_dicts(one, other)
        case InstanceObject(), InstanceObject() if one.of == other.of:
            shared = {
                name: join(value, other.attributes[name])
                for name, value in one.attributes.items()
                if name in other.attributes
            }
            return InstanceObject(one.of, shared)
    return ListObject(Elements(), "unknown")


def _join_dicts(one: DictObject, other: DictObject) -> DictObject:
    entries = dict(one.entries)
    perhaps = set(one.perhaps | other.perhaps)
    for key, value in other.entries.items():
        entries[key] = join(entries[key], value) if key in entries else value
    perhaps |= set(one.entries) ^ set(other.entries)
    rest = [value for value in (one.other, other.other) if value is not None]
    return DictObject(entries, join_values(tuple(rest)) if rest else None, frozenset(perhaps))

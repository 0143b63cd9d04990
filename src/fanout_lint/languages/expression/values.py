"""Values of Argo's expressions, as Go holds them, and the texts that Go makes of them.

Plain Python stands for the Go values that an expression mostly meets: ``None``
(nil), ``bool``, ``int`` (Go's ``int``, 64 bits), ``float`` (``float64``), ``str``,
``bytes`` (``[]byte``), ``list`` (``[]any``) and ``dict`` with string keys
(``map[string]any``). The small classes here stand for the rest. A ``str`` whose
Go value is not UTF-8 carries its stray bytes as Python's ``surrogateescape`` does.

``UNKNOWN`` is a value that only the cluster, the clock or chance can tell.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from msgspec import Struct


class Unknown(Enum):
    """The type of :data:`UNKNOWN`, so that a type checker forces the branch."""

    UNKNOWN = "unknown"
    STRING = "string"


UNKNOWN: Final = Unknown.UNKNOWN

#: Some text, as every parameter is one before the cluster tells which.
UNKNOWN_STRING: Final = Unknown.STRING

INT64_MIN: Final = -(2**63)
INT64_MAX: Final = 2**63 - 1


class GoError(Exception):
    """An operation that surely fails in Go; its text is for the user."""


class SizedNumber(Struct, frozen=True):
    """A number of a Go type other than ``int`` and ``float64``: *kind* is ``int64``, ``uint8`` …"""

    kind: str
    value: int | float


class Duration(Struct, frozen=True):
    """A ``time.Duration``."""

    nanoseconds: int


class Time(Struct, frozen=True):
    """A ``time.Time``: an instant, and the zone that it is shown in."""

    seconds: int  #: Since 1970-01-01T00:00:00Z; negative before.
    nanoseconds: int  #: 0 to 999,999,999.
    zone: str  #: ``UTC``, a name of the zone database, or an abbreviation.
    offset: int  #: Seconds east of UTC at that instant.


class Slice(Struct, frozen=True):
    """A Go slice whose elements have one type: *element* is ``string``, ``int``, ``[]string`` …

    A nil slice has no items, is written ``null`` in JSON, and equals nil.
    """

    element: str
    items: list[object]
    is_nil: bool = False


class Unordered(Struct, frozen=True):
    """A slice in an order that each run chooses anew, such as the keys of a map."""

    items: list[object]
    element: str = "interface {}"


class Location(Struct, frozen=True):
    """A ``*time.Location`` of the zone database."""

    name: str


class TypedMap(Struct, frozen=True):
    """A Go map that is not ``map[string]any``: *key* and *element* name the Go types.

    Entries are held in no promised order, as in Go.
    """

    key: str
    element: str
    items: Mapping[object, object]


class Function(Struct, frozen=True, eq=False):
    """A Go function: its name, and *call*, which is ``None`` when its result is UNKNOWN."""

    name: str
    call: Callable[..., object] | None = None


def wrap_int64(value: int) -> int:
    """Return *value* as Go's 64-bit arithmetic leaves it: overflow wraps around."""
    if INT64_MIN <= value <= INT64_MAX:
        return value
    return (value - INT64_MIN) % 2**64 + INT64_MIN


def is_int64(value: int) -> bool:
    return INT64_MIN <= value <= INT64_MAX


def has_unknown(value: object, depth: int = 0) -> bool:
    """Whether :data:`UNKNOWN` is *value* or stands somewhere inside it."""
    if depth > 100:
        return True
    match value:
        case Unknown():
            return True
        case list() | Slice() | Unordered():
            items = value if isinstance(value, list) else value.items
            return any(has_unknown(item, depth + 1) for item in items)
        case dict():
            return any(has_unknown(item, depth + 1) for item in value.values())
        case TypedMap():
            return any(
                has_unknown(key, depth + 1) or has_unknown(item, depth + 1)
                for key, item in value.items.items()
            )
    return False


_HEAVY: Final = 1_000_000


def weight(value: object) -> int:
    """Return how much work it is to go through all of *value*, in items; a text counts little."""
    if not isinstance(value, str | list | dict | Slice | TypedMap | Unordered):
        return 0
    total = 0
    stack: list[object] = [value]
    while stack and total < _HEAVY:
        one = stack.pop()
        match one:
            case str():
                total += len(one) // 100
            case list():
                total += len(one)
                stack.extend(one)
            case Slice(items=items) | Unordered(items=items):
                total += len(items)
                stack.extend(items)
            case dict():
                total += len(one)
                stack.extend(one.values())
            case TypedMap(items=entries):
                total += len(entries)
                stack.extend(entries.values())
    return total


def type_name(value: object) -> str:
    """Return the Go type of *value*, as ``%T`` shows it."""
    match value:
        case None:
            return "<nil>"
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float64"
        case str():
            return "string"
        case bytes():
            return "[]uint8"
        case list():
            return "[]interface {}"
        case dict():
            return "map[string]interface {}"
        case SizedNumber(kind=kind):
            return kind
        case Duration():
            return "time.Duration"
        case Time():
            return "time.Time"
        case Slice(element=element) | Unordered(element=element):
            return f"[]{element}"
        case TypedMap(key=key, element=element):
            return f"map[{key}]{element}"
        case Function():
            return "func"
        case Location():
            return "*time.Location"
        case Unknown.STRING:
            return "string"
    return "unknown"

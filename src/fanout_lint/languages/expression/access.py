"""How a running expression reaches into values: members, slices, membership.

Follows ``vm/runtime/runtime.go`` of expr-lang 1.17.8. Texts are indexed and sliced by
bytes, and a map that lacks a key answers nil.
"""

from fanout_lint.languages.expression.equality import equal
from fanout_lint.languages.expression.methods import bound_method
from fanout_lint.languages.expression.operations import (
    items_of,
    shown_type,
    text_bytes,
    to_int,
)
from fanout_lint.languages.expression.signatures import METHODS
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    UNKNOWN_STRING,
    Function,
    GoError,
    SizedNumber,
    Slice,
    Time,
    TypedMap,
    Unknown,
    Unordered,
    type_name,
)


def fetch(value: object, key: object) -> object:
    """Return ``value[key]``, which ``value.key`` is too."""
    if value is None:
        raise GoError(f"{_shown_key(key)} is read from nil, which has nothing")
    if value is UNKNOWN or isinstance(value, Unordered):
        return UNKNOWN
    if isinstance(key, str) and key in METHODS.get(type_name(value), {}):
        return bound_method(value, key)
    match value:
        case dict() | TypedMap():
            return _from_map(value, key)
        case str() | Unknown():
            return _from_text(value, key)
    items = items_of(value)
    if items is None:
        raise GoError(f"{shown_type(value)} has no {_shown_key(key)}")
    return _from_list(items, key)


def _shown_key(key: object) -> str:
    return repr(key) if isinstance(key, str) else "item"


def _from_map(value: dict[str, object] | TypedMap, key: object) -> object:
    if isinstance(key, Unknown):
        return UNKNOWN
    if isinstance(value, TypedMap):
        wanted = _key_of(value, key)
        return value.items[wanted] if wanted in value.items else _zero(value.element)
    return value.get(_text_key(key))


def _text_key(key: object) -> str:
    if key is None:
        return ""
    if not isinstance(key, str):
        raise GoError(f"a map has no key of type {shown_type(key)}")
    return key


def _key_of(value: TypedMap, key: object) -> object:
    if value.key == "interface {}":
        return map_key(key)
    if value.key != "int":
        return _text_key(key)
    number = 0 if key is None else key
    if isinstance(number, bool) or not isinstance(number, int):
        raise GoError(f"whole numbers are looked for here, not {shown_type(key)}")
    return number


def map_key(value: object) -> object:
    """Return *value* as a key of a Python dict that keeps ``1``, ``1.0`` and ``true`` apart.

    Raises :class:`GoError` for what cannot be a key of a map of any keys.
    """
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, dict | TypedMap | Function) or items_of(value) is not None:
        raise GoError(f"{shown_type(value)} cannot be the key of a map")
    return (type_name(value), value)


def unkeyed(key: object) -> object:
    """Return the value that :func:`map_key` made *key* of."""
    return key[1] if isinstance(key, tuple) else key


def _zero(element: str) -> object:
    return Slice(element[2:], [], is_nil=True) if element.startswith("[]") else None


def _from_text(value: object, key: object) -> object:
    index = to_int(key)
    if index is None or not isinstance(value, str):
        return UNKNOWN
    raw = text_bytes(value)
    return SizedNumber("uint8", raw[_position(index, len(raw))])


def _from_list(items: list[object], key: object) -> object:
    index = to_int(key)
    return UNKNOWN if index is None else items[_position(index, len(items))]


def _position(index: int, length: int) -> int:
    place = index + length if index < 0 else index
    if not 0 <= place < length:
        raise GoError(f"there is no item {index}: the length is {length}")
    return place


def length_of(value: object) -> object:
    """Return the length that a slice without an end reaches to: of a text, its bytes."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, str):
        return len(text_bytes(value))
    if isinstance(value, dict):
        return len(value)
    if isinstance(value, TypedMap):
        return len(value.items)
    items = items_of(value)
    if items is None:
        raise GoError(f"{shown_type(value)} has no length")
    return len(items)


def cut(value: object, first: object, last: object) -> object:
    """Return ``value[first:last]``."""
    items = items_of(value)
    if value is UNKNOWN:
        return UNKNOWN
    if items is None and not isinstance(value, str | Unknown):
        raise GoError(f"{shown_type(value)} cannot be sliced")
    start, end = to_int(first), to_int(last)
    if isinstance(value, Unknown):
        return UNKNOWN_STRING
    if start is None or end is None or isinstance(value, Unordered):
        return UNKNOWN
    raw = text_bytes(value) if isinstance(value, str) else b""
    length = len(items) if items is not None else len(raw)
    start = max(0, start + length if start < 0 else start)
    end = min(length, max(0, end + length if end < 0 else end))
    start = min(start, end)
    if isinstance(value, str):
        return raw[start:end].decode("utf-8", "surrogateescape")
    if isinstance(value, bytes):
        return value[start:end]
    if isinstance(value, Slice):
        return Slice(value.element, value.items[start:end], value.is_nil)
    return items[start:end] if items is not None else UNKNOWN


def member_of(needle: object, value: object) -> object:
    """Return whether ``needle in value``."""
    if value is None:
        return False
    if value is UNKNOWN:
        return UNKNOWN
    match value:
        case dict() | TypedMap():
            return _is_key(needle, value)
        case Time():
            if not isinstance(needle, str | Unknown):
                raise GoError(f"{shown_type(needle)} is no name of a field")
            return False
    items = items_of(value)
    if items is None:
        raise GoError(f"'in' does not look into {shown_type(value)}; 'contains' looks into a text")
    result: object = False
    for item in items:
        same = equal(item, needle)
        if same is True:
            return True
        result = same if isinstance(same, Unknown) else result
    return UNKNOWN if isinstance(result, Unknown) else False


def _is_key(needle: object, value: dict[str, object] | TypedMap) -> object:
    if isinstance(needle, Unknown):
        return UNKNOWN
    if isinstance(value, TypedMap):
        return _key_of(value, needle) in value.items
    return _text_key(needle) in value

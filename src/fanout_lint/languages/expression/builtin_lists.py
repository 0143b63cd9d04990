"""expr's built-in functions of lists and maps (``builtin/builtin.go`` of 1.17.8)."""

from collections.abc import Callable
from functools import cmp_to_key
from itertools import pairwise
from typing import Final

from fanout_lint.languages.expression.access import fetch, map_key, unkeyed
from fanout_lint.languages.expression.equality import deep_equal, equal
from fanout_lint.languages.expression.operations import (
    items_of,
    order,
    shown_type,
    to_int,
)
from fanout_lint.languages.expression.signatures import METHODS
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    Duration,
    GoError,
    SizedNumber,
    Slice,
    Time,
    TypedMap,
    Unordered,
    type_name,
)

_NIL_LIST: Final = Slice("interface {}", [], is_nil=True)

#: Up to this length Go's sort is by insertion, and leaves equal items in their order.
_STABLE_LENGTH: Final = 12

_MAX_COMPARED: Final = 500


def _items(name: str, value: object) -> list[object]:
    items = items_of(value)
    if items is None:
        raise GoError(f"{name} takes a list, not {shown_type(value)}")
    return items


def _length(value: object) -> object:
    match value:
        case str() | dict():
            return len(value)
        case TypedMap():
            return len(value.items)
    items = items_of(value)
    if items is None:
        raise GoError(f"len takes no {shown_type(value)}")
    return len(items)


def _end(place: int) -> Callable[[object], object]:
    def fetch_end(value: object) -> object:
        try:
            return fetch(value, place)
        except GoError:
            return None

    return fetch_end


def _get(value: object, key: object) -> object:
    if value is None:
        return None
    if isinstance(key, str) and key in METHODS.get(type_name(value), {}):
        return fetch(value, key)
    if isinstance(value, Time):
        return UNKNOWN
    if isinstance(value, dict | TypedMap):
        found = fetch(value, key)
        return None if isinstance(found, Slice) and found.is_nil else found
    if not isinstance(value, str) and items_of(value) is None:
        return None
    index = to_int(key)
    try:
        return UNKNOWN if index is None else fetch(value, index)
    except GoError:
        return None


def _take(value: object, count: object) -> object:
    items = _items("take", value)
    number = count if isinstance(count, int) and not isinstance(count, bool) else None
    if isinstance(count, SizedNumber) and count.kind.startswith(("int", "time.")):
        number = int(count.value)
    if isinstance(count, Duration):
        number = count.nanoseconds
    if number is None:
        raise GoError(f"take takes a whole number, not {shown_type(count)}")
    if number < 0:
        raise GoError(f"take cannot take {number} items")
    if isinstance(value, Slice):
        return Slice(value.element, items[:number], value.is_nil)
    return value[:number] if isinstance(value, bytes) else items[:number]


def _entries(name: str, value: object) -> dict[object, object]:
    match value:
        case dict():
            return dict(value)
        case TypedMap():
            return {unkeyed(key): item for key, item in value.items.items()}
    raise GoError(f"{name} takes a map, not {shown_type(value)}")


def _in_any_order(items: list[object]) -> object:
    return Unordered(items) if len(items) > 1 else items


def _pairs(value: object) -> object:
    pairs: list[object] = [[key, item] for key, item in _entries("toPairs", value).items()]
    if len(pairs) > 1:
        return Unordered(pairs, "[2]interface {}")
    return Slice("[2]interface {}", pairs)


def _from_pairs(value: object) -> object:
    entries: dict[object, object] = {}
    for pair in _items("fromPairs", value):
        parts = items_of(pair)
        if parts is None or len(parts) != 2:
            raise GoError("fromPairs takes a list of pairs")
        key = map_key(parts[0])
        if key in entries and isinstance(value, Unordered):
            return UNKNOWN
        entries[key] = parts[1]
    return TypedMap("interface {}", "interface {}", entries)


def _unique(value: object) -> object:
    items = _items("uniq", value)
    if len(items) > _MAX_COMPARED:
        return UNKNOWN
    found: list[object] = []
    for item in items:
        known = [equal(item, one) for one in found]
        if UNKNOWN in known:
            return UNKNOWN
        if True not in known:
            found.append(item)
    return found


def _concatenated(*lists: object) -> object:
    joined = [item for value in lists for item in _items("concat", value)]
    return joined or _NIL_LIST


def _flat(value: object) -> list[object]:
    flat: list[object] = []
    for item in _items("flatten", value):
        if items_of(item) is None:
            flat.append(item)
        else:
            flat.extend(_flat(item))
    return flat


def _descending(value: object) -> bool:
    if value not in ("asc", "desc"):
        raise GoError("the order is 'asc' or 'desc'")
    return value == "desc"


def sorted_items(items: list[object], keys: list[object], *, descending: bool) -> object:
    """Sort *items* by *keys* as Go does; UNKNOWN where Go's order of equal keys is not told."""
    if any(type_name(key) == "unknown" or key != key for key in keys):
        return UNKNOWN
    for one, other in pairwise(keys):
        order("<", one, other)
    places = sorted(range(len(keys)), key=cmp_to_key(_compare_by(keys)), reverse=descending)
    if len(items) > _STABLE_LENGTH:
        for one, other in pairwise(places):
            tied = not order("<", keys[one], keys[other]) and not order(">", keys[one], keys[other])
            if tied and deep_equal(items[one], items[other]) is not True:
                return UNKNOWN
    return [items[place] for place in places]


def _compare_by(keys: list[object]) -> Callable[[int, int], int]:
    def compare(one: int, other: int) -> int:
        if order("<", keys[one], keys[other]):
            return -1
        return 1 if order(">", keys[one], keys[other]) else 0

    return compare


def _sorted(value: object, direction: object = "asc") -> object:
    descending = _descending(direction)
    known = isinstance(value, list) or (
        isinstance(value, Slice | Unordered)
        and value.element in ("int", "float64", "string", "interface {}")
    )
    if not known:
        return _NIL_LIST
    items = _items("sort", value)
    if not items:
        return []
    return sorted_items(items, items, descending=descending)


def sort_direction(value: object) -> bool:
    """Return whether *value* asks for descending order; raises GoError for no order."""
    return _descending(value)


LIST_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "len": _length,
    "first": _end(0),
    "last": _end(-1),
    "get": _get,
    "take": _take,
    "keys": lambda value: _in_any_order(list(_entries("keys", value))),
    "values": lambda value: _in_any_order(list(_entries("values", value).values())),
    "toPairs": _pairs,
    "fromPairs": _from_pairs,
    "reverse": lambda value: _items("reverse", value)[::-1],
    "uniq": _unique,
    "concat": _concatenated,
    "flatten": _flat,
    "sort": _sorted,
}

#: Those to which the order of a list makes no difference.
ORDERLESS: Final = frozenset({"len", "sort", "max", "min", "type", "fromPairs"})

"""When expr takes two values for equal (``vm/runtime/helpers/main.go:Equal`` of 1.17.8).

Numbers of any size are compared by value; lists of texts or numbers item by item;
everything else must be of one Go type, and alike in all (``reflect.DeepEqual``).
"""

from collections.abc import Mapping
from typing import Final

from fanout_lint.languages.expression.operations import is_nil, items_of, number_of
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    Duration,
    Function,
    Slice,
    Time,
    TypedMap,
    Unknown,
    Unordered,
    has_unknown,
    type_name,
)


def equal(left: object, right: object) -> object:
    """Return whether ``left == right``."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _equal_to_unknown(left, right)
    one, other = number_of(left), number_of(right)
    if one is not None and other is not None:
        if isinstance(one, float) or isinstance(other, float):
            return float(one) == float(other)
        return one == other
    match left, right:
        case (str(), str()) | (bool(), bool()) | (Duration(), Duration()):
            return left == right
        case Time(), Time():
            return (left.seconds, left.nanoseconds) == (right.seconds, right.nanoseconds)
    if is_nil(left) and is_nil(right):
        return True
    if isinstance(left, Unordered) or isinstance(right, Unordered):
        return UNKNOWN
    one_items, other_items = items_of(left), items_of(right)
    if one_items is not None and other_items is not None:
        return _equal_lists(left, right, one_items, other_items)
    return deep_equal(left, right)


def _equal_to_unknown(left: object, right: object) -> object:
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    other = right if isinstance(left, Unknown) else left
    return UNKNOWN if isinstance(other, str | Unknown) else False


_ELEMENTS: Final = frozenset(
    {"string", "float32", "float64", "interface {}"}
    | {f"{sign}int{bits}" for sign in ("", "u") for bits in ("", "8", "16", "32", "64")}
)


def _element(value: object) -> str:
    return value.element if isinstance(value, Slice) else type_name(value)[2:]


def _equal_lists(left: object, right: object, one: list[object], other: list[object]) -> object:
    elements = {_element(left), _element(right)}
    mixed = len(elements) == 2 and "interface {}" not in elements
    if mixed or not elements <= _ELEMENTS:
        return deep_equal(left, right)
    if len(one) != len(other):
        return False
    result: object = True
    for mine, yours in zip(one, other, strict=True):
        same = equal(mine, yours)
        if same is False:
            return False
        result = same if isinstance(same, Unknown) else result
    return result


def deep_equal(left: object, right: object) -> object:
    """Return whether ``reflect.DeepEqual(left, right)``: of one type, and alike in all."""
    if has_unknown(left) or has_unknown(right):
        return UNKNOWN
    return _same(left, right)


def _same(left: object, right: object) -> bool:
    if type_name(left) != type_name(right) or is_nil(left) != is_nil(right):
        return False
    one_entries, other_entries = _entries_of(left), _entries_of(right)
    if one_entries is not None and other_entries is not None:
        if one_entries.keys() != other_entries.keys():
            return False
        return _all_same([(item, other_entries[key]) for key, item in one_entries.items()])
    if isinstance(left, Function):
        return False
    one, other = items_of(left), items_of(right)
    if one is not None and other is not None:
        return len(one) == len(other) and _all_same(list(zip(one, other, strict=True)))
    return left == right


def _entries_of(value: object) -> Mapping[object, object] | None:
    if isinstance(value, TypedMap):
        return value.items
    return dict(value) if isinstance(value, dict) else None


def _all_same(pairs: list[tuple[object, object]]) -> bool:
    return all(_same(one, other) for one, other in pairs)

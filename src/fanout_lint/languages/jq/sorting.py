"""jq's functions that sort, group and pick by an order."""

from collections.abc import Callable, Mapping

from fanout_lint.languages.jq.faults import JqRaised, JqUnknown
from fanout_lint.languages.jq.operators import raised
from fanout_lint.languages.jq.values import ORDER, compare, kind_of, preview

#: Longer arrays are not sorted.
_MAX_ITEMS = 5_000


def _refused(name: str, value: object) -> JqRaised:
    return raised(f"{name} takes an array, not {kind_of(value)} ({preview(value)})")


def _pairs(name: str, value: object, keys: object) -> list[tuple[object, object]]:
    """Return key and item for each item; *keys* has as many items as *value*."""
    if kind_of(value) != "array" or not isinstance(value, list):
        raise _refused(name, value)
    if kind_of(keys) != "array" or not isinstance(keys, list) or len(keys) != len(value):
        raise raised(f"{name} has not one key for each item")
    if len(value) > _MAX_ITEMS:
        raise JqUnknown
    return [*zip(keys, value, strict=True)]


def _sorted(name: str, value: object, keys: object) -> list[tuple[object, object]]:
    return sorted(_pairs(name, value, keys), key=lambda pair: ORDER(pair[0]))


def _sort(value: object, keys: object) -> object:
    return [item for _, item in _sorted("sort", value, keys)]


def _groups(value: object, keys: object) -> list[list[object]]:
    groups: list[list[object]] = []
    group_key: object = None
    for key, item in _sorted("group_by", value, keys):
        if groups and compare(group_key, key) == 0:
            groups[-1].append(item)
        else:
            groups.append([item])
            group_key = key
    return groups


def _unique(value: object, keys: object) -> object:
    return [group[0] for group in _groups(value, keys)]


def _extreme(name: str, sign: int) -> Callable[[object, object], object]:
    def extreme(value: object, keys: object) -> object:
        pairs = _pairs(name, value, keys)
        if not pairs:
            return None
        best_key, best = pairs[0]
        for key, item in pairs[1:]:
            if (compare(best_key, key) > 0) is (sign < 0):
                best_key, best = key, item
        return best

    return extreme


def _bsearch(value: object, wanted: object) -> object:
    if kind_of(value) != "array" or not isinstance(value, list):
        raise _refused("bsearch", value)
    low, high = 0, len(value)
    while low < high:
        middle = (low + high) // 2
        if compare(value[middle], wanted) >= 0:
            high = middle
        else:
            low = middle + 1
    return low if low < len(value) and compare(value[low], wanted) == 0 else -low - 1


_KEYED: Mapping[str, Callable[[object, object], object]] = {
    "sort": _sort,
    "group": _groups,
    "unique": _unique,
    "min": _extreme("min", -1),
    "max": _extreme("max", 1),
}


def by_keys(name: str, value: object, keys: object) -> object:
    """Return what ``sort_by`` and its kin give, *keys* being what their argument gave."""
    return _KEYED[name](value, keys)


SORTING: Mapping[str, Callable[..., object]] = {
    "sort/0": lambda value: _sort(value, value),
    "unique/0": lambda value: _unique(value, value),
    "min/0": lambda value: _KEYED["min"](value, value),
    "max/0": lambda value: _KEYED["max"](value, value),
    "bsearch/1": _bsearch,
    **{f"_{name}_by/1": answer for name, answer in _KEYED.items()},
}

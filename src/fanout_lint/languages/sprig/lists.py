"""sprig's functions of lists."""

from collections.abc import Callable, Mapping

from fanout_lint.languages.expression.values import UNKNOWN, Slice
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import deep_equal, is_empty, items_of
from fanout_lint.languages.sprig.numbers import whole

#: Comparing each with each costs the square; beyond this length it is not told.
_MAX_COMPARED = 2000


def make_list(*values: object) -> list[object]:
    return list(values)


def append(items: object, value: object) -> list[object]:
    return [*items_of(items, "append to"), value]


def prepend(items: object, value: object) -> list[object]:
    return [value, *items_of(items, "prepend to")]


def concat(*lists: object) -> object:
    joined = [item for items in lists for item in items_of(items, "concat")]
    return joined or UNKNOWN


def first(items: object) -> object:
    found = items_of(items, "find the first of")
    return found[0] if found else None


def last(items: object) -> object:
    found = items_of(items, "find the last of")
    return found[-1] if found else None


def rest(items: object) -> object:
    """Return all but the first; of an empty list Go gives a nil slice, which is not told."""
    found = items_of(items, "find the rest of")
    return found[1:] if found else UNKNOWN


def initial(items: object) -> object:
    """Return all but the last; of an empty list Go gives a nil slice, which is not told."""
    found = items_of(items, "find the initial of")
    return found[:-1] if found else UNKNOWN


def reverse(items: object) -> list[object]:
    return items_of(items, "reverse")[::-1]


def compact(items: object) -> list[object]:
    return [item for item in items_of(items, "compact") if not is_empty(item)]


def uniq(items: object) -> list[object]:
    found = _comparable(items_of(items, "find the unique of"))
    kept: list[object] = []
    for item in found:
        if not any(deep_equal(item, other) for other in kept):
            kept.append(item)
    return kept


def _comparable(items: list[object]) -> list[object]:
    if len(items) > _MAX_COMPARED:
        raise SprigUnknown
    return items


def without(items: object, *omitted: object) -> list[object]:
    found = _comparable(items_of(items, "take from"))
    return [item for item in found if not any(deep_equal(one, item) for one in omitted)]


def has(needle: object, haystack: object) -> bool:
    if haystack is None:
        return False
    return any(deep_equal(needle, item) for item in items_of(haystack, "search in"))


def cut(items: object, *indices: object) -> object:
    """Return ``items[start:end]`` with the type of *items*.

    An end past the length is not told: Go allows it up to a capacity that we do not see.
    """
    found = items_of(items, "slice")
    if not found:
        return None
    start = whole(indices[0]) if indices else 0
    end = whole(indices[1]) if len(indices) > 1 else len(found)
    if start < 0 or end < start:
        raise SprigError(f"slice cannot take items {start} to {end} of {len(found)}")
    if end > len(found):
        raise SprigUnknown
    if isinstance(items, bytes):
        return items[start:end]
    part = found[start:end]
    return Slice(items.element, part) if isinstance(items, Slice) else part


def chunk(size: int, items: object) -> Slice:
    found = items_of(items, "chunk")
    if size < 1:
        raise SprigUnknown
    pieces: list[object] = [found[at : at + size] for at in range(0, len(found), size)]
    return Slice("[]interface {}", pieces)


CALLS: Mapping[str, Callable[..., object] | None] = {
    "tuple(*any) list": make_list,
    "list(*any) list": make_list,
    "append(any, any) list": append,
    "mustAppend(any, any) list": append,
    "push(any, any) list": append,
    "mustPush(any, any) list": append,
    "prepend(any, any) list": prepend,
    "mustPrepend(any, any) list": prepend,
    "concat(*any) any": concat,
    "first(any) any": first,
    "mustFirst(any) any": first,
    "last(any) any": last,
    "mustLast(any) any": last,
    "rest(any) list": rest,
    "mustRest(any) list": rest,
    "initial(any) list": initial,
    "mustInitial(any) list": initial,
    "reverse(any) list": reverse,
    "mustReverse(any) list": reverse,
    "compact(any) list": compact,
    "mustCompact(any) list": compact,
    "uniq(any) list": uniq,
    "mustUniq(any) list": uniq,
    "without(any, *any) list": without,
    "mustWithout(any, *any) list": without,
    "has(any, any) bool": has,
    "mustHas(any, any) bool": has,
    "slice(any, *any) any": cut,
    "mustSlice(any, *any) any": cut,
    "chunk(int, any) [][]any": chunk,
    "mustChunk(int, any) [][]any": chunk,
}

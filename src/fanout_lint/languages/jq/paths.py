"""Looking values up, setting and deleting them, by one key or by a path of keys."""

from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.operators import MAX_SIZE, raised
from fanout_lint.languages.jq.values import compare, kind_of, preview, whole

_NOTHING = object()  #: Stands for a value that is to be deleted.


def index(value: object, key: object) -> object:
    """Return ``value[key]`` as jq has it; JqRaised where it fails."""
    match key:
        case bool() | None:
            raise raised(f"{_a(value)} has no place {preview(key)}")
        case str():
            return _member(value, key)
        case int() | float():
            return _item(value, whole(key) or 0)
        case list():
            return None if value is None else _places_in(value, key)
        case dict():
            return _cut_by(value, key)
    raise JqUnknown


def _a(value: object) -> str:
    name = kind_of(value)
    return f"{'an' if name[0] in 'ao' else 'a'} {name}"


def _member(value: object, key: str) -> object:
    if value is None:
        return None
    if kind_of(value) != "object" or not isinstance(value, dict):
        raise raised(f"{_a(value)} ({preview(value)}) has no key {key!r}")
    return value.get(key)


def _item(value: object, place: int) -> object:
    match value:
        case None:
            return None
        case list() | str():
            place += len(value) if place < 0 else 0
            return value[place] if 0 <= place < len(value) else None
    raise raised(f"{_a(value)} ({preview(value)}) has no item {place}")


def _places_in(value: object, wanted: list[object]) -> list[object]:
    if not isinstance(value, list):
        raise raised(f"{_a(value)} ({preview(value)}) has no item {preview(wanted)}")
    return indices_of(value, wanted)


def indices_of(items: list[object], wanted: list[object]) -> list[object]:
    """Return the places at which *wanted* stands in *items*."""
    if not wanted:
        return []
    if len(items) * len(wanted) > MAX_SIZE:
        raise JqUnknown
    last = len(items) - len(wanted)
    return [at for at in range(last + 1) if compare(items[at : at + len(wanted)], wanted) == 0]


def _cut_by(value: object, key: dict[str, object]) -> object:
    if value is None:
        return None
    if "start" not in key or "end" not in key:
        raise raised(f"a slice has 'start' and 'end', unlike {preview(key)}")
    return cut(value, key["start"], key["end"])


def cut(value: object, first: object, last: object) -> object:
    """Return ``value[first:last]``."""
    match value:
        case None:
            return None
        case list() | str():
            start, end = bounds(len(value), first, last)
            return value[start:end]
    raise raised(f"{_a(value)} ({preview(value)}) cannot be sliced")


def bounds(length: int, first: object, last: object) -> tuple[int, int]:
    start = 0 if first is None else _bound(first, 0, length, up=False)
    return start, length if last is None else _bound(last, start, length, up=True)


def _bound(bound: object, lowest: int, length: int, *, up: bool) -> int:
    number = whole(bound, up=up)
    if number is None:
        raise raised(f"a slice goes by numbers, not by {_a(bound)}")
    return max(lowest, min(length, number + length if number < 0 else number))


def get_path(value: object, path: object) -> object:
    """Return what stands at *path*; missing steps are null."""
    if kind_of(path) != "array" or not isinstance(path, list):
        raise raised(f"a path is an array, not {_a(path)}")
    for key in path:
        if value is not None and kind_of(value) not in ("array", "object"):
            raise raised(f"nothing stands under {_a(value)} ({preview(value)})")
        value = index(value, key)
    return value


def set_path(value: object, path: object, new: object) -> object:
    """Return *value* with *new* at *path*; what is missing on the way is made."""
    if kind_of(path) != "array" or not isinstance(path, list):
        raise raised(f"a path is an array, not {_a(path)}")
    return _update(value, path, new)


def _update(value: object, path: list[object], new: object) -> object:
    if not path:
        return new
    if value is _NOTHING:
        return value
    key, rest = path[0], path[1:]
    match key:
        case bool() | None:
            raise raised(f"{_a(value)} has no place {preview(key)}")
        case str():
            return _update_member(value, key, rest, new)
        case int() | float():
            return _update_item(_list_at(value), whole(key) or 0, rest, new, value is None)
        case dict():
            return _update_cut(_list_at(value), key, rest, new, value is None)
    raise raised(f"{_a(value)} has no place {preview(key)}")


def _list_at(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise raised(f"{_a(value)} ({preview(value)}) has no items")
    return value


def _update_member(value: object, key: str, rest: list[object], new: object) -> object:
    if value is not None and not isinstance(value, dict):
        raise raised(f"{_a(value)} ({preview(value)}) has no keys")
    entries: dict[str, object] = value or {}
    if key not in entries and new is _NOTHING:
        return value
    return {**entries, key: _update(entries.get(key), rest, new)}


def _update_item(
    items: list[object], place: int, rest: list[object], new: object, was_null: bool
) -> object:
    at = place + len(items) if place < 0 else place
    if not 0 <= at < len(items) and new is _NOTHING:
        return None if was_null else items
    if at < 0:
        raise raised(f"there is no item {place} to be set")
    if at > MAX_SIZE:
        raise JqUnknown
    present = items[at] if at < len(items) else None
    changed = _update(present, rest, new)
    filled = items + [None] * (at + 1 - len(items))
    return [*filled[:at], changed, *filled[at + 1 :]]


def _update_cut(
    items: list[object], key: dict[str, object], rest: list[object], new: object, was_null: bool
) -> object:
    if "start" not in key or "end" not in key:
        raise raised(f"a slice has 'start' and 'end', unlike {preview(key)}")
    start, end = bounds(len(items), key["start"], key["end"])
    if start == end and new is _NOTHING:
        return None if was_null else items
    changed = _update(items[start:end], rest, new)
    if changed is _NOTHING:
        changed = [_NOTHING] * (end - start)
    if not isinstance(changed, list):
        raise raised(f"a slice is set to an array, not to {_a(changed)}")
    return [*items[:start], *changed, *items[end:]]


def delete_paths(value: object, paths: object) -> object:
    """Return *value* without what stands at *paths*."""
    if kind_of(paths) != "array" or not isinstance(paths, list):
        raise raised(f"paths are an array, not {_a(paths)}")
    for path in paths:
        if kind_of(path) != "array" or not isinstance(path, list):
            raise raised(f"a path is an array, not {_a(path)}")
        value = _update(value, path, _NOTHING)
    return _without_nothing(value) if paths else value


def _without_nothing(value: object) -> object:
    if value is _NOTHING:
        return None
    match value:
        case list():
            return [_without_nothing(item) for item in value if item is not _NOTHING]
        case dict():
            kept = {key: item for key, item in value.items() if item is not _NOTHING}
            return {key: _without_nothing(item) for key, item in kept.items()}
    return value

"""sprig's functions of dicts (``map[string]any``).

sprig changes the dict that it is given; here a copy is changed, so that an
evaluation leaves its environment as it was.
"""

from collections.abc import Callable, Mapping

from fanout_lint.languages.expression.values import Slice, TypedMap
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import is_empty, kind_of, text_of

Dict = dict[str, object]


def make_dict(*values: object) -> Dict:
    """Return a dict of keys and values by turns; a key without a value gets an empty text."""
    padded = [*values, ""] if len(values) % 2 else list(values)
    return {text_of(key): value for key, value in zip(padded[::2], padded[1::2], strict=True)}


def get(entries: Dict | None, key: str) -> object:
    return (entries or {}).get(key, "")


def put(entries: Dict | None, key: str, value: object) -> Dict:
    if entries is None:
        raise SprigError("set cannot change nil")
    return {**entries, key: value}


def unset(entries: Dict | None, key: str) -> Dict:
    return {name: value for name, value in _told(entries).items() if name != key}


def _told(entries: Dict | None) -> Dict:
    """Return *entries*; a nil map stays nil in Go, and its text differs from ``{}``."""
    if entries is None:
        raise SprigUnknown
    return entries


def has_key(entries: Dict | None, key: str) -> bool:
    return key in (entries or {})


def pluck(key: str, *dicts: Dict | None) -> list[object]:
    return [entries[key] for entries in dicts if entries and key in entries]


def keys(*dicts: Dict | None) -> Slice:
    if any(len(entries or {}) > 1 for entries in dicts):
        raise SprigUnknown  # Go walks a map in an order of chance.
    return Slice("string", [key for entries in dicts for key in entries or {}])


def values(entries: Dict | None) -> list[object]:
    if len(entries or {}) > 1:
        raise SprigUnknown  # Go walks a map in an order of chance.
    return list((entries or {}).values())


def pick(entries: Dict | None, *names: str) -> Dict:
    return {name: (entries or {})[name] for name in names if name in (entries or {})}


def omit(entries: Dict | None, *names: str) -> Dict:
    return {name: value for name, value in (entries or {}).items() if name not in names}


def merge(first: Dict | None, *others: Dict | None) -> Dict:
    """Return *first* with what it lacks taken from *others*, dict by dict."""
    return _merged(first, others, overwrite=False)


def merge_overwrite(first: Dict | None, *others: Dict | None) -> Dict:
    return _merged(first, others, overwrite=True)


def _merged(first: Dict | None, others: tuple[Dict | None, ...], *, overwrite: bool) -> Dict:
    merged = _told(first)
    for other in others:
        merged = _merge_pair(merged, other or {}, overwrite)
    return merged


def _merge_pair(into: Dict, given: Dict, overwrite: bool) -> Dict:
    merged = dict(into)
    for key, value in given.items():
        present = merged.get(key)
        if isinstance(value, TypedMap) or isinstance(present, TypedMap):
            raise SprigUnknown
        if value is None:
            if overwrite:
                merged[key] = None
        elif isinstance(value, dict) and isinstance(present, dict):
            merged[key] = _merge_pair(present, value, overwrite)
        elif _keeps_struct(present) or kind_of(value) == "struct":
            raise SprigUnknown
        elif overwrite or is_empty(present):
            merged[key] = value
    return merged


def _keeps_struct(value: object) -> bool:
    return kind_of(value) == "struct"


def dig(*arguments: object) -> object:
    """Return what stands under the keys in turn, or the default; the dict comes last."""
    if len(arguments) < 3:
        raise SprigError(f"dig takes at least 3 arguments, and has {len(arguments)}")
    *names, default, found = arguments
    if not all(isinstance(name, str) for name in names):
        raise SprigError("dig takes texts for keys")
    for name in names:
        if not isinstance(found, dict):
            raise SprigError(f"dig cannot look for {name!r} in {_named(found)}, only in a dict")
        if name not in found:
            return default
        found = found[name]
    return found


def _named(value: object) -> str:
    return "nil" if value is None else f"a {kind_of(value)}"


CALLS: Mapping[str, Callable[..., object] | None] = {
    "dict(*any) map": make_dict,
    "get(map, string) any": get,
    "set(map, string, any) map": put,
    "unset(map, string) map": unset,
    "hasKey(map, string) bool": has_key,
    "pluck(string, *map) list": pluck,
    "keys(*map) []string": keys,
    "values(map) list": values,
    "pick(map, *string) map": pick,
    "omit(map, *string) map": omit,
    "merge(map, *map) any": merge,
    "mustMerge(map, *map) any": merge,
    "mergeOverwrite(map, *map) any": merge_overwrite,
    "mustMergeOverwrite(map, *map) any": merge_overwrite,
    "dig(*any) any": dig,
}

"""expr's built-in functions of texts, JSON and base64 (``builtin/builtin.go`` of 1.17.8)."""

import re
from collections.abc import Callable
from typing import Final

from fanout_lint.languages.expression.json_text import UnknownText, marshal, show, unmarshal
from fanout_lint.languages.expression.operations import MAX_TEXT, shown_type, text_bytes, to_int
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    Duration,
    Function,
    GoError,
    SizedNumber,
    Slice,
    Time,
    TypedMap,
    Unknown,
    has_unknown,
    type_name,
)
from fanout_lint.languages.gotext import SPACES

_GO_SPACES: Final = "".join(sorted(SPACES))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise GoError(f"a text is needed here, not {shown_type(value)}")
    return value


def _strip(text: object, characters: object = _GO_SPACES) -> object:
    return _text(text).strip(_text(characters))


def upper(text: str) -> str:
    """Return *text* as Go's ``strings.ToUpper``, which maps each character to one."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def _upper(character: str) -> str:
    for mapped in (character.upper(), character.title()):
        if len(mapped) == 1:
            return mapped
    return character


def lower(text: str) -> str:
    """Return *text* as Go's ``strings.ToLower``, which maps each character to one."""
    if text.isascii():
        return text.lower()
    return "".join("i" if char == "İ" else char.lower() for char in text)


def _pieces(text: str, separator: str, count: int, *, keep: bool) -> object:
    """Cut *text* as ``strings.SplitN`` does, or ``SplitAfterN`` with *keep*."""
    if count == 0:
        return Slice("string", [], is_nil=True)
    limit = -1 if count < 0 else count - 1
    if not separator:
        letters: list[object] = list(text)
        if 0 <= limit < len(letters):
            letters[limit:] = [text[limit:]]
        return Slice("string", letters)
    parts: list[object] = list(text.split(separator, limit))
    if keep:
        parts[:-1] = [f"{part}{separator}" for part in parts[:-1]]
    return Slice("string", parts)


def _splitter(*, keep: bool) -> Callable[..., object]:
    def split(text: object, separator: object, count: object = -1) -> object:
        limit = to_int(count)
        return (
            UNKNOWN if limit is None else _pieces(_text(text), _text(separator), limit, keep=keep)
        )

    return split


def _replace(text: object, old: object, new: object, count: object = -1) -> object:
    whole, before, after = _text(text), _text(old), _text(new)
    limit = to_int(count)
    if limit is None:
        return UNKNOWN
    times = whole.count(before)
    if len(whole) + times * len(after) > MAX_TEXT:
        return UNKNOWN
    return whole.replace(before, after, limit) if limit >= 0 else whole.replace(before, after)


def _join(items: object, glue: object = "") -> object:
    if isinstance(items, Slice) and items.element not in ("string", "interface {}"):
        raise GoError("join takes a list of texts")
    if not isinstance(items, list | Slice):
        raise GoError(f"join takes a list, not {shown_type(items)}")
    found = items if isinstance(items, list) else items.items
    between = _text(glue)
    if any(isinstance(item, Unknown) for item in found):
        return UNKNOWN
    return between.join([_text(item) for item in found])


def _byte_place(text: str, place: int) -> int:
    return place if place < 0 else len(text_bytes(text[:place]))


def _index(text: object, part: object) -> object:
    whole = _text(text)
    return _byte_place(whole, whole.find(_text(part)))


def _last_index(text: object, part: object) -> object:
    whole = _text(text)
    return _byte_place(whole, whole.rfind(_text(part)))


def to_json(value: object, indent: str | None = None) -> object:
    """Return *value* as JSON; ``toJSON`` indents, Argo's ``toJson`` does not."""
    try:
        return marshal(value, indent)
    except UnknownText:
        return UNKNOWN


def from_json(text: object) -> object:
    try:
        return unmarshal(_text(text))
    except UnknownText:
        return UNKNOWN
    except GoError as error:
        raise GoError(f"the text {error}") from error


def _to_base64(text: object) -> object:
    from base64 import b64encode

    return b64encode(text_bytes(_text(text))).decode()


_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"


def _from_base64(text: object) -> object:
    from base64 import b64decode

    bare = _text(text).replace("\n", "").replace("\r", "")
    if not re.fullmatch(_BASE64, bare):
        raise GoError("the text is not base64")
    return b64decode(bare).decode("utf-8", "surrogateescape")


def text_of(value: object) -> object:
    """Return the text that ``string(value)`` gives."""
    try:
        return show(value)
    except UnknownText:
        return UNKNOWN


_KINDS: Final = {"bool": "bool", "string": "string", "float64": "float", "float32": "float"}


def type_of(value: object) -> object:
    """Return what expr's ``type(value)`` gives."""
    if value is None:
        return "nil"
    name = type_name(value)
    if name == "http.Header":
        return "net/http.Header"
    if isinstance(value, Time | Duration) or name.startswith("time."):
        return name
    if isinstance(value, dict | TypedMap):
        return "map"
    if isinstance(value, Function):
        return "func"
    if name.startswith("["):
        return "array"
    if isinstance(value, int | SizedNumber) and name.startswith(("int", "uint")):
        return name.rstrip("0123456789")
    return _KINDS.get(name, "unknown")


def _to_pretty_json(value: object) -> object:
    return UNKNOWN if has_unknown(value) else to_json(value, "  ")


TEXT_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "type": type_of,
    "string": text_of,
    "trim": _strip,
    "trimPrefix": lambda text, part=" ": _text(text).removeprefix(_text(part)),
    "trimSuffix": lambda text, part=" ": _text(text).removesuffix(_text(part)),
    "upper": lambda text: upper(_text(text)),
    "lower": lambda text: lower(_text(text)),
    "split": _splitter(keep=False),
    "splitAfter": _splitter(keep=True),
    "replace": _replace,
    "join": _join,
    "indexOf": _index,
    "lastIndexOf": _last_index,
    "hasPrefix": lambda text, part: _text(text).startswith(_text(part)),
    "hasSuffix": lambda text, part: _text(text).endswith(_text(part)),
    "toJSON": _to_pretty_json,
    "fromJSON": from_json,
    "toBase64": _to_base64,
    "fromBase64": _from_base64,
}

#: Those that give a text whatever text they are given.
TEXT_GIVING: Final = frozenset(
    {"string", "trim", "trimPrefix", "trimSuffix", "upper", "lower", "replace", "toBase64"}
    | {"toJSON"}
)

"""sprig's functions of texts: cutting, joining, quoting, indenting, wrapping."""

from collections.abc import Callable, Mapping

from fanout_lint.languages.expression.json_text import quote as go_quote
from fanout_lint.languages.expression.values import Slice, TypedMap
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import (
    GO_SPACES,
    MAX_SIZE,
    bytes_of,
    kind_of,
    shown,
    text_from,
    text_of,
    texts_of,
)


def hello() -> str:
    return "Hello!"


def trim(text: str) -> str:
    return text.strip(GO_SPACES)


def trim_all(cutset: str, text: str) -> str:
    return text.strip(cutset) if cutset else text


def trim_suffix(suffix: str, text: str) -> str:
    return text.removesuffix(suffix)


def trim_prefix(prefix: str, text: str) -> str:
    return text.removeprefix(prefix)


def contains(part: str, text: str) -> bool:
    return part in text


def has_prefix(prefix: str, text: str) -> bool:
    return text.startswith(prefix)


def has_suffix(suffix: str, text: str) -> bool:
    return text.endswith(suffix)


def replace(old: str, new: str, text: str) -> str:
    if (text.count(old) if old else len(text) + 1) * len(new) > MAX_SIZE:
        raise SprigUnknown
    return text.replace(old, new)


def repeat(count: int, text: str) -> str:
    if count < 0:
        raise SprigError("repeat cannot take a count below 0")
    if count * max(len(text), 1) > MAX_SIZE:
        raise SprigUnknown
    return text * count


def trunc(length: int, text: str) -> str:
    """Return the first *length* bytes, or the last ``-length``."""
    raw = bytes_of(text)
    if length < 0 < len(raw) + length:
        return text_from(raw[length:])
    return text_from(raw[:length]) if 0 <= length < len(raw) else text


def substring(start: int, end: int, text: str) -> str:
    """Return the bytes from *start* to *end*; SprigError where Go's slice is out of range."""
    raw = bytes_of(text)
    if start < 0:
        start = 0
    elif end < 0 or end > len(raw):
        end = len(raw)
    if not 0 <= start <= end <= len(raw):
        raise SprigError(f"substr cannot take bytes {start} to {end} of {len(raw)}")
    return text_from(raw[start:end])


def abbrev(width: int, text: str) -> str:
    return text_from(_abbreviated(bytes_of(text), 0, width)) if width >= 4 else text


def abbrevboth(left: int, right: int, text: str) -> str:
    if right < 4 or (left > 0 and right < 7):
        return text
    return text_from(_abbreviated(bytes_of(text), left, right))


def _abbreviated(raw: bytes, offset: int, width: int) -> bytes:
    """Return at most *width* bytes of *raw* around *offset*, with ``...`` for what is left out."""
    if len(raw) <= width:
        return raw
    offset = min(offset, len(raw))
    if len(raw) - offset < width - 3:
        offset = len(raw) - (width - 3)
    if offset <= 4:
        return raw[: width - 3] + b"..."
    if width < 7:
        return b""
    if offset + width - 3 < len(raw):
        shorter = width - 3
        return b"..." + (_abbreviated(raw[offset:], 0, shorter) if shorter >= 4 else b"")
    return b"..." + raw[len(raw) - (width - 3) :]


def quote(*values: object) -> str:
    return " ".join(go_quote(text_of(value)) for value in values if value is not None)


def squote(*values: object) -> str:
    return " ".join(f"'{shown(value)}'" for value in values if value is not None)


def cat(*values: object) -> str:
    return " ".join(shown(value) for value in values if value is not None)


def indent(spaces: int, text: str) -> str:
    if spaces < 0:
        raise SprigError("indent cannot take a number below 0")
    if spaces * (text.count("\n") + 1) > MAX_SIZE:
        raise SprigUnknown
    pad = " " * spaces
    return pad + text.replace("\n", "\n" + pad)


def nindent(spaces: int, text: str) -> str:
    return "\n" + indent(spaces, text)


def plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def join(separator: str, value: object) -> str:
    return separator.join(texts_of(value))


def to_strings(value: object) -> Slice:
    return Slice("string", list(texts_of(value)))


def sort_alpha(value: object) -> Slice:
    texts = texts_of(value) if kind_of(value) == "slice" else [text_of(value)]
    ordered = sorted(texts, key=bytes_of)
    return Slice("string", [*ordered])


def split_list(separator: str, text: str) -> Slice:
    return Slice("string", list(_parts(separator, text, -1)))


def split(separator: str, text: str) -> TypedMap:
    return _numbered(_parts(separator, text, -1))


def splitn(separator: str, count: int, text: str) -> TypedMap:
    return _numbered(_parts(separator, text, count))


def _parts(separator: str, text: str, count: int) -> list[str]:
    """Return what ``strings.SplitN`` gives; a negative *count* is no limit."""
    if count == 0:
        return []
    if separator:
        return text.split(separator, count - 1 if count > 0 else -1)
    if 0 < count < len(text):
        return [*text[: count - 1], text[count - 1 :]]
    return list(text)


def _numbered(parts: list[str]) -> TypedMap:
    return TypedMap("string", "string", {f"_{at}": part for at, part in enumerate(parts)})


def wrap(width: int, text: str) -> str:
    return _wrapped(text, width, "", False)


def wrap_with(width: int, separator: str, text: str) -> str:
    return _wrapped(text, width, separator, True)


def _wrapped(text: str, width: int, separator: str, cut_words: bool) -> str:
    """Return *text* in lines of at most *width* bytes; a long word is cut only if *cut_words*."""
    raw = bytes_of(text)
    line_end = bytes_of(separator or "\n")
    width = max(width, 1)
    if (len(raw) // width + 1) * len(line_end) > MAX_SIZE:
        raise SprigUnknown
    pieces: list[bytes] = []
    offset = 0
    while len(raw) - offset > width:
        if raw[offset : offset + 1] == b" ":
            offset += 1
            continue
        space = raw.rfind(b" ", offset, offset + width + 1)
        if space < 0 and cut_words:
            pieces += [raw[offset : offset + width], line_end]
            offset += width
            continue
        if space < 0:
            space = raw.find(b" ", offset + width)
        if space < 0:
            pieces.append(raw[offset:])
            offset = len(raw)
        else:
            pieces += [raw[offset:space], line_end]
            offset = space + 1
    return text_from(b"".join([*pieces, raw[offset:]]))


CALLS: Mapping[str, Callable[..., object] | None] = {
    "hello() string": hello,
    "trim(string) string": trim,
    "trimall(string, string) string": trim_all,
    "trimAll(string, string) string": trim_all,
    "trimSuffix(string, string) string": trim_suffix,
    "trimPrefix(string, string) string": trim_prefix,
    "contains(string, string) bool": contains,
    "hasPrefix(string, string) bool": has_prefix,
    "hasSuffix(string, string) bool": has_suffix,
    "replace(string, string, string) string": replace,
    "repeat(int, string) string": repeat,
    "trunc(int, string) string": trunc,
    "substr(int, int, string) string": substring,
    "abbrev(int, string) string": abbrev,
    "abbrevboth(int, int, string) string": abbrevboth,
    "quote(*any) string": quote,
    "squote(*any) string": squote,
    "cat(*any) string": cat,
    "indent(int, string) string": indent,
    "nindent(int, string) string": nindent,
    "plural(string, string, int) string": plural,
    "join(string, any) string": join,
    "toString(any) string": text_of,
    "toStrings(any) []string": to_strings,
    "sortAlpha(any) []string": sort_alpha,
    "splitList(string, string) []string": split_list,
    "split(string, string) map[string]string": split,
    "splitn(string, int, string) map[string]string": splitn,
    "wrap(int, string) string": wrap,
    "wrapWith(int, string, string) string": wrap_with,
}

"""JSON inside a string, as Go's ``encoding/json`` takes it, with the place of every part.

Argo reads a ``withParam`` with ``json.Unmarshal`` (``workflow/controller/steps.go:
expandStep`` of v4.1.2). What that refuses, this refuses, at the same character
and in the same words; what it takes, this takes. Numbers keep their text, as
Argo's items do. Nesting past :data:`MAX_DEPTH` is refused here, far below Go's 10,000.
"""

import re
from enum import Enum

from msgspec import Struct

MAX_DEPTH = 300

_SPACE = " \t\r\n"
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_PLAIN_TEXT = r'[^"\\\x00-\x1f]+'
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_NAMED_CONTROLS = dict(zip("\a\b\f\n\r\t\v", "abfnrtv", strict=True))
_HEX = r"[0-9a-fA-F]{4}"


class JsonKind(Enum):
    """The kinds of JSON values; the value is what messages call them."""

    OBJECT = "object"
    LIST = "list"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


class Member(Struct, frozen=True):
    """A key of an object (unescaped) with the span of its quoted text, and its value."""

    key: str
    start: int
    end: int
    value: "JsonValue"


class JsonValue(Struct, frozen=True):
    """A value and the stretch of text it stands on.

    ``text`` is a string's content, and otherwise the value as it was written.
    ``items`` is empty unless it is a list, ``members`` unless an object (in the
    order of the text, doubled keys included: the last wins).
    """

    kind: JsonKind
    start: int
    end: int
    text: str = ""
    items: tuple["JsonValue", ...] = ()
    members: tuple[Member, ...] = ()

    def member(self, key: str) -> "JsonValue | None":
        found = [member.value for member in self.members if member.key == key]
        return found[-1] if found else None


class JsonError(Struct, frozen=True):
    """Why a text is no JSON: Go's message, and the offset of the character it stumbled on."""

    message: str
    offset: int


class _Stumbled(Exception):
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.error = JsonError(message, offset)


def parse_json(text: str) -> JsonValue | JsonError:
    """Return the one JSON value that *text* is, or why it is none."""
    reader = _Reader(text)
    try:
        value = reader.value(reader.skip(0), 0, "looking for beginning of value")
        rest = reader.skip(value.end)
        if rest < len(text):
            raise reader.unexpected(rest, "after top-level value")
    except _Stumbled as stumbled:
        return stumbled.error
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text

    def skip(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in _SPACE:
            at += 1
        return at

    def unexpected(self, at: int, context: str) -> _Stumbled:
        if at >= len(self.text):
            return _Stumbled("unexpected end of JSON input", len(self.text))
        return _Stumbled(f"invalid character {_quoted(self.text[at])} {context}", at)

    def value(self, at: int, depth: int, context: str) -> JsonValue:
        if depth > MAX_DEPTH:
            raise _Stumbled("exceeded max depth", at)
        char = self.text[at : at + 1]
        if char == "{":
            return self._object(at, depth)
        if char == "[":
            return self._list(at, depth)
        if char == '"':
            text, end = self._string(at)
            return JsonValue(JsonKind.STRING, at, end, text)
        if char in "-0123456789" and char:
            return self._number(at)
        for word, kind in _WORDS.items():
            if char and word[0] == char:
                return self._word(at, word, kind)
        raise self.unexpected(at, context)

    def _object(self, start: int, depth: int) -> JsonValue:
        members: list[Member] = []
        at = self.skip(start + 1)
        if self.text.startswith("}", at):
            return JsonValue(JsonKind.OBJECT, start, at + 1, self.text[start : at + 1])
        while True:
            if not self.text.startswith('"', at):
                raise self.unexpected(at, "looking for beginning of object key string")
            key, key_end = self._string(at)
            colon = self.skip(key_end)
            if not self.text.startswith(":", colon):
                raise self.unexpected(colon, "after object key")
            value = self.value(self.skip(colon + 1), depth + 1, "looking for beginning of value")
            members.append(Member(key, at, key_end, value))
            at = self.skip(value.end)
            if self.text.startswith("}", at):
                text = self.text[start : at + 1]
                return JsonValue(JsonKind.OBJECT, start, at + 1, text, (), tuple(members))
            if not self.text.startswith(",", at):
                raise self.unexpected(at, "after object key:value pair")
            at = self.skip(at + 1)

    def _list(self, start: int, depth: int) -> JsonValue:
        items: list[JsonValue] = []
        at = self.skip(start + 1)
        if self.text.startswith("]", at):
            return JsonValue(JsonKind.LIST, start, at + 1, self.text[start : at + 1])
        while True:
            value = self.value(at, depth + 1, "looking for beginning of value")
            items.append(value)
            at = self.skip(value.end)
            if self.text.startswith("]", at):
                text = self.text[start : at + 1]
                return JsonValue(JsonKind.LIST, start, at + 1, text, tuple(items))
            if not self.text.startswith(",", at):
                raise self.unexpected(at, "after array element")
            at = self.skip(at + 1)

    def _string(self, start: int) -> tuple[str, int]:
        parts: list[str] = []
        at = start + 1
        while True:
            plain = re.compile(_PLAIN_TEXT).match(self.text, at)
            if plain is not None:
                parts.append(plain.group())
                at = plain.end()
            char = self.text[at : at + 1]
            if char == '"':
                return _join_surrogates("".join(parts)), at + 1
            if char != "\\":
                raise self.unexpected(at, "in string literal")
            escaped = self.text[at + 1 : at + 2]
            if escaped == "u":
                if not re.compile(_HEX).match(self.text, at + 2):
                    raise self._bad_hex(at + 2)
                parts.append(chr(int(self.text[at + 2 : at + 6], 16)))
                at += 6
            elif escaped in _ESCAPES and escaped:
                parts.append(_ESCAPES[escaped])
                at += 2
            else:
                raise self.unexpected(at + 1, "in string escape code")

    def _bad_hex(self, at: int) -> _Stumbled:
        while self.text[at : at + 1] and self.text[at] in "0123456789abcdefABCDEF":
            at += 1
        return self.unexpected(at, "in \\u hexadecimal character escape")

    def _number(self, start: int) -> JsonValue:
        found = re.compile(_NUMBER).match(self.text, start)
        if found is None:
            raise self.unexpected(start + 1, "in numeric literal")
        end = found.end()
        following = self.text[end : end + 1]
        if following == ".":
            raise self.unexpected(end + 1, "after decimal point in numeric literal")
        if following in ("e", "E"):
            signed = self.text[end + 1 : end + 2] in ("+", "-")
            raise self.unexpected(end + 1 + signed, "in exponent of numeric literal")
        return JsonValue(JsonKind.NUMBER, start, end, found.group())

    def _word(self, start: int, word: str, kind: JsonKind) -> JsonValue:
        for index, char in enumerate(word):
            if self.text[start + index : start + index + 1] != char:
                context = f"in literal {word} (expecting {_quoted(char)})"
                raise self.unexpected(start + index, context)
        return JsonValue(kind, start, start + len(word), word)


_WORDS = {"true": JsonKind.BOOLEAN, "false": JsonKind.BOOLEAN, "null": JsonKind.NULL}


def _join_surrogates(text: str) -> str:
    """Join surrogate pairs; a lone half is U+FFFD, as in Go."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _quoted(char: str) -> str:
    """Return *char* as Go's JSON errors quote it (``encoding/json/scanner.go:quoteChar``)."""
    if char == "'":
        return "'\\''"
    if char == '"':
        return "'\"'"
    if char in _NAMED_CONTROLS:
        return f"'\\{_NAMED_CONTROLS[char]}'"
    if not char.isprintable():
        return f"'\\u{ord(char):04x}'" if ord(char) > 0x7F else f"'\\x{ord(char):02x}'"
    # Go looks at bytes, so the first byte of a longer character is what it names.
    return f"'{char}'" if ord(char) < 0x80 else f"'{chr(char.encode()[0])}'"

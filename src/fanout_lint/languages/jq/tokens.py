"""jq's words, cut one at a time, since strings change how the rest is cut."""

import re

from msgspec import Struct

from fanout_lint.languages.jq.faults import JqError

KEYWORDS = frozenset(
    {
        *("or", "and", "module", "import", "include", "def", "as", "label", "break", "null"),
        *("true", "false", "if", "then", "elif", "else", "end", "try", "catch", "reduce"),
        *("foreach",),
    }
)

_IDENTIFIER = r"[a-zA-Z_][a-zA-Z0-9_]*"
_BLANK = re.compile(r"(?:[\t\n\r ]|#(?:\\(?:\\|\r\n|\n|\r)?|[^\n\r\\\x00])*)*")
_TOKEN = re.compile(
    rf"(?P<field>\.{_IDENTIFIER})|(?P<recurse>\.\.)"
    rf"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    rf"|(?P<word>{_IDENTIFIER}(?:::{_IDENTIFIER})?)"
    rf"|(?P<variable>\${_IDENTIFIER}(?:::{_IDENTIFIER})?)"
    r"|(?P<format>@[a-zA-Z0-9_]+)"
    r"|(?P<operator>\?//|//=|\|=|\+=|-=|\*=|//|/=|%=|==|!=|>=|<=|[=<>])"
    r"|(?P<string>\")|(?P<other>.)",
    re.DOTALL,
)
_AFTER_NUMBER = r"[a-zA-Z_]|\."
_PART = r"(?:[^\"\\]|\\(?:[\"/\\bfnrt]|u[0-9a-fA-F]{4}))*"


class Token(Struct, frozen=True):
    """A word: *kind* is a group of the pattern above, ``keyword`` or ``end``."""

    kind: str
    text: str
    start: int
    end: int


def next_token(source: str, place: int) -> Token:
    """Return the word at or after *place*; JqError for what is no word."""
    blank = _BLANK.match(source, place)
    start = blank.end() if blank else place
    if start >= len(source) or (source[start] == "\0" and _in_comment(source, place, start)):
        return Token("end", "", len(source), len(source))
    found = _TOKEN.match(source, start)
    kind = found.lastgroup if found else None
    if not found or kind is None:
        raise JqError("nothing can be read here", start, start + 1)
    text, end = found[0], found.end()
    follows = re.compile(_AFTER_NUMBER).match(source, end) if kind == "number" else None
    if follows and (follows[0] != "." or not re.search("[eE]", text)):
        raise JqError(f"{source[start : end + 1]!r} is no number", start, end + 1)
    if kind == "word" and text in KEYWORDS:
        kind = "keyword"
    return Token(kind, text, start, end)


def _in_comment(source: str, place: int, start: int) -> bool:
    """Whether the zero byte at *start* ends a comment, and the text with it."""
    return "#" in re.split(r"[\n\r]", source[place:start])[-1]


def string_part(source: str, place: int) -> tuple[str, int]:
    """Return the text of a string from *place* up to its quote or ``\\(``, and where that stands.

    JqError where the string has no end, or an escape that jq does not know.
    """
    found = re.compile(_PART).match(source, place)
    end = found.end() if found else place
    if end >= len(source):
        raise JqError("the string has no end", max(place - 1, 0), len(source))
    if source[end] == "\\" and source[end + 1 : end + 2] != "(":
        stop = min(end + 2, len(source))
        if stop == len(source) and stop - end < 2:
            raise JqError("the string has no end", max(place - 1, 0), len(source))
        words = source[end:stop]
        raise JqError(f"jq knows no escape {words!r}", end, stop)
    return _decoded(source[place:end]), end


def _decoded(raw: str) -> str:
    """Return *raw* with its escapes undone, and U+FFFD for each half of a pair."""
    if "\\" not in raw:
        return raw
    import json

    text: str = json.loads(f'"{raw}"', strict=False)
    return "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)

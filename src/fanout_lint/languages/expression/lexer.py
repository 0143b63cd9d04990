"""An expression's text as tokens, cut as expr-lang 1.17.8 cuts it (``parser/lexer``)."""

from enum import Enum

from msgspec import Struct

from fanout_lint.languages.expression.escapes import (
    EscapeError,
    scan_quoted,
    unescape,
    unescape_bytes,
)
from fanout_lint.languages.expression.operators import WORDS


class Kind(Enum):
    IDENTIFIER = "name"
    NUMBER = "number"
    STRING = "string"
    BYTES = "bytes"
    OPERATOR = "operator"
    BRACKET = "bracket"
    END = "end"


class Token(Struct, frozen=True):
    """One token: *value* is the text itself, or the decoded value of a string."""

    kind: Kind
    value: str
    start: int
    end: int
    content: bytes = b""  #: The value of a bytes literal.
    quote: str = ""  #: The character that opens a string.


class ExpressionSyntaxError(Exception):
    """expr refuses to parse the text; *start* and *end* are the place of the fault."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


#: What Go's ``unicode.IsSpace`` calls space; Python's ``isspace`` has four more.
_NOT_GO_SPACES = "\x1c\x1d\x1e\x1f"


def is_space(character: str) -> bool:
    return character.isspace() and character not in _NOT_GO_SPACES


def is_name_character(character: str) -> bool:
    return character in "_$" or character.isalpha() or character.isdecimal()


def is_name(text: str) -> bool:
    """Whether *text* can stand after a dot, or as a bare key."""
    return text != "" and not text[0].isdecimal() and all(is_name_character(char) for char in text)


def tokens(text: str) -> list[Token]:
    """Return the tokens of *text*, the last of kind ``END``; raises ExpressionSyntaxError."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        character = text[place]
        if is_space(character):
            place += 1
        elif text.startswith(("//", "/*"), place):
            place = _after_comment(text, place)
        else:
            token = _token(text, place)
            found.append(token)
            place = token.end
            if token.kind is Kind.OPERATOR and token.value in ("#", "##"):
                place = _pointer_name(text, place, found)
    found.append(Token(Kind.END, "", place, place))
    return found


def _after_comment(text: str, start: int) -> int:
    if text[start + 1] == "/":
        newline = text.find("\n", start)
        return len(text) if newline < 0 else newline + 1
    close = text.find("*/", start + 2)
    if close < 0:
        raise ExpressionSyntaxError("this comment is never closed", start, start + 2)
    return close + 2


def _pointer_name(text: str, place: int, found: list[Token]) -> int:
    end = _name_end(text, place)
    if end > place:
        found.append(Token(Kind.IDENTIFIER, text[place:end], place, end))
    return end


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NAME_CHARACTERS = frozenset(f"$_0123456789{_LETTERS}{_LETTERS.upper()}")
"""Those of ASCII: most characters of an expression are, and need not be asked more."""


def _name_end(text: str, place: int) -> int:
    end = len(text)
    while place < end and (text[place] in _NAME_CHARACTERS or is_name_character(text[place])):
        place += 1
    return place


def _token(text: str, start: int) -> Token:
    character = text[start]
    following = text[start + 1 : start + 2]
    if character in "'\"":
        return _quoted(text, start, start)
    if character == "`":
        return _raw(text, start)
    if character in "bB" and following and following in "'\"":
        return _quoted(text, start, start + 1)
    if character in "0123456789" or (character == "." and following and following in "0123456789"):
        return _number(text, start)
    if is_name_character(character):
        end = _name_end(text, start)
        word = text[start:end]
        return Token(Kind.OPERATOR if word in WORDS else Kind.IDENTIFIER, word, start, end)
    return _symbol(text, start)


#: For each character that starts an operator: the characters that may join it.
_JOINS = dict.fromkeys(",;%+-^/", "") | dict.fromkeys("&!=*<>", "&=*")
_JOINS |= {"?": ".?", "|": "|", ":": ":", ".": ".", "#": "#"}


def _symbol(text: str, start: int) -> Token:
    character = text[start]
    if character in "()[]{}":
        return Token(Kind.BRACKET, character, start, start + 1)
    if (joins := _JOINS.get(character)) is None:
        raise ExpressionSyntaxError(
            f"the character {character!r} has no meaning in an expression", start, start + 1
        )
    following = text[start + 1 : start + 2]
    end = start + (2 if following and following in joins else 1)
    return Token(Kind.OPERATOR, text[start:end], start, end)


def _quoted(text: str, start: int, quote: int) -> Token:
    """Read the string whose quote stands at *quote*; a ``b`` before it makes bytes."""
    try:
        end = scan_quoted(text, quote)
        if quote > start:
            content = unescape_bytes(text[quote + 1 : end - 1])
            return Token(Kind.BYTES, "", start, end, content)
        value = unescape(text[quote + 1 : end - 1])
        return Token(Kind.STRING, value, start, end, quote=text[quote])
    except EscapeError as error:
        raise ExpressionSyntaxError(error.message, error.start, error.end) from None


def _raw(text: str, start: int) -> Token:
    place = start + 1
    while (close := text.find("`", place)) >= 0:
        if not text.startswith("``", close):
            value = text[start + 1 : close].replace("``", "`")
            return Token(Kind.STRING, value, start, close + 1, quote="`")
        place = close + 2
    raise ExpressionSyntaxError("this string is never closed", start, len(text))


_BASES = {"x": "0123456789abcdefABCDEF_", "o": "01234567_", "b": "01_"}


def _number(text: str, start: int) -> Token:
    digits = "0123456789_"
    place = start + (text[start] == ".")
    if text.startswith("0", place):
        place += 1
        if (base := text[place : place + 1].lower()) in ("x", "o", "b"):
            digits = _BASES[base]
            place += 1
    place = _run(text, place, digits)
    if text.startswith("..", place):
        return Token(Kind.NUMBER, text[start:place], start, place)
    if text.startswith(".", place):
        place = _run(text, place + 1, digits)
    if text[place : place + 1] in ("e", "E"):
        place += 1
        place = _run(text, place + (text[place : place + 1] in ("+", "-")), digits)
    if place < len(text) and is_name_character(text[place]):
        raise ExpressionSyntaxError(
            f"{text[start : place + 1]!r} is neither a number nor a name", start, place + 1
        )
    return Token(Kind.NUMBER, text[start:place], start, place)


def _run(text: str, place: int, allowed: str) -> int:
    while place < len(text) and text[place] in allowed:
        place += 1
    return place

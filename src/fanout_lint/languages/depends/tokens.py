"""The written-out ``depends`` text into the tokens of expr-lang (v1.17.8 ``parser/lexer``).

Numbers cannot occur: every digit is part of a task's name by then, and a number that
runs into letters is a fault.
"""

import re
from enum import Enum, auto

from msgspec import Struct

from fanout_lint.languages.gotext import is_digit, is_space


class TokenKind(Enum):
    NAME = auto()
    TEXT = auto()
    SIGN = auto()  #: Operators and brackets.
    END = auto()


class Token(Struct, frozen=True):
    """A token; *text* of a TEXT is what the quotes hold."""

    kind: TokenKind
    text: str
    start: int
    end: int


class LogicError(Exception):
    """The text is no expression; *start* and *end* are offsets into the written-out text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class UndecidedError(Exception):
    """Nothing is said of a text as odd as this one."""


_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_NAME = re.compile(r"[\w$]+")
_SIGN = re.compile(r"\?[.?]?|\|{1,2}|::?|[()\[\]{},;%+\-^/]|[&!=*<>][&=*]?|\.\.?|##?")
_WORD_SIGNS = frozenset(
    ("not", "in", "or", "and", "matches", "contains", "startsWith", "endsWith", "let", "if", "else")
)
KEYWORDS = _WORD_SIGNS | {"true", "false", "nil"}
"""What is no name in an expression, though a task may be called so."""


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of *text*, an END last; raise LogicError where expr-lang would."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        character = text[position]
        if is_space(character):
            position += 1
        elif text.startswith("//", position):
            newline = text.find("\n", position)
            position = len(text) if newline < 0 else newline + 1
        elif text.startswith("/*", position):
            position = _end_of_comment(text, position)
        else:
            token = _read(text, position)
            tokens.append(token)
            position = token.end
    tokens.append(Token(TokenKind.END, "", len(text), len(text)))
    return tuple(tokens)


def _read(text: str, start: int) -> Token:
    character = text[start]
    if character in "'\"":
        return _quoted(text, start)
    if character == "`":
        return _raw(text, start)
    if is_digit(character) or (character == "." and text[start + 1 : start + 2].isdecimal()):
        word = _NAME.match(text, start)
        end = word.end() if word else start + 1
        raise LogicError("a task's name cannot begin with a digit here", start, end)
    if match := _NAME.match(text, start):
        kind = TokenKind.SIGN if match[0] in _WORD_SIGNS else TokenKind.NAME
        return Token(kind, match[0], start, match.end())
    if match := _SIGN.match(text, start):
        return Token(TokenKind.SIGN, match[0], start, match.end())
    raise LogicError(f"`{character}` has no meaning in depends", start, start + 1)


def _end_of_comment(text: str, start: int) -> int:
    end = text.find("*/", start + 2)
    if end < 0:
        raise LogicError("the comment `/*` has no end", start, len(text))
    return end + 2


def _raw(text: str, start: int) -> Token:
    position = start + 1
    while True:
        end = text.find("`", position)
        if end < 0:
            raise LogicError("the quote has no end", start, len(text))
        if not text.startswith("``", end):
            value = text[start + 1 : end].replace("``", "`")
            return Token(TokenKind.TEXT, value, start, end + 1)
        position = end + 2


def _quoted(text: str, start: int) -> Token:
    """Read a string in quotes.

    A letter or a digit after a backslash was written out as a task, so ``\\(`` stands
    there, which is a fault; only a word with its result stays, as in ``'\\n.Failed'``.
    """
    quote = text[start]
    value: list[str] = []
    position = start + 1
    while position < len(text) and text[position] not in (quote, "\n"):
        if text[position] == "\\":
            escaped = text[position + 1 : position + 2]
            if escaped.isalnum() and escaped not in _ESCAPES:
                raise UndecidedError
            if escaped not in ("\\", quote) and escaped not in _ESCAPES:
                raise LogicError("the backslash escapes nothing", position, position + 1)
            value.append(_ESCAPES.get(escaped, escaped))
            position += 2
        else:
            value.append(text[position])
            position += 1
    if position >= len(text) or text[position] != quote:
        raise LogicError("the quote has no end", start, len(text))
    return Token(TokenKind.TEXT, "".join(value), start, position + 1)

"""A ``when`` text into the tokens of govaluate (``parsing.go:parseTokens``).

Argo calls govaluate on the text in which every tag was substituted
(``workflow/controller/steps.go:shouldExecute`` of v4.1.2). Its reader is odd, and the
oddities are kept: either quote ends a string, a backslash takes the next character as it
is, signs are read greedily (``==-`` is one token), and text that looks like a date is one.

While tags are still there, each stands in the text as one character, the *hole*.
"""

import math
import re
from collections.abc import Callable
from enum import Enum

from msgspec import Struct

from fanout_lint.languages.golayout import unix_time
from fanout_lint.languages.gotext import is_digit, is_letter, is_space, is_upper_or_caseless


class Kind(Enum):
    """What govaluate calls a kind of token; a HOLE is an operand that is not known."""

    START = "the start"
    NUMBER = "a number"
    BOOL = "a truth value"
    TEXT = "text"
    TIME = "a time"
    WORD = "a word"
    FIELD = "a field"
    PATTERN = "a pattern"
    HOLE = "a tag"
    PREFIX = "a prefix"
    MODIFIER = "an arithmetic sign"
    COMPARATOR = "a comparison"
    LOGICAL = "`&&` or `||`"
    TERNARY = "`?` or `:`"
    COMMA = "a comma"
    OPEN = "`(`"
    CLOSE = "`)`"


class Token(Struct, frozen=True):
    """A token; *value* is what it stands for, and offsets are into the text."""

    kind: Kind
    value: str | float | bool
    start: int
    end: int

    @property
    def sign(self) -> str:
        return str(self.value)


class FaultKind(Enum):
    """Why a ``when`` fails."""

    SYNTAX = "it cannot be read"
    SINGLE_EQUALS = "`=` stands for `==`"
    UNQUOTED = "text that needs quotes is read as something else"
    TYPES = "an operator has a value of the wrong kind"
    PATTERN = "a regular expression is none"
    NO_CONDITION = "the result is not true or false"


class WhenError(Exception):
    """Govaluate cannot read, plan or evaluate the text."""

    def __init__(
        self, message: str, start: int, end: int, kind: FaultKind = FaultKind.SYNTAX
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.kind = kind


class UnfollowableError(Exception):
    """What a tag holds decides how the text around it is read."""


PREFIXES = frozenset("-!~")
_SIGNS = {
    **dict.fromkeys(("+", "-", "*", "/", "%", "**", "&", "|", "^", ">>", "<<"), Kind.MODIFIER),
    **dict.fromkeys(("&&", "||"), Kind.LOGICAL),
    **dict.fromkeys(("==", "!=", ">", ">=", "<", "<=", "=~", "!~", "in"), Kind.COMPARATOR),
    **dict.fromkeys(("?", ":", "??"), Kind.TERNARY),
}
_TAKES_PREFIX = frozenset(
    (
        Kind.START,
        Kind.OPEN,
        Kind.MODIFIER,
        Kind.COMPARATOR,
        Kind.LOGICAL,
        Kind.TERNARY,
        Kind.COMMA,
    )
)
_QUOTES = "'\""
_NUMBER = r"[0-9.]++(?:[eE][+-]?[0-9]+)?"
_ODD_NUMBER = r"[0-9.][0-9a-fA-FxXpPoO_.+-]*"  #: Needs escapes to be read.
_NO_SIGN = frozenset("()[]'\"")
_HEX = frozenset("0123456789abcdefABCDEF")


def tokenize(text: str, hole: str = "") -> tuple[Token, ...]:
    """Return the tokens of *text*, in which *hole* stands for what a tag will give."""
    reader = _Reader(text, hole)
    tokens: list[Token] = []
    while True:
        token = reader.read(tokens[-1].kind if tokens else Kind.START)
        if token is None:
            break
        tokens.append(token)
    return tuple(tokens)


class _Reader:
    def __init__(self, text: str, hole: str) -> None:
        self._text = text
        self._hole = hole
        self._at = 0

    def read(self, before: Kind) -> Token | None:
        while self._at < len(self._text) and is_space(self._text[self._at]):
            self._at += 1
        if self._at >= len(self._text):
            return None
        start = self._at
        character = self._text[start]
        if is_digit(character) or character == ".":
            return self._number(start)
        if character == ",":
            return self._single(Kind.COMMA)
        if character == "[":
            return self._bracketed(start)
        if is_letter(character) or character == self._hole:
            return self._word(start)
        if character in _QUOTES:
            return self._quoted(start)
        if character in "()":
            return self._single(Kind.OPEN if character == "(" else Kind.CLOSE)
        return self._signs(start, before)

    def _single(self, kind: Kind) -> Token:
        self._at += 1
        return Token(kind, self._text[self._at - 1], self._at - 1, self._at)

    def _is_in_number(self, character: str) -> bool:
        return is_digit(character) or character == "." or character == self._hole

    def _is_in_word(self, character: str) -> bool:
        return self._is_in_number(character) or is_letter(character) or character == "_"

    def _is_in_sign(self, character: str) -> bool:
        return not (
            is_digit(character)
            or is_letter(character)
            or character in _NO_SIGN
            or character == self._hole
        )

    def _run(self, fits: Callable[[str], bool]) -> str:
        """Read on while characters fit; a blank ends the run and is passed over."""
        taken: list[str] = []
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == "\\":
                taken.append(self._escaped())
                continue
            if is_space(character):
                self._at += 1
                if taken:
                    break
                continue
            if not fits(character):
                break
            taken.append(character)
            self._at += 1
        return "".join(taken)

    def _escaped(self) -> str:
        if self._at + 1 >= len(self._text):
            raise WhenError("a backslash cannot end the text", self._at, self._at + 1)
        self._at += 2
        return self._text[self._at - 1]

    def _until(self, closers: str, start: int, message: str) -> str:
        """Read up to one of *closers*, which is passed over."""
        self._at = start + 1
        taken: list[str] = []
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == "\\":
                taken.append(self._escaped())
                continue
            self._at += 1
            if character in closers:
                return "".join(taken)
            taken.append(character)
        raise WhenError(message, start, len(self._text))

    def _end(self, start: int) -> int:
        """Offset behind the token that was read, without the blank that ended it."""
        end = self._at
        while end > start + 1 and is_space(self._text[end - 1]):
            end -= 1
        return end

    def _number(self, start: int) -> Token:
        # govaluate takes `0x` for a number in base 16 only when a character follows it
        if self._text.startswith("0x", start) and start + 2 < len(self._text):
            self._at = start + 2
            digits = self._run(lambda character: character in _HEX or is_digit(character))
            return self._hexadecimal(digits, start)
        digits = self._run(self._is_in_number)
        end = self._end(start)
        if self._holds_hole(digits):
            return Token(Kind.HOLE, digits, start, end)
        try:
            if not re.fullmatch(_NUMBER, digits):
                if "\\" in self._text[start:end] and re.fullmatch(_ODD_NUMBER, digits):
                    raise UnfollowableError
                raise ValueError
            number = float(digits)
            if number == math.inf:
                raise ValueError
            return Token(Kind.NUMBER, number, start, end)
        except ValueError:
            message = f"`{digits}` is no number; quote the text"
            raise WhenError(message, start, end, FaultKind.UNQUOTED) from None

    def _hexadecimal(self, digits: str, start: int) -> Token:
        end = self._end(start)
        if self._hole and self._text[self._at : self._at + 1] == self._hole:
            raise UnfollowableError
        if not digits or not set(digits) <= _HEX or len(digits.lstrip("0")) > 16:
            raise WhenError(f"`0x{digits}` is no number", start, end)
        return Token(Kind.NUMBER, float(int(digits, 16)), start, end)

    def _holds_hole(self, text: str) -> bool:
        return bool(self._hole) and self._hole in text

    def _bracketed(self, start: int) -> Token:
        name = self._until("]", start, "the bracket `[` has no end")
        return Token(Kind.WORD, name, start, self._at)

    def _quoted(self, start: int) -> Token:
        value = self._until(_QUOTES, start, "the quote has no end")
        moment = None if self._holds_hole(value) else unix_time(value)
        if moment is not None:
            return Token(Kind.TIME, float(moment), start, self._at)
        return Token(Kind.TEXT, value, start, self._at)

    def _word(self, start: int) -> Token:
        word = self._run(self._is_in_word)
        end = self._end(start)
        if self._holds_hole(word):
            return Token(Kind.HOLE, word, start, end)
        if word in ("true", "false"):
            return Token(Kind.BOOL, word == "true", start, end)
        if word in ("in", "IN"):
            return Token(Kind.COMPARATOR, "in", start, end)
        if "." in word:
            return self._field(word, start, end)
        return Token(Kind.WORD, word, start, end)

    def _field(self, word: str, start: int, end: int) -> Token:
        if word.endswith("."):
            message = f"`{word}` cannot end in a dot; quote the text"
            raise WhenError(message, start, end, FaultKind.UNQUOTED)
        for part in word.split(".")[1:]:
            if part and not is_upper_or_caseless(part[0]):
                message = f"`{word}` is read as the field `{part}` of a value; quote the text"
                raise WhenError(message, start, end, FaultKind.UNQUOTED)
        return Token(Kind.FIELD, word, start, end)

    def _signs(self, start: int, before: Kind) -> Token:
        signs = self._run(self._is_in_sign)
        end = self._end(start)
        if signs in PREFIXES and before in _TAKES_PREFIX:
            return Token(Kind.PREFIX, signs, start, end)
        kind = _SIGNS.get(signs)
        if kind is not None:
            return Token(kind, signs, start, end)
        if signs == "=":
            message = "`=` compares nothing; write `==`"
            raise WhenError(message, start, end, FaultKind.SINGLE_EQUALS)
        message = f"`{signs}` has no meaning in when; quote the text"
        raise WhenError(message, start, end, FaultKind.UNQUOTED)

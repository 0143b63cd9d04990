"""A text of which only parts are known, as a sequence of pieces.

It reads like a regular expression: exact text, a JSON value of some shape, text
that nobody knows, alternatives, repetitions. ``print("n =", n)`` of an unknown
integer is ``Exact("n = "), JsonText(number), Exact("\\n")``.

Two kinds of :class:`Either` must not be mixed up. In a *genuine* one every option
does happen in some run. The others come from an analysis that lost track, and
then some options may never happen.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

from msgspec import Struct

from fanout_lint.analysis.scripts.shape import ScalarKind, ScalarShape, Shape


class Exact(Struct, frozen=True):
    text: str


class JsonText(Struct, frozen=True):
    """One JSON value, written as JSON."""

    shape: Shape


class Anything(Struct, frozen=True):
    """Any text, perhaps none; a *plain* one has no quotes, escapes, line breaks: a name."""

    plain: bool = False


class Noise(Struct, frozen=True):
    """Text that no JSON can hold wherever it stands: whole lines of words."""


class Either(Struct, frozen=True):
    options: "tuple[Text, ...]"
    genuine: bool = False


class Many(Struct, frozen=True):
    """*body* again and again, *between* in the gaps; ``most`` is ``None`` for no bound."""

    body: "Text"
    between: "Text" = ()
    least: int = 0
    most: int | None = None


Piece: TypeAlias = Exact | JsonText | Anything | Noise | Either | Many
Text: TypeAlias = tuple[Piece, ...]

ANY_TEXT: Final[Text] = (Anything(),)
PLAIN_TEXT: Final[Text] = (Anything(plain=True),)
NUMBER_TEXT: Final[Text] = (JsonText(ScalarShape(ScalarKind.NUMBER)),)
LONGEST_EXACT: Final = 200_000


def literal(text: str) -> Text:
    return (Exact(text),) if text else ()


def concat(*texts: Iterable[Piece]) -> Text:
    """Return the texts one after the other, exact neighbours run together."""
    pieces: list[Piece] = []
    for text in texts:
        for piece in text:
            last = pieces[-1] if pieces else None
            if isinstance(piece, Exact) and isinstance(last, Exact):
                pieces[-1] = Exact(last.text + piece.text)
            elif not (isinstance(piece, Anything) and piece == last):
                pieces.append(piece)
    return tuple(pieces)


def exact(text: Text) -> str | None:
    """Return the text itself where all of it is known."""
    if not text:
        return ""
    if len(text) == 1 and isinstance(text[0], Exact):
        return text[0].text
    return None


def either(options: Iterable[Text], *, genuine: bool = False) -> Text:
    """Return the alternatives, each once; more than eight are given up as unknown."""
    distinct = tuple(dict.fromkeys(options))
    if len(distinct) == 1:
        return distinct[0]
    if len(distinct) > 8:
        return ANY_TEXT
    return (Either(distinct, genuine),)


def first_words(text: Text) -> str:
    """Return exact text that *text* begins with, of alternatives the first; it may be empty."""
    match text[:1]:
        case (Exact(words),):
            return words
        case (Either(options),):
            return first_words(options[0])
    return ""


def is_unknown(text: Text) -> bool:
    """Say whether some of *text* may be anything at all."""
    for piece in text:
        match piece:
            case Anything(plain=False):
                return True
            case Either(options):
                if any(is_unknown(option) for option in options):
                    return True
            case Many(body, between):
                if is_unknown(body) or is_unknown(between):
                    return True
    return False

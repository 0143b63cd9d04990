"""A regular expression as a tree, and how parsing one fails."""

from typing import TypeAlias

from msgspec import Struct

from fanout_lint.languages.goregexp.classes import CharacterClass


class RegexpError(Exception):
    """Go refuses the expression; *start* and *end* are 0-based offsets into it."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class Characters(Struct, frozen=True):
    """One character of a class."""

    characters: CharacterClass


class Assertion(Struct, frozen=True):
    """A place: *kind* is ``A`` or ``z`` (ends of the text), ``^``, ``$``, ``b`` or ``B``."""

    kind: str


class Group(Struct, frozen=True):
    """A group that keeps what it matched: *number* counts from 1."""

    number: int
    name: str
    body: "Node"


class Repeat(Struct, frozen=True):
    """*body* repeated; *most* is ``None`` for no limit. *counted* where braces wrote it."""

    body: "Node"
    least: int
    most: int | None
    greedy: bool
    counted: bool


class Sequence(Struct, frozen=True):
    """Parts one after the other; none is the empty text."""

    parts: "tuple[Node, ...]"


class Choice(Struct, frozen=True):
    """The first alternative that leads to a match."""

    alternatives: "tuple[Node, ...]"


Node: TypeAlias = Characters | Assertion | Group | Repeat | Sequence | Choice


class Regexp(Struct, frozen=True):
    """A whole expression: its tree, and the names of its groups."""

    body: Node
    names: tuple[str, ...]  #: By number; number 0 is the whole match, names may be empty.

"""A regular expression as a tree, and how parsing one fails."""

from dataclasses import dataclass
from typing import TypeAlias

from fanout_lint.languages.goregexp.classes import CharacterClass


class RegexpError(Exception):
    """Go refuses the expression; *start* and *end* are 0-based offsets into it."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a class."""

    characters: CharacterClass


@dataclass(frozen=True, slots=True)
class Assertion:
    """A place: *kind* is ``A`` or ``z`` (ends of the text), ``^``, ``$``, ``b`` or ``B``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group that keeps what it matched: *number* counts from 1."""

    number: int
    name: str
    body: "Node"


@dataclass(frozen=True, slots=True)
class Repeat:
    """*body* repeated; *most* is ``None`` for no limit. *counted* where braces wrote it."""

    body: "Node"
    least: int
    most: int | None
    greedy: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other; none is the empty text."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """The first alternative that leads to a match."""

    alternatives: "tuple[Node, ...]"


Node: TypeAlias = Characters | Assertion | Group | Repeat | Sequence | Choice


@dataclass(frozen=True, slots=True)
class Regexp:
    """A whole expression: its tree, and the names of its groups."""

    body: Node
    names: tuple[str, ...]  #: By number; number 0 is the whole match, names may be empty.

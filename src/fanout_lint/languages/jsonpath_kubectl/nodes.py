"""A kubectl template as a tree, and how reading or running one fails.

Every node has its place: 0-based character offsets into the whole template.
"""

from dataclasses import dataclass
from typing import TypeAlias


class TemplateError(Exception):
    """A template surely fails; *start* and *end* are its place."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, outside braces or quoted inside them."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """``.name``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slice:
    """``[first:last:step]``; ``[n]`` is the slice from n to n+1, which is then *single*."""

    first: int | None
    last: int | None
    step: int | None
    single: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filter:
    """``[?(left operator right)]``; with the operator ``exists`` there is no right side."""

    left: "Action"
    operator: str
    right: "Action"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or boolean."""

    value: int | float | bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """``.*``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recursive:
    """``..``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Union:
    """``[a,b]``."""

    members: "tuple[Action, ...]"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Identifier:
    """A bare word: ``range`` and ``end`` mean something."""

    name: str
    start: int
    end: int


Node: TypeAlias = (
    Words | Field | Slice | Filter | Literal | Wildcard | Recursive | Union | Identifier
)


@dataclass(frozen=True, slots=True)
class Action:
    """What stands in one pair of braces: steps, each taken on what the last one gave."""

    steps: tuple[Node, ...]


Template: TypeAlias = tuple[Words | Action, ...]

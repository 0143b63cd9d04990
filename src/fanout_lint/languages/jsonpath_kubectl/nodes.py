"""A kubectl template as a tree, and how reading or running one fails.

Every node has its place: 0-based character offsets into the whole template.
"""

from typing import TypeAlias

from msgspec import Struct


class TemplateError(Exception):
    """A template surely fails; *start* and *end* are its place."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class Words(Struct, frozen=True):
    """Plain text, outside braces or quoted inside them."""

    text: str
    start: int
    end: int


class Field(Struct, frozen=True):
    """``.name``."""

    name: str
    start: int
    end: int


class Slice(Struct, frozen=True):
    """``[first:last:step]``; ``[n]`` is the slice from n to n+1, which is then *single*."""

    first: int | None
    last: int | None
    step: int | None
    single: bool
    start: int
    end: int


class Filter(Struct, frozen=True):
    """``[?(left operator right)]``; with the operator ``exists`` there is no right side."""

    left: "Action"
    operator: str
    right: "Action"
    start: int
    end: int


class Literal(Struct, frozen=True):
    """A number or boolean."""

    value: int | float | bool
    start: int
    end: int


class Wildcard(Struct, frozen=True):
    """``.*``."""

    start: int
    end: int


class Recursive(Struct, frozen=True):
    """``..``."""

    start: int
    end: int


class Union(Struct, frozen=True):
    """``[a,b]``."""

    members: "tuple[Action, ...]"
    start: int
    end: int


class Identifier(Struct, frozen=True):
    """A bare word: ``range`` and ``end`` mean something."""

    name: str
    start: int
    end: int


Node: TypeAlias = (
    Words | Field | Slice | Filter | Literal | Wildcard | Recursive | Union | Identifier
)


class Action(Struct, frozen=True):
    """What stands in one pair of braces: steps, each taken on what the last one gave."""

    steps: tuple[Node, ...]


Template: TypeAlias = tuple[Words | Action, ...]

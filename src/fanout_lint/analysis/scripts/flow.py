"""What a script writes, in the order of its runs.

A :data:`Flow` is a tree over single writes: one after the other, a choice
between branches, a repetition. It holds the runs that end with exit code 0;
what a run writes that fails is of no use to anyone.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Final, TypeAlias

from msgspec import Struct

from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Many,
    Text,
    concat,
    either,
    is_unknown,
)
from fanout_lint.unknown import UNKNOWN, Unknown


class Stream(Enum):
    """Where text may go beside files."""

    STDOUT = "stdout"
    ELSEWHERE = "elsewhere"  #: stderr, ``/dev/null``, a socket: nothing that Argo takes.
    SOME_FILE = "some file"  #: A file whose path only a run knows.


class Capture(Struct, frozen=True):
    """A pipe inside the script; no write to one is left in a finished flow."""

    number: int


Target: TypeAlias = Stream | Capture | str | Unknown
"""A stream, the path of a file as the script names it, or ``UNKNOWN``: any of them."""


class Notation(Enum):
    """In whose way of writing a text is made; it decides how a finding speaks of it."""

    TEXT = "text"
    JSON = "json"
    PYTHON = "python"
    LOG = "log"
    CHATTER = "chatter"
    LINES = "lines"
    TRACE = "trace"
    UNQUOTED = "unquoted"  #: Text whose quotes the shell took away.


class Write(Struct, frozen=True):
    """One statement's output.

    ``start`` and ``end`` are 0-based character offsets into the script's text of
    the statement that writes (``end`` exclusive). ``by`` names what writes, in
    the user's words (``print``, ``pip install``). ``truncates`` says that the
    file is emptied first. ``hint`` says what a person would call the text where
    the notation alone does not (``a tuple``).
    """

    start: int
    end: int
    target: Target
    content: Text
    by: str
    notation: Notation = Notation.TEXT
    truncates: bool = False
    hint: str = ""


class Choice(Struct, frozen=True):
    """One of *options*; which one depends on what only a run knows."""

    options: "tuple[Flow, ...]"


class Repeat(Struct, frozen=True):
    body: "Flow"
    least: int = 0
    most: int | None = None


Node: TypeAlias = Write | Choice | Repeat
Flow: TypeAlias = tuple[Node, ...]

UNSEEN: Final = "what this does cannot be seen"


def unseen(start: int, end: int) -> Write:
    """Return the write of a statement that may write anything anywhere."""
    return Write(start, end, UNKNOWN, ANY_TEXT, UNSEEN)


def choose(options: tuple[Flow, ...]) -> Flow:
    """Return the choice between *options*, what all begin with taken out."""
    shared = 0
    shortest = min(len(option) for option in options)
    while shared < shortest and all(o[shared] is options[0][shared] for o in options):
        shared += 1
    rests = tuple(dict.fromkeys(option[shared:] for option in options))
    head = options[0][:shared]
    if len(rests) == 1:
        return head + rests[0]
    return (*head, Choice(rests))


def all_writes(flow: Flow) -> Iterator[Write]:
    """Yield each write of *flow* once for each place that it has in the tree."""
    for node in flow:
        match node:
            case Write():
                yield node
            case Choice(options):
                for option in options:
                    yield from all_writes(option)
            case Repeat(body):
                yield from all_writes(body)


def sure_writes(flow: Flow) -> frozenset[Write]:
    """Return the writes that every run has that gets to the end of *flow*."""
    sure: frozenset[Write] = frozenset()
    for node in flow:
        match node:
            case Write():
                sure |= {node}
            case Choice(options):
                sure |= frozenset.intersection(*map(sure_writes, options))
            case Repeat(body, least) if least:
                sure |= sure_writes(body)
    return sure


def repeated_writes(flow: Flow) -> frozenset[Write]:
    """Return the writes that stand in a loop."""
    repeated: frozenset[Write] = frozenset()
    for node in flow:
        match node:
            case Choice(options):
                repeated |= frozenset().union(*map(repeated_writes, options))
            case Repeat(body):
                repeated |= frozenset(all_writes(body))
    return repeated


def written_text(flow: Flow, target: Target) -> Text:
    """Return all that *flow* writes to *target* as one text."""
    pieces: list[Text] = []
    for node in flow:
        match node:
            case Write():
                if node.target is UNKNOWN and target is not Stream.ELSEWHERE:
                    pieces.append(ANY_TEXT)
                elif node.target == target:
                    pieces.append(node.content)
            case Choice(options):
                texts = [written_text(option, target) for option in options]
                pieces.append(either(texts, genuine=not any(map(is_unknown, texts))))
            case Repeat(body, least, most):
                inner = written_text(body, target)
                if inner:
                    pieces.append((Many(inner, (), least, most),))
    return concat(*pieces)


def without(flow: Flow, target: Target) -> Flow:
    """Return *flow* without the writes to *target*."""
    kept: list[Node] = []
    for node in flow:
        match node:
            case Write():
                if node.target != target:
                    kept.append(node)
            case Choice(options):
                kept += choose(tuple(without(option, target) for option in options))
            case Repeat(body, least, most):
                inner = without(body, target)
                if inner:
                    kept.append(Repeat(inner, least, most))
    return tuple(kept)

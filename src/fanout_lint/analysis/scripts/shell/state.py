"""What is known at one point of a shell script's run."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from fanout_lint.analysis.scripts import growth
from fanout_lint.analysis.scripts.flow import Flow, Stream, Target, choose
from fanout_lint.analysis.scripts.shell.tree import Command, Script
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Anything,
    Exact,
    JsonText,
    Many,
    Text,
    either,
)
from fanout_lint.unknown import UNKNOWN, Unknown


class Dialect(Enum):
    """Which shell runs the text; ``SH`` is whatever ``/bin/sh`` is in the image."""

    SH = "sh"
    BASH = "bash"
    DASH = "dash"
    BUSYBOX = "busybox"


class Kind(Enum):
    NEXT = "next"
    RETURN = "return"
    BREAK = "break"
    CONTINUE = "continue"
    EXIT = "exit"


class Status(Enum):
    OK = "ok"
    FAILED = "failed"
    MAYBE = "maybe"


class State(Struct, frozen=True):
    """A variable that is missing may come from the environment. ``arrays`` holds a value
    that is ``None`` for an array of unknown items. ``stdin`` is ``None`` where it is unknown."""

    variables: Mapping[str, Text] = field(default_factory=dict)
    arrays: Mapping[str, tuple[Text, ...] | None] = field(default_factory=dict)
    functions: Mapping[str, Command | None] = field(default_factory=dict)
    files: Mapping[str, Text] = field(default_factory=dict)
    sinks: Mapping[int, Target] = field(
        default_factory=lambda: {1: Stream.STDOUT, 2: Stream.ELSEWHERE}
    )
    stdin: Text | None = None
    folder: str | None = None
    errexit: bool = False
    pipefail: bool = False
    trace: bool | Unknown = False
    on_exit: Script | None = None

    def sink(self, descriptor: int) -> Target:
        return self.sinks.get(descriptor, UNKNOWN)

    def variable(self, name: str) -> Text:
        return self.variables.get(name, ANY_TEXT)

    def assigned(self, name: str, value: Text) -> "State":
        arrays = {k: v for k, v in self.arrays.items() if k != name}
        return replace(self, variables={**self.variables, name: value}, arrays=arrays)

    @property
    def arguments(self) -> set[str]:
        """The names of the script's or function's arguments: ``1``, ``2``, ``@``, ``*``."""
        return {name for name in self.variables if name.isdigit() or name in "@*"}

    def without(self, names: set[str]) -> "State":
        """Return the state after the variables *names* have changed to who knows what."""
        variables = {k: v for k, v in self.variables.items() if k not in names}
        arrays = {k: None if k in names else v for k, v in self.arrays.items()}
        return replace(self, variables=variables, arrays=arrays)

    def forgotten(self) -> "State":
        """Return the state after something that may change every variable and file."""
        return replace(self, variables={}, arrays={}, functions={}, files={}, folder=None)


class Path(Struct, frozen=True):
    """One way to a point of the script: what is known there, and what was written so far."""

    state: State
    trail: Flow = ()


Ends: TypeAlias = dict[tuple[Kind, Status], Path]
NEXT_OK: Final = (Kind.NEXT, Status.OK)
NEXT_FAILED: Final = (Kind.NEXT, Status.FAILED)
NEXT_MAYBE: Final = (Kind.NEXT, Status.MAYBE)


def add(ends: Ends, key: tuple[Kind, Status], path: Path) -> None:
    ends[key] = join_paths(ends[key], path) if key in ends else path


def join_all(paths: Iterable[Path]) -> Path | None:
    joined: Path | None = None
    for path in paths:
        joined = path if joined is None else join_paths(joined, path)
    return joined


def join_paths(one: Path, other: Path) -> Path:
    trail = choose((one.trail, other.trail)) if one.trail != other.trail else one.trail
    return Path(join_states(one.state, other.state), trail)


def join_states(one: State, other: State) -> State:
    if one is other:
        return one
    variables = {
        name: either((one.variables[name], other.variables[name]))
        for name in one.variables
        if name in other.variables
    }
    arrays = {
        name: items if items == other.arrays.get(name) else None
        for name, items in one.arrays.items()
    }
    arrays |= {name: None for name in other.arrays if name not in one.arrays}
    functions = {
        name: body if body == other.functions.get(name) else None
        for name, body in one.functions.items()
    }
    functions |= {name: None for name in other.functions if name not in one.functions}
    return State(
        variables,
        arrays,
        functions,
        {path: text for path, text in one.files.items() if other.files.get(path) == text},
        {n: one.sink(n) if one.sink(n) == other.sink(n) else UNKNOWN for n in one.sinks},
        one.stdin if one.stdin == other.stdin else None,
        one.folder if one.folder == other.folder else None,
        one.errexit and other.errexit,
        one.pipefail and other.pipefail,
        one.trace if one.trace == other.trace else UNKNOWN,
        one.on_exit if one.on_exit == other.on_exit else None,
    )


def widened(old: State, new: State) -> State:
    """Return what holds both before and after a turn of a loop, so that turns come to rest."""
    joined = join_states(old, new)
    variables = {
        name: _widened_text(old.variables[name], new.variables[name]) for name in joined.variables
    }
    return replace(joined, variables=variables)


def _widened_text(old: Text, new: Text) -> Text:
    """Return *old* with what a turn added to it repeated; text that grew otherwise is unknown."""
    if old == new:
        return old
    added = growth.added(old, new)
    if added is not None:
        last = old[-1] if old else None
        if isinstance(last, Many) and last.body == added:
            return old
        return (*old, Many(added))
    joined = either((old, new))
    return joined if joined in (old, new) or _small(old, new) else ANY_TEXT


def _small(old: Text, new: Text) -> bool:
    kinds = (Exact, JsonText, Anything)
    return len(old) <= 1 and len(new) <= 1 and all(isinstance(p, kinds) for p in (*old, *new))

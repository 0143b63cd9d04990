"""What is known at one point of a Python script's run."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Flow, Stream, Target, choose
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    DictObject,
    Elements,
    HeapObject,
    ListObject,
    Str,
    Value,
    join,
    join_objects,
)
from fanout_lint.analysis.scripts.text import ANY_TEXT, Anything, Many
from fanout_lint.unknown import UNKNOWN

Cell: TypeAlias = tuple[int, str]  #: A variable: its frame and its name.


class Handler(Struct, frozen=True):
    """A log handler. ``level`` is ``None`` where unknown; so is ``format``, a ``%`` template.

    ``number`` tells which it is: what is set later is looked up by it."""

    target: Target
    level: int | None = 0
    format: str | None = "%(message)s"
    number: int = 0


class Logs(Struct, frozen=True):
    """How logging is set up: handlers and levels by logger, the root's under ``""``.

    ``formats`` and ``thresholds`` are what was set for single handlers, by their numbers.
    ``unsure`` where something was done that is not followed."""

    handlers: Mapping[str, tuple[Handler, ...]] = field(default_factory=dict)
    levels: Mapping[str, int | None] = field(default_factory=lambda: {"": 30})
    unsure: bool = False
    formats: Mapping[int, str | None] = field(default_factory=dict)
    thresholds: Mapping[int, int | None] = field(default_factory=dict)


def _join_logs(one: Logs, other: Logs) -> Logs:
    if one == other:
        return one
    names = one.levels.keys() & other.levels.keys()
    levels = {name: one.levels[name] for name in names if one.levels[name] == other.levels[name]}
    joined = replace(one, levels={**dict.fromkeys((*one.levels, *other.levels)), **levels})
    differs = replace(joined, levels=other.levels) != other
    return replace(joined, unsure=True) if differs else joined


class State(Struct, frozen=True):
    cells: Mapping[Cell, Value] = field(default_factory=dict)
    heap: Mapping[int, HeapObject] = field(default_factory=dict)
    stdout: Target = Stream.STDOUT
    stderr: Target = Stream.ELSEWHERE
    logs: Logs = field(default_factory=Logs)
    at_exit: tuple[tuple[Value, bool], ...] = ()  #: What ``atexit`` calls, and whether surely.

    def bound(self, cell: Cell, value: Value) -> "State":
        return replace(self, cells={**self.cells, cell: value})

    def stored(self, address: int, item: HeapObject) -> "State":
        return replace(self, heap={**self.heap, address: item})


class Kind:
    """How a way through statements ends."""

    NEXT: Final = "next"
    RETURN: Final = "return"
    BREAK: Final = "break"
    CONTINUE: Final = "continue"
    RAISE: Final = "raise"
    EXIT: Final = "exit"


class Path(Struct, frozen=True):
    state: State
    trail: Flow = ()


Ends: TypeAlias = dict[str, Path]


def add(ends: Ends, kind: str, path: Path) -> None:
    ends[kind] = join_paths(ends[kind], path) if kind in ends else path


def join_paths(one: Path, other: Path) -> Path:
    trail = one.trail if one.trail is other.trail else choose((one.trail, other.trail))
    return Path(join_states(one.state, other.state), trail)


def join_states(one: State, other: State) -> State:
    if one is other:
        return one
    cells = dict(one.cells)
    for cell, value in other.cells.items():
        cells[cell] = join(cells[cell], value) if cell in cells else value
    heap = dict(one.heap)
    for address, item in other.heap.items():
        heap[address] = join_objects(heap[address], item) if address in heap else item
    return State(
        cells,
        heap,
        one.stdout if one.stdout == other.stdout else UNKNOWN,
        one.stderr if one.stderr == other.stderr else UNKNOWN,
        _join_logs(one.logs, other.logs),
        _joined_exits(one.at_exit, other.at_exit),
    )


def _joined_exits(
    one: tuple[tuple[Value, bool], ...], other: tuple[tuple[Value, bool], ...]
) -> tuple[tuple[Value, bool], ...]:
    if one == other:
        return one
    kept = dict.fromkeys(value for value, _ in (*one, *other))
    return tuple((value, (value, True) in one and (value, True) in other) for value in kept)


def widened(old: State, new: State, hard: bool) -> State:
    """Return what holds before and after a turn; *hard* gives up what still changes."""
    joined = join_states(old, new)
    cells = dict(joined.cells)
    for cell, value in joined.cells.items():
        before = old.cells.get(cell)
        if before is None or before == value:
            continue
        if isinstance(before, Str) and isinstance(value, Str):
            cells[cell] = _widened_string(before, new.cells.get(cell), hard)
        elif hard:
            cells[cell] = OPAQUE
    heap = dict(joined.heap)
    for address, item in joined.heap.items():
        before_turn = old.heap.get(address)
        if isinstance(item, ListObject) and before_turn is not None:
            heap[address] = _grown(item, before_turn, new.heap.get(address))
    if hard:
        for address, item in joined.heap.items():
            if address in old.heap and old.heap[address] != item:
                heap[address] = _flattened(item)
    return replace(joined, cells=cells, heap=heap)


def _widened_string(before: Str, after: Value | None, hard: bool) -> Str:
    from fanout_lint.analysis.scripts.growth import added

    if isinstance(after, Str):
        more = added(before.text, after.text)
        if more is not None:
            last = before.text[-1] if before.text else None
            if isinstance(last, Many) and last.body == more:
                return before
            return Str((*before.text, Many(more)))
        plain = all(isinstance(p, Anything) for p in (*before.text, *after.text))
        if not hard and not plain:
            joined = join(before, after)
            return joined if isinstance(joined, Str) else Str(ANY_TEXT)
    return Str(ANY_TEXT)


def _grown(item: ListObject, old: HeapObject, new: HeapObject | None) -> ListObject:
    """Return a list that a turn may have added to; how many turns there are is no branch."""
    branches = [before.elements.optional for before in (old, new) if isinstance(before, ListObject)]
    if any(branches):
        return item
    return replace(item, elements=replace(item.elements, optional=False))


def _flattened(item: HeapObject) -> HeapObject:
    match item:
        case ListObject(kind=kind):
            return ListObject(Elements(), kind)
        case DictObject():
            return DictObject({}, OPAQUE)
    return replace(item, attributes={})

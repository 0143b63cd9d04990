"""The running of a Python script: one path through it, and what every part of the run shares."""

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from fanout_lint.analysis.scripts.flow import (
    Flow,
    Notation,
    Repeat,
    Stream,
    Target,
    Write,
    unseen,
)
from fanout_lint.analysis.scripts.python.source import Source
from fanout_lint.analysis.scripts.python.state import Ends, Kind, Path, State, add, join_paths
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    Elements,
    File,
    HeapObject,
    ListObject,
    Ref,
    Value,
    join,
    join_objects,
)
from fanout_lint.analysis.scripts.text import Text

_STEPS: Final = 40_000
_LONGEST_TRAIL: Final = 2000
#: Text that teaches the module json to write more than it can: ``JSONEncoder.default = …``.
_CHANGES_JSON: Final = r"JSONEncoder\b|_default_encoder|\bsetattr\b|\bjson\.\w+\s*=[^=]"


class Names(Struct, frozen=True):
    """The names that a function assigns, by where they live."""

    locals: frozenset[str] = frozenset()
    nonlocals: frozenset[str] = frozenset()
    globals: frozenset[str] = frozenset()


class Overrun(Exception):
    """The script is too large, or loops too long, to be followed."""


class Halt(Exception):
    """Inside an expression every way ended: nothing follows it."""


class Machine:
    """Holds the current path. ``ends`` collects ways that leave from inside an expression.

    ``understood`` turns false when a function of an unknown library runs, that
    may print for all we know. ``abstract`` counts the loops of unknown length
    around the current place, ``turns`` the place in those that are unrolled.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = Path(State())
        self.leaving: list[tuple[str, Path]] = []
        self.understood = True
        self.json_changed = re.search(_CHANGES_JSON, source.text) is not None
        self.failure: tuple[int, int, str] | None = None
        self.doubts: list[tuple[int, int, str]] = []
        self.abstract = 0
        self.calls: tuple[int, ...] = ()
        self.turns: tuple[int, ...] = ()
        self.frames: tuple[int, ...] = (0,)
        self.globals: frozenset[str] = frozenset()
        self.locals: frozenset[str] = frozenset()
        self.nonlocals: frozenset[str] = frozenset()
        self.held: list[Target] = []
        self.yields: list[Value] | None = None
        self.steps = 0
        self._addresses: dict[tuple[int, str, tuple[int, ...], tuple[int, ...]], int] = {}
        self._summaries: set[int] = set()
        self._statement = (0, 0)

    # -- state -------------------------------------------------------------------

    @property
    def state(self) -> State:
        return self.path.state

    @state.setter
    def state(self, state: State) -> None:
        self.path = Path(state, self.path.trail)

    def step(self) -> None:
        self.steps += 1
        if self.steps > _STEPS or len(self.path.trail) > _LONGEST_TRAIL:
            raise Overrun

    def at(self, node: ast.stmt) -> None:
        """Say that *node* is the statement that runs now: its writes stand there."""
        self._statement = self.source.place(node)

    @property
    def statement(self) -> tuple[int, int]:
        return self._statement

    @statement.setter
    def statement(self, place: tuple[int, int]) -> None:
        self._statement = place

    def lookup(self, name: str) -> Value | None:
        cells = self.state.cells
        if name in self.locals and (self.frames[-1], name) not in cells:
            return OPAQUE
        for frame in reversed(self.frames):
            if name in self.globals and frame != 0:
                continue
            if (frame, name) in cells:
                return cells[frame, name]
        return None

    def bind(self, name: str, value: Value) -> None:
        frame = 0 if name in self.globals else self.frames[-1]
        if name in self.nonlocals:
            outer = [f for f in self.frames[:-1] if (f, name) in self.state.cells]
            frame = outer[-1] if outer else frame
        self.state = self.state.bound((frame, name), value)

    def address(self, node: ast.AST, role: str = "") -> int:
        """Return the address of what *node* makes here; the same in every turn of a loop."""
        key = (id(node), role, self.calls, self.turns)
        return self._addresses.setdefault(key, len(self._addresses) + 1)

    def new(self, node: ast.AST, item: HeapObject, role: str = "") -> Ref:
        """Put *item* on the heap. In a loop of unknown length one address stands for many."""
        address = self.address(node, role)
        if self.abstract and address in self.state.heap:
            item = join_objects(self.state.heap[address], item)
        if self.abstract:
            self._summaries.add(address)
        self.state = self.state.stored(address, item)
        return Ref(frozenset({address}))

    def new_list(self, node: ast.AST, elements: Elements, kind: str = "list") -> Ref:
        return self.new(node, ListObject(elements, kind))

    def change(self, value: Ref, changed: Callable[[HeapObject], HeapObject]) -> None:
        """Change what *value* refers to; where it may be one of several, each only perhaps."""
        for address in sorted(value.addresses):
            item = self.state.heap.get(address)
            if item is None:
                continue
            after = changed(item)
            if len(value.addresses) > 1 or address in self._summaries:
                after = join_objects(item, after)
            self.state = self.state.stored(address, after)

    # -- output ------------------------------------------------------------------

    def write(
        self,
        target: Target,
        content: Text,
        by: str,
        notation: Notation = Notation.TEXT,
        hint: str = "",
        *,
        truncates: bool = False,
    ) -> None:
        if target is Stream.ELSEWHERE or (not content and not truncates):
            return
        start, end = self._statement
        made = Write(start, end, target, content, by, notation, truncates, hint)
        self.path = Path(self.state, (*self.path.trail, made))

    def made(self, target: Target, by: str) -> None:
        """Note that the file *target* is there now, with what was in it before."""
        start, end = self._statement
        self.path = Path(self.state, (*self.path.trail, Write(start, end, target, (), by)))

    def lose(self) -> None:
        """Go on past something that may do anything."""
        self.path = Path(
            State(stdout=self.state.stdout), (*self.path.trail, unseen(*self._statement))
        )

    def stdout_file(self) -> File:
        return File(self.state.stdout)

    # -- ways --------------------------------------------------------------------

    def leave(self, kind: str) -> None:
        """End the current way here, from inside an expression."""
        self.leaving.append((kind, self.path))
        raise Halt

    def fail(self, reason: str) -> None:
        """End the way with an exception that the script itself causes, whatever the data."""
        if self.failure is None and not self.abstract:
            self.failure = (*self._statement, reason)
        self.leave(Kind.RAISE)

    def doubt(self, reason: str) -> None:
        """Note that the statement raises an exception unless a list happens to be empty."""
        if not self.abstract:
            self.doubts.append((*self._statement, reason))

    def both(self, ways: "list[Callable[[], Value]]") -> Value:
        """Follow each of *ways* from here, and go on with what is true of all."""
        start = self.path
        joined: Path | None = None
        value: Value | None = None
        for way in ways:
            self.path = start
            try:
                result = way()
            except Halt:
                continue
            value = result if value is None else join(value, result)
            joined = self.path if joined is None else join_paths(joined, self.path)
        if joined is None or value is None:
            raise Halt
        self.path = joined
        return value

    def repeated(self, body: "Callable[[], Value]", least: int = 0) -> Value:
        """Run *body* any number of times; what it writes repeats."""
        from fanout_lint.analysis.scripts.python.state import widened

        before = self.path
        state = before.state
        self.abstract += 1
        try:
            for turn in range(5):
                self.path = Path(state)
                try:
                    value = body()
                except Halt:
                    self.path = before
                    return OPAQUE
                rested = widened(state, self.state, hard=turn >= 2)
                if rested == state:
                    break
                state = rested
        finally:
            self.abstract -= 1
        written = self.path.trail
        flow: Flow = (Repeat(written, least, None),) if written else ()
        self.path = Path(state, before.trail + flow)
        return value

    @contextmanager
    def called(self, site: int, frames: tuple[int, ...], names: Names) -> Iterator[None]:
        """Run inside a call of a function of the script."""
        kept = (self.calls, self.frames, self._statement, self.yields)
        kept_names = (self.globals, self.nonlocals, self.locals)
        self.calls = (*self.calls, site)
        self.frames = frames
        self.globals, self.nonlocals, self.locals = names.globals, names.nonlocals, names.locals
        try:
            yield
        finally:
            self.calls, self.frames, self._statement, self.yields = kept
            self.globals, self.nonlocals, self.locals = kept_names

    def take(self, ends: Ends) -> None:
        """Add the ways that left from inside an expression to *ends*."""
        for kind, path in self.leaving:
            add(ends, kind, path)
        self.leaving.clear()

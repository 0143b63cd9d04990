"""Runs a shell script's loops: turn by turn over known words, else until the state rests."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import (
    Flow,
    Repeat,
)
from fanout_lint.analysis.scripts.shell.expand import Field
from fanout_lint.analysis.scripts.shell.state import (
    NEXT_OK,
    Ends,
    Kind,
    Path,
    State,
    add,
    join_all,
    widened,
)
from fanout_lint.analysis.scripts.shell.tree import (
    For,
    Literal,
    Script,
    Simple,
    While,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    PLAIN_TEXT,
    Text,
    exact,
)

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.shell.run import Runner


_MOST_TURNS: Final = 64


def _after_some_turns(before: Flow, onward: Path | None, last: Flow) -> Flow:
    turns: Flow = (Repeat(onward.trail, 0, None),) if onward and onward.trail else ()
    return before + turns + last


def run_for(runner: "Runner", command: For, path: Path, checked: bool) -> Ends:
    if command.words is None:
        bound = path.state.assigned(command.variable, ANY_TEXT) if command.variable else None
        return loop(runner, command.body, replace(path, state=bound or path.state), 0, checked)
    fields: list[Field] = []
    for word in command.words:
        path, found = runner.expander.fields(word, path)
        fields += found
    known = all(field.is_one for field in fields)
    if known and len(fields) <= _MOST_TURNS:
        return unrolled(runner, command, path, fields, checked)
    plain = all(field.glob or exact(field.text) is not None for field in fields)
    value = PLAIN_TEXT if plain else ANY_TEXT
    bound_path = replace(path, state=path.state.assigned(command.variable, value))
    least = 1 if any(field.single for field in fields) else 0
    return loop(runner, command.body, bound_path, least, checked, command.variable, value)


def unrolled(
    runner: "Runner", command: For, path: Path, fields: Sequence[Field], checked: bool
) -> Ends:
    ends: Ends = {}
    current: Path | None = path
    broken: list[Path] = []
    for field in fields:
        if current is None:
            break
        bound = replace(current, state=current.state.assigned(command.variable, field.text))
        current = turn(runner, command.body, bound, ends, broken, checked)
    for end in (current, *broken):
        if end is not None:
            add(ends, NEXT_OK, end)
    return ends


def turn(
    runner: "Runner", body: Script, path: Path, ends: Ends, broken: list[Path], checked: bool
) -> Path | None:
    """Run the body once; return the way to the next turn."""
    onward: list[Path] = []
    for key, end in runner.block(body, path, checked=checked).items():
        if key[0] in (Kind.NEXT, Kind.CONTINUE):
            onward.append(end)
        elif key[0] is Kind.BREAK:
            broken.append(end)
        else:
            add(ends, key, end)
    return join_all(onward)


def loop(
    runner: "Runner",
    body: Script,
    path: Path,
    least: int,
    checked: bool,
    variable: str = "",
    value: Text = (),
    *,
    endless: bool = False,
) -> Ends:
    """Run a loop of unknown length: the state comes to rest first, then the writes repeat."""
    state = rested(runner, body, path.state, checked, variable, value)
    ends: Ends = {}
    broken: list[Path] = []
    inner: Ends = {}
    onward = turn(runner, body, Path(state), inner, broken, checked)
    repeated: Flow = (Repeat(onward.trail, least, None),) if onward and onward.trail else ()
    left = replace(path, trail=path.trail + repeated)
    final = onward.state if onward and least else state
    if (onward is not None or least == 0) and not endless:
        add(ends, NEXT_OK, replace(left, state=final))
    for end in broken:
        add(ends, NEXT_OK, Path(end.state, _after_some_turns(path.trail, onward, end.trail)))
    for key, end in inner.items():
        add(ends, key, Path(end.state, _after_some_turns(path.trail, onward, end.trail)))
    return ends


def rested(
    runner: "Runner", body: Script, state: State, checked: bool, variable: str, value: Text
) -> State:
    """Return a state that holds at the head of every turn."""
    for _ in range(6):
        after = turn(runner, body, Path(state), {}, [], checked)
        new = after.state if after is not None else state
        if variable:
            new = new.assigned(variable, value)
        joined = widened(state, new)
        if joined == state:
            return state
        state = joined
    state = state.forgotten()
    return state.assigned(variable, value) if variable else state


def run_while(runner: "Runner", command: While, path: Path, checked: bool) -> Ends:
    body = Script((*command.condition.commands, *command.body.commands))
    words = [c.words for c in command.condition.commands if isinstance(c, Simple)]
    endless = words in ([((Literal("true", False),),)], [((Literal(":", False),),)])
    return loop(runner, body, path, 0, True, endless=endless)

"""Where a command's output goes: redirections, applied from left to right."""

import posixpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Stream, Target, Write
from fanout_lint.analysis.scripts.shell.state import Path, State
from fanout_lint.analysis.scripts.shell.tree import Redirect, Strange
from fanout_lint.analysis.scripts.text import Text, concat, exact, literal
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.shell.run import Runner

_OUTPUT = {">": 1, ">>": 1, ">|": 1, "&>": 1, "&>>": 1, ">&": 1, ">&-": 1, "<>": 0}


def redirected(
    runner: "Runner", redirects: tuple[Redirect, ...], path: Path, start: int, end: int
) -> Path:
    """Return the path with its sinks, and its stdin, as the redirections make them."""
    for redirect in redirects:
        path = _redirect(runner, redirect, path, start, end)
    return path


def _redirect(runner: "Runner", redirect: Redirect, path: Path, start: int, end: int) -> Path:
    state = path.state
    if redirect.here is not None:
        path, text = runner.expander.value(redirect.here, path)
        if redirect.operator == "<<<":
            text = concat(text, literal("\n"))
        return replace(path, state=replace(path.state, stdin=text))
    if redirect.operator == "?" or redirect.descriptor == -1:
        return _all_unknown(path)
    path, word = runner.expander.value(redirect.word or (), path)
    name = exact(word)
    if redirect.operator in ("<", "<&", "<&-"):
        target = file_path(name, state) if redirect.operator == "<" else None
        known = state.files.get(target) if isinstance(target, str) else None
        if redirect.descriptor not in (None, 0):
            return path
        return replace(path, state=replace(path.state, stdin=known))
    if redirect.operator not in _OUTPUT or redirect.operator == "<>":
        return _all_unknown(path)
    descriptor = 1 if redirect.descriptor is None else redirect.descriptor
    if redirect.operator == ">&-":
        return _with_sinks(path, {descriptor: Stream.ELSEWHERE})
    if redirect.operator == ">&" and name is not None and (name.isdigit() or name == "-"):
        to = path.state.sink(int(name)) if name.isdigit() else Stream.ELSEWHERE
        return _with_sinks(path, {descriptor: to})
    target = file_path(name, path.state)
    if any(isinstance(part, Strange) and part.runs for part in redirect.word or ()):
        target = UNKNOWN  # ``> >(tee log)`` prints to the script's stdout, too.
    both = redirect.operator in ("&>", "&>>") or redirect.operator == ">&"
    sinks: dict[int, Target] = {1: target, 2: target} if both else {descriptor: target}
    path = _with_sinks(path, sinks)
    if ">>" not in redirect.operator and isinstance(target, str):
        emptied = Write(start, end, target, (), ">", truncates=True)
        files = {**path.state.files, target: ()}
        return Path(replace(path.state, files=files), (*path.trail, emptied))
    if isinstance(target, str):
        # What appends to a file that is not there makes it, even if it has nothing to say.
        return replace(path, trail=(*path.trail, Write(start, end, target, (), ">>")))
    return path


def _with_sinks(path: Path, sinks: dict[int, Target]) -> Path:
    return replace(path, state=replace(path.state, sinks={**path.state.sinks, **sinks}))


def _all_unknown(path: Path) -> Path:
    return _with_sinks(path, {1: UNKNOWN, 2: UNKNOWN})


def file_path(name: str | None, state: State) -> Target:
    """Return what a file name stands for; in an unknown folder a relative one stays so."""
    if name is None:
        return Stream.SOME_FILE
    special = {
        "/dev/stdout": state.sink(1),
        "/dev/fd/1": state.sink(1),
        "/proc/self/fd/1": state.sink(1),
        "/dev/stderr": state.sink(2),
        "/dev/fd/2": state.sink(2),
        "/proc/self/fd/2": state.sink(2),
    }
    if name in special:
        return special[name]
    if name.startswith(("/dev/", "/proc/")) or name == "":
        return Stream.ELSEWHERE
    if not name.startswith("/") and state.folder is not None:
        name = posixpath.join(state.folder, name)
    return posixpath.normpath(name)


def written(path: Path, write: Write) -> Path:
    """Return the path past *write*, the known files kept in step."""
    target = write.target
    if not write.content and not write.truncates:
        return path
    files = path.state.files
    if isinstance(target, str) and target in files:
        files = {**files, target: concat(files[target], write.content)}
    elif target is Stream.SOME_FILE or target is UNKNOWN:
        files = {}
    state = path.state if files is path.state.files else replace(path.state, files=files)
    return Path(state, (*path.trail, write))


def stream_text(path: Path, name: str | None) -> Text | None:
    """Return what is known to be in the file called *name*."""
    target = file_path(name, path.state)
    return path.state.files.get(target) if isinstance(target, str) else None

"""Functions that touch files, logs and streams."""

import ast
import posixpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Stream, Target
from fanout_lint.analysis.scripts.python.operations import joined_path
from fanout_lint.analysis.scripts.python.render import (
    str_text,
)
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    OPAQUE,
    Elements,
    File,
    Logger,
    Named,
    PathValue,
    Scalar,
    Str,
    Tuple,
    Value,
    string,
    text_of,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Text,
    exact,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller

from fanout_lint.analysis.scripts.python.builtin_output import stream_target


def opened(caller: "Caller", name: Text, mode: str | None) -> Value:
    """Open the file *name*; with ``w`` it is emptied at once."""
    machine = caller.machine
    if mode is not None and not set(mode) & set("wax+"):
        return File(Stream.ELSEWHERE, reads=True)
    target = file_target(name, machine.state.stdout)
    if mode is None:
        return File(UNKNOWN if target == machine.state.stdout else Stream.SOME_FILE)
    if target in machine.held and isinstance(target, str):
        machine.write(target, ANY_TEXT, "open")
    elif isinstance(target, str) and set(mode) & set("wx"):
        machine.write(target, (), "open", truncates=True)
    elif isinstance(target, str) and "a" in mode:
        machine.made(target, "open")
    elif isinstance(target, str):
        return File(Stream.SOME_FILE)
    return File(target)


def file_target(name: Text, stdout: Target) -> Target:
    """Return the target that a file name stands for."""
    whole = exact(name)
    if whole is None:
        return Stream.SOME_FILE
    if whole in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        return Stream.STDOUT
    if whole.startswith(("/dev/", "/proc/")):
        return Stream.ELSEWHERE
    return posixpath.normpath(whole) if whole else Stream.SOME_FILE


def open_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    name = arguments.get(0, "file")
    given = arguments.get(1, "mode")
    mode = "r" if given is None else text_of(given)
    if isinstance(name, Scalar):
        streams = {1: Stream.STDOUT, 2: Stream.ELSEWHERE, 0: Stream.ELSEWHERE}
        return File(streams.get(int(name.value or 0), UNKNOWN))
    if isinstance(name, Str | PathValue):
        return opened(caller, name.text, None if arguments.open else mode)
    return opened(caller, ANY_TEXT, mode)


def path(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    texts = [str_text(value, caller.machine.state) for value in arguments.positional]
    return PathValue(joined_path(texts) if texts else literal("."))


def joined(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    texts = [str_text(value, caller.machine.state) for value in arguments.positional]
    return Str(joined_path(texts)) if texts and not arguments.open else Str(ANY_TEXT)


def copied(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Do what moves or copies a file: it may be any."""
    caller.machine.write(Stream.SOME_FILE, ANY_TEXT, "copy")
    return OPAQUE


def names(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return caller.machine.new_list(node, Elements(Str(ANY_TEXT)))


def basic_config(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    from fanout_lint.analysis.scripts.python import logs

    if arguments.open:
        logs.basic_config(caller.evaluator, {"stream": OPAQUE, "level": OPAQUE})
    else:
        logs.basic_config(caller.evaluator, arguments.keywords)
    return NONE


def get_logger(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if not arguments.positional or arguments.positional[0] == NONE:
        return Logger("")
    name = text_of(arguments.positional[0])
    return Logger(name or "?")


def stream_handler(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    from fanout_lint.analysis.scripts.python import logs

    target = logs.target_of(arguments.get(0, "stream"), caller.evaluator)
    return File(target, handler=caller.machine.address(node, "handler"))


def formatter(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Return ``logging.Formatter(…)`` with its template, if it is one with percent signs."""
    template = arguments.get(0, "fmt") or string("%(message)s")
    is_plain = not arguments.open and not {"style", "defaults"} & arguments.keywords.keys()
    return Tuple((Named("logging.Formatter"), template if is_plain else OPAQUE))


def lose_logs(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    from fanout_lint.analysis.scripts.python import logs

    logs.lose_track(caller.evaluator)
    return OPAQUE


def file_handler(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Make a log handler for a file, which it makes, too."""
    from fanout_lint.analysis.scripts.python import logs

    logs.log_file(caller.evaluator, arguments.get(0, "filename"))
    return File(Stream.ELSEWHERE)


def opened_by_number(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Do ``os.open`` and the like, that make a file of any name."""
    caller.machine.write(Stream.SOME_FILE, ANY_TEXT, "open")
    return OPAQUE


def quiet_handler(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return File(Stream.ELSEWHERE)


def log_config(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    machine = caller.machine
    machine.write(Stream.SOME_FILE, ANY_TEXT, "logging.config")
    changed = replace(machine.state.logs, unsure=True)
    machine.state = replace(machine.state, logs=changed)
    return NONE


def redirect(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    value = arguments.positional[0] if arguments.positional else OPAQUE
    return Tuple((Named("redirected"), File(stream_target(caller, value))))


def run_code(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    caller.machine.lose()
    return OPAQUE

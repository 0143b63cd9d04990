"""``print`` and ``json.dump``: what writes."""

import ast
from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.flow import Notation, Target
from fanout_lint.analysis.scripts.python.notations import notation
from fanout_lint.analysis.scripts.python.render import (
    NotSerialisable,
    shape,
    str_text,
)
from fanout_lint.analysis.scripts.python.targets import stream_of
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    Named,
    Str,
    Value,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    JsonText,
    Text,
    concat,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller


def print_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    state = caller.machine.state
    separator = arguments.keywords.get("sep", NONE)
    ending = arguments.keywords.get("end", NONE)
    between = literal(" ") if separator == NONE else str_text(separator, state)
    texts: list[Text] = []
    for index, value in enumerate(arguments.positional):
        texts += [between, str_text(value, state)] if index else [str_text(value, state)]
    body = ANY_TEXT if arguments.open else concat(*texts)
    end = literal("\n") if ending == NONE else str_text(ending, state)
    kind, hint = notation(tuple(arguments.positional), state)
    target = stream_target(caller, arguments.keywords.get("file"))
    caller.machine.write(target, concat(body, end), "print", kind, hint)
    return NONE


def stream_target(caller: "Caller", value: Value | None) -> Target:
    """Return where ``file=value`` writes; ``None`` stands for stdout."""
    if value is None or value == NONE or value == Named("sys.stdout"):
        return caller.machine.state.stdout
    if value == Named("sys.stderr"):
        return caller.machine.state.stderr
    return stream_of(value)


def dumped(caller: "Caller", arguments: "Arguments") -> Text:
    """Return what ``json.dumps`` makes of its argument; where it raises, the way ends."""
    value = arguments.get(0, "obj")
    if value is None:
        return ANY_TEXT
    machine = caller.machine
    lenient = bool({"default", "cls"} & arguments.keywords.keys()) or arguments.open
    lenient = lenient or machine.json_changed
    try:
        found = shape(value, machine.state, lenient=lenient)
    except NotSerialisable as problem:
        machine.fail(f"json cannot write {problem}: TypeError")
        return ANY_TEXT
    try:
        shape(value, machine.state, lenient=lenient, filled=True)
    except NotSerialisable as problem:
        machine.doubt(f"json cannot write {problem}: TypeError")
    return (JsonText(found),)


def dumps(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    return Str(dumped(caller, arguments))


def dump(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    stream = arguments.get(1, "fp")
    content = dumped(caller, arguments)
    target = stream_target(caller, stream) if stream is not None else UNKNOWN
    caller.machine.write(target, content, "json.dump", Notation.JSON)
    return NONE

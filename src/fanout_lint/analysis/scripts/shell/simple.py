"""Runs one simple command: assignments, builtins, functions of the script, programs."""

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Notation, Stream, Write
from fanout_lint.analysis.scripts.shell import programs
from fanout_lint.analysis.scripts.shell.echo import echo, printf
from fanout_lint.analysis.scripts.shell.expand import Field
from fanout_lint.analysis.scripts.shell.redirect import redirected, written
from fanout_lint.analysis.scripts.shell.state import (
    NEXT_MAYBE,
    NEXT_OK,
    Ends,
    Kind,
    Path,
    State,
    Status,
    add,
)
from fanout_lint.analysis.scripts.shell.tree import Assignment, Literal, Script, Simple, Word
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Noise,
    Text,
    concat,
    exact,
    first_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.shell.run import Runner

_WRAPPERS: Final = ("command", "builtin", "nohup", "sudo", "time", "exec", "env", "nice", "stdbuf")


class Call(Struct, frozen=True):
    """A command about to run: its name (``None`` if unknown) and arguments, redirections done."""

    node: Simple
    name: str | None
    fields: tuple[Field, ...]
    path: Path

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(field.text for field in self.fields)

    @property
    def words(self) -> tuple[str, ...]:
        """The arguments that are known, ``""`` for those that are not."""
        return tuple(exact(field.text) or "" for field in self.fields)

    @property
    def countable(self) -> bool:
        return all(field.is_one for field in self.fields)

    def write(self, content: Text, notation: Notation, by: str, hint: str = "") -> Path:
        """Return the path past a write of *content* to the command's stdout."""
        sink = self.path.state.sink(1)
        if not content or sink is Stream.ELSEWHERE:
            return self.path
        start, end = self.node.start, self.node.end
        return written(self.path, Write(start, end, sink, content, by, notation, hint=hint))


def run_simple(runner: "Runner", node: Simple, path: Path) -> Ends:
    outer = path.state
    path = _trace(node, path)
    fields: list[Field] = []
    for word in node.words:
        path, found = runner.expander.fields(word, path)
        fields += found
    path, assigned = _assigned(runner, node.assignments, path)
    if not fields:
        if node.redirects:
            inner = redirected(runner, node.redirects, path, node.start, node.end)
            path = Path(replace(path.state, files=inner.state.files), inner.trail)
        status = NEXT_MAYBE if _substitutes(node) and not node.declares else NEXT_OK
        return {status: Path(replace(assigned, files=path.state.files), path.trail)}
    inner = redirected(runner, node.redirects, path, node.start, node.end)
    call = _unwrapped(Call(node, exact(fields[0].text), tuple(fields[1:]), inner))
    if not fields[0].single or fields[0].glob:
        call = replace(call, name=None)
    ends = _dispatch(runner, call)
    if call.name == "exec" and not call.fields:
        return {NEXT_OK: inner}
    result: Ends = {}
    for key, end in ends.items():
        state = replace(end.state, sinks=outer.sinks, stdin=outer.stdin)
        add(result, key, Path(state, end.trail))
    return result


def _substitutes(node: Simple) -> bool:
    words = [assignment.value for assignment in node.assignments]
    return any(not isinstance(part, Literal) for word in words for part in word)


def _trace(node: Simple, path: Path) -> Path:
    """Return the path past the trace of ``set -x``, where stderr goes to stdout."""
    sink = path.state.sink(2)
    if path.state.trace is False or sink is Stream.ELSEWHERE:
        return path
    content: Text = (Noise(),) if path.state.trace is True else ANY_TEXT
    trace = Write(node.start, node.end, sink, content, "set -x", Notation.TRACE)
    return written(path, trace)


def _assigned(
    runner: "Runner", assignments: tuple[Assignment, ...], path: Path
) -> tuple[Path, State]:
    """Return the path past the values' substitutions, and the state with the variables set."""
    state = path.state
    for assignment in assignments:
        path = replace(path, state=state)
        if assignment.items is not None:
            path, state = _array(runner, assignment, path)
            continue
        path, value = runner.expander.value(assignment.value, path)
        state = path.state
        name = assignment.name
        if "[" in name or name in state.arrays:
            arrays = {**state.arrays, name.split("[")[0]: None}
            state = replace(state, arrays=arrays)
        elif assignment.adds:
            state = state.assigned(name, concat(state.variable(name), value))
        else:
            state = state.assigned(name, value)
    return path, state


def _array(runner: "Runner", assignment: Assignment, path: Path) -> tuple[Path, State]:
    items: list[Text] | None = []
    for word in assignment.items or ():
        path, fields = runner.expander.fields(word, path)
        if items is None or not all(field.is_item for field in fields):
            items = None
        else:
            items += [field.text for field in fields]
    state = path.state
    before = state.arrays.get(assignment.name, () if not assignment.adds else None)
    if assignment.adds:
        items = [*before, *items] if before is not None and items is not None else None
    arrays = {**state.arrays, assignment.name: tuple(items) if items is not None else None}
    variables = {k: v for k, v in state.variables.items() if k != assignment.name}
    return path, replace(state, arrays=arrays, variables=variables)


def _unwrapped(call: Call) -> Call:
    """Return the command behind ``command``, ``sudo`` and the like, where nothing else is said."""
    while call.name in _WRAPPERS and call.fields and call.name != "exec":
        head = exact(call.fields[0].text)
        if head is None or head.startswith("-") or "=" in head:
            return replace(call, name=None)
        call = replace(call, name=head, fields=call.fields[1:])
    return call


def _dispatch(runner: "Runner", call: Call) -> Ends:
    if call.name is None:
        return {NEXT_MAYBE: _unknown_program(call)}
    if call.name in call.path.state.functions:
        body = call.path.state.functions[call.name]
        if body is None:
            return {NEXT_MAYBE: runner.lose(call.node.start, call.node.end, call.path)}
        return runner.call(body, call.path, call.fields)
    builtin = _BUILTINS.get(call.name)
    if builtin is not None:
        return builtin(runner, call)
    return programs.run(runner, call)


def _unknown_program(call: Call) -> Path:
    """Return the path past a program that nobody knows: it may print, and write files."""
    state = replace(call.path.state, files={})
    path = replace(call.path, state=state)
    call = replace(call, path=path)
    path = call.write(ANY_TEXT, Notation.TEXT, call.name or "a command")
    unseen_file = Write(call.node.start, call.node.end, Stream.SOME_FILE, ANY_TEXT, call.name or "")
    return Path(path.state, (*path.trail, unseen_file))


def _echo(runner: "Runner", call: Call) -> Ends:
    content = echo(_echoed(call.fields), runner.dialect)
    hint = ""
    if any(field.bare for field in call.fields) and first_words(content)[:1] in ("[", "{"):
        hint = _lost_quotes(call)
    notation = Notation.UNQUOTED if hint else Notation.TEXT
    return {NEXT_OK: call.write(content, notation, "echo", hint)}


def _echoed(fields: tuple[Field, ...]) -> tuple[Text, ...]:
    """Return the words to print; one that may be none or several swallows the blanks around it."""
    words: list[Text] = []
    loose = False
    for field in fields:
        text = ANY_TEXT if field.glob and "[" not in first_words(field.text) else field.text
        flags = all((exact(word) or "").startswith("-") for word in words)
        if words and not flags and (loose or not field.single):
            words[-1] = concat(words[-1], ANY_TEXT, text)
        else:
            words.append(text if field.single else ANY_TEXT)
        loose = not field.single
    return tuple(words)


def _lost_quotes(call: Call) -> str:
    """Say that the shell took quotes away, where they stand in the middle of a bare word."""
    for word in call.node.words[1:]:
        bare = any(isinstance(p, Literal) and not p.quoted for p in word)
        inner = any(isinstance(p, Literal) and p.quoted and p.text for p in word)
        if bare and inner:
            return "text whose double quotes the shell took away"
    return ""


def _printf(runner: "Runner", call: Call) -> Ends:
    if call.words[:1] == ("-v",) and len(call.fields) > 2:
        state = call.path.state.assigned(call.words[1], printf(call.texts[2:]))
        return {NEXT_OK: replace(call.path, state=state)}
    content = printf(call.texts) if call.countable else ANY_TEXT
    pattern = call.words[0] if call.fields else ""
    status = NEXT_OK if re.fullmatch(r"([^%]|%[sb%])+", pattern) else NEXT_MAYBE
    return {status: call.write(content, Notation.TEXT, "printf")}


def _exit(runner: "Runner", call: Call) -> Ends:
    code = call.words[0] if call.fields else "0"
    if code == "0":
        return {(Kind.EXIT, Status.OK): call.path}
    failed = code.isdigit()
    return {(Kind.EXIT, Status.FAILED if failed else Status.MAYBE): call.path}


def _return(runner: "Runner", call: Call) -> Ends:
    code = call.words[0] if call.fields else ""
    status = Status.OK if code == "0" else Status.FAILED if code.isdigit() else Status.MAYBE
    return {(Kind.RETURN, status): call.path}


def _jump(kind: Kind) -> "Callable[[Runner, Call], Ends]":
    def jump(runner: "Runner", call: Call) -> Ends:
        if call.fields and call.words[0] != "1":
            return {NEXT_OK: runner.lose(call.node.start, call.node.end, call.path)}
        return {(kind, Status.OK): call.path}

    return jump


def _set(runner: "Runner", call: Call) -> Ends:
    state = call.path.state
    words = list(call.words)
    if not words:
        return {NEXT_OK: call.write((Noise(),), Notation.LINES, "set")}
    while words:
        word = words.pop(0)
        if word in ("-o", "+o") and words:
            name, on = words.pop(0), word[0] == "-"
            letters = {"errexit": "e", "xtrace": "x"}.get(name, "")
            state = replace(state, pipefail=on) if name == "pipefail" else state
            word = word[0] + letters
        if re.fullmatch(r"[-+][A-Za-z]*", word):
            on = word[0] == "-"
            if "o" in word[1:] and words and words[0] == "pipefail":
                state = replace(state, pipefail=on)
                words.pop(0)
            state = replace(state, errexit=on) if "e" in word else state
            state = replace(state, trace=on) if "x" in word else state
        else:
            state = state.without(state.arguments)
            break
    return {NEXT_OK: replace(call.path, state=state)}


def _trap(runner: "Runner", call: Call) -> Ends:
    if {"DEBUG", "RETURN"} & set(call.words[1:]):
        return {NEXT_OK: runner.lose(call.node.start, call.node.end, call.path)}
    if "EXIT" not in call.words[1:] and "0" not in call.words[1:]:
        return {NEXT_OK: call.path}
    text = call.words[0]
    if text in ("-", ""):
        script: Script | None = None
    else:
        script = Script((replace(call.node, words=_reparsed(text), redirects=()),))
        parsed = _trap_script(text, call)
        script = parsed if parsed is not None else script
    return {NEXT_OK: replace(call.path, state=replace(call.path.state, on_exit=script))}


def _reparsed(text: str) -> tuple[Word, ...]:
    return ((Literal("eval", False),), (Literal(text, True),))


def _trap_script(text: str, call: Call) -> Script | None:
    """Return the trap's commands, all placed at the ``trap`` command itself."""
    from fanout_lint.analysis.scripts.shell.moved import moved
    from fanout_lint.analysis.scripts.shell.parse import parse

    script = parse(text)
    return moved(script, call.node.start, call.node.end) if script is not None else None


def _eval(runner: "Runner", call: Call) -> Ends:
    return {NEXT_MAYBE: runner.lose(call.node.start, call.node.end, call.path)}


def _read(runner: "Runner", call: Call) -> Ends:
    state = call.path.state
    arrays = "-a" in call.words
    for word in call.words:
        if re.fullmatch(r"[A-Za-z_]\w*", word):
            if arrays:
                state = replace(state, arrays={**state.arrays, word: None})
            else:
                state = state.assigned(word, ANY_TEXT)
    return {NEXT_MAYBE: replace(call.path, state=state)}


def _forget(runner: "Runner", call: Call) -> Ends:
    names = {re.split(r"[=\[]", word)[0] for word in call.words}
    return {NEXT_OK: replace(call.path, state=call.path.state.without(names))}


def _shift(runner: "Runner", call: Call) -> Ends:
    """Do ``shift``, or ``let``: the arguments move on, the variables named change."""
    names = set(re.findall(r"[A-Za-z_]\w*", " ".join(call.words)))
    state = call.path.state
    return {NEXT_MAYBE: replace(call.path, state=state.without(names | state.arguments))}


def _cd(runner: "Runner", call: Call) -> Ends:
    target = call.words[0] if len(call.fields) == 1 else ""
    folder = target if target.startswith("/") else None
    return {NEXT_MAYBE: replace(call.path, state=replace(call.path.state, folder=folder))}


def _nothing(status: Status) -> "Callable[[Runner, Call], Ends]":
    def nothing(runner: "Runner", call: Call) -> Ends:
        return {(Kind.NEXT, status): call.path}

    return nothing


def _exec(runner: "Runner", call: Call) -> Ends:
    if not call.fields:
        return {NEXT_OK: call.path}
    head = call.words[0]
    if not head or head.startswith("-"):
        return {(Kind.EXIT, Status.MAYBE): _unknown_program(call)}
    ends: Ends = {}
    for (_, status), end in _dispatch(
        runner, replace(call, name=head, fields=call.fields[1:])
    ).items():
        add(ends, (Kind.EXIT, status), end)
    return ends


_BUILTINS: "Final[dict[str, Callable[[Runner, Call], Ends]]]" = {
    "echo": _echo,
    "printf": _printf,
    "exit": _exit,
    "return": _return,
    "break": _jump(Kind.BREAK),
    "continue": _jump(Kind.CONTINUE),
    "set": _set,
    "trap": _trap,
    "eval": _eval,
    ".": _eval,
    "source": _eval,
    "read": _read,
    "mapfile": _read,
    "readarray": _read,
    "unset": _forget,
    "export": _forget,
    "local": _forget,
    "declare": _eval,
    "shift": _shift,
    "getopts": _shift,
    "cd": _cd,
    "exec": _exec,
    "true": _nothing(Status.OK),
    ":": _nothing(Status.OK),
    "false": _nothing(Status.FAILED),
    "test": _nothing(Status.MAYBE),
    "[": _nothing(Status.MAYBE),
    "wait": _nothing(Status.MAYBE),
    "shopt": _nothing(Status.MAYBE),
    "umask": _nothing(Status.MAYBE),
    "ulimit": _nothing(Status.MAYBE),
    "let": _shift,
    "hash": _nothing(Status.MAYBE),
}

"""Follows a shell script's commands along all its ways at once."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import (
    Capture,
    Flow,
    Target,
    choose,
    unseen,
    without,
    written_text,
)
from fanout_lint.analysis.scripts.outputs import ScriptOutput
from fanout_lint.analysis.scripts.shell.expand import Expander, Field
from fanout_lint.analysis.scripts.shell.loops import run_for, run_while
from fanout_lint.analysis.scripts.shell.redirect import redirected
from fanout_lint.analysis.scripts.shell.simple import run_simple
from fanout_lint.analysis.scripts.shell.state import (
    NEXT_FAILED,
    NEXT_MAYBE,
    NEXT_OK,
    Dialect,
    Ends,
    Kind,
    Path,
    State,
    Status,
    add,
    join_all,
)
from fanout_lint.analysis.scripts.shell.tree import (
    AndOr,
    Background,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Literal,
    Pipeline,
    Redirected,
    Script,
    Simple,
    Test,
    While,
    Word,
)
from fanout_lint.analysis.scripts.text import (
    Either,
    Exact,
    Text,
    concat,
    either,
    exact,
)

_STEPS: Final = 4000
_DEEPEST_CALL: Final = 12
_LONGEST_TRAIL: Final = 3000


class Overrun(Exception):
    """The script is too large, or loops too long, to be followed."""


class Runner:
    """Runs one script. ``understood`` turns false when a command may print unseen."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.expander = Expander(dialect, self.substitute)
        self.steps = 0
        self.captures = 0
        self.calls = 0

    def finish(self, script: Script, state: State) -> ScriptOutput:
        """Return what the whole script writes in the runs that end well."""
        ends = self.block(script, Path(state))
        good = [path for (_, status), path in ends.items() if status is not Status.FAILED]
        good = [self._on_exit(path) for path in good]
        if not good:
            return ScriptOutput((), always_fails=True)
        return ScriptOutput(choose(tuple(path.trail for path in good)))

    def _on_exit(self, path: Path) -> Path:
        if path.state.on_exit is None:
            return path
        state = replace(path.state, on_exit=None, errexit=False)
        return join_all(self.block(path.state.on_exit, Path(state, path.trail)).values()) or path

    # -- sequences ---------------------------------------------------------------

    def block(self, script: Script, path: Path, *, checked: bool = False) -> Ends:
        """Run the commands one after the other. *checked*: a failure does not end the script."""
        ends: Ends = {}
        status = Status.OK
        for command in script.commands:
            after = self.command(command, path, checked=checked)
            nexts: list[Path] = []
            statuses: set[Status] = set()
            for key, end in after.items():
                if key[0] is not Kind.NEXT:
                    add(ends, key, end)
                    continue
                fatal = key[1] is Status.FAILED and not checked and not isinstance(command, AndOr)
                if fatal and end.state.errexit:
                    continue
                statuses.add(key[1])
                nexts.append(end)
            if command is script.commands[-1]:
                for key, end in after.items():
                    fatal = key[1] is Status.FAILED and end.state.errexit and not checked
                    if key[0] is Kind.NEXT and not fatal:
                        add(ends, key, end)
                return ends
            joined = join_all(nexts)
            if joined is None:
                return ends
            path = joined
            status = statuses.pop() if len(statuses) == 1 else Status.MAYBE
        add(ends, (Kind.NEXT, status), path)
        return ends

    def command(self, command: Command, path: Path, *, checked: bool = False) -> Ends:
        self.steps += 1
        if self.steps > _STEPS or len(path.trail) > _LONGEST_TRAIL:
            raise Overrun
        match command:
            case Simple():
                return run_simple(self, command, path)
            case Test():
                for word in command.inside:
                    path, _ = self.expander.value(word, path)
                return {NEXT_MAYBE: path}
            case AndOr():
                return self._and_or(command, path, checked)
            case Pipeline():
                return self._pipeline(command, path, checked)
            case Group(_, _, body, subshell):
                if subshell:
                    return self.subshell(body, path, checked=checked)
                return self.block(body, path, checked=checked)
            case Redirected():
                return self._redirected(command, path, checked)
            case If():
                return self._if(command, path, checked)
            case For():
                return run_for(self, command, path, checked)
            case While():
                return run_while(self, command, path, checked)
            case Case():
                return self._case(command, path, checked)
            case Function(_, _, name, body):
                functions = {**path.state.functions, name: body}
                return {NEXT_OK: replace(path, state=replace(path.state, functions=functions))}
            case Background(_, _, body):
                ends = self.subshell(Script((body,)), path, checked=True)
                joined = join_all(ends.values())
                return {NEXT_OK: joined} if joined else {}
        return {NEXT_MAYBE: self.lose(command.start, command.end, path)}

    def lose(self, start: int, end: int, path: Path) -> Path:
        """Return the path past something that may do anything."""
        return Path(path.state.forgotten(), (*path.trail, unseen(start, end)))

    def subshell(self, body: Script, path: Path, *, checked: bool = False) -> Ends:
        """Run *body* in a shell of its own: what it sets is lost, an exit ends only it."""
        ends: Ends = {}
        inner = replace(path.state, on_exit=None)
        for (_, status), end in self.block(body, Path(inner, path.trail), checked=checked).items():
            state = replace(path.state, files=end.state.files)
            add(ends, (Kind.NEXT, status), Path(state, self._on_exit(end).trail))
        return ends

    def substitute(self, body: Script, path: Path) -> tuple[Path, Text]:
        """Run ``$(body)``; return the path with all but its stdout, and that, trimmed."""
        capture = self.capture()
        sinks = {**path.state.sinks, 1: capture}
        state = replace(path.state, sinks=sinks, on_exit=None, errexit=False)
        ends = self.block(body, Path(state), checked=True)
        good = [self._on_exit(end) for end in ends.values()]
        if not good:
            return path, ()
        trail = choose(tuple(end.trail for end in good))
        text = trimmed(written_text(trail, capture))
        return replace(path, trail=path.trail + without(trail, capture)), text

    def capture(self) -> Capture:
        self.captures += 1
        return Capture(self.captures)

    # -- compound commands -------------------------------------------------------

    def _and_or(self, command: AndOr, path: Path, checked: bool) -> Ends:
        ends = self.command(command.first, path, checked=True)
        for index, (word, following) in enumerate(command.rest):
            wanted = Status.OK if word == "&&" else Status.FAILED
            last = index == len(command.rest) - 1
            result: Ends = {}
            for key, end in ends.items():
                kind, status = key
                if kind is not Kind.NEXT:
                    add(result, key, end)
                    continue
                if status in (wanted, Status.MAYBE):
                    state_end = self._assume(end)
                    after = self.command(following, state_end, checked=checked or not last)
                    for after_key, after_end in after.items():
                        dead = after_key == NEXT_FAILED and last and not checked
                        if not (dead and after_end.state.errexit):
                            add(result, after_key, after_end)
                if status is not wanted:
                    skipped = Status.FAILED if wanted is Status.OK else Status.OK
                    add(result, (Kind.NEXT, skipped), end)
            ends = result
        return ends

    def _assume(self, path: Path) -> Path:
        return path

    def _pipeline(self, command: Pipeline, path: Path, checked: bool) -> Ends:
        trail, stdin = path.trail, path.state.stdin
        state = path.state
        ends: Ends = {}
        for index, part in enumerate(command.commands):
            last = index == len(command.commands) - 1
            capture: Target = path.state.sink(1) if last else self.capture()
            sinks = {**state.sinks, 1: capture}
            if not last and command.merged[index]:
                sinks[2] = capture
            inner = replace(state, sinks=sinks, stdin=stdin, on_exit=None)
            if last:
                ends = self.subshell(Script((part,)), Path(inner, trail), checked=True)
                break
            after = self.subshell(Script((part,)), Path(inner), checked=True)
            joined = join_all(after.values())
            written: Flow = joined.trail if joined else ()
            stdin = written_text(written, capture)
            trail = trail + without(written, capture)
            state = replace(state, files=joined.state.files) if joined else state
        return self._piped(command, path, ends, checked)

    def _piped(self, command: Pipeline, path: Path, ends: Ends, checked: bool) -> Ends:
        """Return *ends* with the state of the outer shell, and the status that counts."""
        result: Ends = {}
        for (_, status), end in ends.items():
            if path.state.pipefail and len(command.commands) > 1 and status is Status.OK:
                status = Status.MAYBE
            if command.negated:
                flipped = {Status.OK: Status.FAILED, Status.FAILED: Status.OK}
                status = flipped.get(status, Status.MAYBE)
                status = Status.MAYBE if status is Status.FAILED and not checked else status
            state = replace(path.state, files=end.state.files)
            add(result, (Kind.NEXT, status), Path(state, end.trail))
        return result

    def _redirected(self, command: Redirected, path: Path, checked: bool) -> Ends:
        inner = redirected(self, command.redirects, path, command.start, command.end)
        ends: Ends = {}
        for key, end in self.command(command.body, inner, checked=checked).items():
            state = replace(end.state, sinks=path.state.sinks, stdin=path.state.stdin)
            add(ends, key, Path(state, end.trail))
        return ends

    def _if(self, command: If, path: Path, checked: bool) -> Ends:
        ends: Ends = {}
        waiting: Path | None = path
        for condition, body in command.branches:
            if waiting is None:
                return ends
            taken, waiting = self._tested(condition, waiting, ends)
            if taken is not None:
                _merge(ends, self.block(body, taken, checked=checked))
        if waiting is not None:
            _merge(ends, self.block(command.otherwise, waiting, checked=checked))
        return ends

    def _tested(self, condition: Script, path: Path, ends: Ends) -> tuple[Path | None, Path | None]:
        """Run a condition; return the ways on which it holds, and on which it does not."""
        holds: list[Path] = []
        fails: list[Path] = []
        for key, end in self.block(condition, path, checked=True).items():
            if key[0] is not Kind.NEXT:
                add(ends, key, end)
                continue
            if key[1] is not Status.FAILED:
                holds.append(end)
            if key[1] is not Status.OK:
                fails.append(end)
        return join_all(holds), join_all(fails)

    def _case(self, command: Case, path: Path, checked: bool) -> Ends:
        path, subject = self.expander.value(command.subject, path)
        known = exact(subject)
        ends: Ends = {}
        open_end = True
        for patterns, body in command.items:
            fits = [_pattern_fits(pattern, known) for pattern in patterns]
            if all(fit is False for fit in fits):
                continue
            _merge(ends, self.block(body, path, checked=checked))
            if any(fit is True for fit in fits):
                open_end = False
                break
        if open_end:
            add(ends, NEXT_OK, path)
        return ends

    # -- loops -------------------------------------------------------------------

    def call(self, body: Command, path: Path, arguments: Sequence[Field]) -> Ends:
        """Run a function of the script with its arguments."""
        if self.calls >= _DEEPEST_CALL:
            return {NEXT_MAYBE: self.lose(body.start, body.end, path)}
        outer = {k: v for k, v in path.state.variables.items() if k.isdigit() or k in "@*"}
        inner = {k: v for k, v in path.state.variables.items() if k not in outer}
        if all(field.single for field in arguments):
            inner |= {str(i + 1): field.text for i, field in enumerate(arguments)}
            inner |= {str(i): () for i in range(len(arguments) + 1, 10)}
            spaced = [piece for field in arguments for piece in (*field.text, Exact(" "))][:-1]
            inner |= {"*": concat(spaced), "@": concat(spaced)}
        self.calls += 1
        entered = replace(path, state=replace(path.state, variables=inner))
        ends: Ends = {}
        for (kind, status), end in self.command(body, entered).items():
            kept = {
                k: v for k, v in end.state.variables.items() if k not in inner or not k.isdigit()
            }
            state = replace(end.state, variables={**kept, **outer})
            key = (Kind.NEXT if kind is Kind.RETURN else kind, status)
            add(ends, key, Path(state, end.trail))
        self.calls -= 1
        return ends


def _merge(ends: Ends, more: Ends) -> None:
    for key, path in more.items():
        add(ends, key, path)


def _pattern_fits(pattern: Word, subject: str | None) -> bool | None:
    """Say whether a ``case`` pattern takes *subject*; ``None`` where that cannot be told."""
    if all(isinstance(part, Literal) for part in pattern):
        text = "".join(part.text for part in pattern if isinstance(part, Literal))
        loose = any(isinstance(p, Literal) and not p.quoted for p in pattern)
        if text == "*" and loose:
            return True
        if subject is not None and not (loose and any(mark in text for mark in "*?[\\")):
            return text == subject
    return None


def trimmed(text: Text) -> Text:
    """Return *text* without the line breaks at its end, as ``$(…)`` gives it."""
    if not text:
        return ()
    last = text[-1]
    if isinstance(last, Exact):
        cut = last.text.rstrip("\n")
        return (*text[:-1], Exact(cut)) if cut else trimmed(text[:-1])
    if isinstance(last, Either):
        options = [trimmed(option) for option in last.options]
        return concat(text[:-1], either(options, genuine=last.genuine))
    return text

"""Runs Python statements along all their ways at once."""

import ast
from typing import Final

from msgspec.structs import replace

from fanout_lint.analysis.scripts.flow import Flow, Repeat, Target, unseen
from fanout_lint.analysis.scripts.python.expressions import Evaluator
from fanout_lint.analysis.scripts.python.functions import Arguments, Caller
from fanout_lint.analysis.scripts.python.machine import Halt, Machine
from fanout_lint.analysis.scripts.python.reach import (
    COMPOUND,
    catches_exit,
    is_suppressing,
    joined,
    may_raise,
    merge,
)
from fanout_lint.analysis.scripts.python.render import truth
from fanout_lint.analysis.scripts.python.state import (
    Ends,
    Kind,
    Path,
    State,
    add,
    join_paths,
    widened,
)
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    OPAQUE,
    Class,
    Elements,
    File,
    Named,
    Str,
    Tuple,
    Value,
)

_UNROLLED: Final = 100


class Interpreter:
    """Runs statements; expressions are left to the evaluator."""

    def __init__(self, machine: Machine, printing_methods: frozenset[str]) -> None:
        self.machine = machine
        self.evaluator = Evaluator(machine)
        self.evaluator.caller = Caller(self.evaluator, self.block)
        self.evaluator.caller.printing_methods = printing_methods

    def block(self, statements: list[ast.stmt]) -> Ends:
        """Run *statements* from the machine's path; return the ways that lead out."""
        ends: Ends = {}
        machine = self.machine
        for statement in statements:
            machine.step()
            machine.at(statement)
            try:
                after = self.statement(statement)
            except Halt:
                after = {}
            machine.take(ends)
            if not self._goes_on(after, ends):
                return ends
        add(ends, Kind.NEXT, machine.path)
        return ends

    def _goes_on(self, after: Ends, ends: Ends) -> bool:
        """Take the way to the next statement, if there is one; add the others to *ends*."""
        for kind, path in after.items():
            if kind != Kind.NEXT:
                add(ends, kind, path)
        if Kind.NEXT not in after:
            return False
        self.machine.path = after[Kind.NEXT]
        return True

    def statement(self, node: ast.stmt) -> Ends:
        match node:
            case ast.If():
                return self._if(node)
            case ast.For() | ast.AsyncFor():
                return self._for(node)
            case ast.While():
                return self._while(node)
            case ast.Try():
                return self._try(node)
            case ast.With() | ast.AsyncWith():
                return self._with(node)
            case ast.Match():
                return self._match(node)
            case ast.Break():
                return {Kind.BREAK: self.machine.path}
            case ast.Continue():
                return {Kind.CONTINUE: self.machine.path}
            case ast.Return(value):
                result = self.evaluator.value(value)
                frame = self.machine.frames[-1]
                self.machine.state = self.machine.state.bound((frame, "return"), result)
                return {Kind.RETURN: self.machine.path}
            case ast.Raise():
                return self._raise(node)
        self._simple(node)
        return {Kind.NEXT: self.machine.path}

    def _simple(self, node: ast.stmt) -> None:
        machine, value = self.machine, self.evaluator.value
        match node:
            case ast.Expr(expression):
                self.evaluator.caller.discarded = expression
                if isinstance(expression, ast.Name) and value(expression) == OPAQUE:
                    machine.lose()
                    return
                value(expression)
            case ast.Assign(targets, expression):
                result = value(expression)
                if isinstance(result, File) and isinstance(result.target, str):
                    machine.held.append(result.target)
                for target in targets:
                    self.evaluator.assign(target, result)
            case ast.AnnAssign(target, _, expression) if expression is not None:
                self.evaluator.assign(target, value(expression))
            case ast.AugAssign(target, _, expression):
                self._augmented(node, target, expression)
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                machine.bind(name, self.evaluator.caller.decorated(node))
            case ast.ClassDef(name):
                machine.bind(name, Class(node, machine.frames))
            case ast.Import(names):
                for alias in names:
                    root = alias.name if alias.asname else alias.name.split(".")[0]
                    machine.bind(alias.asname or root, Named(root))
            case ast.ImportFrom(module, names):
                self._import_from(module or "", names)
            case ast.Delete(targets):
                for target in targets:
                    if isinstance(target, ast.Subscript):
                        self.evaluator.assign(target, OPAQUE)
            case ast.Assert(test):
                if truth(value(test), machine.state) is False:
                    machine.leave(Kind.RAISE)

    def _import_from(self, module: str, names: list[ast.alias]) -> None:
        for alias in names:
            if alias.name == "*":
                self.machine.understood = False
                continue
            dotted = f"{module}.{alias.name}" if module else alias.name
            bound: Value = Named(dotted)
            if dotted == "sys.stdout":
                bound = self.machine.stdout_file()
            self.machine.bind(alias.asname or alias.name, bound)

    def _augmented(self, node: ast.AugAssign, target: ast.expr, expression: ast.expr) -> None:
        from fanout_lint.analysis.scripts.python.methods import call

        right = self.evaluator.value(expression)
        left = self.evaluator.value(target)
        if isinstance(node.op, ast.Add) and type(left).__name__ == "Ref":
            made = ast.Call(func=target, args=[], keywords=[])
            call(self.evaluator.caller, left, "extend", Arguments([right], {}), made)
            return
        self.evaluator.assign(target, self.evaluator.binary(node, left, right))

    # -- branches --------------------------------------------------------------------

    def _if(self, node: ast.If) -> Ends:
        tested = truth(self.evaluator.value(node.test), self.machine.state)
        if tested is not None:
            return self.block(node.body if tested else node.orelse)
        start = self.machine.path
        ends: Ends = {}
        for body in (node.body, node.orelse):
            self.machine.path = start
            merge(ends, self.block(body))
        return ends

    def _match(self, node: ast.Match) -> Ends:
        self.evaluator.value(node.subject)
        start = self.machine.path
        ends: Ends = {}
        total = False
        for case in node.cases:
            self.machine.path = start
            for inner in ast.walk(case.pattern):
                name = getattr(inner, "name", None) or getattr(inner, "rest", None)
                if isinstance(name, str):
                    self.machine.bind(name, OPAQUE)
            total = isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            merge(ends, self.block(case.body))
        if not total:
            add(ends, Kind.NEXT, start)
        return ends

    def _raise(self, node: ast.Raise) -> Ends:
        raised = node.exc
        called = raised.func if isinstance(raised, ast.Call) else raised
        if isinstance(called, ast.Name) and called.id == "SystemExit":
            given = raised.args if isinstance(raised, ast.Call) else []
            code = self.evaluator.value(given[0]) if given else NONE
            failed = isinstance(code, Str) or truth(code, self.machine.state) is True
            return {Kind.RAISE if failed else Kind.EXIT: self.machine.path}
        self.evaluator.value(raised)
        return {Kind.RAISE: self.machine.path}

    def _try(self, node: ast.Try) -> Ends:
        machine = self.machine
        entries: list[Path] = []
        ends: Ends = {}
        body = self._guarded(node.body, entries)
        if Kind.RAISE in body:
            entries.append(body.pop(Kind.RAISE))
        if Kind.NEXT in body and node.orelse:
            machine.path = body.pop(Kind.NEXT)
            merge(body, self.block(node.orelse))
        merge(ends, body)
        if Kind.EXIT in ends and any(catches_exit(handler) for handler in node.handlers):
            entries.append(ends[Kind.EXIT])
        entry = joined(entries)
        if entry is not None:
            for handler in node.handlers:
                machine.path = entry
                if handler.name:
                    machine.bind(handler.name, OPAQUE)
                merge(ends, self.block(handler.body))
            if not node.handlers:
                add(ends, Kind.RAISE, entry)
        return self._finally(node.finalbody, ends)

    def _guarded(self, statements: list[ast.stmt], entries: list[Path]) -> Ends:
        """Run the body of a ``try``; add to *entries* each path on which it may be left."""
        machine = self.machine
        ends: Ends = {}
        for statement in statements:
            if may_raise(statement):
                before = machine.path
                entries.append(before)
            after = self.block([statement])
            if may_raise(statement) and isinstance(statement, COMPOUND) and Kind.NEXT in after:
                written = after[Kind.NEXT].trail
                if written != before.trail:
                    place = machine.source.place(statement)
                    entries.append(Path(after[Kind.NEXT].state, (*before.trail, unseen(*place))))
            if not self._goes_on(after, ends):
                return ends
        add(ends, Kind.NEXT, machine.path)
        return ends

    def _finally(self, body: list[ast.stmt], ends: Ends) -> Ends:
        if not body:
            return ends
        result: Ends = {}
        for kind, path in ends.items():
            self.machine.path = path
            after = self.block(body)
            if Kind.NEXT in after:
                add(result, kind, after.pop(Kind.NEXT))
            merge(result, after)
        return result

    # -- with ------------------------------------------------------------------------

    def _with(self, node: ast.With | ast.AsyncWith) -> Ends:
        machine = self.machine
        stdout = machine.state.stdout
        suppresses = False
        held: list[Target] = []
        for item in node.items:
            value = self.evaluator.value(item.context_expr)
            if isinstance(value, Tuple) and value.items[:1] == (Named("redirected"),):
                value = value.items[1]
                if isinstance(value, File):
                    machine.state = replace(machine.state, stdout=value.target)
            if isinstance(value, File):
                held.append(value.target)
            suppresses = suppresses or is_suppressing(item.context_expr)
            if item.optional_vars is not None:
                self.evaluator.assign(item.optional_vars, value)
        entries: list[Path] = []
        machine.held += held
        ends = self._guarded(node.body, entries) if suppresses else self.block(node.body)
        for target in held:
            if target in machine.held:
                machine.held.remove(target)
        for entry in entries:
            add(ends, Kind.NEXT, entry)
        return {
            kind: Path(replace(path.state, stdout=stdout), path.trail)
            for kind, path in ends.items()
        }

    # -- loops -----------------------------------------------------------------------

    def _for(self, node: ast.For | ast.AsyncFor) -> Ends:
        machine = self.machine
        elements = self.evaluator.elements(self.evaluator.value(node.iter))
        if elements.items is None or len(elements.items) > _UNROLLED:
            return self._loop(node, elements)
        ends: Ends = {}
        broken: list[Path] = []
        current: Path | None = machine.path
        for index, item in enumerate(elements.items):
            if current is None:
                break
            machine.path = current
            machine.turns = (*machine.turns, index)
            self.evaluator.assign(node.target, item)
            current = self._turn(node.body, ends, broken)
            machine.turns = machine.turns[:-1]
        return self._left(node.orelse, current, broken, ends)

    def _while(self, node: ast.While) -> Ends:
        return self._loop(node, Elements())

    def _turn(self, body: list[ast.stmt], ends: Ends, broken: list[Path]) -> Path | None:
        """Run the body once from the machine's path; return the way to the next turn."""
        onward: Path | None = None
        for kind, path in self.block(body).items():
            if kind in (Kind.NEXT, Kind.CONTINUE):
                onward = path if onward is None else join_paths(onward, path)
            elif kind == Kind.BREAK:
                broken.append(path)
            else:
                add(ends, kind, path)
        return onward

    def _left(
        self, orelse: list[ast.stmt], current: Path | None, broken: list[Path], ends: Ends
    ) -> Ends:
        if current is not None:
            self.machine.path = current
            merge(ends, self.block(orelse))
        for path in broken:
            add(ends, Kind.NEXT, path)
        return ends

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, elements: Elements) -> Ends:
        """Run a loop of unknown length: the state comes to rest first, then the writes repeat."""
        machine = self.machine
        start = machine.path
        if isinstance(node, ast.While):
            tested = truth(self.evaluator.value(node.test), machine.state)
            if tested is False:
                return self.block(node.orelse)
        endless = isinstance(node, ast.While) and isinstance(node.test, ast.Constant)
        machine.abstract += 1
        state = self._rested(node, elements, start.state)
        ends: Ends = {}
        broken: list[Path] = []
        machine.path = Path(state)
        onward = self._head_and_body(node, elements, ends, broken)
        machine.abstract -= 1
        turns: Flow = (
            (Repeat(onward.trail, elements.least, None),) if onward and onward.trail else ()
        )
        some: Flow = (Repeat(onward.trail, 0, None),) if onward and onward.trail else ()
        left = {k: Path(p.state, start.trail + some + p.trail) for k, p in ends.items()}
        out = [Path(p.state, start.trail + some + p.trail) for p in broken]
        final = onward.state if onward is not None and elements.least else state
        over = Path(final, start.trail + turns)
        dead = endless or (onward is None and elements.least > 0)
        return self._left(node.orelse, None if dead else over, out, left)

    def _rested(
        self, node: ast.For | ast.AsyncFor | ast.While, elements: Elements, state: State
    ) -> State:
        """Return a state that holds at the head of every turn."""
        for turn in range(6):
            self.machine.path = Path(state)
            after = self._head_and_body(node, elements, {}, [])
            if after is None:
                return state
            rested = widened(state, after.state, hard=turn >= 2)
            if rested == state:
                return state
            state = rested
        return State(stdout=state.stdout, logs=state.logs)

    def _head_and_body(
        self,
        node: ast.For | ast.AsyncFor | ast.While,
        elements: Elements,
        ends: Ends,
        broken: list[Path],
    ) -> Path | None:
        if isinstance(node, ast.While):
            self.evaluator.value(node.test)
        else:
            self.evaluator.assign(node.target, elements.item)
        return self._turn(node.body, ends, broken)

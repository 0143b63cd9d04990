"""A Python script's text in, what it writes out."""

import ast
from collections.abc import Sequence

from fanout_lint.analysis.scripts.flow import Flow, choose, unseen
from fanout_lint.analysis.scripts.outputs import ScriptOutput
from fanout_lint.analysis.scripts.python.functions import Arguments
from fanout_lint.analysis.scripts.python.machine import Halt, Machine, Overrun
from fanout_lint.analysis.scripts.python.source import Source
from fanout_lint.analysis.scripts.python.state import Kind, Path
from fanout_lint.analysis.scripts.python.statements import Interpreter
from fanout_lint.analysis.scripts.python.values import OPAQUE, Value

_LONGEST = 200_000


def analyse(text: str, holes: Sequence[tuple[int, int]] = ()) -> ScriptOutput:
    """Return what the script writes; one that cannot be read may write anything."""
    nothing_known = ScriptOutput((unseen(0, len(text)),), understood=False)
    if len(text) > _LONGEST:
        return nothing_known
    source = Source(text, holes)
    if source.tree is None:
        return nothing_known
    machine = Machine(source)
    has_classes = "class" in source.text
    methods = _printing_methods(source.tree) if has_classes else frozenset()
    interpreter = Interpreter(machine, methods)
    try:
        ends = interpreter.block(source.tree.body)
        paths = [ends[kind] for kind in (Kind.NEXT, Kind.EXIT) if kind in ends]
        trails = [_at_exit(interpreter, path) for path in paths]
    except (Overrun, RecursionError):
        return nothing_known
    catches = _may_catch(source)
    if not trails:
        failure = None if catches else machine.failure
        return ScriptOutput((), always_fails=True, failure=failure)
    failure = None if catches else _sure_doubt(machine, source.tree)
    return ScriptOutput(choose(tuple(trails)), machine.understood, failure=failure)


def _may_catch(source: Source) -> bool:
    """Whether an exception may be caught somewhere: by ``except``, or ``contextlib.suppress``."""
    tree = source.tree
    if "suppress" in source.text:
        return True
    if tree is None or "try" not in source.text:
        return False
    return any(isinstance(node, ast.Try | ast.TryStar) for node in ast.walk(tree))


def _sure_doubt(machine: Machine, tree: ast.Module) -> tuple[int, int, str] | None:
    """Return what fails unless a list is empty, in a statement that no branch holds."""
    always = {machine.source.place(statement) for statement in tree.body}
    return next((doubt for doubt in machine.doubts if doubt[:2] in always), None)


def _at_exit(interpreter: Interpreter, path: Path) -> Flow:
    """Return all that is written on *path*, what was left to ``atexit`` included."""
    machine = interpreter.machine
    machine.path = path
    node = ast.Call(func=ast.Name(id="_"), args=[], keywords=[])
    for value, sure in reversed(path.state.at_exit):
        try:
            _called(interpreter, value, node, sure)
        except Halt:
            machine.leaving.clear()
    return machine.path.trail


def _called(interpreter: Interpreter, value: Value, node: ast.Call, sure: bool) -> None:
    def called() -> Value:
        return interpreter.evaluator.caller.apply(value, Arguments([], {}), node)

    if sure:
        called()
    else:
        interpreter.machine.both([called, lambda: OPAQUE])


def _printing_methods(tree: ast.Module) -> frozenset[str]:
    """Return the names of methods in the script's classes that may print."""
    names: set[str] = set()
    for cls in ast.walk(tree):
        if isinstance(cls, ast.ClassDef):
            for statement in cls.body:
                if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                    calls = (n for n in ast.walk(statement) if isinstance(n, ast.Call))
                    if any(True for _ in calls):
                        names.add(statement.name)
    return frozenset(names)

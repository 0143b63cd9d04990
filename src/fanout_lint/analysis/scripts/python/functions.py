"""Calls: functions of the script, of Python, and of libraries."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.flow import choose
from fanout_lint.analysis.scripts.python import builtins
from fanout_lint.analysis.scripts.python.decorators import decorator_names, keeps_result
from fanout_lint.analysis.scripts.python.expressions import Evaluator
from fanout_lint.analysis.scripts.python.machine import Names
from fanout_lint.analysis.scripts.python.render import object_of
from fanout_lint.analysis.scripts.python.state import Kind, Path, join_paths
from fanout_lint.analysis.scripts.python.values import (
    NONE,
    OPAQUE,
    Class,
    DictObject,
    Elements,
    File,
    Function,
    InstanceObject,
    Iterable,
    Key,
    Method,
    Named,
    Opaque,
    Partial,
    Ref,
    Value,
    join_values,
    known,
)
from fanout_lint.analysis.scripts.text import ANY_TEXT

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.machine import Machine

_DEEPEST: Final = 10
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


class Arguments:
    """The arguments of a call; ``open`` where some are spread from what is not known."""

    def __init__(
        self, positional: list[Value], keywords: dict[str, Value], is_open: bool = False
    ) -> None:
        self.positional = positional
        self.keywords = keywords
        self.open = is_open

    def get(self, index: int, name: str) -> Value | None:
        if index < len(self.positional):
            return self.positional[index]
        return self.keywords.get(name)

    def all(self) -> list[Value]:
        return [*self.positional, *self.keywords.values()]


class Caller:
    """Runs calls on the evaluator's machine; *run_body* runs a function's statements."""

    def __init__(
        self, evaluator: Evaluator, run_body: Callable[[list[ast.stmt]], dict[str, Path]]
    ) -> None:
        self.evaluator = evaluator
        self.machine: Machine = evaluator.machine
        self.run_body = run_body
        self.printing_methods: frozenset[str] = frozenset()
        self.discarded: ast.expr | None = None

    def call(self, node: ast.Call) -> Value:
        function = self.evaluator.value(node.func)
        return self.apply(function, self._arguments(node), node)

    def _arguments(self, node: ast.Call) -> Arguments:
        arguments = Arguments([], {})
        for argument in node.args:
            value = self.evaluator.value(argument)
            if not isinstance(argument, ast.Starred):
                arguments.positional.append(value)
                continue
            items = self.evaluator.elements(value).items
            arguments.positional += items or ()
            arguments.open = arguments.open or items is None
        for keyword in node.keywords:
            value = self.evaluator.value(keyword.value)
            if keyword.arg is not None:
                arguments.keywords[keyword.arg] = value
                continue
            spread = object_of(value, self.machine.state)
            if isinstance(spread, DictObject) and spread.other is None and not spread.perhaps:
                arguments.keywords |= {str(k): v for k, v in spread.entries.items()}
            else:
                arguments.open = True
        return arguments

    def apply(self, function: Value, arguments: Arguments, node: ast.Call) -> Value:
        """Call *function*."""
        match function:
            case Function():
                return self._function(function, arguments, node)
            case Class():
                return self._instance(function, arguments, node)
            case Partial(inner, positional, keywords):
                merged = Arguments(
                    [*positional, *arguments.positional],
                    {**dict(keywords), **arguments.keywords},
                    arguments.open,
                )
                return self.apply(inner, merged, node)
            case Named(name):
                return builtins.call(self, name, arguments, node)
            case Method(receiver, name):
                from fanout_lint.analysis.scripts.python import methods

                return methods.call(self, receiver, name, arguments, node)
        item = object_of(function, self.machine.state)
        if isinstance(item, InstanceObject):
            method = self.instance_attribute(function, item, "__call__")
            if isinstance(method, Function):
                return self._function(method, arguments, node)
        return self.unknown(arguments, function)

    # -- functions of the script ---------------------------------------------------

    def _function(self, function: Function, arguments: Arguments, node: ast.Call) -> Value:
        machine = self.machine
        definition = function.node
        if len(machine.calls) >= _DEEPEST or machine.calls.count(id(definition)) > 2:
            machine.lose()
            return OPAQUE
        frame = -1 - machine.address(node, f"frame {id(definition)}")
        bound = self._parameters(function, arguments, frame)
        statement = machine.statement
        names = _names_of(definition)
        with machine.called(id(definition), (*function.frames, frame), names):
            for name, value in bound.items():
                machine.state = machine.state.bound((frame, name), value)
            machine.statement = statement
            if isinstance(definition, ast.Lambda):
                return self.evaluator.value(definition.body)
            if _yields(definition):
                made = self._generator(definition)
            else:
                made = self._run(definition, frame)
            return made if keeps_result(definition) else OPAQUE

    def decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Value:
        """Return what the name of a function is bound to: what the script's decorators make."""
        value: Value = Function(node, self.machine.frames)
        for decorator in reversed(node.decorator_list):
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            known = self.evaluator.value(target) if isinstance(target, ast.Name) else OPAQUE
            called = ast.Call(func=target, args=[], keywords=[])
            if isinstance(known, Function):
                value = self.apply(self.evaluator.value(decorator), Arguments([value], {}), called)
            elif ast.unparse(target) == "atexit.register":
                builtins.call(self, "atexit.register", Arguments([value], {}), called)
        return value

    def _run(self, definition: ast.FunctionDef | ast.AsyncFunctionDef, frame: int) -> Value:
        machine = self.machine
        start = machine.path
        ends = self.run_body(definition.body)
        for kind in (Kind.EXIT, Kind.RAISE):
            if kind in ends:
                machine.leaving.append((kind, ends[kind]))
        result: Value | None = None
        joined: Path | None = None
        for kind in (Kind.NEXT, Kind.RETURN):
            path = ends.get(kind)
            if path is None:
                continue
            value = path.state.cells.get((frame, "return"), NONE) if kind == Kind.RETURN else NONE
            result = value if result is None else join_values((result, value))
            joined = path if joined is None else join_paths(joined, path)
        if joined is None or result is None:
            machine.path = start
            from fanout_lint.analysis.scripts.python.machine import Halt

            raise Halt
        machine.path = joined
        return result

    def _generator(self, definition: ast.FunctionDef | ast.AsyncFunctionDef) -> Value:
        """Run a generator's body at once; what it writes is written only if it is used up."""
        machine = self.machine
        machine.yields = []
        before = machine.path
        ends = self.run_body(definition.body)
        for kind in (Kind.EXIT, Kind.RAISE):
            if kind in ends:
                machine.leaving.append((kind, ends[kind]))
        paths = [ends[kind] for kind in (Kind.NEXT, Kind.RETURN) if kind in ends]
        item = join_values(tuple(machine.yields))
        if paths:
            trails = tuple(path.trail for path in paths)
            machine.path = Path(paths[0].state, choose((before.trail, *trails)))
        return Iterable("generator", Elements(item))

    def _parameters(self, function: Function, arguments: Arguments, frame: int) -> dict[str, Value]:
        """Return what the parameters are bound to."""
        parameters = function.node.args
        positional = list(arguments.positional)
        if function.bound is not None:
            positional.insert(0, function.bound)
        keywords = dict(arguments.keywords)
        names = [parameter.arg for parameter in (*parameters.posonlyargs, *parameters.args)]
        defaults: dict[str, ast.expr] = dict(
            zip(names[len(names) - len(parameters.defaults) :], parameters.defaults, strict=True)
        )
        for only, default in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True):
            if default is not None:
                defaults[only.arg] = default
        bound: dict[str, Value] = {}
        for name in [*names, *(only.arg for only in parameters.kwonlyargs)]:
            if name in names and positional:
                bound[name] = positional.pop(0)
            elif name in keywords:
                bound[name] = keywords.pop(name)
            elif name in defaults and not arguments.open:
                bound[name] = self.evaluator.value(defaults[name])
            else:
                bound[name] = OPAQUE
        if parameters.vararg is not None:
            rest = Elements() if arguments.open else known(tuple(positional))
            bound[parameters.vararg.arg] = Iterable("tuple", rest)
        if parameters.kwarg is not None:
            other = OPAQUE if arguments.open else None
            named: dict[Key, Value] = dict(keywords.items())
            ref = self.machine.new(parameters.kwarg, DictObject(named, other))
            bound[parameters.kwarg.arg] = ref
        return bound

    # -- classes -------------------------------------------------------------------

    def _instance(self, cls: Class, arguments: Arguments, node: ast.Call) -> Value:
        fields = [
            statement.target.id
            for statement in cls.node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        ]
        attributes: dict[str, Value] = {}
        if _is_dataclass(cls.node):
            attributes = dict.fromkeys(fields, OPAQUE)
            attributes |= dict(zip(fields, arguments.positional, strict=False))
            attributes |= arguments.keywords
        instance = self.machine.new(node, InstanceObject(cls, attributes), "instance")
        initialiser = _method(cls.node, "__init__")
        if initialiser is not None:
            self._function(Function(initialiser, cls.frames, instance), arguments, node)
        elif cls.node.bases and not _is_dataclass(cls.node):
            return self._inherited(cls, instance)
        post = _method(cls.node, "__post_init__")
        if post is not None:
            self._function(Function(post, cls.frames, instance), Arguments([], {}), node)
        return instance

    def _inherited(self, cls: Class, instance: Ref) -> Value:
        for base in cls.node.bases:
            value = self.evaluator.value(base)
            if isinstance(value, Class):
                self.machine.lose()
                return OPAQUE
        return instance

    def class_attribute(self, cls: Class, name: str) -> Value:
        method = _method(cls.node, name)
        if method is None:
            return OPAQUE
        decorators = decorator_names(method)
        bound = cls if "classmethod" in decorators else None
        return Function(method, cls.frames, bound)

    def instance_attribute(self, value: Value, item: InstanceObject, name: str) -> Value:
        method = _method(item.of.node, name)
        if method is None:
            if item.of.node.bases:
                return Method(OPAQUE, name)
            found = self._class_constant(item.of, name)
            return found if found is not None else Method(OPAQUE, name)
        decorators = decorator_names(method)
        if "staticmethod" in decorators:
            return Function(method, item.of.frames)
        bound = Function(method, item.of.frames, value)
        if "property" in decorators or "cached_property" in decorators:
            return OPAQUE
        return bound

    def _class_constant(self, cls: Class, name: str) -> Value | None:
        for statement in cls.node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                targets = statement.targets
                if any(isinstance(t, ast.Name) and t.id == name for t in targets):
                    return self.evaluator.value(statement.value)
        return None

    # -- what is not known -----------------------------------------------------------

    def unknown(self, arguments: Arguments, function: Value) -> Value:
        """Call something unknown: it may call the functions it is given, and change the objects."""
        origin = function.origin if isinstance(function, Opaque) else ""
        self.machine.understood = False
        self.handed_over(arguments)
        return Opaque(origin)

    def handed_over(self, arguments: Arguments) -> None:
        """Let unknown code do what it may with what it is given."""
        for value in arguments.all():
            if isinstance(value, Function):
                self._perhaps_called(value)
            elif isinstance(value, Method | Partial) or value == Named("print"):
                self.machine.write(self.machine.state.stdout, ANY_TEXT, "print")
            elif isinstance(value, File) and not value.reads:
                self.machine.write(value.target, ANY_TEXT, "write")

    def _perhaps_called(self, function: Function) -> None:
        node = ast.Call(func=ast.Name(id="_"), args=[], keywords=[])

        def turn() -> Value:
            return self._function(function, Arguments([], {}, is_open=True), node)

        self.machine.repeated(turn)


def _method(node: ast.ClassDef, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    for statement in node.body:
        if isinstance(statement, _DEFINITIONS) and statement.name == name:
            return statement
    return None


def _is_dataclass(node: ast.ClassDef) -> bool:
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    bases |= {base.attr for base in node.bases if isinstance(base, ast.Attribute)}
    return "dataclass" in decorator_names(node) or "NamedTuple" in bases


def _names_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Names:
    """Return the names that the function itself assigns; those of functions inside are theirs."""
    if isinstance(node, ast.Lambda):
        return Names()
    found: set[str] = set()
    outer: set[str] = set()
    shared: set[str] = set()
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        match inner:
            case ast.Global(names):
                shared |= set(names)
            case ast.Nonlocal(names):
                outer |= set(names)
            case ast.Name(name, ast.Store()) | ast.ExceptHandler(name=str() as name):
                found.add(name)
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                found.add(name)
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                continue
            case ast.GeneratorExp():
                continue
        waiting += ast.iter_child_nodes(inner)
    return Names(frozenset(found - outer - shared), frozenset(outer), frozenset(shared))


def _yields(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(inner, (*_DEFINITIONS, ast.Lambda, ast.ClassDef)):
            waiting += ast.iter_child_nodes(inner)
    return False

"""Evaluates Python expressions over values of which only parts are known."""

import ast
import operator
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.python.machine import Machine
from fanout_lint.analysis.scripts.python.operations import (
    UNROLLED,
    chained,
    computed,
    constant_value,
    formatted,
    joined_path,
    named_attribute,
    plain,
)
from fanout_lint.analysis.scripts.python.render import (
    masked,
    object_of,
    repr_text,
    str_text,
    truth,
)
from fanout_lint.analysis.scripts.python.source import MASK
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
    ListObject,
    Logger,
    Method,
    Named,
    Opaque,
    PathValue,
    Scalar,
    Str,
    Tuple,
    Typed,
    Value,
    kind_of,
    known,
    string,
)
from fanout_lint.analysis.scripts.text import ANY_TEXT, PLAIN_TEXT, Text, concat, exact, literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.python.functions import Caller

_BUILTINS: Final = frozenset(
    [
        "print", "len", "range", "list", "dict", "set", "tuple", "str", "int", "float", "bool",
        "sorted", "reversed", "enumerate", "zip", "map", "filter", "sum", "min", "max", "any",
        "all", "abs", "round", "repr", "open", "input", "exit", "quit", "isinstance", "iter",
        "next", "type", "getattr", "hasattr", "setattr", "exec", "eval", "compile", "super",
        "object", "frozenset", "bytes", "bytearray", "chr", "ord", "hex", "bin", "oct", "hash",
        "id", "vars", "dir", "callable", "divmod", "pow", "format", "slice", "globals", "locals",
        "Exception", "ValueError", "KeyError", "RuntimeError", "SystemExit", "TypeError",
        "OSError", "FileNotFoundError", "IOError", "KeyboardInterrupt", "BaseException",
        "NotImplementedError", "IndexError", "AssertionError", "help", "memoryview", "ascii",
        "property", "staticmethod", "classmethod", "__import__", "breakpoint", "complex",
    ]
)  # fmt: skip
_COMPARISONS: "Final[dict[type[ast.cmpop], Callable[..., object]]]" = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class Evaluator:
    """Evaluates on *machine*; calls go to *caller*."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.caller: Caller

    def value(self, node: ast.expr | None) -> Value:
        """Return the value of *node*; what it writes is added to the machine's path."""
        self.machine.step()
        match node:
            case None:
                return NONE
            case ast.Constant(constant):
                return constant_value(constant)
            case ast.Name(name):
                return self._name(name)
            case ast.JoinedStr():
                return Str(self._formatted(node))
            case ast.Attribute():
                return self._attribute(node)
            case ast.Call():
                return self.caller.call(node)
            case ast.BinOp():
                return self._binary(node)
            case ast.BoolOp() | ast.IfExp() | ast.Compare() | ast.UnaryOp():
                return self._logic(node)
            case ast.List() | ast.Tuple() | ast.Set() | ast.Dict():
                from fanout_lint.analysis.scripts.python.containers import display

                return display(self, node)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                from fanout_lint.analysis.scripts.python.comprehensions import comprehension

                return comprehension(self, node)
            case ast.Subscript():
                from fanout_lint.analysis.scripts.python.containers import subscript

                return subscript(self, node)
        return self._other(node)

    def _other(self, node: ast.expr) -> Value:
        machine = self.machine
        match node:
            case ast.Lambda():
                return Function(node, machine.frames)
            case ast.NamedExpr(ast.Name(name), inner):
                value = self.value(inner)
                machine.bind(name, value)
                return value
            case ast.Starred(inner):
                return self.value(inner)
            case ast.Await(inner):
                return self.value(inner)
            case ast.Yield(inner):
                value = self.value(inner)
                if machine.yields is not None:
                    machine.yields.append(value)
                return OPAQUE
            case ast.YieldFrom(inner):
                elements = self.elements(self.value(inner))
                if machine.yields is not None:
                    machine.yields.append(elements.item)
                return OPAQUE
        return OPAQUE

    def _name(self, name: str) -> Value:
        if MASK in name:
            return OPAQUE
        found = self.machine.lookup(name)
        if found is not None:
            return found
        if name == "__name__":
            return string("__main__")
        return Named(name) if name in _BUILTINS else OPAQUE

    def _formatted(self, node: ast.JoinedStr) -> Text:
        pieces: list[Text] = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                pieces.append(masked(str(part.value)))
            elif isinstance(part, ast.FormattedValue):
                pieces.append(self._formatted_value(part))
        return concat(*pieces)

    def _formatted_value(self, part: ast.FormattedValue) -> Text:
        value = self.value(part.value)
        if part.conversion in (114, 97):
            return repr_text(value, self.machine.state)
        if part.format_spec is None:
            return str_text(value, self.machine.state)
        spec = (
            exact(self._formatted(part.format_spec))
            if isinstance(part.format_spec, ast.JoinedStr)
            else None
        )
        return formatted(value, spec)

    def _attribute(self, node: ast.Attribute) -> Value:
        value = self.value(node.value)
        return self.attribute(value, node.attr)

    def attribute(self, value: Value, name: str) -> Value:
        machine = self.machine
        match value:
            case Named(dotted):
                override = machine.state.cells.get((-1, f"{dotted}.{name}"))
                return override if override is not None else named_attribute(dotted, name, machine)
            case Opaque(origin):
                return Method(value, name) if origin else Method(OPAQUE, name)
            case PathValue():
                if name in ("name", "stem", "suffix"):
                    return Str(PLAIN_TEXT)
                return PathValue(ANY_TEXT) if name == "parent" else Method(value, name)
            case File() if name in ("buffer", "raw"):
                return value
            case Logger(logger) if name == "handlers":
                handlers = machine.state.logs.handlers.get(logger, ())
                unsure = machine.state.logs.unsure
                items = None if unsure else tuple(OPAQUE for _ in handlers)
                return Iterable("handlers", Elements(OPAQUE, items))
            case Class():
                return self.caller.class_attribute(value, name)
        item = object_of(value, machine.state)
        if isinstance(item, InstanceObject):
            if name in item.attributes:
                return item.attributes[name]
            return self.caller.instance_attribute(value, item, name)
        return Method(value, name)

    # -- operators ---------------------------------------------------------------

    def _binary(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        return self.binary(node, left, right)

    def binary(self, node: ast.BinOp | ast.AugAssign, left: Value, right: Value) -> Value:
        if isinstance(left, PathValue) and isinstance(node.op, ast.Div):
            return PathValue(joined_path([left.text, str_text(right, self.machine.state)]))
        if isinstance(left, Str) and isinstance(node.op, ast.Mod):
            return Str(percent(left.text, right, self))
        if isinstance(left, Str) and isinstance(right, Str) and isinstance(node.op, ast.Add):
            return Str(concat(left.text, right.text))
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            return computed(node.op, left, right)
        if isinstance(left, Tuple) and isinstance(right, Tuple) and isinstance(node.op, ast.Add):
            return Tuple(left.items + right.items)
        lists = self._list_arithmetic(node, left, right)
        if lists is not None:
            return lists
        kinds = {kind_of(left), kind_of(right)}
        if kinds <= {"int", "float", "bool"}:
            is_float = "float" in kinds or isinstance(node.op, ast.Div)
            return Typed("float" if is_float else "int")
        if isinstance(left, Str) or isinstance(right, Str):
            return Str(ANY_TEXT) if isinstance(node.op, ast.Add | ast.Mult) else OPAQUE
        dates = {"date", "datetime"}
        for one, other in ((left, right), (right, left)):
            if kind_of(one) in dates and kind_of(other) not in dates:
                return one if isinstance(node.op, ast.Add | ast.Sub) else OPAQUE
        return OPAQUE

    def _list_arithmetic(
        self, node: ast.BinOp | ast.AugAssign, left: Value, right: Value
    ) -> Value | None:
        mine = object_of(left, self.machine.state)
        theirs = object_of(right, self.machine.state)
        if isinstance(mine, ListObject) and isinstance(theirs, ListObject):
            if not isinstance(node.op, ast.Add):
                return self.machine.new_list(node, Elements(), mine.kind)
            both = chained(mine.elements, theirs.elements)
            return self.machine.new_list(node, both, mine.kind)
        if isinstance(mine, ListObject) and isinstance(node.op, ast.Mult):
            return self.machine.new_list(node, Elements(mine.elements.item), mine.kind)
        if isinstance(mine, DictObject) and isinstance(theirs, DictObject):
            return self.machine.new(node, DictObject({}, OPAQUE))
        return None

    def _logic(self, node: ast.expr) -> Value:
        match node:
            case ast.BoolOp():
                return self._boolean(node, list(node.values))
            case ast.IfExp(test, body, orelse):
                tested = truth(self.value(test), self.machine.state)
                if tested is not None:
                    return self.value(body if tested else orelse)
                return self.machine.both([lambda: self.value(body), lambda: self.value(orelse)])
            case ast.UnaryOp(op, operand):
                return self._unary(op, self.value(operand))
            case ast.Compare():
                return self._compare(node)
        return OPAQUE

    def _boolean(self, node: ast.BoolOp, values: list[ast.expr]) -> Value:
        first = self.value(values[0])
        if len(values) == 1:
            return first
        tested = truth(first, self.machine.state)
        stops = isinstance(node.op, ast.Or)
        if tested is stops:
            return first
        if tested is not None:
            return self._boolean(node, values[1:])
        return self.machine.both([lambda: first, lambda: self._boolean(node, values[1:])])

    def _unary(self, op: ast.unaryop, value: Value) -> Value:
        if isinstance(op, ast.Not):
            tested = truth(value, self.machine.state)
            return Typed("bool") if tested is None else Scalar(not tested)
        if isinstance(value, Scalar) and isinstance(value.value, int | float):
            if isinstance(op, ast.USub):
                return Scalar(-value.value)
            if isinstance(op, ast.UAdd):
                return Scalar(+value.value)
        kind = kind_of(value)
        return Typed(kind) if kind in ("int", "float") else OPAQUE

    def _compare(self, node: ast.Compare) -> Value:
        left = self.value(node.left)
        results: list[Value] = []
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.value(comparator)
            results.append(self._compared(op, left, right))
            left = right
        if len(results) == 1:
            return results[0]
        if any(result == Scalar(False) for result in results):
            return Scalar(False)
        return Scalar(True) if all(r == Scalar(True) for r in results) else Typed("bool")

    def _compared(self, op: ast.cmpop, left: Value, right: Value) -> Value:
        unknown = Typed("bool")
        if isinstance(op, ast.Is | ast.IsNot):
            if NONE not in (left, right):
                return unknown
            other = right if left == NONE else left
            if other == NONE:
                return Scalar(isinstance(op, ast.Is))
            sure = not isinstance(other, Opaque | Method)
            return Scalar(isinstance(op, ast.IsNot)) if sure else unknown
        ours, theirs = plain(left), plain(right)
        compare = _COMPARISONS.get(type(op))
        if compare is None or ours is None or theirs is None:
            return unknown
        try:
            return Scalar(bool(compare(ours[0], theirs[0])))
        except TypeError:
            return unknown

    # -- containers --------------------------------------------------------------

    # -- loops in expressions ------------------------------------------------------

    def elements(self, value: Value) -> Elements:
        """Return what a loop over *value* meets."""
        match value:
            case Tuple(items):
                return known(items)
            case Iterable(_, elements):
                return elements
            case Str(text):
                whole = exact(text)
                if whole is not None and len(whole) <= UNROLLED:
                    return known(tuple(string(character) for character in whole))
                return Elements(Str(ANY_TEXT))
        item = object_of(value, self.machine.state)
        if isinstance(item, ListObject):
            return item.elements
        if isinstance(item, DictObject):
            if item.other is None and not item.perhaps:
                return known(tuple(constant_value(key) for key in item.entries))
            strings = all(isinstance(key, str) for key in item.entries) and item.other is None
            return Elements(Str(ANY_TEXT) if strings else OPAQUE)
        return Elements()

    def assign(self, target: ast.expr, value: Value) -> None:
        """Bind *value* to an assignment's target."""
        from fanout_lint.analysis.scripts.python.targets import assign

        assign(self, target, value)


def percent(template: Text, value: Value, evaluator: Evaluator) -> Text:
    """Return ``template % value`` for the plain ``%s`` and ``%d``; else it is unknown."""
    import re

    pattern = exact(template)
    if pattern is None:
        return ANY_TEXT
    values = list(value.items) if isinstance(value, Tuple) else [value]
    pieces: list[Text] = []
    at = 0
    for found in re.finditer(r"%(?:%|([-+ #0]*\d*(?:\.\d+)?)([a-zA-Z])|(\([^)]*\)))", pattern):
        pieces.append(literal(pattern[at : found.start()]))
        at = found.end()
        if found[0] == "%%":
            pieces.append(literal("%"))
        elif found[3] or not values or found[1]:
            pieces.append(ANY_TEXT)
            values = values[1:]
        else:
            operand = values.pop(0)
            state = evaluator.machine.state
            text = repr_text(operand, state) if found[2] == "r" else str_text(operand, state)
            pieces.append(text)
    pieces.append(literal(pattern[at:]))
    return concat(*pieces)

"""An expression's value, as expr's machine computes it (``vm/vm.go`` of expr-lang 1.17.8).

What depends on the cluster is UNKNOWN and stays so; an error is raised only where
Argo's evaluation surely fails. Work and memory are bounded: past our own bound the value is
UNKNOWN, past expr's memory budget the evaluation fails, as it does in Argo.
"""

from collections.abc import Callable, Mapping
from typing import Final

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.access import cut, fetch, length_of, member_of
from fanout_lint.languages.expression.builtin_calls import call_builtin, is_right_count
from fanout_lint.languages.expression.equality import equal
from fanout_lint.languages.expression.loops import LOOPS, Loop, LoopMachine
from fanout_lint.languages.expression.natures import Nature
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.operations import (
    ARITHMETIC,
    is_nil,
    negate,
    order,
    shown_type,
    to_int,
)
from fanout_lint.languages.expression.patterns import matches
from fanout_lint.languages.expression.recursion import deep_calls
from fanout_lint.languages.expression.stack import OperandStack
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    UNKNOWN_STRING,
    Function,
    GoError,
    Slice,
    Unknown,
    weight,
    wrap_int64,
)

MAX_STEPS: Final = 200_000
MEMORY: Final = 1_000_000  #: ``conf/config.go:DefaultMemoryBudget``, counted in items and bytes.


class EvaluationError(Exception):
    """The evaluation surely fails at *node*."""

    def __init__(self, message: str, node: Node) -> None:
        super().__init__(message)
        self.message = message
        self.node = node


class _BudgetError(Exception):
    """The evaluation takes more than is worth it."""


class _NilLinkError(Exception):
    """A link of a chain with ``?.`` is nil."""


def evaluate(
    root: Node, environment: Mapping[str, object] | None, natures: Mapping[int, Nature]
) -> object:
    """Return the value of *root*, folded, or UNKNOWN; raises :class:`EvaluationError`.

    With no *environment*, nothing is known of names. *natures* are those of the folded tree.
    """
    machine = _Machine(environment, natures)
    try:
        with deep_calls():
            return machine.value(root)
    except (_BudgetError, RecursionError):
        return UNKNOWN


class _Machine:
    """What has been used up, and what local names and ``#`` stand for."""

    def __init__(
        self, environment: Mapping[str, object] | None, natures: Mapping[int, Nature]
    ) -> None:
        self._environment = environment
        self._natures = natures
        self._steps = 0
        self._memory = 0
        self._locals: list[tuple[str, object]] = []
        self._loops: list[Loop] = []
        self._stack = OperandStack()

    def push(self, value: object) -> None:
        self._stack.push(value)

    def pop(self, count: int) -> list[object]:
        return self._stack.pop(count)

    def forget(self) -> None:
        self._stack.forget()

    def _operands(self, found: tuple[Node, ...]) -> list[object]:
        for node in found:
            self.push(self.value(node))
        return self.pop(len(found))

    def spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise _BudgetError

    def remember(self, size: int) -> None:
        """Count *size* items against expr's budget of memory; raises GoError past it."""
        self._memory += size
        if self._memory >= MEMORY:
            raise GoError("this takes more memory than expr allows")

    def begin(self, loop: Loop) -> None:
        self._loops.append(loop)

    def end(self) -> None:
        self._loops.pop()

    def value(self, node: Node) -> object:
        self.spend(1)
        try:
            return self._value(node)
        except GoError as error:
            raise EvaluationError(str(error), node) from error

    def _value(self, node: Node) -> object:
        match node:
            case nodes.Identifier(name=name):
                return self._identifier(name)
            case (
                nodes.Integer(value=literal)
                | nodes.Float(value=literal)
                | nodes.String(value=literal)
                | nodes.Boolean(value=literal)
                | nodes.Bytes(value=literal)
                | nodes.Constant(value=literal)
            ):
                return literal
            case nodes.Nil():
                return None
            case nodes.Member():
                return self._member(node)
            case nodes.Binary():
                return self._binary(node)
            case nodes.Unary():
                return self._unary(node)
            case nodes.Chain():
                return self._chain(node)
            case nodes.Builtin():
                return self._builtin(node)
            case nodes.Call():
                return self._call(node)
            case nodes.Pointer(name=name):
                return self._pointer(name)
            case nodes.Predicate(node=inner):
                return self.value(inner)
        return self._larger_value(node)

    def _larger_value(self, node: Node) -> object:
        match node:
            case nodes.Slicing():
                return self._slicing(node)
            case nodes.Let(name=name, value=value, body=body):
                self._locals.append((name, self.value(value)))
                result = self.value(body)
                self._locals.pop()
                return result
            case nodes.Sequence(nodes=found):
                result = None
                for one in found:
                    result = self.value(one)
                return result
            case nodes.Conditional():
                return self._conditional(node)
            case nodes.Array(items=items):
                self.remember(len(items))
                return self._operands(items)
            case nodes.Map(pairs=pairs):
                return self._map(pairs)
        raise TypeError(f"{type(node).__name__} has no value")

    def _identifier(self, name: str) -> object:
        for known, value in reversed(self._locals):
            if known == name:
                return value
        if self._environment is None:
            return UNKNOWN
        if name == "$env":
            return dict(self._environment)
        return self._environment.get(name)

    def _member(self, node: nodes.Member) -> object:
        base = self.value(node.node)
        if node.optional and base is not UNKNOWN and is_nil(base):
            raise _NilLinkError
        self.push(base)
        self.push(self.value(node.property))
        base, name = self.pop(2)
        return fetch(base, name)

    def _chain(self, node: nodes.Chain) -> object:
        depth = len(self._locals), len(self._loops)
        try:
            result = self.value(node.node)
        except _NilLinkError:
            del self._locals[depth[0] :], self._loops[depth[1] :]
            return None
        return None if is_nil(result) else result

    def _unary(self, node: nodes.Unary) -> object:
        operand = self.value(node.operand)
        match node.operator:
            case "-":
                return negate(operand)
            case "+":
                return operand
        truth = self.truth(operand)
        return UNKNOWN if truth is None else not truth

    def truth(self, value: object) -> bool | None:
        """Return *value* when it is true or false, ``None`` when it is unknown."""
        if value is UNKNOWN:
            return None
        if not isinstance(value, bool):
            raise GoError(f"true or false is needed here, not {shown_type(value)}")
        return value

    def _conditional(self, node: nodes.Conditional) -> object:
        truth = self.truth(self.value(node.condition))
        if truth is None:
            return UNKNOWN
        return self.value(node.then if truth else node.otherwise)

    def _binary(self, node: nodes.Binary) -> object:
        operator = node.operator
        if operator in ("and", "&&", "or", "||"):
            truth = self.truth(self.value(node.left))
            if truth is None:
                return UNKNOWN
            return truth if truth is (operator in ("or", "||")) else self.value(node.right)
        if operator == "??":
            left = self.value(node.left)
            if left is UNKNOWN:
                return UNKNOWN
            return self.value(node.right) if is_nil(left) else left
        left, right = self._operands((node.left, node.right))
        self.spend((weight(left) + weight(right)) // 5)
        if operator in ARITHMETIC:
            return ARITHMETIC[operator](left, right)
        match operator:
            case "==":
                return self._equal(node, left, right)
            case "!=":
                same = self._equal(node, left, right)
                return UNKNOWN if isinstance(same, Unknown) else not same
            case "<" | ">" | "<=" | ">=":
                return order(operator, left, right)
            case "in":
                return member_of(left, right)
            case "..":
                return self._range(left, right)
        if operator == "matches":
            self.spend(_search_cost(left, right))
        return _text_test(operator, left, right)

    def _equal(self, node: nodes.Binary, left: object, right: object) -> object:
        """Compare; where the checker found two ints or two texts, expr takes nothing else."""
        one, other = self._natures.get(id(node.left)), self._natures.get(id(node.right))
        kind = one.type if one is not None and other is not None and one.type == other.type else ""
        for value in (left, right):
            if kind == "int" and not _may_be_int(value):
                raise GoError(f"a whole number is compared here, not {shown_type(value)}")
            if kind == "string" and not isinstance(value, str | Unknown):
                raise GoError(f"a text is compared here, not {shown_type(value)}")
        return equal(left, right)

    def _range(self, left: object, right: object) -> object:
        first, last = to_int(left), to_int(right)
        if first is None or last is None:
            return UNKNOWN
        size = max(0, wrap_int64(last - first + 1))
        self.remember(size)
        self.spend(size)
        return Slice("int", list(range(first, first + size)))

    def _slicing(self, node: nodes.Slicing) -> object:
        base = self.value(node.node)
        self.push(base)
        self.push(length_of(base) if node.last is None else self.value(node.last))
        self.push(0 if node.first is None else self.value(node.first))
        base, last, first = self.pop(3)
        return cut(base, first, last)

    def _map(self, pairs: tuple[nodes.Pair, ...]) -> object:
        self.remember(len(pairs))
        entries = self._operands(tuple(part for pair in pairs for part in (pair.key, pair.value)))
        result: dict[str, object] = {}
        found = zip(entries[::2], entries[1::2], strict=True)
        for key, value in reversed(list(found)):  # Of two entries with one key the first is kept.
            if isinstance(key, Unknown):
                return UNKNOWN
            if not isinstance(key, str):
                raise GoError(f"a key of a map is a text, not {shown_type(key)}")
            result[key] = value
        return dict(reversed(list(result.items())))

    def _pointer(self, name: str) -> object:
        loop = self._loops[-1]
        if name == "index":
            return loop.index
        return loop.accumulated if name == "acc" else loop.item()

    def _builtin(self, node: nodes.Builtin) -> object:
        if run := LOOPS.get(node.name):
            machine: LoopMachine = self
            return run(machine, node)
        arguments = self._operands(node.arguments)
        if not is_right_count(node.name, len(arguments)):
            return UNKNOWN  # Only where the checker does not look; expr then muddles its stack.
        self.spend(sum(map(weight, arguments)) // 5)
        result, memory = call_builtin(node.name, arguments, MEMORY)
        self.remember(memory)
        self.spend(memory // 10)
        return result

    def _call(self, node: nodes.Call) -> object:
        *arguments, function = self._operands((*node.arguments, node.callee))
        if function is UNKNOWN:
            return UNKNOWN
        if function is None:
            raise EvaluationError(_missing_function(node.callee), node.callee)
        if not isinstance(function, Function):
            raise GoError(f"{shown_type(function)} cannot be called")
        self.spend(20 + sum(map(weight, arguments)) // 5)
        if "egex" in function.name and len(arguments) > 1:
            self.spend(_search_cost(arguments[1], arguments[0]))
        return UNKNOWN if function.call is None else function.call(*arguments)


def _search_cost(text: object, pattern: object) -> int:
    """Return how many steps it is worth to look for *pattern* in *text*."""
    if not isinstance(text, str) or not isinstance(pattern, str):
        return 0
    return 50 + len(text) * len(pattern) // 2


def _may_be_int(value: object) -> bool:
    return value is UNKNOWN or (isinstance(value, int) and not isinstance(value, bool))


def _missing_function(callee: Node) -> str:
    match callee:
        case nodes.Member(node=nodes.Identifier(name="sprig"), property=nodes.String(value=name)):
            from fanout_lint.languages.sprig import REMOVED

            if name in REMOVED:
                return f"Argo removes sprig.{name}, so that no expression reads its environment"
            return f"sprig has no function {name!r}"
        case nodes.Member(property=nodes.String(value=name)) | nodes.Identifier(name=name):
            return f"{name!r} is nil, and nil cannot be called"
    return "nil cannot be called"


def _text_test(operator: str, left: object, right: object) -> object:
    """Ask ``contains``, ``startsWith``, ``endsWith`` or ``matches``; of nil all are false."""
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if is_nil(left) or is_nil(right):
        return False
    for value in (left, right):
        allowed = (
            str | Unknown | bytes if operator == "matches" and value is left else str | Unknown
        )
        if not isinstance(value, allowed):
            raise GoError(f"{operator!r} looks at texts, not at {shown_type(value)}")
    if isinstance(left, bytes):
        left = left.decode("utf-8", "surrogateescape")
    if left is UNKNOWN_STRING or not isinstance(left, str) or not isinstance(right, str):
        return UNKNOWN
    return _TEXT_TESTS[operator](left, right)


_TEXT_TESTS: Final[dict[str, Callable[[str, str], object]]] = {
    "contains": lambda text, part: part in text,
    "startsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
    "matches": matches,
}

"""Names, numbers of arguments and types: what expr refuses before it runs anything.

Follows ``checker/checker.go`` of expr-lang 1.17.8 part by part, holes included: the
arguments of a function that is not known (all of ``sprig.*``) are not looked at, nor is
what stands in the brackets of a slice of something unknown.
"""

from msgspec import Struct

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.builtin_names import BUILTINS
from fanout_lint.languages.expression.builtin_types import BuiltinTypeError, result_type
from fanout_lint.languages.expression.call_types import (
    arity_fault,
    called_name,
    fits,
    hint,
    unknown_name,
)
from fanout_lint.languages.expression.natures import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    LIST,
    MAP,
    NIL,
    STRING,
    UNKNOWN_NATURE,
    Nature,
    Signature,
    assignable,
    key_of,
    list_of,
    of,
)
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.operator_types import binary_nature
from fanout_lint.languages.expression.patterns import pattern_fault
from fanout_lint.languages.expression.recursion import deep_calls
from fanout_lint.languages.expression.signatures import ANY_FUNCTION, METHODS, OVERLOADS
from fanout_lint.languages.problem import Problem

_LITERALS: dict[type, Nature] = {
    nodes.Nil: NIL,
    nodes.Integer: INT,
    nodes.Float: FLOAT,
    nodes.Boolean: BOOL,
    nodes.String: STRING,
    nodes.Bytes: BYTES,
}


class Checked(Struct, frozen=True):
    """What is known of an expression before it runs.

    *natures* holds, by ``id``, the nature of each node of the tree that was looked at.
    """

    problems: tuple[Problem, ...]
    nature: Nature
    natures: dict[int, Nature]


def check(root: Node, names: dict[str, Nature] | None) -> Checked:
    """Check *root* where *names* are defined; with ``None`` nothing is known of names."""
    checker = _Checker(names)
    with deep_calls():
        nature = checker.visit(root)
    problems = tuple(sorted(set(checker.problems), key=lambda one: (one.start, one.end)))
    return Checked(problems, nature, checker.natures)


class _Scope(Struct, frozen=True):
    """What ``#`` and ``#name`` stand for in a predicate."""

    collection: Nature
    names: dict[str, Nature]


class _Checker:
    """The problems so far, and what names stand for at the node that is looked at."""

    def __init__(self, names: dict[str, Nature] | None) -> None:
        self.problems: list[Problem] = []
        self.natures: dict[int, Nature] = {}
        self._names = names
        self._scopes: list[_Scope] = []
        self._locals: list[tuple[str, Nature]] = []

    def visit(self, node: Node) -> Nature:
        nature = self._visit(node)
        self.natures[id(node)] = nature
        return nature

    def _error(self, node: Node, message: str) -> Nature:
        self.problems.append(Problem(message, node.start, node.end))
        return UNKNOWN_NATURE

    def _visit(self, node: Node) -> Nature:
        if (literal := _LITERALS.get(type(node))) is not None:
            return literal
        match node:
            case nodes.Identifier(name=name):
                return self._identifier(node, name)
            case nodes.Member():
                return self._member(node)
            case nodes.Unary():
                return self._unary(node)
            case nodes.Binary():
                return self._binary(node)
            case nodes.Chain(node=inner):
                return self.visit(inner)
            case nodes.Slicing():
                return self._slicing(node)
            case nodes.Call():
                return self._call(node)
            case nodes.Builtin():
                return self._builtin(node)
        return self._visit_larger(node)

    def _visit_larger(self, node: Node) -> Nature:
        match node:
            case nodes.Predicate(node=inner):
                given = self.visit(inner)
                return Nature("func(interface {})", predicate=given)
            case nodes.Pointer():
                return self._pointer(node)
            case nodes.Let():
                return self._let(node)
            case nodes.Sequence(nodes=found):
                last = UNKNOWN_NATURE
                for one in found:
                    last = self.visit(one)
                return last
            case nodes.Conditional():
                return self._conditional(node)
            case nodes.Array(items=items):
                return self._array(items)
            case nodes.Map(pairs=pairs):
                for pair in pairs:
                    self.visit(pair.key)
                    self.visit(pair.value)
                return MAP
        raise TypeError(f"no nature for {type(node).__name__}")

    def _identifier(self, node: Node, name: str) -> Nature:
        for known, nature in reversed(self._locals):
            if known == name:
                return nature
        if name == "$env":
            return UNKNOWN_NATURE
        return self._name(node, name, builtins=True)

    def _name(self, node: Node, name: str, *, builtins: bool, strict: bool = True) -> Nature:
        if self._names is None:
            return UNKNOWN_NATURE
        if name in self._names:
            return self._names[name]
        if builtins and name in BUILTINS:
            signature = OVERLOADS.get(name, (ANY_FUNCTION,))[0]
            return Nature(signature.shown(), signature=signature, builtin=name)
        if strict:
            return self._error(node, unknown_name(name))
        return UNKNOWN_NATURE

    def _unary(self, node: nodes.Unary) -> Nature:
        operand = self.visit(node.operand).dereferenced()
        if node.operator in ("!", "not"):
            if operand.is_bool or operand.is_unknown:
                return BOOL
        elif operand.is_number:
            return operand
        elif operand.is_unknown:
            return UNKNOWN_NATURE
        return self._error(node, f"{node.operator!r} takes no {operand.shown()}")

    def _binary(self, node: nodes.Binary) -> Nature:
        left = self.visit(node.left).dereferenced()
        right = self.visit(node.right).dereferenced()
        if (
            node.operator == "matches"
            and isinstance(node.right, nodes.String)
            and (fault := pattern_fault(node.right.value)) is not None
        ):
            return self._error(node.right, fault)
        nature = binary_nature(node.operator, left, right)
        if nature is not None:
            return nature
        return self._error(
            node,
            f"{node.operator!r} cannot stand between {left.shown()} and {right.shown()}"
            + hint(node, left, right),
        )

    def _member(self, node: nodes.Member) -> Nature:
        if isinstance(node.node, nodes.Identifier) and node.node.name == "$env":
            if isinstance(node.property, nodes.String):
                name = node.property.value
                return self._name(node.property, name, builtins=False, strict=not node.optional)
            return UNKNOWN_NATURE
        base = self.visit(node.node)
        name_nature = self.visit(node.property)
        if base.is_unknown:
            return UNKNOWN_NATURE
        if isinstance(node.property, nodes.String):
            name = node.property.value
            if base.is_nil:
                return self._error(node.property, f"nil has no field {name!r}")
            if signature := METHODS.get(base.type or "", {}).get(name):
                return Nature(signature.shown(), signature=signature)
        return self._element(node, base.dereferenced(), name_nature)

    def _element(self, node: nodes.Member, base: Nature, name: Nature) -> Nature:
        if base.is_map:
            if name.is_unknown or assignable(name, of(key_of(base.type or ""))):
                return base.inner()
            return self._error(node.property, f"a map has no key of type {name.shown()}")
        if base.is_array:
            if name.is_unknown or name.dereferenced().is_integer:
                return base.inner()
            return self._error(
                node.property, f"a list is indexed by whole numbers, not by {name.shown()}"
            )
        if isinstance(node.property, nodes.String):
            what = "method" if node.method else "field"
            return self._error(
                node.property, f"{base.shown()} has no {what} {node.property.value!r}"
            )
        return self._error(node, f"{base.shown()} cannot be indexed")

    def _slicing(self, node: nodes.Slicing) -> Nature:
        base = self.visit(node.node)
        if base.is_unknown:
            return UNKNOWN_NATURE
        if not base.is_string and not base.is_array:
            return self._error(node.node, f"{base.shown()} cannot be sliced")
        for end in (node.first, node.last):
            if end is None:
                continue
            nature = self.visit(end).dereferenced()
            if not nature.is_integer and not nature.is_unknown:
                return self._error(end, f"a slice ends at a whole number, not at {nature.shown()}")
        return base

    def _call(self, node: nodes.Call) -> Nature:
        if isinstance(node.callee, nodes.Identifier) and node.callee.name == "$env":
            return self._error(node.callee, "'$env' is no function")
        callee = self.visit(node.callee)
        if callee.is_unknown:
            return UNKNOWN_NATURE
        name = called_name(node.callee)
        if callee.builtin:
            return self._typed_builtin(callee.builtin, node, node.arguments)
        if callee.signature is None:
            return self._error(node.callee, f"{name!r} is {callee.shown()}, which cannot be called")
        nature, problem = self._arguments(name, callee.signature, node, node.arguments)
        if problem is not None:
            self.problems.append(problem)
        return nature

    def _arguments(
        self, name: str, signature: Signature, node: Node, arguments: tuple[Node, ...]
    ) -> tuple[Nature, Problem | None]:
        """Check *arguments* against one type of a function; a misfit is returned, not recorded."""
        if (fault := arity_fault(name, signature, len(arguments))) is not None:
            for argument in arguments:
                self.visit(argument)
            return UNKNOWN_NATURE, Problem(fault, node.start, node.end)
        for position, argument in enumerate(arguments):
            nature = self.visit(argument)
            wanted = of(signature.parameters[min(position, len(signature.parameters) - 1)])
            if not fits(nature, wanted):
                message = f"{name} takes {wanted.shown()} here, not {nature.shown()}"
                return UNKNOWN_NATURE, Problem(message, argument.start, argument.end)
        return of(signature.results[0]), None

    def _builtin(self, node: nodes.Builtin) -> Nature:
        from fanout_lint.languages.expression.predicate_types import predicate_nature

        if (found := predicate_nature(node, self._collection, self._predicate)) is not None:
            nature, problem = found
            if problem is not None:
                return self._error(*problem)
            return nature
        if node.name == "get":
            return self._get(node)
        return self._typed_builtin(node.name, node, node.arguments)

    def _collection(self, node: Node) -> Nature:
        return self.visit(node).dereferenced()

    def _predicate(self, node: Node, collection: Nature, names: dict[str, Nature]) -> Nature:
        self._scopes.append(_Scope(collection, names))
        nature = self.visit(node)
        self._scopes.pop()
        return nature

    def _get(self, node: nodes.Builtin) -> Nature:
        if len(node.arguments) != 2:
            return self._error(node, f"get takes 2 arguments, not {len(node.arguments)}")
        base_node, name_node = node.arguments
        base = self.visit(base_node)
        name = self.visit(name_node).dereferenced()
        if isinstance(base_node, nodes.Identifier) and base_node.name == "$env":
            if isinstance(name_node, nodes.String) and self._names is not None:
                return self._names.get(name_node.value, UNKNOWN_NATURE)
            return UNKNOWN_NATURE
        if base.is_unknown:
            return UNKNOWN_NATURE
        if base.is_array:
            if name.is_integer or name.is_unknown:
                return base.inner()
            return self._error(name_node, f"a list is indexed by whole numbers, not {name.shown()}")
        if base.is_map:
            if name.is_unknown or assignable(name, of(key_of(base.type or ""))):
                return base.inner()
            return self._error(name_node, f"a map has no key of type {name.shown()}")
        return self._error(base_node, f"{base.shown()} cannot be indexed")

    def _typed_builtin(self, name: str, node: Node, arguments: tuple[Node, ...]) -> Nature:
        if name in OVERLOADS:
            last: Problem | None = None
            for signature in OVERLOADS[name]:
                nature, last = self._arguments(name, signature, node, arguments)
                if last is None:
                    return nature
            if last is not None:
                self.problems.append(last)
            return UNKNOWN_NATURE
        natures = [self.visit(argument) for argument in arguments]
        try:
            return result_type(name, natures)
        except BuiltinTypeError as error:
            place = node if error.position is None else arguments[error.position]
            return self._error(place, error.message)

    def _pointer(self, node: nodes.Pointer) -> Nature:
        if not self._scopes:
            return self._error(node, "'#' stands for an item only inside a predicate")
        scope = self._scopes[-1]
        if node.name:
            if node.name in scope.names:
                return scope.names[node.name]
            return self._error(node, f"'#{node.name}' stands for nothing here")
        return scope.collection.inner() if scope.collection.is_array else UNKNOWN_NATURE

    def _let(self, node: nodes.Let) -> Nature:
        taken = node.name in BUILTINS or node.name in (self._names or {})
        if taken or any(name == node.name for name, _ in self._locals):
            self._error(node, f"{node.name!r} is taken already; 'let' needs a new name")
        value = self.visit(node.value)
        self._locals.append((node.name, value))
        nature = self.visit(node.body)
        self._locals.pop()
        return nature

    def _conditional(self, node: nodes.Conditional) -> Nature:
        condition = self.visit(node.condition).dereferenced()
        if not condition.is_bool and not condition.is_unknown:
            return self._error(
                node.condition, f"a condition is true or false, and this is {condition.shown()}"
            )
        then, otherwise = self.visit(node.then), self.visit(node.otherwise)
        if then.is_nil or otherwise.is_nil:
            return otherwise if then.is_nil else then
        if not assignable(then, otherwise):
            return UNKNOWN_NATURE
        if then.is_array and otherwise.is_array:
            one, other = then.inner(), otherwise.inner()
            if not assignable(one, other) or not assignable(other, one):
                return LIST
        return then

    def _array(self, items: tuple[Node, ...]) -> Nature:
        previous = UNKNOWN_NATURE
        alike = True
        for position, item in enumerate(items):
            current = self.visit(item)
            alike = alike and (position == 0 or current.kind == previous.kind)
            previous = current
        return list_of(previous) if alike else LIST

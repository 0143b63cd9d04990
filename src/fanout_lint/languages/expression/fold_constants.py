"""Parts of an expression whose value the text tells (``optimizer/fold.go``, ``in_array.go``)."""

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.natures import BOOL, FLOAT, INT, LIST, STRING, Nature
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.operations import ARITHMETIC
from fanout_lint.languages.expression.values import GoError, TypedMap, wrap_int64


class FoldError(Exception):
    """expr refuses to compile: a whole number is divided by a zero that the text tells."""

    def __init__(self, message: str, node: Node) -> None:
        super().__init__(message)
        self.message = message
        self.node = node


def literal_nature(node: Node) -> Nature | None:
    match node:
        case nodes.Boolean():
            return BOOL
        case nodes.Integer():
            return INT
        case nodes.Float():
            return FLOAT
        case nodes.String():
            return STRING
        case nodes.Constant(value=list()):
            return LIST
    return None


def text_set(node: Node, natures: dict[int, Nature]) -> Node:
    """Make a set of ``['a', 'b']`` in ``x in ['a', 'b']``: then ``x`` must be a text."""
    match node:
        case nodes.Binary(operator="in", left=left, right=nodes.Array(items=items)) if items:
            nature = natures.get(id(left))
            kind = nature.type if nature is not None else None
            numbers = [item.value for item in items if isinstance(item, nodes.Integer)]
            texts = [item.value for item in items if isinstance(item, nodes.String)]
            if kind == "int" and len(numbers) == len(items):
                return _with_set(node, "int", dict.fromkeys(numbers))
            if len(texts) == len(items):
                return _with_set(node, "string", dict.fromkeys(texts))
    return node


def _with_set(node: nodes.Binary, key: str, entries: dict[object, object]) -> Node:
    found = TypedMap(key, "struct {}", entries)
    constant = nodes.Constant(found, node.right.start, node.right.end)
    return nodes.Binary("in", node.left, constant, node.start, node.end)


def constant(node: Node, natures: dict[int, Nature]) -> Node:
    """Return *node* as one literal where expr makes it one, else *node* itself."""
    match node:
        case nodes.Unary():
            return _unary(node)
        case nodes.Binary(operator="and" | "&&" | "or" | "||"):
            return _logic(node)
        case nodes.Binary(operator="=="):
            return _equality(node)
        case nodes.Binary():
            return _arithmetic(node)
        case nodes.Array(items=items) if items:
            literals = (nodes.Integer, nodes.Float, nodes.String, nodes.Boolean)
            values: list[object] = [item.value for item in items if isinstance(item, literals)]
            if len(values) == len(items):
                return nodes.Constant(values, node.start, node.end)
        case nodes.Builtin(name="filter", arguments=(nodes.Builtin(name="filter") as base, _)):
            return _joined_filters(node, base)
    return node


def _unary(node: nodes.Unary) -> Node:
    operand = node.operand
    match node.operator, operand:
        case "-", nodes.Integer(value=integer):
            return nodes.Integer(wrap_int64(-integer), node.start, node.end)
        case "-", nodes.Float(value=number):
            return nodes.Float(-number, node.start, node.end)
        case "+", nodes.Integer() | nodes.Float():
            return operand
        case (("!" | "not"), nodes.Boolean(value=truth)):
            return nodes.Boolean(not truth, node.start, node.end)
    return node


def _logic(node: nodes.Binary) -> Node:
    neutral = node.operator in ("and", "&&")
    left = node.left.value if isinstance(node.left, nodes.Boolean) else None
    right = node.right.value if isinstance(node.right, nodes.Boolean) else None
    if left is neutral:
        return node.right
    if right is neutral:
        return node.left
    if left is None and right is None:
        return node
    return nodes.Boolean(not neutral, node.start, node.end)


def _equality(node: nodes.Binary) -> Node:
    match node.left, node.right:
        case (
            (nodes.Integer(value=left), nodes.Integer(value=right))
            | (nodes.String(value=left), nodes.String(value=right))
            | (nodes.Boolean(value=left), nodes.Boolean(value=right))
        ):
            return nodes.Boolean(left == right, node.start, node.end)
    return node


def _arithmetic(node: nodes.Binary) -> Node:
    left, right, operator = node.left, node.right, node.operator
    if isinstance(left, nodes.String) and isinstance(right, nodes.String) and operator == "+":
        if len(left.value) + len(right.value) > 100_000:
            return node
        return nodes.String(left.value + right.value, node.start, node.end, "'")
    numbers = (nodes.Integer, nodes.Float)
    if not isinstance(left, numbers) or not isinstance(right, numbers):
        return node
    if operator not in ARITHMETIC:
        return node
    whole = isinstance(left, nodes.Integer) and isinstance(right, nodes.Integer)
    if operator == "%" and not whole:
        return node
    try:
        value = ARITHMETIC[operator](left.value, right.value)
    except GoError as error:
        raise FoldError(str(error), node) from error
    match value:
        case int():
            return nodes.Integer(value, node.start, node.end)
        case float():
            return nodes.Float(value, node.start, node.end)
    return node


def _joined_filters(node: nodes.Builtin, base: nodes.Builtin) -> Node:
    inner, outer = base.arguments[1], node.arguments[1]
    if not isinstance(inner, nodes.Predicate) or not isinstance(outer, nodes.Predicate):
        return node
    both = nodes.Binary("&&", inner.node, outer.node, inner.start, outer.end)
    predicate = nodes.Predicate(both, inner.start, outer.end)
    return nodes.Builtin("filter", (base.arguments[0], predicate), node.start, node.end)

"""A tree as text again, so that parsing the text gives an equal tree."""

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.lexer import is_name
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.operators import (
    BINARY,
    COMPARISONS,
    RIGHT_ASSOCIATIVE,
    WORDS,
)
from fanout_lint.languages.expression.recursion import deep_calls

#: What needs parentheses before it can be an operand, and before it can be an argument.
_LOOSE = (nodes.Conditional, nodes.Let, nodes.Sequence)
_OPERATIONS = (nodes.Unary, nodes.Binary, *_LOOSE)

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def print_expression(node: Node) -> str:
    """Return the text of *node*; a folded tree (see ``folding``) has none and raises TypeError."""
    with deep_calls():
        return _print(node)


def _print(node: Node) -> str:
    match node:
        case nodes.Nil():
            return "nil"
        case nodes.Identifier(name=name):
            return name
        case nodes.Integer(value=integer):
            return str(integer)
        case nodes.Float(value=number):
            return repr(number)
        case nodes.Boolean(value=truth):
            return "true" if truth else "false"
        case nodes.String(value=text):
            return '"' + "".join(map(_escaped, text)) + '"'
        case nodes.Bytes(value=content):
            return 'b"' + "".join(f"\\x{byte:02x}" for byte in content) + '"'
        case nodes.Pointer(name=name):
            return f"#{name}"
        case nodes.Unary(operator=operator, operand=operand):
            blank = " " if operator == "not" else ""
            inside = _print if isinstance(operand, nodes.Unary) else _operand
            return f"{operator}{blank}{inside(operand)}"
        case nodes.Binary(operator=operator, left=left, right=right):
            return f"{_left(operator, left)} {operator} {_operand(right)}"
        case nodes.Chain(node=inner):
            return _print(inner)
    return _print_larger(node)


def _print_larger(node: Node) -> str:
    match node:
        case nodes.Member():
            return _member(node)
        case nodes.Slicing(node=base, first=first, last=last):
            ends = ":".join(["" if end is None else _operand(end) for end in (first, last)])
            return f"{_operand(base)}[{ends}]"
        case nodes.Call(callee=callee, arguments=arguments):
            return f"{_print(callee)}({_listed(arguments)})"
        case nodes.Builtin(name=name, arguments=arguments):
            return f"{name}({_listed(arguments)})"
        case nodes.Predicate(node=inner):
            return f"{{{_print(inner)}}}"
        case nodes.Let(name=name, value=value, body=body):
            return f"let {name} = {_argument(value)}; {_print(body)}"
        case nodes.Sequence(nodes=found):
            return "; ".join([_argument(item) for item in found])
        case nodes.Conditional():
            return _conditional(node)
        case nodes.Array(items=items):
            return f"[{_listed(items)}]"
        case nodes.Map(pairs=pairs):
            return "{" + ", ".join([_pair(pair) for pair in pairs]) + "}"
    raise TypeError(f"no text for {type(node).__name__}")


def _operand(node: Node) -> str:
    text = _print(node)
    literal = isinstance(node, nodes.Integer | nodes.Float | nodes.Boolean | nodes.Nil)
    return f"({text})" if literal or isinstance(node, _OPERATIONS) else text


def _left(operator: str, node: Node) -> str:
    """Return *node* as the left operand; a sum of many terms is to need no parentheses."""
    if not isinstance(node, nodes.Binary) or operator in RIGHT_ASSOCIATIVE:
        return _operand(node)
    loose = BINARY[node.operator] < BINARY[operator]
    chained = node.operator in COMPARISONS and operator in COMPARISONS
    mixed = "??" in (node.operator, operator) and node.operator != operator
    return _operand(node) if loose or chained or mixed else _print(node)


def _argument(node: Node) -> str:
    text = _print(node)
    return f"({text})" if isinstance(node, _LOOSE) else text


def _listed(found: tuple[Node, ...]) -> str:
    return ", ".join([_argument(item) for item in found])


def _member(node: nodes.Member) -> str:
    base = _operand(node.node)
    name = node.property
    if (
        isinstance(name, nodes.String)
        and is_name(name.value)
        and not isinstance(node.node, nodes.Chain)
    ):
        return f"{base}{'?.' if node.optional else '.'}{name.value}"
    return f"{base}{'?.' if node.optional else ''}[{_argument(name)}]"


def _conditional(node: nodes.Conditional) -> str:
    condition = _argument(node.condition)
    if node.ternary:
        return f"{condition} ? {_argument(node.then)} : {_argument(node.otherwise)}"
    then, otherwise = _print(node.then), _print(node.otherwise)
    return f"if {condition} {{ {then} }} else {{ {otherwise} }}"


def _pair(pair: nodes.Pair) -> str:
    key, value = pair.key, _argument(pair.value)
    if not isinstance(key, nodes.String):
        return f"({_print(key)}): {value}"
    if is_name(key.value) and key.value not in WORDS:
        return f"{key.value}: {value}"
    return f"{_print(key)}: {value}"


def _escaped(character: str) -> str:
    if short := _ESCAPES.get(character):
        return short
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # A stray byte, which only such an escape can write.
        return f"\\UFFFFFF{code - 0xDC00:02X}"
    return f"\\u{code:04x}" if code < 0x20 else character

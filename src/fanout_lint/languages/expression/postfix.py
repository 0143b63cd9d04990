"""What may follow a value: ``.name``, ``?.name``, ``[index]``, ``[from:to]``, a method's call."""

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.collections_syntax import ReadExpression, listed
from fanout_lint.languages.expression.cursor import Cursor
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError, Kind, is_name
from fanout_lint.languages.expression.nodes import Node


def postfix(at: Cursor, expression: ReadExpression, node: Node, begin: int) -> Node:
    """Read what follows *node*, which begins at *begin*, parentheses around it included."""
    while at.current.kind in (Kind.OPERATOR, Kind.BRACKET):
        token = at.current
        if token.value in (".", "?.") and token.kind is Kind.OPERATOR:
            at.next()
            optional = token.value == "?."
            if optional and at.stands(Kind.BRACKET, "["):
                at.next()
                node = _index_or_slice(at, expression, node, begin, optional=True)
            else:
                node = _field(at, expression, node, begin, optional=optional)
        elif at.stands(Kind.BRACKET, "["):
            at.next()
            node = _index_or_slice(at, expression, node, begin, optional=False)
        else:
            break
    return node


def _field(
    at: Cursor, expression: ReadExpression, node: Node, begin: int, *, optional: bool
) -> Node:
    name = at.next()
    if name.kind is not Kind.IDENTIFIER and not (
        name.kind is Kind.OPERATOR and is_name(name.value)
    ):
        raise ExpressionSyntaxError("a name must follow the dot", name.start, name.end)
    at.count_node()
    chained = isinstance(node, nodes.Chain)
    base = node.node if isinstance(node, nodes.Chain) else node
    at.count_node()
    member = nodes.Member(
        base,
        nodes.String(name.value, name.start, name.end),
        optional,
        at.stands(Kind.BRACKET, "("),
        begin,
        name.end,
    )
    found: Node = member
    if member.method:
        at.next()
        arguments = tuple(listed(at, ")", expression))
        at.count_node()
        found = nodes.Call(member, arguments, begin, at.end())
    if chained or optional:
        at.count_node()
        found = nodes.Chain(found, begin, found.end)
    return found


def _index_or_slice(
    at: Cursor, expression: ReadExpression, node: Node, begin: int, *, optional: bool
) -> Node:
    first: Node | None = None
    if not at.stands(Kind.OPERATOR, ":"):
        first = expression(0)
    if first is None or at.stands(Kind.OPERATOR, ":"):
        at.next()
        last = None if at.stands(Kind.BRACKET, "]") else expression(0)
        at.count_node()
        at.expect(Kind.BRACKET, "]")
        return nodes.Slicing(node, first, last, begin, at.end())
    at.count_node()
    at.expect(Kind.BRACKET, "]")
    member = nodes.Member(node, first, optional, False, begin, at.end())
    if not optional:
        return member
    at.count_node()
    return nodes.Chain(member, begin, member.end)

"""Lists, maps and arguments: expressions between commas, read with the parser's help."""

from collections.abc import Callable
from typing import TypeAlias

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.cursor import Cursor
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError, Kind
from fanout_lint.languages.expression.nodes import Node

#: Reads an expression whose operators bind at least as tightly as the number says.
ReadExpression: TypeAlias = Callable[[int], Node]


def listed(at: Cursor, closing: str, expression: ReadExpression) -> list[Node]:
    """Read expressions between commas up to *closing*; a comma before it is allowed."""
    found: list[Node] = []
    while not at.stands(Kind.BRACKET, closing):
        if found:
            at.expect(Kind.OPERATOR, ",")
            if at.stands(Kind.BRACKET, closing):
                break
        found.append(expression(0))
    at.expect(Kind.BRACKET, closing)
    return found


def array(at: Cursor, expression: ReadExpression) -> Node:
    start = at.next().start
    items = listed(at, "]", expression)
    at.count_node()
    return nodes.Array(tuple(items), start, at.end())


def map_node(at: Cursor, expression: ReadExpression) -> Node:
    start = at.next().start
    pairs: list[nodes.Pair] = []
    while not at.stands(Kind.BRACKET, "}"):
        if pairs:
            at.expect(Kind.OPERATOR, ",")
            if at.stands(Kind.BRACKET, "}"):
                break
        key = _key(at, expression)
        at.expect(Kind.OPERATOR, ":")
        value = expression(0)
        at.count_node()
        pairs.append(nodes.Pair(key, value, key.start, value.end))
    at.expect(Kind.BRACKET, "}")
    at.count_node()
    return nodes.Map(tuple(pairs), start, at.end())


def _key(at: Cursor, expression: ReadExpression) -> Node:
    token = at.current
    if token.kind in (Kind.NUMBER, Kind.STRING, Kind.IDENTIFIER):
        at.next()
        at.count_node()
        return nodes.String(token.value, token.start, token.end, token.quote)
    if at.stands(Kind.BRACKET, "("):
        return expression(0)
    raise ExpressionSyntaxError(
        "a key must be a name, a string, a number, or stand in parentheses",
        token.start,
        token.end,
    )

"""A place in the tokens of an expression, and what may be asked of it."""

from typing import Final

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError, Kind, Token

MAX_NODES: Final = 10_000  #: More, and expr refuses (``conf/config.go:DefaultMaxNodes``).


class Cursor:
    """The token that is read next, and how many nodes have been made so far."""

    def __init__(self, found: list[Token]) -> None:
        self.current = found[0]  # The parser asks for it more than for all else.
        self._tokens = found
        self._index = 0
        self._count = 0

    def next(self) -> Token:
        """Return the current token and step past it."""
        token = self.current
        if token.kind is Kind.END:
            raise self.unexpected()
        self._index += 1
        self.current = self._tokens[self._index]
        return token

    def step_back(self) -> None:
        self._index -= 1
        self.current = self._tokens[self._index]

    def stands(self, kind: Kind, value: str) -> bool:
        """Whether the current token is this one."""
        token = self.current
        return token.kind is kind and token.value == value

    def expect(self, kind: Kind, value: str) -> Token:
        if not self.stands(kind, value):
            raise self.unexpected()
        return self.next()

    def expect_name(self) -> Token:
        if self.current.kind is not Kind.IDENTIFIER:
            raise self.unexpected()
        return self.next()

    def end(self) -> int:
        """Return where the token before the current one ends."""
        return self._tokens[self._index - 1].end if self._index else 0

    def count_node(self) -> None:
        """Count a node as expr does; raises where they are too many."""
        self._count += 1
        if self._count > MAX_NODES:
            token = self.current
            raise ExpressionSyntaxError(
                f"the expression has more than {MAX_NODES} parts", token.start, token.end
            )

    def unexpected(self) -> ExpressionSyntaxError:
        token = self.current
        if token.kind is Kind.END:
            return ExpressionSyntaxError("the expression ends too early", token.start, token.end)
        shown = "a string" if token.kind in (Kind.STRING, Kind.BYTES) else f"{token.value!r}"
        return ExpressionSyntaxError(f"{shown} cannot stand here", token.start, token.end)


def number(token: Token) -> nodes.Integer | nodes.Float:
    """Return the node of a number's token; raises where 64 bits do not hold it."""
    text = token.value.replace("_", "").lower()
    try:
        if text.startswith(("0x", "0b", "0o")):
            value = int(text, 0)
        elif "." in text or "e" in text:
            decimal = float(text)
            if decimal == float("inf"):
                raise ValueError
            return nodes.Float(decimal, token.start, token.end)
        else:
            value = int(text.lstrip("0")[:30] or "0")
        if value >= 2**63:
            raise ValueError
    except ValueError:
        raise ExpressionSyntaxError(
            f"{token.value} is no number of 64 bits", token.start, token.end
        ) from None
    return nodes.Integer(value, token.start, token.end)

"""An expression's text as a tree: takes and refuses what expr-lang 1.17.8 does.

The grammar is climbed by precedence, as ``parser/parser.go`` of that version does
it, odd corners included: ``a not "in" b`` is taken, ``1[0]`` is not, and the value of
``??`` mixes with no other operator unless parentheses stand around one of them.
"""

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.builtin_names import BUILTINS, PREDICATE_ARGUMENTS
from fanout_lint.languages.expression.collections_syntax import array, listed, map_node
from fanout_lint.languages.expression.cursor import MAX_NODES, Cursor, number
from fanout_lint.languages.expression.lexer import (
    ExpressionSyntaxError,
    Kind,
    Token,
    tokens,
)
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.operators import (
    BINARY,
    COMPARISONS,
    NEGATABLE,
    RIGHT_ASSOCIATIVE,
    UNARY,
)
from fanout_lint.languages.expression.postfix import postfix
from fanout_lint.languages.expression.recursion import (
    MAX_DEPTH,
    MAX_NESTING,
    ExpressionTooDeepError,
    deep_calls,
)


def parse(text: str, overridden: frozenset[str] = frozenset()) -> Node:
    """Return the tree of *text*.

    *overridden* are the names that the environment defines: a built-in of such a name
    is an ordinary function. Raises :class:`ExpressionSyntaxError` for what expr refuses and
    :class:`ExpressionTooDeepError` for what only we do not follow.
    """
    if len(text) > 1_000_000:
        raise ExpressionTooDeepError
    cursor = Cursor(tokens(text))
    with deep_calls():
        root = _Parser(cursor, overridden).sequence()
    if cursor.current.kind is not Kind.END:
        raise cursor.unexpected()
    depth, size = nodes.measure(root)
    if depth > MAX_DEPTH or size > MAX_NODES:
        raise ExpressionTooDeepError
    return root


class _Parser:
    """Where the parse stands, and how deep."""

    def __init__(self, cursor: Cursor, overridden: frozenset[str]) -> None:
        self._at = cursor
        self._overridden = overridden
        self._predicates = 0
        self._nesting = 0

    def sequence(self) -> Node:
        begin = self._at.current.start
        found = [self._expression(0)]
        while self._at.stands(Kind.OPERATOR, ";"):
            self._at.next()
            if self._at.current.kind is Kind.END:
                break
            found.append(self._expression(0))
        if len(found) == 1:
            return found[0]
        self._at.count_node()
        return nodes.Sequence(tuple(found), begin, self._at.end())

    def _expression(self, precedence: int) -> Node:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise ExpressionTooDeepError
        try:
            if precedence == 0 and self._at.stands(Kind.OPERATOR, "let"):
                return self._let()
            if precedence == 0 and self._at.stands(Kind.OPERATOR, "if"):
                return self._if()
            begin = self._at.current.start
            left = self._operations(self._primary(), precedence, begin)
            return self._ternary(left, begin) if precedence == 0 else left
        finally:
            self._nesting -= 1

    def _operations(self, left: Node, precedence: int, begin: int) -> Node:
        """Read the operators after *left*, which begins at *begin*, parentheses included."""
        previous = ""
        while self._at.current.kind is Kind.OPERATOR:
            negated = self._at.current.value == "not"
            if negated and not self._negation(precedence):
                break
            operator = self._at.current.value
            if operator not in BINARY or BINARY[operator] < precedence:
                break
            token = self._at.next()
            if operator == "|":
                left = self._call(self._at.expect_name(), (left,), begin)
            elif previous == "??" and operator != "??":
                raise ExpressionSyntaxError(
                    f"{operator!r} and '??' need parentheses around one of them",
                    token.start,
                    token.end,
                )
            elif operator in COMPARISONS:
                left = self._comparison(left, operator, begin)
            else:
                left = self._binary(left, operator, begin, negated=negated)
            previous = operator
        return left

    def _negation(self, precedence: int) -> bool:
        """Step over a ``not`` before ``in``, ``contains`` …; False when it does not belong here."""
        self._at.next()
        operator = self._at.current.value
        if operator not in NEGATABLE:
            raise self._at.unexpected()
        if BINARY[operator] >= precedence:
            return True
        self._at.step_back()
        return False

    def _binary(self, left: Node, operator: str, begin: int, *, negated: bool) -> Node:
        tighter = BINARY[operator] + (operator not in RIGHT_ASSOCIATIVE)
        right = self._expression(tighter)
        self._at.count_node()
        end = self._at.end()
        node: Node = nodes.Binary(operator, left, right, begin, end)
        if negated:
            self._at.count_node()
            node = nodes.Unary("not", node, begin, end)
        return node

    def _comparison(self, left: Node, operator: str, begin: int) -> Node:
        """Read ``a < b``, and ``a < b < c`` as ``a < b && b < c``."""
        whole: Node | None = None
        first = begin
        while True:
            second = self._at.current.start
            right = self._expression(BINARY[operator] + 1)
            self._at.count_node()
            one = nodes.Binary(operator, left, right, first, self._at.end())
            if whole is None:
                whole = one
            else:
                self._at.count_node()
                whole = nodes.Binary("&&", whole, one, begin, one.end)
            if (
                self._at.current.kind is not Kind.OPERATOR
                or self._at.current.value not in COMPARISONS
            ):
                return whole
            left, first = right, second
            operator = self._at.next().value

    def _let(self) -> Node:
        start = self._at.next().start
        name = self._at.expect_name()
        self._at.expect(Kind.OPERATOR, "=")
        value = self._expression(0)
        self._at.expect(Kind.OPERATOR, ";")
        body = self.sequence()
        self._at.count_node()
        return nodes.Let(name.value, value, body, start, self._at.end())

    def _if(self) -> Node:
        arms: list[tuple[int, Node, Node]] = []
        while True:
            start = self._at.next().start
            condition = self._expression(0)
            arms.append((start, condition, self._block()))
            self._at.expect(Kind.OPERATOR, "else")
            if not self._at.stands(Kind.OPERATOR, "if"):
                break
            if len(arms) >= MAX_NESTING:
                raise ExpressionTooDeepError
        node = self._block()
        end = self._at.end()
        for start, condition, then in reversed(arms):
            node = nodes.Conditional(False, condition, then, node, start, end)
        return node

    def _block(self) -> Node:
        self._at.expect(Kind.BRACKET, "{")
        node = self.sequence()
        self._at.expect(Kind.BRACKET, "}")
        return node

    def _ternary(self, node: Node, begin: int) -> Node:
        while self._at.stands(Kind.OPERATOR, "?"):
            self._at.next()
            then = node if self._at.stands(Kind.OPERATOR, ":") else self._expression(0)
            self._at.expect(Kind.OPERATOR, ":")
            otherwise = self._expression(0)
            self._at.count_node()
            node = nodes.Conditional(True, node, then, otherwise, begin, self._at.end())
        return node

    def _primary(self) -> Node:
        token = self._at.current
        if token.kind is Kind.OPERATOR and token.value in UNARY:
            self._at.next()
            operand = self._expression(UNARY[token.value])
            self._at.count_node()
            unary = nodes.Unary(token.value, operand, token.start, self._at.end())
            return self._postfix(unary)
        if self._at.stands(Kind.BRACKET, "("):
            self._at.next()
            inner = self.sequence()
            self._at.expect(Kind.BRACKET, ")")
            return self._postfix(inner, token.start)
        if self._predicates and token.kind is Kind.OPERATOR and token.value in ("#", "."):
            return self._pointer(token)
        if self._at.stands(Kind.OPERATOR, "::"):
            self._at.next()
            name = self._at.expect_name()
            return self._postfix(self._call(name, (), token.start, overridable=False))
        return self._secondary()

    def _pointer(self, token: Token) -> Node:
        name = ""
        end = token.start
        if token.value == "#":
            end = self._at.next().end
            if self._at.current.kind is Kind.IDENTIFIER:
                named = self._at.next()
                name, end = named.value, named.end
        self._at.count_node()
        return self._postfix(nodes.Pointer(name, token.start, end))

    def _secondary(self) -> Node:
        token = self._at.current
        match token.kind:
            case Kind.IDENTIFIER:
                return self._name(self._at.next())
            case Kind.NUMBER:
                self._at.count_node()
                return number(self._at.next())
            case Kind.STRING:
                self._at.next()
                self._at.count_node()
                string = nodes.String(token.value, token.start, token.end, token.quote)
                return self._postfix(string)
            case Kind.BYTES:
                self._at.next()
                self._at.count_node()
                return self._postfix(nodes.Bytes(token.content, token.start, token.end))
        if self._at.stands(Kind.BRACKET, "["):
            return self._postfix(array(self._at, self._expression))
        if self._at.stands(Kind.BRACKET, "{"):
            return self._postfix(map_node(self._at, self._expression))
        raise self._at.unexpected()

    def _name(self, token: Token) -> Node:
        place = (token.start, token.end)
        if token.value in ("true", "false"):
            self._at.count_node()
            return nodes.Boolean(token.value == "true", *place)
        if token.value == "nil":
            self._at.count_node()
            return nodes.Nil(*place)
        if self._at.stands(Kind.BRACKET, "("):
            return self._postfix(self._call(token, (), token.start))
        self._at.count_node()
        return self._postfix(nodes.Identifier(token.value, *place))

    def _call(
        self, token: Token, given: tuple[Node, ...], start: int, *, overridable: bool = True
    ) -> Node:
        """Read the call of *token*; *given* is what a pipe hands over as first argument."""
        name = token.value
        builtin = not (overridable and name in self._overridden)
        if builtin and name in PREDICATE_ARGUMENTS:
            arguments = self._predicate_arguments(name, given)
            self._at.count_node()
            return nodes.Builtin(name, arguments, start, self._at.end())
        if builtin and name in BUILTINS:
            arguments = self._arguments(given)
            self._at.count_node()
            return nodes.Builtin(name, arguments, start, self._at.end())
        self._at.count_node()
        callee = nodes.Identifier(name, token.start, token.end)
        arguments = self._arguments(given)
        self._at.count_node()
        return nodes.Call(callee, arguments, start, self._at.end())

    def _predicate_arguments(self, name: str, given: tuple[Node, ...]) -> tuple[Node, ...]:
        self._at.expect(Kind.BRACKET, "(")
        found = list(given)
        wanted = PREDICATE_ARGUMENTS[name][len(given) :]
        for position, kind in enumerate(wanted):
            if self._at.stands(Kind.BRACKET, ")"):
                if kind.endswith("?"):
                    break
                raise ExpressionSyntaxError(
                    f"{name} needs at least {len(wanted)} arguments",
                    self._at.current.start,
                    self._at.current.end,
                )
            if position:
                self._at.expect(Kind.OPERATOR, ",")
            is_predicate = kind.startswith("predicate")
            found.append(self._predicate() if is_predicate else self._expression(0))
        if self._at.stands(Kind.OPERATOR, ","):
            self._at.next()
        self._at.expect(Kind.BRACKET, ")")
        return tuple(found)

    def _arguments(self, given: tuple[Node, ...]) -> tuple[Node, ...]:
        self._at.expect(Kind.BRACKET, "(")
        return given + tuple(listed(self._at, ")", self._expression))

    def _predicate(self) -> Node:
        start = self._at.current.start
        braces = self._at.stands(Kind.BRACKET, "{")
        self._predicates += 1
        if braces:
            self._at.next()
            node = self.sequence()
        else:
            node = self._expression(0)
            if self._at.stands(Kind.OPERATOR, ";"):
                raise ExpressionSyntaxError(
                    "several expressions for each item need braces { } around them",
                    self._at.current.start,
                    self._at.current.end,
                )
        self._predicates -= 1
        if braces:
            self._at.expect(Kind.BRACKET, "}")
        self._at.count_node()
        return nodes.Predicate(node, start, self._at.end())

    def _postfix(self, node: Node, start: int | None = None) -> Node:
        begin = node.start if start is None else start
        return postfix(self._at, self._expression, node, begin)


__all__ = ["ExpressionSyntaxError", "ExpressionTooDeepError", "parse"]

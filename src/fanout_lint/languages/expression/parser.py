"""An expression's text as a tree: takes and refuses what expr-lang 1.17.8 does.

The grammar is climbed by precedence, as ``parser/parser.go`` of that version does
it, odd corners included: ``a not "in" b`` is taken, ``1[0]`` is not, and the value of
``??`` mixes with no other operator unless parentheses stand around one of them.
"""

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.builtin_names import BUILTINS, PREDICATE_ARGUMENTS
from fanout_lint.languages.expression.lexer import (
    ExpressionSyntaxError,
    Kind,
    Token,
    is_name,
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
from fanout_lint.languages.expression.recursion import MAX_DEPTH, MAX_NESTING, deep_calls

MAX_NODES = 10_000  #: More, and expr refuses (``conf/config.go:DefaultMaxNodes``).


class ExpressionTooDeepError(Exception):
    """The text is nested deeper than is followed here, though Argo may take it."""


def parse(text: str, overridden: frozenset[str] = frozenset()) -> Node:
    """Return the tree of *text*.

    *overridden* are the names that the environment defines: a built-in of such a name
    is an ordinary function. Raises :class:`ExpressionSyntaxError` for what expr refuses and
    :class:`ExpressionTooDeepError` for what only we do not follow.
    """
    if len(text) > 1_000_000:
        raise ExpressionTooDeepError
    parser = _Parser(tokens(text), overridden)
    with deep_calls():
        root = parser.sequence()
    if parser.current.kind is not Kind.END:
        raise parser.unexpected()
    depth, size = nodes.measure(root)
    if depth > MAX_DEPTH or size > MAX_NODES:
        raise ExpressionTooDeepError
    return root


class _Parser:
    """A place in the tokens, and how deep the parse stands there."""

    def __init__(self, found: list[Token], overridden: frozenset[str]) -> None:
        self._tokens = found
        self._index = 0
        self._overridden = overridden
        self._predicates = 0
        self._nesting = 0
        self._count = 0

    @property
    def current(self) -> Token:
        return self._tokens[self._index]

    def unexpected(self) -> ExpressionSyntaxError:
        token = self.current
        if token.kind is Kind.END:
            return ExpressionSyntaxError("the expression ends too early", token.start, token.end)
        shown = "a string" if token.kind in (Kind.STRING, Kind.BYTES) else f"{token.value!r}"
        return ExpressionSyntaxError(f"{shown} cannot stand here", token.start, token.end)

    def _next(self) -> Token:
        token = self.current
        if token.kind is Kind.END:
            raise self.unexpected()
        self._index += 1
        return token

    def _is(self, kind: Kind, value: str) -> bool:
        token = self.current
        return token.kind is kind and token.value == value

    def _expect(self, kind: Kind, value: str) -> Token:
        if not self._is(kind, value):
            raise self.unexpected()
        return self._next()

    def _expect_name(self) -> Token:
        if self.current.kind is not Kind.IDENTIFIER:
            raise self.unexpected()
        return self._next()

    def _end(self) -> int:
        """Return where the token before the current one ends."""
        return self._tokens[self._index - 1].end if self._index else 0

    def _counted(self) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            token = self.current
            raise ExpressionSyntaxError(
                f"the expression has more than {MAX_NODES} parts", token.start, token.end
            )

    def sequence(self) -> Node:
        found = [self._expression(0)]
        while self._is(Kind.OPERATOR, ";"):
            self._next()
            if self.current.kind is Kind.END:
                break
            found.append(self._expression(0))
        if len(found) == 1:
            return found[0]
        self._counted()
        return nodes.Sequence(tuple(found), found[0].start, found[-1].end)

    def _expression(self, precedence: int) -> Node:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise ExpressionTooDeepError
        try:
            if precedence == 0 and self._is(Kind.OPERATOR, "let"):
                return self._let()
            if precedence == 0 and self._is(Kind.OPERATOR, "if"):
                return self._if()
            left = self._operations(self._primary(), precedence)
            return self._ternary(left) if precedence == 0 else left
        finally:
            self._nesting -= 1

    def _operations(self, left: Node, precedence: int) -> Node:
        previous = ""
        while self.current.kind is Kind.OPERATOR:
            negated = self.current.value == "not"
            if negated and not self._negation(precedence):
                break
            operator = self.current.value
            if operator not in BINARY or BINARY[operator] < precedence:
                break
            token = self._next()
            if operator == "|":
                left = self._call(self._expect_name(), (left,), left.start)
            elif previous == "??" and operator != "??":
                raise ExpressionSyntaxError(
                    f"{operator!r} and '??' need parentheses around one of them",
                    token.start,
                    token.end,
                )
            elif operator in COMPARISONS:
                left = self._comparison(left, operator, BINARY[operator])
            else:
                left = self._binary(left, operator, negated=negated)
            previous = operator
        return left

    def _negation(self, precedence: int) -> bool:
        """Step over a ``not`` before ``in``, ``contains`` …; False when it does not belong here."""
        self._next()
        operator = self.current.value
        if operator not in NEGATABLE:
            raise self.unexpected()
        if BINARY[operator] >= precedence:
            return True
        self._index -= 1
        return False

    def _binary(self, left: Node, operator: str, *, negated: bool) -> Node:
        tighter = BINARY[operator] + (operator not in RIGHT_ASSOCIATIVE)
        right = self._expression(tighter)
        self._counted()
        node: Node = nodes.Binary(operator, left, right, left.start, right.end)
        if negated:
            self._counted()
            node = nodes.Unary("not", node, left.start, right.end)
        return node

    def _comparison(self, left: Node, operator: str, precedence: int) -> Node:
        """Read ``a < b``, and ``a < b < c`` as ``a < b && b < c``."""
        whole: Node | None = None
        while True:
            right = self._expression(precedence + 1)
            self._counted()
            one = nodes.Binary(operator, left, right, left.start, right.end)
            if whole is None:
                whole = one
            else:
                self._counted()
                whole = nodes.Binary("&&", whole, one, whole.start, one.end)
            if self.current.kind is not Kind.OPERATOR or self.current.value not in COMPARISONS:
                return whole
            left = right
            operator = self._next().value

    def _let(self) -> Node:
        start = self._next().start
        name = self._expect_name()
        self._expect(Kind.OPERATOR, "=")
        value = self._expression(0)
        self._expect(Kind.OPERATOR, ";")
        body = self.sequence()
        self._counted()
        return nodes.Let(name.value, value, body, start, body.end)

    def _if(self) -> Node:
        arms: list[tuple[int, Node, Node]] = []
        while True:
            start = self._next().start
            condition = self._expression(0)
            arms.append((start, condition, self._block()))
            self._expect(Kind.OPERATOR, "else")
            if not self._is(Kind.OPERATOR, "if"):
                break
            if len(arms) >= MAX_NESTING:
                raise ExpressionTooDeepError
        node = self._block()
        end = self._end()
        for start, condition, then in reversed(arms):
            node = nodes.Conditional(False, condition, then, node, start, end)
        return node

    def _block(self) -> Node:
        self._expect(Kind.BRACKET, "{")
        node = self.sequence()
        self._expect(Kind.BRACKET, "}")
        return node

    def _ternary(self, node: Node) -> Node:
        while self._is(Kind.OPERATOR, "?"):
            self._next()
            then = node if self._is(Kind.OPERATOR, ":") else self._expression(0)
            self._expect(Kind.OPERATOR, ":")
            otherwise = self._expression(0)
            self._counted()
            node = nodes.Conditional(True, node, then, otherwise, node.start, otherwise.end)
        return node

    def _primary(self) -> Node:
        token = self.current
        if token.kind is Kind.OPERATOR and token.value in UNARY:
            self._next()
            operand = self._expression(UNARY[token.value])
            self._counted()
            unary = nodes.Unary(token.value, operand, token.start, operand.end)
            return self._postfix(unary)
        if self._is(Kind.BRACKET, "("):
            self._next()
            inner = self.sequence()
            self._expect(Kind.BRACKET, ")")
            return self._postfix(inner, token.start)
        if self._predicates and token.kind is Kind.OPERATOR and token.value in ("#", "."):
            return self._pointer(token)
        if self._is(Kind.OPERATOR, "::"):
            self._next()
            name = self._expect_name()
            return self._postfix(self._call(name, (), token.start, overridable=False))
        return self._secondary()

    def _pointer(self, token: Token) -> Node:
        name = ""
        end = token.start
        if token.value == "#":
            end = self._next().end
            if self.current.kind is Kind.IDENTIFIER:
                named = self._next()
                name, end = named.value, named.end
        self._counted()
        return self._postfix(nodes.Pointer(name, token.start, end))

    def _secondary(self) -> Node:
        token = self.current
        match token.kind:
            case Kind.IDENTIFIER:
                return self._name(self._next())
            case Kind.NUMBER:
                return self._number(self._next())
            case Kind.STRING:
                self._next()
                self._counted()
                string = nodes.String(token.value, token.start, token.end, token.quote)
                return self._postfix(string)
            case Kind.BYTES:
                self._next()
                self._counted()
                return self._postfix(nodes.Bytes(token.content, token.start, token.end))
        if self._is(Kind.BRACKET, "["):
            return self._postfix(self._array())
        if self._is(Kind.BRACKET, "{"):
            return self._postfix(self._map())
        raise self.unexpected()

    def _name(self, token: Token) -> Node:
        place = (token.start, token.end)
        if token.value in ("true", "false"):
            self._counted()
            return nodes.Boolean(token.value == "true", *place)
        if token.value == "nil":
            self._counted()
            return nodes.Nil(*place)
        if self._is(Kind.BRACKET, "("):
            return self._postfix(self._call(token, (), token.start))
        self._counted()
        return self._postfix(nodes.Identifier(token.value, *place))

    def _number(self, token: Token) -> Node:
        text = token.value.replace("_", "").lower()
        self._counted()
        try:
            if text.startswith(("0x", "0b", "0o")):
                value = int(text, 0)
            elif "." in text or "e" in text:
                number = float(text)
                if number == float("inf"):
                    raise ValueError
                return nodes.Float(number, token.start, token.end)
            else:
                value = int(text)
            if value >= 2**63:
                raise ValueError
        except ValueError:
            raise ExpressionSyntaxError(
                f"{token.value} is no number of 64 bits", token.start, token.end
            ) from None
        return nodes.Integer(value, token.start, token.end)

    def _call(
        self, token: Token, given: tuple[Node, ...], start: int, *, overridable: bool = True
    ) -> Node:
        """Read the call of *token*; *given* is what a pipe hands over as first argument."""
        name = token.value
        builtin = not (overridable and name in self._overridden)
        if builtin and name in PREDICATE_ARGUMENTS:
            arguments = self._predicate_arguments(name, given)
            self._counted()
            return nodes.Builtin(name, arguments, start, self._end())
        if builtin and name in BUILTINS:
            arguments = self._arguments(given)
            self._counted()
            return nodes.Builtin(name, arguments, start, self._end())
        self._counted()
        callee = nodes.Identifier(name, token.start, token.end)
        arguments = self._arguments(given)
        self._counted()
        return nodes.Call(callee, arguments, start, self._end())

    def _predicate_arguments(self, name: str, given: tuple[Node, ...]) -> tuple[Node, ...]:
        self._expect(Kind.BRACKET, "(")
        found = list(given)
        wanted = PREDICATE_ARGUMENTS[name][len(given) :]
        for position, kind in enumerate(wanted):
            if self._is(Kind.BRACKET, ")"):
                if kind.endswith("?"):
                    break
                raise ExpressionSyntaxError(
                    f"{name} needs at least {len(wanted)} arguments",
                    self.current.start,
                    self.current.end,
                )
            if position:
                self._expect(Kind.OPERATOR, ",")
            is_predicate = kind.startswith("predicate")
            found.append(self._predicate() if is_predicate else self._expression(0))
        if self._is(Kind.OPERATOR, ","):
            self._next()
        self._expect(Kind.BRACKET, ")")
        return tuple(found)

    def _arguments(self, given: tuple[Node, ...]) -> tuple[Node, ...]:
        self._expect(Kind.BRACKET, "(")
        return given + tuple(self._listed(")"))

    def _listed(self, closing: str) -> list[Node]:
        """Read expressions between commas up to *closing*; a comma before it is allowed."""
        found: list[Node] = []
        while not self._is(Kind.BRACKET, closing):
            if found:
                self._expect(Kind.OPERATOR, ",")
                if self._is(Kind.BRACKET, closing):
                    break
            found.append(self._expression(0))
        self._expect(Kind.BRACKET, closing)
        return found

    def _predicate(self) -> Node:
        start = self.current.start
        braces = self._is(Kind.BRACKET, "{")
        self._predicates += 1
        if braces:
            self._next()
            node = self.sequence()
        else:
            node = self._expression(0)
            if self._is(Kind.OPERATOR, ";"):
                raise ExpressionSyntaxError(
                    "several expressions for each item need braces { } around them",
                    self.current.start,
                    self.current.end,
                )
        self._predicates -= 1
        if braces:
            self._expect(Kind.BRACKET, "}")
        self._counted()
        return nodes.Predicate(node, start, self._end())

    def _array(self) -> Node:
        start = self._next().start
        items = self._listed("]")
        self._counted()
        return nodes.Array(tuple(items), start, self._end())

    def _map(self) -> Node:
        start = self._next().start
        pairs: list[nodes.Pair] = []
        while not self._is(Kind.BRACKET, "}"):
            if pairs:
                self._expect(Kind.OPERATOR, ",")
                if self._is(Kind.BRACKET, "}"):
                    break
            key = self._key()
            self._expect(Kind.OPERATOR, ":")
            value = self._expression(0)
            self._counted()
            pairs.append(nodes.Pair(key, value, key.start, value.end))
        self._expect(Kind.BRACKET, "}")
        self._counted()
        return nodes.Map(tuple(pairs), start, self._end())

    def _key(self) -> Node:
        token = self.current
        if token.kind in (Kind.NUMBER, Kind.STRING, Kind.IDENTIFIER):
            self._next()
            self._counted()
            return nodes.String(token.value, token.start, token.end, token.quote)
        if self._is(Kind.BRACKET, "("):
            return self._expression(0)
        raise ExpressionSyntaxError(
            "a key must be a name, a string, a number, or stand in parentheses",
            token.start,
            token.end,
        )

    def _postfix(self, node: Node, start: int | None = None) -> Node:
        """Read what follows *node*, which begins at *start* when parentheses stand around it."""
        begin = node.start if start is None else start
        while self.current.kind in (Kind.OPERATOR, Kind.BRACKET):
            token = self.current
            if token.value in (".", "?.") and token.kind is Kind.OPERATOR:
                self._next()
                optional = token.value == "?."
                if optional and self._is(Kind.BRACKET, "["):
                    self._next()
                    node = self._index_or_slice(node, begin, optional=True)
                else:
                    node = self._field(node, begin, optional=optional)
            elif self._is(Kind.BRACKET, "["):
                self._next()
                node = self._index_or_slice(node, begin, optional=False)
            else:
                break
        return node

    def _field(self, node: Node, begin: int, *, optional: bool) -> Node:
        name = self._next()
        if name.kind is not Kind.IDENTIFIER and not (
            name.kind is Kind.OPERATOR and is_name(name.value)
        ):
            raise ExpressionSyntaxError("a name must follow the dot", name.start, name.end)
        self._counted()
        chained = isinstance(node, nodes.Chain)
        base = node.node if isinstance(node, nodes.Chain) else node
        self._counted()
        member = nodes.Member(
            base,
            nodes.String(name.value, name.start, name.end),
            optional,
            self._is(Kind.BRACKET, "("),
            begin,
            name.end,
        )
        found: Node = member
        if member.method:
            arguments = self._arguments(())
            self._counted()
            found = nodes.Call(member, arguments, begin, self._end())
        if chained or optional:
            self._counted()
            found = nodes.Chain(found, begin, found.end)
        return found

    def _index_or_slice(self, node: Node, begin: int, *, optional: bool) -> Node:
        first: Node | None = None
        if not self._is(Kind.OPERATOR, ":"):
            first = self._expression(0)
        if first is None or self._is(Kind.OPERATOR, ":"):
            self._next()
            last = None if self._is(Kind.BRACKET, "]") else self._expression(0)
            self._counted()
            self._expect(Kind.BRACKET, "]")
            return nodes.Slicing(node, first, last, begin, self._end())
        self._counted()
        self._expect(Kind.BRACKET, "]")
        member = nodes.Member(node, first, optional, False, begin, self._end())
        if not optional:
            return member
        self._counted()
        return nodes.Chain(member, begin, member.end)


__all__ = ["ExpressionSyntaxError", "ExpressionTooDeepError", "parse"]

"""The tokens of a written-out ``depends`` into a condition over the ends of tasks.

The grammar, the order of operators and the checks of types are those of expr-lang
v1.17.8 (``parser/parser.go``, ``checker/checker.go``), less what can never occur in a
text whose every word was written out as a task: numbers, calls, predicates, keywords.
"""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from fanout_lint.languages.depends.logic import (
    Choice,
    Condition,
    Ended,
    Literal,
    Not,
    Opaque,
    Pair,
    is_too_high,
)
from fanout_lint.languages.depends.tokens import (
    LogicError,
    Token,
    TokenKind,
    UndecidedError,
    tokenize,
)
from fanout_lint.languages.depends.words import RESULTS

MAX_DEPTH = 60
MAX_NODES = 10_000  #: expr-lang ``conf/config.go:DefaultMaxNodes``.


class Kind(Enum):
    BOOL = "a truth value"
    TEXT = "text"
    ENDS = "a task without an end"
    LIST = "a list"
    MAP = "a map"
    ANY = "anything"


class Typed(Struct, frozen=True):
    """A part of the text, its kind, and where it stands in the written-out text."""

    condition: Condition
    kind: Kind
    start: int
    end: int


def parse_logic(text: str, tasks: Mapping[str, str]) -> Condition:
    """Return the condition that *text* is; raise LogicError when it cannot be
    evaluated, and UndecidedError when it is too deep or too odd to follow.

    *tasks* maps the name of each task in the text (``my_task``) to its own (``my-task``).
    """
    parser = _Parser(tokenize(text), tasks)
    found = parser.sequence(0)
    parser.expect_end()
    if parser.fault is not None:
        raise parser.fault
    if found.kind not in (Kind.BOOL, Kind.ANY):
        raise LogicError(f"depends must be a truth value, this is {found.kind.value}", 0, len(text))
    if is_too_high(found.condition):
        raise UndecidedError
    return found.condition


_BINARY = {
    "||": 10, "&&": 15, "==": 20, "!=": 20, "<": 20, ">": 20, ">=": 20, "<=": 20,
    "..": 25, "+": 30, "*": 60, "/": 60, "%": 60, "**": 100, "^": 100, "??": 500,
}  # fmt: skip
_COMPARISONS = ("<", ">", ">=", "<=")
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


class _Parser:
    """Reads left to right; the first fault of kinds is kept, a fault of syntax is raised."""

    def __init__(self, tokens: tuple[Token, ...], tasks: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._tasks = tasks
        self._next = 0
        self._nodes = 0
        self.fault: LogicError | None = None

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _is(self, *signs: str) -> bool:
        return self._token.kind is TokenKind.SIGN and self._token.text in signs

    def _take(self) -> Token:
        token = self._token
        self._next += token.kind is not TokenKind.END
        return token

    def _expect(self, sign: str) -> Token:
        if not self._is(sign):
            raise self._unexpected()
        return self._take()

    def _unexpected(self) -> LogicError:
        token = self._token
        if token.kind is TokenKind.END:
            return LogicError("depends ends too early", token.start, token.end)
        return LogicError(f"`{token.text}` cannot stand here", token.start, token.end)

    def _complain(self, message: str, start: int, end: int) -> None:
        if self.fault is None:
            self.fault = LogicError(message, start, end)

    def _make(self, condition: Condition, kind: Kind, start: int) -> Typed:
        self._nodes += 1
        end = self._tokens[max(self._next - 1, 0)].end
        if self._nodes > MAX_NODES:
            raise LogicError(f"depends has more than {MAX_NODES} parts", start, end)
        return Typed(condition, kind, start, end)

    def expect_end(self) -> None:
        if self._token.kind is not TokenKind.END:
            raise self._unexpected()

    def sequence(self, depth: int) -> Typed:
        found = self._expression(0, depth)
        while self._is(";"):
            self._take()
            if self._token.kind is TokenKind.END:
                break
            found = self._expression(0, depth)
        return found

    def _expression(self, precedence: int, depth: int) -> Typed:
        if depth > MAX_DEPTH:
            raise UndecidedError
        left = self._primary(depth)
        previous = ""
        while self._token.kind is TokenKind.SIGN:
            sign = self._token.text
            strength = _BINARY.get(sign)
            if sign == "|" and precedence == 0:
                raise self._unexpected()
            if strength is None or strength < precedence:
                break
            if previous == "??" and sign != "??":
                raise LogicError(
                    f"`??` and `{sign}` need parentheses", self._token.start, self._token.end
                )
            self._take()
            if sign in _COMPARISONS:
                left = self._comparisons(left, sign, depth)
            else:
                right = self._expression(strength + (sign not in ("**", "^")), depth + 1)
                left = self._pair(sign, left, right)
            previous = sign
        if precedence == 0:
            left = self._choices(left, depth)
        return left

    def _comparisons(self, left: Typed, sign: str, depth: int) -> Typed:
        """``a < b < c`` means ``a < b && b < c``."""
        root: Typed | None = None
        while True:
            right = self._expression(21, depth + 1)
            pair = self._pair(sign, left, right)
            root = pair if root is None else self._pair("&&", root, pair)
            if not self._is(*_COMPARISONS):
                return root
            sign = self._take().text
            left = right

    def _choices(self, test: Typed, depth: int) -> Typed:
        while self._is("?"):
            self._take()
            when_true = test if self._is(":") else self._expression(0, depth + 1)
            self._expect(":")
            when_false = self._expression(0, depth + 1)
            if test.kind not in (Kind.BOOL, Kind.ANY):
                self._complain(f"{test.kind.value} cannot be a condition", test.start, test.end)
            same = when_true.kind is when_false.kind
            test = self._make(
                Choice(test.condition, when_true.condition, when_false.condition),
                when_true.kind if same else Kind.ANY,
                test.start,
            )
        return test

    def _primary(self, depth: int) -> Typed:
        token = self._token
        if self._is("!", "+"):
            self._take()
            operand = self._expression(50 if token.text == "!" else 90, depth + 1)
            fits = Kind.BOOL if token.text == "!" else Kind.ANY
            if operand.kind not in (fits, Kind.ANY):
                self._complain(
                    f"`{token.text}` cannot stand before {operand.kind.value}",
                    token.start,
                    operand.end,
                )
            inverted = Not(operand.condition) if token.text == "!" else Opaque()
            return self._postfix(self._make(inverted, fits, token.start), depth)
        if self._is("("):
            self._take()
            inner = self.sequence(depth + 1)
            self._expect(")")
            return self._postfix(inner, depth)
        if self._is("["):
            return self._postfix(self._list(depth), depth)
        if self._is("{"):
            return self._postfix(self._map(depth), depth)
        if token.kind is TokenKind.TEXT:
            self._take()
            return self._postfix(self._make(Literal(token.text), Kind.TEXT, token.start), depth)
        if token.kind is TokenKind.NAME:
            return self._name(depth)
        raise self._unexpected()

    def _name(self, depth: int) -> Typed:
        token = self._take()
        if token.text in ("true", "false", "nil"):
            return self._make(Opaque(), Kind.ANY, token.start)
        if token.text == "$env":
            raise UndecidedError
        if self._is("("):
            raise LogicError(f"`{token.text}` is no function", token.start, token.end)
        if token.text not in self._tasks:
            self._complain(f"`{token.text}` is no task", token.start, token.end)
            return self._postfix(self._make(Opaque(), Kind.ANY, token.start), depth)
        task = self._tasks[token.text]
        found = self._make(Ended(task, frozenset()), Kind.ENDS, token.start)
        return self._postfix(found, depth)

    def _postfix(self, found: Typed, depth: int) -> Typed:
        while self._is(".", "?.", "["):
            sign = self._take().text
            if sign == "?." and self._is("["):
                sign = self._take().text
            if sign == "[":
                found = self._indexed(found, depth)
                continue
            name = self._token
            if name.kind is not TokenKind.NAME:
                raise self._unexpected()
            self._take()
            self._nodes += 1
            called = self._is("(")
            if called:
                self._skip_brackets()
            found = self._member(found, name, called)
        return found

    def _member(self, found: Typed, name: Token, called: bool) -> Typed:
        if found.kind is Kind.ENDS and isinstance(found.condition, Ended):
            if name.text not in RESULTS:
                self._complain(f"`{name.text}` is no end of a task", name.start, name.end)
            elif called:
                self._complain(f"`{name.text}` cannot be called", name.start, name.end)
            ended = Ended(found.condition.task, frozenset((name.text,)))
            return self._make(ended, Kind.BOOL, found.start)
        if found.kind not in (Kind.ANY, Kind.MAP):
            self._complain(f"{found.kind.value} has no `.{name.text}`", name.start, name.end)
        return self._make(Opaque(), Kind.ANY, found.start)

    def _indexed(self, found: Typed, depth: int) -> Typed:
        if self._is(":"):
            self._take()
        else:
            self._expression(0, depth + 1)
        if not self._is("]"):
            raise UndecidedError
        self._take()
        if found.kind is Kind.BOOL:
            self._complain(f"{found.kind.value} has no parts", found.start, found.end)
        return self._make(Opaque(), Kind.ANY, found.start)

    def _list(self, depth: int) -> Typed:
        start = self._take().start
        first = True
        while not self._is("]"):
            if not first:
                self._expect(",")
                if self._is("]"):
                    break
            self._expression(0, depth + 1)
            first = False
        self._expect("]")
        return self._make(Opaque(), Kind.LIST, start)

    def _map(self, depth: int) -> Typed:
        start = self._take().start
        first = True
        while not self._is("}"):
            if not first:
                self._expect(",")
                if self._is("}"):
                    break
            if self._token.kind in (TokenKind.NAME, TokenKind.TEXT):
                self._take()
            elif self._is("("):
                self._expression(0, depth + 1)
            else:
                raise self._unexpected()
            self._expect(":")
            self._expression(0, depth + 1)
            first = False
        self._expect("}")
        return self._make(Opaque(), Kind.MAP, start)

    def _skip_brackets(self) -> None:
        """Pass over the arguments of a call, which is a fault whatever they are."""
        open_signs = []
        while True:
            token = self._take()
            if token.kind is TokenKind.END:
                raise self._unexpected()
            if token.kind is TokenKind.SIGN and token.text in _CLOSERS:
                open_signs.append(_CLOSERS[token.text])
            elif token.kind is TokenKind.SIGN and open_signs and token.text == open_signs[-1]:
                open_signs.pop()
                if not open_signs:
                    return

    def _pair(self, sign: str, left: Typed, right: Typed) -> Typed:
        kind = _kind_of(sign, left.kind, right.kind)
        if kind is None:
            self._complain(
                f"`{sign}` cannot stand between {left.kind.value} and {right.kind.value}",
                left.start,
                right.end,
            )
            kind = Kind.ANY
        if sign == "??":
            return self._make(left.condition, kind, left.start)
        return self._make(Pair(sign, left.condition, right.condition), kind, left.start)


def _kind_of(sign: str, left: Kind, right: Kind) -> Kind | None:
    """Return the kind of ``left sign right``, and ``None`` where the check of types fails."""
    kinds = {left, right}
    unknown = Kind.ANY in kinds
    if sign == "??":
        return left if left is right else Kind.ANY
    if sign in ("==", "!="):
        return Kind.BOOL if left is right or unknown else None
    if sign in ("&&", "||"):
        return Kind.BOOL if kinds <= {Kind.BOOL, Kind.ANY} else None
    if sign in _COMPARISONS:
        return Kind.BOOL if kinds <= {Kind.TEXT, Kind.ANY} else None
    if sign == "+" and kinds <= {Kind.TEXT, Kind.ANY}:
        return Kind.ANY if unknown else Kind.TEXT
    return Kind.ANY if kinds == {Kind.ANY} else None

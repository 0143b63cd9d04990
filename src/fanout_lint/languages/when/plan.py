"""The tokens of a ``when`` into the tree that govaluate evaluates.

Its check of what may follow what (``lexerState.go``) and its planner (``stagePlanner.go``)
are both kept: text after a closed bracket may be ignored, as in ``(true) x``, and an
operand before ``)`` may be missing, as in ``(1 ==)``.
"""

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.languages.when.tokens import FaultKind, Kind, Token, UnfollowableError, WhenError

MAX_DEPTH = 120

_OPERANDS = frozenset(
    (Kind.NUMBER, Kind.BOOL, Kind.TEXT, Kind.TIME, Kind.WORD, Kind.FIELD, Kind.HOLE)
)
_AFTER_VALUE = frozenset((Kind.MODIFIER, Kind.COMPARATOR, Kind.LOGICAL, Kind.CLOSE, Kind.COMMA))
_AFTER_WORD = _AFTER_VALUE | {Kind.TERNARY}
_BEFORE_VALUE = _OPERANDS | {Kind.PREFIX, Kind.OPEN}
_FOLLOWERS: dict[Kind, frozenset[Kind]] = {
    Kind.START: _BEFORE_VALUE | {Kind.PATTERN},
    Kind.OPEN: _BEFORE_VALUE | {Kind.PATTERN, Kind.CLOSE},
    Kind.CLOSE: (_OPERANDS - {Kind.FIELD}) | _AFTER_WORD | {Kind.PATTERN, Kind.OPEN},
    Kind.NUMBER: _AFTER_WORD,
    Kind.BOOL: _AFTER_WORD,
    Kind.TEXT: _AFTER_WORD,
    Kind.WORD: _AFTER_WORD,
    Kind.HOLE: _AFTER_WORD,
    Kind.TIME: _AFTER_VALUE,
    Kind.PATTERN: _AFTER_VALUE,
    Kind.FIELD: _AFTER_WORD | {Kind.OPEN},
    Kind.MODIFIER: (_BEFORE_VALUE - {Kind.TIME}) | {Kind.CLOSE},
    Kind.COMPARATOR: _BEFORE_VALUE | {Kind.PATTERN, Kind.CLOSE},
    Kind.LOGICAL: _BEFORE_VALUE | {Kind.CLOSE},
    Kind.PREFIX: (_OPERANDS - {Kind.TEXT, Kind.TIME}) | {Kind.OPEN, Kind.CLOSE},
    Kind.TERNARY: _BEFORE_VALUE | {Kind.COMMA},
    Kind.COMMA: _BEFORE_VALUE,
}
_CAN_END = _OPERANDS | {Kind.PATTERN, Kind.CLOSE}


class Leaf(Struct, frozen=True):
    token: Token

    @property
    def is_bare(self) -> bool:
        """Whether this is a word without quotes around it."""
        name = self.token.value
        return isinstance(name, str) and len(name) == self.end - self.start

    @property
    def start(self) -> int:
        return self.token.start

    @property
    def end(self) -> int:
        return self.token.end


class Group(Struct, frozen=True):
    """``( … )``; empty brackets hold nothing."""

    inner: "Node | None"
    start: int
    end: int


class Prefixed(Struct, frozen=True):
    token: Token
    operand: "Node | None"

    @property
    def start(self) -> int:
        return self.token.start

    @property
    def end(self) -> int:
        return self.token.end if self.operand is None else self.operand.end


class Infix(Struct, frozen=True):
    token: Token
    left: "Node"
    right: "Node | None"
    start: int
    end: int


class Field(Struct, frozen=True):
    """``a.B`` or ``a.B(…)``, which always fails when it is evaluated."""

    token: Token
    arguments: "Node | None"

    @property
    def start(self) -> int:
        return self.token.start

    @property
    def end(self) -> int:
        return self.token.end


Node = Leaf | Group | Prefixed | Infix | Field

_STRENGTHS = {
    **dict.fromkeys((",",), 1),
    **dict.fromkeys(("?", ":", "??"), 2),
    **dict.fromkeys(("||",), 3),
    **dict.fromkeys(("&&",), 4),
    **dict.fromkeys(("==", "!=", ">", ">=", "<", "<=", "=~", "!~", "in"), 5),
    **dict.fromkeys(("^", "&", "|"), 6),
    **dict.fromkeys((">>", "<<"), 7),
    **dict.fromkeys(("+", "-"), 8),
    **dict.fromkeys(("*", "/", "%"), 9),
    **dict.fromkeys(("**",), 10),
}
_INFIX = (Kind.COMMA, Kind.TERNARY, Kind.LOGICAL, Kind.COMPARATOR, Kind.MODIFIER)


def with_patterns(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Turn the text behind ``=~`` and ``!~`` into patterns."""
    patterned = list(tokens)
    for index, token in enumerate(tokens[:-1]):
        if token.kind is Kind.COMPARATOR and token.sign in ("=~", "!~"):
            follower = tokens[index + 1]
            if follower.kind is Kind.TEXT:
                patterned[index + 1] = replace(follower, kind=Kind.PATTERN)
    return tuple(patterned)


def with_words_as_text(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Turn bare words into text, as ``workflow/controller/steps.go:shouldExecute`` does."""
    return tuple(
        replace(token, kind=Kind.TEXT) if token.kind is Kind.WORD else token for token in tokens
    )


def check_order(tokens: tuple[Token, ...]) -> None:
    """Raise WhenError where a token cannot follow the one before it."""
    kinds = [token.kind for token in tokens]
    opened = kinds.count(Kind.OPEN) - kinds.count(Kind.CLOSE)
    if opened:
        raise _unbalanced(tokens, opened)
    before: Token | None = None
    for token in tokens:
        kind = Kind.START if before is None else before.kind
        if token.kind not in _FOLLOWERS[kind]:
            if Kind.HOLE in (kind, token.kind):
                raise UnfollowableError
            raise _misplaced(before, token)
        before = token
    if before is None:
        raise WhenError("when is empty", 0, 0)
    if before.kind not in _CAN_END:
        raise WhenError(f"when cannot end in `{before.sign}`", before.start, before.end)


def _unbalanced(tokens: tuple[Token, ...], opened: int) -> WhenError:
    """Name a bracket that has no partner."""
    waiting: list[Token] = []
    for token in tokens:
        if token.kind is Kind.OPEN:
            waiting.append(token)
        elif token.kind is Kind.CLOSE:
            if not waiting and opened < 0:
                return WhenError("no `(` belongs to this `)`", token.start, token.end)
            if waiting:
                waiting.pop()
    found = waiting[-1]
    return WhenError("no `)` belongs to this `(`", found.start, found.end)


_WORDS = {"and": "&&", "or": "||"}
_LITERALS = frozenset((Kind.WORD, Kind.NUMBER, Kind.BOOL, Kind.TEXT, Kind.TIME))


def _misplaced(before: Token | None, token: Token) -> WhenError:
    if before is None:
        message = f"when cannot begin with `{token.sign}`"
    elif token.kind is Kind.WORD and token.sign.lower() in _WORDS:
        message = f"`{token.sign}` is no operator here; write `{_WORDS[token.sign.lower()]}`"
    elif before.kind is Kind.WORD and before.sign.lower() == "not":
        return WhenError("`not` is no operator here; write `!`", before.start, before.end)
    elif token.kind is Kind.OPEN and before.kind is Kind.WORD:
        message = f"`{before.sign}` is no function; when has none"
        return WhenError(message, before.start, before.end)
    elif before.kind is Kind.PREFIX:
        message = f"`{before.sign}` cannot stand before text"
        return WhenError(message, before.start, token.end, FaultKind.TYPES)
    elif before.kind is Kind.PATTERN:
        message = f"{token.kind.value} cannot follow a pattern; put the comparison in brackets"
    elif before.kind in _LITERALS and token.kind in _LITERALS:
        message = f"{token.kind.value} cannot follow {before.kind.value}; quote the whole text"
        return WhenError(message, before.start, token.end, FaultKind.UNQUOTED)
    else:
        message = f"{token.kind.value} cannot follow {before.kind.value}"
    return WhenError(message, token.start, token.end)


def plan(tokens: tuple[Token, ...]) -> Node | None:
    """Return the tree; tokens that govaluate never comes to are left out."""
    return _Planner(tokens).expression(1, 0)


class _Planner:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._next = 0

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def expression(self, weakest: int, depth: int) -> Node | None:
        if depth > MAX_DEPTH:
            raise UnfollowableError
        left = self._operand(depth)
        while (token := self._peek()) is not None and token.kind in _INFIX:
            strength = _STRENGTHS[token.sign]
            if strength < weakest:
                break
            self._next += 1
            right = self.expression(strength + 1, depth + 1)
            start = token.start if left is None else left.start
            end = token.end if right is None else right.end
            left = Infix(token, left or Group(None, start, start), right, start, end)
        return left

    def _operand(self, depth: int) -> Node | None:
        token = self._peek()
        if token is None or token.kind is Kind.CLOSE:
            return None
        self._next += 1
        if token.kind is Kind.OPEN:
            inner = self.expression(1, depth + 1)
            closer = self._peek() or token
            self._next += 1
            return Group(inner, token.start, closer.end)
        if token.kind is Kind.PREFIX:
            return Prefixed(token, self._operand(depth + 1))
        if token.kind is Kind.FIELD:
            follower = self._peek()
            called = follower is not None and follower.kind is Kind.OPEN
            return Field(token, self.expression(1, depth + 1) if called else None)
        if token.kind in _INFIX:
            raise WhenError(f"a value must stand before `{token.sign}`", token.start, token.end)
        return Leaf(token)

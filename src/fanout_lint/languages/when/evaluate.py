"""The tree of a ``when`` into its value (``evaluationStage.go`` of govaluate).

What a tag decides is carried as such; an error is raised only when it is certain.
"""

from enum import Enum

from msgspec import Struct, field

from fanout_lint.languages.when.arithmetic import arithmetic
from fanout_lint.languages.when.comparisons import (
    can_be_ordered,
    check_pattern,
    compare,
    matches,
    noun,
    same,
)
from fanout_lint.languages.when.plan import Field, Group, Infix, Leaf, Node, Prefixed
from fanout_lint.languages.when.tokens import FaultKind, Kind, Token, WhenError
from fanout_lint.languages.when.values import (
    ANYTHING,
    SOME_BOOL,
    SOME_NUMBER,
    Anything,
    Items,
    Moment,
    Pattern,
    SomeBool,
    SomeText,
    Value,
    can_be_bool,
    can_be_number,
    can_be_text,
    is_known,
    show,
)


class RemarkKind(Enum):
    """What is told of a part that need not be an error."""

    TEXT_AND_NUMBER = "text is compared with a number"
    TEXT_AND_BOOL = "text is compared with true or false"
    FAILS_IF_REACHED = "this fails whenever it is evaluated"
    BIT_SIGN = "a bit operator stands between conditions"


class Remark(Struct, frozen=True):
    kind: RemarkKind
    message: str
    start: int
    end: int


class Evaluation(Struct):
    """One evaluation; *words_known* is false in a CronWorkflow, where words are parameters."""

    hole: str = ""
    words_known: bool = True
    dates: bool = False  #: Text with a tag may be a date beside a plain number.
    remarks: list[Remark] = field(default_factory=list)

    def value_of(self, node: Node | None) -> Value:
        """Return the value; raise WhenError where govaluate certainly fails."""
        spine: list[Infix] = []
        while isinstance(node, Infix):
            spine.append(node)
            node = node.left
        value = self._single(node)
        while spine:
            value = self._infix(spine.pop(), value)
        return value

    def _single(self, node: Node | None) -> Value:
        match node:
            case None:
                return None
            case Leaf(token):
                return self._leaf(token)
            case Group(inner):
                return self.value_of(inner)
            case Field(token, arguments):
                self.value_of(arguments)
                name = token.sign.split(".")[0]
                raise WhenError(
                    f"`{token.sign}` is read as a field of `{name}`, which is unknown; quote it",
                    token.start,
                    token.end,
                    FaultKind.UNQUOTED,
                )
            case Prefixed(token, operand):
                return self._prefixed(token, self._single(operand), node)
            case Infix():
                return self.value_of(node)

    def _leaf(self, token: Token) -> Value:
        match token.kind:
            case Kind.HOLE:
                return ANYTHING
            case Kind.TIME:
                return Moment(token.value)
            case Kind.PATTERN:
                return ANYTHING if self._has_hole(token.sign) else Pattern(token.sign)
            case Kind.WORD if not self.words_known:
                message = f"`{token.sign}` is an unknown parameter; quote it"
                raise WhenError(message, token.start, token.end, FaultKind.UNQUOTED)
            case Kind.TEXT | Kind.WORD if self._has_hole(token.sign):
                before, _, rest = token.sign.partition(self.hole)
                return SomeText(before, rest.rpartition(self.hole)[2])
        return token.value

    def _has_hole(self, text: str) -> bool:
        return bool(self.hole) and self.hole in text

    def _prefixed(self, token: Token, operand: Value, node: Prefixed) -> Value:
        fits = can_be_bool(operand) if token.sign == "!" else can_be_number(operand)
        if not fits:
            message = f"`{token.sign}` cannot stand before {noun(operand)}"
            raise WhenError(message, node.start, node.end, FaultKind.TYPES)
        if token.sign == "!":
            return not operand if isinstance(operand, bool) else SOME_BOOL
        if not isinstance(operand, float):
            return SOME_NUMBER
        if token.sign == "-":
            return -operand
        return arithmetic("~", operand, 0.0)

    def _infix(self, node: Infix, left: Value) -> Value:
        sign = node.token.sign
        if sign in ("&&", "||"):
            return self._logical(node, left)
        if node.token.kind is Kind.TERNARY:
            return self._choice(node, left)
        right = self.value_of(node.right)
        if sign == ",":
            members = left.members if isinstance(left, Items) else (left,)
            return Items((*members, right))
        if sign in ("==", "!="):
            return self._equal(node, left, right)
        if sign == "in":
            return self._member(node, left, right)
        if sign in ("=~", "!~"):
            return self._matches(node, left, right)
        if node.token.kind is Kind.COMPARATOR:
            return self._ordered(node, left, right)
        return self._modified(node, left, right)

    def _logical(self, node: Infix, left: Value) -> Value:
        decisive = node.token.sign == "||"
        if left is decisive:
            return decisive
        if left is not (not decisive):
            if not can_be_bool(left):
                raise _no_condition(node, left)
            return self._if_reached(node, left, decisive)
        right = self.value_of(node.right)
        if not can_be_bool(right):
            raise _no_condition(node, right)
        return right if isinstance(right, bool) else SOME_BOOL

    def _if_reached(self, node: Infix, left: Value, decisive: bool) -> Value:
        """Look at the right side, which only some values of the left one lead to."""
        try:
            right = self.value_of(node.right)
            if not can_be_bool(right):
                raise _no_condition(node, right)
        except WhenError as error:
            self._remark(RemarkKind.FAILS_IF_REACHED, error.message, error.start, error.end)
            return ANYTHING
        if right is decisive and isinstance(left, SomeBool):
            return decisive
        return SOME_BOOL if isinstance(left, SomeBool) else ANYTHING

    def _choice(self, node: Infix, left: Value) -> Value:
        if node.token.sign == "?":
            if not can_be_bool(left):
                raise _no_condition(node, left)
            if left is False:
                return None
            if left is True:
                return self.value_of(node.right)
        elif left is None:
            return self.value_of(node.right)
        elif not isinstance(left, Anything):
            return left
        try:
            self.value_of(node.right)
        except WhenError as error:
            self._remark(RemarkKind.FAILS_IF_REACHED, error.message, error.start, error.end)
        return ANYTHING

    def _remark(self, kind: RemarkKind, message: str, start: int, end: int) -> None:
        remark = Remark(kind, message, start, end)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _equal(self, node: Infix, left: Value, right: Value) -> Value:
        self._remark_on_kinds(node, left, right)
        answer = None if self.dates and _date_and_number(left, right) else same(left, right)
        if answer is None:
            return SOME_BOOL
        return answer is (node.token.sign == "==")

    def _remark_on_kinds(self, node: Infix, left: Value, right: Value) -> None:
        for text, other in ((left, right), (right, left)):
            if not isinstance(text, str | SomeText):
                continue
            if isinstance(other, float) and not isinstance(other, Moment):
                message = f"text never equals the number `{show(other)}`; quote both or neither"
                self._remark(RemarkKind.TEXT_AND_NUMBER, message, node.start, node.end)
            elif isinstance(other, bool):
                message = f"text never equals `{show(other)}`; quote both or neither"
                self._remark(RemarkKind.TEXT_AND_BOOL, message, node.start, node.end)

    def _member(self, node: Infix, left: Value, right: Value) -> Value:
        if isinstance(right, Anything):
            return SOME_BOOL
        if not isinstance(right, Items):
            message = "`in` needs at least two values in brackets on its right"
            raise WhenError(message, node.start, node.end, FaultKind.TYPES)
        answers: list[bool | None] = []
        for member in right.members:
            if isinstance(member, Items) and isinstance(left, Items):
                message = "lists cannot be compared by `in`"
                raise WhenError(message, node.start, node.end, FaultKind.TYPES)
            answers.append(same(left, member))
        if True in answers:
            return True if None not in answers[: answers.index(True)] else SOME_BOOL
        return SOME_BOOL if None in answers else False

    def _matches(self, node: Infix, left: Value, right: Value) -> Value:
        if not can_be_text(left):
            raise _no_operand(node, left)
        if not (can_be_text(right) or isinstance(right, Pattern)):
            raise _no_operand(node, right)
        source = right.text if isinstance(right, Pattern) else right
        if not isinstance(source, str):
            return SOME_BOOL
        check_pattern(source, node.start, node.end)
        found = matches(source, left) if isinstance(left, str) else None
        if found is None:
            return SOME_BOOL
        return found is (node.token.sign == "=~")

    def _ordered(self, node: Infix, left: Value, right: Value) -> Value:
        if isinstance(left, str) and isinstance(right, str):
            return compare(node.token.sign, left, right)
        if isinstance(left, float) and isinstance(right, float):
            return compare(node.token.sign, left, right)
        if self.dates and _date_and_number(left, right):
            return SOME_BOOL
        if not can_be_ordered(left, right):
            message = f"`{node.token.sign}` cannot compare {noun(left)} with {noun(right)}"
            raise WhenError(message, node.start, node.end, FaultKind.TYPES)
        return SOME_BOOL

    def _modified(self, node: Infix, left: Value, right: Value) -> Value:
        sign = node.token.sign
        if sign == "+" and (isinstance(left, str | SomeText) or isinstance(right, str | SomeText)):
            if is_known(left) and is_known(right):
                return show(left) + show(right)
            return ANYTHING
        if sign in ("&", "|") and isinstance(left, bool | SomeBool):
            message = f"`{sign}` works on bits; write `{sign * 2}`"
            raise WhenError(message, node.token.start, node.token.end, FaultKind.TYPES)
        for value in (left, right):
            if not can_be_number(value):
                raise _no_number(node, value)
        if sign in ("&", "|") and (_is_comparison(node.left) or _is_comparison(node.right)):
            self._remark(
                RemarkKind.BIT_SIGN,
                f"`{sign}` works on bits; write `{sign * 2}`",
                node.token.start,
                node.token.end,
            )
        if isinstance(left, float) and isinstance(right, float):
            return arithmetic(sign, left, right)
        return ANYTHING if isinstance(left, Anything) else SOME_NUMBER


def _date_and_number(left: Value, right: Value) -> bool:
    return any(
        isinstance(one, SomeText) and isinstance(other, float)
        for one, other in ((left, right), (right, left))
    )


def _is_comparison(node: Node | None) -> bool:
    return isinstance(node, Infix) and node.token.kind is Kind.COMPARATOR


def _no_condition(node: Infix, value: Value) -> WhenError:
    message = f"`{node.token.sign}` needs conditions; {noun(value)} is none"
    return WhenError(message, node.start, node.end, FaultKind.TYPES)


def _no_operand(node: Infix, value: Value) -> WhenError:
    message = f"`{node.token.sign}` cannot take {noun(value)}"
    return WhenError(message, node.start, node.end, FaultKind.TYPES)


_READ_AS = {"-": "a subtraction", "/": "a division", "*": "a product", "%": "a remainder"}


def _no_number(node: Infix, value: Value) -> WhenError:
    sign = node.token.sign
    words = [side for side in (node.left, node.right) if isinstance(side, Leaf) and side.is_bare]
    if words and sign in _READ_AS:
        message = f"the `{sign}` beside a bare word is read as {_READ_AS[sign]}; quote the text"
        return WhenError(message, node.start, node.end, FaultKind.UNQUOTED)
    message = f"`{sign}` needs numbers; {noun(value)} is none"
    if sign in ("&", "|"):
        message = f"`{sign}` works on bits; write `{sign * 2}`"
    return WhenError(message, node.start, node.end, FaultKind.TYPES)

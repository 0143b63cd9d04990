"""The scripts of filters and computed subscripts, read as the library reads them.

``@.a == 'x' && @.b > 2`` is split at the first operator of the lowest rank that
stands outside quotes and brackets. Words are kept as texts. What parses oddly
there (``(a || bc)`` is an unsupported operator) parses oddly here.
"""

from typing import TypeAlias

from msgspec import Struct, field

from fanout_lint.languages.expression.json_text import UnknownText, unmarshal
from fanout_lint.languages.expression.values import GoError
from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.jsonpath_expression.faults import JsonPathError, JsonPathUnknown

_SPACES = "".join(SPACES)

_OPERATORS = (
    *("||", "&&", "==", "!=", "<=", ">=", "<", ">", "=~", "!"),
    *("+", "-", "**", "*", "/", "%", "not in", "in", "@", "$"),
)

#: How many splits and steps one path may take before it is not told.
MAX_STEPS = 50_000


class Budget(Struct):
    """Counts the steps that are left."""

    left: int = field(default=MAX_STEPS)

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise JsonPathUnknown


class Operation(Struct, frozen=True):
    """An operator with its operands; ``None`` stands for a missing one."""

    operator: str
    left: "Operand"
    right: "Operand"


class Selector(Struct, frozen=True):
    """A path inside a script; *tokens* are those of ``parse_path``."""

    tokens: tuple[object, ...]


class Literal(Struct, frozen=True):
    """A list or object that is written as JSON."""

    value: object


Operand: TypeAlias = Operation | Selector | Literal | str | None


class Script(Struct, frozen=True):
    """A script: its text, and its operation if it has any operator at all."""

    text: str
    operation: Operation | Selector | None


def compile_script(text: str, budget: Budget, offset: int) -> Script:
    """Return the script of *text*; JsonPathError (placed from *offset*) where it has no reading."""
    try:
        return Script(text, _Splitter(budget, offset).split(text, _OPERATORS))
    except RecursionError as error:
        raise JsonPathUnknown from error


class _Splitter:
    """Splits a script at its operators; *offset* is where faults are placed."""

    def __init__(self, budget: Budget, offset: int) -> None:
        self.budget = budget
        self.offset = offset

    def split(self, text: str, operators: tuple[str, ...]) -> Operation | Selector | None:
        self.budget.spend(1 + len(text) // 50)
        operator = operators[0]
        text = text.strip(_SPACES)
        if not text:
            return None
        if text[0] == "(" and text[-1] == ")":
            text = text[1:-1].strip(_SPACES)
            operators = ("", *_OPERATORS)
        if not operator and not text.isascii():
            raise JsonPathUnknown
        place = find_operator(text, operator)
        selects = operator in ("$", "@")
        if place < 0:
            return self._next(text, operators)
        right_text = text[place + len(operator) :].strip(_SPACES)
        if not right_text and not selects:
            return self._next(text, operators)
        right = self._operand(right_text, operators)
        left_text = text[:place].strip(_SPACES)
        if not left_text and not selects and operator != "!":
            return self._next(text, operators)
        left = self._operand(left_text, operators)
        if selects or operator == "!":
            if left is not None:
                return self._next(text, operators)
            return self._selector(text) if selects else Operation("!", None, right)
        if not operator:
            message = f"the script part {text!r} cannot be read inside its brackets"
            raise JsonPathError(message, self.offset, self.offset + 1)
        return Operation(operator, left, right)

    def _next(self, text: str, operators: tuple[str, ...]) -> Operation | Selector | None:
        return self.split(text, operators[1:]) if len(operators) > 1 else None

    def _selector(self, text: str) -> Selector:
        from fanout_lint.languages.jsonpath_expression.tokens import parse_path

        try:
            return Selector(parse_path(text, self.budget))
        except JsonPathError as error:
            raise JsonPathError(f"in {text!r}: {error}", self.offset, self.offset + 1) from error

    def _operand(self, text: str, operators: tuple[str, ...]) -> Operand:
        found = self.split(text, operators)
        if found is not None:
            return found
        text = text.strip(_SPACES)
        if text[:1] + text[-1:] in ("[]", "{}") and len(text) > 1:
            return _literal(text)
        return text or None


def _literal(text: str) -> Operand:
    try:
        return Literal(unmarshal(text))
    except UnknownText as error:
        raise JsonPathUnknown from error
    except GoError:
        return text


def find_operator(text: str, operator: str) -> int:
    """Return where *operator* first stands outside quotes and brackets, else -1.

    An operator that ends in a bracket's own character is not looked for in it; for
    the empty operator that is the place after the first character outside.
    """
    quote = ""
    depths = {"[": 0, "(": 0}
    for place, character in enumerate(text):
        other = depths["(" if character in "[]" else "["]
        if character in "()[]":
            if quote or other > 0:
                continue
            kind = "(" if character in "()" else "["
            depths[kind] += 1 if character in "([" else -1
        elif character in "'\"":
            if depths["["] > 0 or depths["("] > 0 or (quote and quote != character):
                continue
            quote = "" if quote else character
        if quote or depths["["] > 0 or depths["("] > 0:
            continue
        start = place + 1 - len(operator)
        if start >= 0 and text.startswith(operator, start):
            return start
    return -1

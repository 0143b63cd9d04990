"""Calls of built-in functions without a predicate, with arguments that may be unknown."""

from collections.abc import Callable
from typing import Final

from fanout_lint.languages.expression.builtin_lists import LIST_FUNCTIONS, ORDERLESS
from fanout_lint.languages.expression.builtin_numbers import NUMBER_FUNCTIONS
from fanout_lint.languages.expression.builtin_texts import TEXT_FUNCTIONS, TEXT_GIVING
from fanout_lint.languages.expression.operations import (
    MAX_TEXT,
    items_of,
    shown_type,
    text_bytes,
    to_int,
)
from fanout_lint.languages.expression.signatures import OVERLOADS
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    UNKNOWN_STRING,
    GoError,
    Unknown,
    Unordered,
    has_unknown,
)

_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    **TEXT_FUNCTIONS,
    **NUMBER_FUNCTIONS,
    **LIST_FUNCTIONS,
}

_COUNTS: Final = {
    **dict.fromkeys(("max", "min", "mean", "median", "concat"), (1, 99)),
    **dict.fromkeys(("get", "take"), (2, 2)),
    "now": (0, 1),
    "date": (1, 4),
}

#: Functions that only move items about, so that an unknown item stays what it is.
_MOVING: Final = frozenset({"len", "first", "last", "get", "take", "reverse", "concat", "type"})

#: Functions that no text can be given to; the others take one, or answer for any value.
_NO_TEXT: Final = frozenset(
    {"keys", "values", "toPairs", "fromPairs", "reverse", "uniq", "concat", "flatten", "join"}
    | {"take", "abs", "ceil", "floor", "round", "bitnot", "mean", "median"}
)

_LISTED: Final = frozenset({"reverse", "concat", "flatten", "sort"})


def is_right_count(name: str, count: int) -> bool:
    """Whether *name* takes *count* arguments."""
    if name in OVERLOADS:
        return any(len(one.parameters) == count for one in OVERLOADS[name])
    fewest, most = _COUNTS.get(name, (1, 1))
    return fewest <= count <= most


def call_builtin(name: str, arguments: list[object], memory: int) -> tuple[object, int]:
    """Return what *name* gives, and how much of expr's *memory* budget it takes.

    Raises :class:`GoError` where the call surely fails.
    """
    if name == "repeat":
        return _repeat(arguments[0], arguments[1], memory)
    if any(isinstance(argument, Unknown) for argument in arguments):
        return _of_unknown(name, arguments), 0
    if any(isinstance(argument, Unordered) for argument in arguments):
        if name not in ORDERLESS:
            return UNKNOWN, 0
    elif name not in _MOVING and name not in TEXT_FUNCTIONS and has_unknown(arguments):
        return UNKNOWN, 0
    result = _FUNCTIONS[name](*arguments)
    taken = items_of(result) if name in _LISTED else None
    return result, len(taken) if taken is not None else 0


def _of_unknown(name: str, arguments: list[object]) -> object:
    first = arguments[0]
    if name == "type":
        return "string" if first is UNKNOWN_STRING else UNKNOWN
    if first is UNKNOWN_STRING and name in _NO_TEXT:
        raise GoError(f"{name} takes no text")
    texts = _text_places(name)
    for place, argument in enumerate(arguments):
        if place < texts and not isinstance(argument, str | Unknown):
            raise GoError(f"{name} takes texts, not {shown_type(argument)}")
    return UNKNOWN_STRING if name in TEXT_GIVING else UNKNOWN


def _text_places(name: str) -> int:
    """Return how many leading arguments of *name* must be texts."""
    overloads = OVERLOADS.get(name, ())
    if not overloads or name in ("join", "sort"):
        return 0
    longest = max(overloads, key=lambda one: len(one.parameters))
    return sum(1 for kind in longest.parameters if kind == "string")


def _repeat(text: object, count: object, memory: int) -> tuple[object, int]:
    if not isinstance(text, str | Unknown):
        raise GoError(f"repeat takes a text, not {shown_type(text)}")
    number = to_int(count)
    if number is None:
        return UNKNOWN_STRING, 0
    if number < 0:
        raise GoError(f"a text cannot be repeated {number} times")
    if number > MAX_TEXT // 2:
        raise GoError("this takes more memory than expr allows")
    if not isinstance(text, str):
        return UNKNOWN_STRING, 0
    size = len(text_bytes(text)) * number
    return (text * number if size < memory else UNKNOWN_STRING), size

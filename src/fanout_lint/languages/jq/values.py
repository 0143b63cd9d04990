"""jq's values: kinds, order, JSON, and numbers as gojq reads them.

Python's own values stand for them: ``int`` for whole numbers of any size, ``float``
for the rest; numbers of the document are floats.
"""

import math
from functools import cmp_to_key

from msgspec import Struct

from fanout_lint.languages.expression.json_text import json_float
from fanout_lint.languages.jq.faults import JqUnknown

_MAX_FLOAT = 1.7976931348623157e308


class Opaque(Struct, frozen=True):
    """A value of which only the kind is known: a message of gojq's, or the time."""

    kind: str


def kind_of(value: object) -> str:
    """Return jq's name for the type of *value*."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
        case Opaque():
            raise JqUnknown
    raise TypeError(f"no jq value: {value!r}")


def number_of(text: str) -> int | float:
    """Return the number that *text* writes: whole ones exactly, the rest as floats."""
    if text.lstrip("+-").isdigit():
        if len(text) > 400:
            raise JqUnknown
        return int(text)
    try:
        return float(text)
    except OverflowError:
        return math.inf


def to_float(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def is_true(value: object) -> bool:
    if isinstance(value, Opaque):
        return True
    return value is not None and value is not False


_ORDER = {"null": 0, "number": 3, "string": 4, "array": 5, "object": 6}


def _rank(value: object) -> int:
    if isinstance(value, bool):
        return 2 if value else 1
    return _ORDER[kind_of(value)]


def compare(left: object, right: object) -> int:
    """Return -1, 0 or 1 by jq's order of all values."""
    left_rank, right_rank = _rank(left), _rank(right)
    if left_rank != right_rank:
        return -1 if left_rank < right_rank else 1
    match left, right:
        case (int() | float(), int() | float()) if left_rank == 3:
            return _compare_numbers(left, right)
        case (str(), str()):
            return _sign(
                left.encode("utf-8", "surrogateescape"), right.encode("utf-8", "surrogateescape")
            )
        case (list(), list()):
            return _compare_lists(left, right)
        case (dict(), dict()):
            keys = sorted_keys(left)
            by_keys = compare(keys, sorted_keys(right))
            if by_keys:
                return by_keys
            return _compare_lists([left[key] for key in keys], [right[key] for key in keys])
    return 0


def _compare_numbers(left: int | float, right: int | float) -> int:
    if isinstance(left, int) and isinstance(right, int):
        return (left > right) - (left < right)
    one, other = to_float(left), to_float(right)
    if one < other or math.isnan(one):
        return -1
    return 0 if one == other else 1


def _sign(left: bytes, right: bytes) -> int:
    return (left > right) - (left < right)


def _compare_lists(left: list[object], right: list[object]) -> int:
    for one, other in zip(left, right, strict=False):
        if found := compare(one, other):
            return found
    return (len(left) > len(right)) - (len(left) < len(right))


ORDER = cmp_to_key(compare)


def sorted_keys(entries: dict[str, object]) -> list[str]:
    return sorted(entries, key=lambda key: key.encode("utf-8", "surrogateescape"))


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r"}
_ESCAPES["\t"] = "\\t"


def encode(value: object, depth: int = 0) -> str:
    """Return jq's JSON of *value*: nothing escaped for HTML, NaN as null, infinity cut."""
    if depth > 200:
        raise JqUnknown
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            if math.isnan(value):
                return "null"
            return json_float(max(-_MAX_FLOAT, min(_MAX_FLOAT, value)))
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
        case list():
            return "[" + ",".join(encode(item, depth + 1) for item in value) + "]"
        case dict():
            entries = (
                f"{encode(key)}:{encode(value[key], depth + 1)}" for key in sorted_keys(value)
            )
            return "{" + ",".join(entries) + "}"
    raise JqUnknown


def _escaped(character: str) -> str:
    if short := _ESCAPES.get(character):
        return short
    if character < " " or character == "\x7f":
        return f"\\u{ord(character):04x}"
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character


def to_text(value: object) -> str:
    return value if isinstance(value, str) else encode(value)


def whole(number: object, *, up: bool = False) -> int | None:
    """Return *number* as gojq counts by it, within 64 bits; None for what is no number."""
    match number:
        case bool():
            return None
        case int():
            return max(-(2**63), min(2**63 - 1, number))
        case float():
            if math.isnan(number):
                return -(2**63)
            if not -(2.0**63) <= number < 2.0**63:
                return 2**63 - 1 if number > 0 else -(2**63)
            return math.ceil(number) if up else int(number)
        case Opaque():
            raise JqUnknown
    return None


def preview(value: object) -> str:
    """Return the start of *value* for a message."""
    try:
        text = encode(value)
    except JqUnknown:
        return "a value"
    return text if len(text) <= 30 else text[:27] + "..."

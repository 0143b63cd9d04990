"""Values as Go's ``reflect`` sees them: kinds, emptiness, equality, elements.

sprig's functions take ``any`` and look at the value's kind themselves, so that
``1`` and ``1.0`` differ, and ``[]string`` and ``[]any`` are both slices.
"""

import math

from fanout_lint.languages.expression.json_text import UnknownText, show
from fanout_lint.languages.expression.values import (
    Duration,
    Function,
    SizedNumber,
    Slice,
    Time,
    TypedMap,
    type_name,
)
from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown

#: What ``unicode.IsSpace`` takes for a space.
GO_SPACES = "".join(sorted(SPACES))

#: A text or list longer than this is not told: no parameter of Argo may be so long either.
MAX_SIZE = 1_000_000


def kind_of(value: object) -> str:
    """Return the name of ``reflect.ValueOf(value).Kind()``."""
    match value:
        case None:
            return "invalid"
        case list() | Slice() | bytes():
            return "slice"
        case dict() | TypedMap():
            return "map"
        case Duration():
            return "int64"
        case Time():
            return "struct"
    return type_name(value)


def items_of(value: object, verb: str) -> list[object]:
    """Return the elements of a slice; *verb* says what could not be done with anything else."""
    match value:
        case list():
            return value
        case Slice():
            return value.items
        case bytes():
            return [SizedNumber("uint8", byte) for byte in value]
        case None:
            raise SprigError(f"cannot {verb} nil")
    raise SprigError(f"cannot {verb} type {kind_of(value)}")


def is_empty(value: object) -> bool:
    """Whether sprig takes *value* for unset: nil, zero, false, or of no length."""
    match value:
        case Slice():
            return not value.items
        case TypedMap():
            return not value.items
        case SizedNumber():
            return not value.value
        case Duration():
            return not value.nanoseconds
        case Time() | Function():
            return False
    return not value


def deep_equal(left: object, right: object) -> bool:
    """Whether ``reflect.DeepEqual(left, right)``: nothing is converted."""
    if type_name(left) != type_name(right):
        return False
    match left, right:
        case (list(), list()):
            return _equal_items(left, right)
        case (Slice(), Slice()):
            return _equal_items(left.items, right.items)
        case (dict(), dict()):
            same = left.keys() == right.keys()
            return same and all(deep_equal(left[key], right[key]) for key in left)
        case (Function(), _):
            return False
        case (TypedMap(), _) | (Time(), _):
            raise SprigUnknown
    return left == right


def _equal_items(left: list[object], right: list[object]) -> bool:
    return len(left) == len(right) and all(map(deep_equal, left, right))


def text_of(value: object) -> str:
    """Return sprig's text of *value*: strings and bytes as they are, the rest by ``%v``."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return shown(value)


def shown(value: object) -> str:
    """Return the text of *value* by Go's ``%v``."""
    match value:
        case float():
            return real_text(value)
        case list() | Slice():
            return "[" + " ".join(map(shown, items_of(value, "show"))) + "]"
        case dict():
            entries = (f"{key}:{shown(value[key])}" for key in sorted(value, key=bytes_of))
            return "map[" + " ".join(entries) + "]"
    try:
        return show(value)
    except UnknownText as error:
        raise SprigUnknown from error


def real_text(number: float) -> str:
    """Return the text of a float by Go's ``%v``: ``1e+06`` from a million on, ``0.5``, ``2``."""
    from decimal import Decimal

    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else f"{number:+}".title()
    exact = Decimal(repr(number)).normalize()
    exponent = exact.adjusted()
    if number == 0 or -4 <= exponent < 6:
        return f"{exact:f}"
    digits = "".join(map(str, exact.as_tuple().digits))
    fraction = "." + digits[1:] if len(digits) > 1 else ""
    return f"{'-' if number < 0 else ''}{digits[0]}{fraction}e{exponent:+03d}"


def texts_of(value: object) -> list[str]:
    """Return the texts of a slice's elements without nils, or of a single value."""
    if kind_of(value) == "slice":
        return [text_of(item) for item in items_of(value, "read") if item is not None]
    return [] if value is None else [text_of(value)]


def bytes_of(text: str) -> bytes:
    """Return the bytes that Go holds for *text*."""
    return text.encode("utf-8", "surrogateescape")


def text_from(raw: bytes) -> str:
    """Return the ``str`` that stands for Go's string of these bytes."""
    return raw.decode("utf-8", "surrogateescape")

"""A scalar against the kind that its field takes, as Argo's decoder judges it.

YAML becomes JSON before anything knows what the field takes
(``workflow/common/parse.go:toWorkflowTypeYAML`` of v4.1.2), so nothing is bent to
fit: a plain ``5`` is a number also where a text is wanted, and is refused. Null
is taken everywhere. Numbers are written as JSON by Go, so ``1e3`` and ``1.0`` are
whole.
"""

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from fanout_lint.shape.naming import shortened
from fanout_lint.shape.table import Kind, Leaf, ListOf
from fanout_lint.syntax import goscalar
from fanout_lint.syntax.nodes import Scalar

SUSPECT: Final = frozenset("+-0123456789yYnNtTfFoO~.")
"""How a plain scalar begins that may be no text; an empty one is null."""

_EXPECTED: Final = {
    "text": "a text",
    "boolean": "true or false",
    "int32": "a whole number",
    "int64": "a whole number",
    "uint64": "a whole number that is not negative",
    "text-or-int32": "a text or a whole number",
    "quantity": "a quantity such as 500m or 2Gi",
    "time": "a time such as 2024-05-31T12:00:00Z",
    "base64": "a text in base64",
    "plugin": "a map with the plugin's name as its only key",
    "scalar": "a text, a number or a boolean",
    "any": "a value that JSON has",
}
_LIMITS: Final = {
    "int32": (-(2**31), 2**31 - 1),
    "text-or-int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_TIME: Final = (
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


class Fault(Struct, frozen=True):
    """Why a value does not fit: a face of the rule, and what the message calls both sides."""

    face: str
    expected: str
    found: str


def expectation(kind: Kind) -> str:
    """Return what a field of *kind* takes, in words."""
    if type(kind) is Leaf:
        return _EXPECTED[kind.name]
    if type(kind) is not ListOf:
        return "a map"
    return "a list of lists" if type(kind.items) is ListOf else "a list"


def fault(kind: Leaf, scalar: Scalar) -> Fault | None:
    """Return why *scalar* is no value of *kind*; ``None`` where Argo takes it."""
    value = scalar.resolved
    if value is None or (isinstance(value, str) and kind.name in ("text", "scalar", "any")):
        return None
    if type(value) is float and not _is_finite(value):
        return Fault("not-json", _EXPECTED[kind.name], scalar.value)
    if kind.name in ("scalar", "any"):
        return None
    if isinstance(value, str):
        return _text_fault(kind.name, value)
    return _other_fault(kind.name, value, scalar)


def _other_fault(name: str, value: int | float | bool, scalar: Scalar) -> Fault | None:
    """Judge a number or a boolean."""
    if type(value) is bool:
        if name == "boolean":
            return None
    elif name == "quantity":
        return None
    elif name in _LIMITS:
        return _number_fault(name, value, scalar.value)
    face = "read-as" if name in ("text", "time", "base64") and not scalar.tag else "kind"
    return Fault(face, _EXPECTED[name], in_words(value))


def _is_finite(value: float) -> bool:
    return value - value == 0


def in_words(value: goscalar.Resolved) -> str:
    """Return what Argo's YAML reader makes of a scalar, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "the boolean true" if value else "the boolean false"
        case int() | float():
            return f"the number {value:.17g}" if type(value) is float else f"the number {value}"
        case _:
            return "a text"


def _number_fault(name: str, value: int | float, written: str) -> Fault | None:
    low, high = _LIMITS[name]
    if type(value) is float:
        if not value.is_integer():
            return Fault("kind", _EXPECTED[name], f"the number {written}")
        value = int(value)
    if low <= value <= high:
        return None
    limit = low if value < low else high
    return Fault("range", f"{'at least' if value < low else 'at most'} {limit}", written)


def _text_fault(name: str, value: str) -> Fault | None:
    if _FITS[name](value):
        return None
    expected = _EXPECTED[name]
    shown = shortened(value)
    if "{{" in value:
        return Fault("tag", expected, shown)
    if name in ("quantity", "time", "base64"):
        return Fault("form", expected, shown)
    if _would_fit_bare(name, value):
        return Fault("quoted", expected, shown)
    return Fault("kind", expected, f"the text '{shown}'")


def _would_fit_bare(name: str, value: str) -> bool:
    bare = goscalar.resolve(value, None)
    if name == "boolean":
        return type(bare) is bool
    return type(bare) in (int, float)


def _never(value: str) -> bool:
    return False


def _always(value: str) -> bool:
    return True


def _is_quantity(value: str) -> bool:
    # Quantity.UnmarshalJSON takes the quotes off, then the blanks.
    from fanout_lint.languages.quantity import parse_quantity  # Few files have any.

    return parse_quantity(value.strip('"').strip()) is not None


def _is_time(value: str) -> bool:
    return re.fullmatch(_TIME, value, re.ASCII) is not None


def _is_base64(value: str) -> bool:
    import base64

    try:
        base64.b64decode(value.replace("\r", "").replace("\n", ""), validate=True)
    except ValueError:
        return False
    return True


_FITS: Final[dict[str, Callable[[str], bool]]] = {
    "boolean": _never,
    "int32": _never,
    "int64": _never,
    "uint64": _never,
    "plugin": _never,
    "text-or-int32": _always,
    "quantity": _is_quantity,
    "time": _is_time,
    "base64": _is_base64,
}

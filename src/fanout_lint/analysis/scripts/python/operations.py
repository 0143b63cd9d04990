"""Operations on values of which only parts are known: texts, numbers, lists of elements."""

import ast
import operator
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.python.machine import Machine
from fanout_lint.analysis.scripts.python.render import (
    masked,
)
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    DictObject,
    Elements,
    Key,
    Logger,
    Named,
    Scalar,
    Str,
    Tuple,
    Typed,
    Value,
    join,
    kind_of,
    known,
)
from fanout_lint.analysis.scripts.text import ANY_TEXT, PLAIN_TEXT, Text, concat, exact, literal

if TYPE_CHECKING:
    from collections.abc import Callable

ARITHMETIC: "Final[dict[type[ast.operator], Callable[..., object]]]" = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
}
BIGGEST: Final = 10**18
UNROLLED: Final = 300
"""How many elements are followed one by one."""


def dict_of(pairs: Elements) -> DictObject:
    """Return the dict that has *pairs* of key and value."""
    entries: dict[Key, Value] = {}
    joined = pairs.item.items[1] if isinstance(pairs.item, Tuple) else OPAQUE
    if pairs.items is None:
        return DictObject({}, joined)
    for pair in pairs.items:
        key = plain(pair.items[0]) if isinstance(pair, Tuple) else None
        if key is None or not isinstance(pair, Tuple):
            return DictObject({}, joined)
        entries[key[0]] = pair.items[1]
    return DictObject(entries)


def constant_value(constant: object) -> Value:
    match constant:
        case str():
            return Str(masked(constant))
        case bool() | int() | float() | None:
            return Scalar(constant)
        case bytes():
            return Typed("bytes")
    return OPAQUE


def plain(value: Value) -> "tuple[str | int | float | bool | None] | None":
    """Return the constant that *value* is, in a tuple; ``None`` where it is not known."""
    match value:
        case Scalar(constant):
            return (constant,)
        case Str(text):
            whole = exact(text)
            return None if whole is None else (whole,)
    return None


def chained(one: Elements, other: Elements) -> Elements:
    """Return the elements of both, one after the other."""
    if one.items is not None and other.items is not None and len(one.items) < 1000:
        return known(one.items + other.items)
    if one.items == ():
        return other
    if other.items == ():
        return one
    return Elements(join(one.item, other.item), None, one.least + other.least)


def computed(op: ast.operator, left: Scalar, right: Scalar) -> Value:
    compute = ARITHMETIC.get(type(op))
    numbers = (left.value, right.value)
    if compute is None or None in numbers or any(abs(n or 0) > BIGGEST for n in numbers):
        return Typed("int") if compute is None else OPAQUE
    try:
        result = compute(*numbers)
    except (ArithmeticError, TypeError, ValueError):
        return OPAQUE
    return Scalar(result) if isinstance(result, bool | int | float) else OPAQUE


def named_attribute(dotted: str, name: str, machine: Machine) -> Value:
    """Return what ``dotted.name`` is, of a module or builtin."""
    whole = f"{dotted}.{name}"
    if whole == "logging.root":
        return Logger("")
    if whole in ("sys.stdout", "sys.__stdout__"):
        return machine.stdout_file() if name == "stdout" else Named(whole)
    return Named(whole)


def joined_path(texts: list[Text]) -> Text:
    """Return the paths joined as ``os.path.join`` does, where that can be told."""
    total = texts[0]
    for text in texts[1:]:
        whole = exact(text)
        if whole is not None and whole.startswith("/"):
            total = text
        else:
            before = exact(total)
            slash = "" if before is not None and (before == "" or before.endswith("/")) else "/"
            total = concat(total, literal(slash), text)
    return total


def formatted(value: Value, spec: str | None) -> Text:
    """Return ``format(value, spec)``."""
    constant = plain(value)
    if constant is not None and spec is not None and len(spec) < 12 and _small_width(spec):
        try:
            return literal(format(constant[0], spec))
        except (ValueError, TypeError):
            return ANY_TEXT
    if kind_of(value) in ("int", "float", "date", "datetime"):
        return PLAIN_TEXT
    return ANY_TEXT


def _small_width(spec: str) -> bool:
    import re

    return all(int(digits) < 200 for digits in re.findall(r"\d+", spec))

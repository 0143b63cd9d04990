"""jq's operators of two values, and its signs."""

import math
from collections.abc import Callable, Mapping

from fanout_lint.languages.jq.faults import JqRaised, JqUnknown
from fanout_lint.languages.jq.values import (
    Opaque,
    compare,
    is_true,
    kind_of,
    preview,
    to_float,
    whole,
)

#: Texts and lists longer than this are not made.
MAX_SIZE = 200_000


def raised(message: str) -> JqRaised:
    """Return a failure whose own text, as ``catch`` sees it, is not told."""
    return JqRaised(message, Opaque("string"))


def _is_number(value: object) -> bool:
    return kind_of(value) == "number"


def _mismatch(verb: str, left: object, right: object) -> JqRaised:
    names = f"{kind_of(left)} ({preview(left)}) and {kind_of(right)} ({preview(right)})"
    return raised(f"cannot {verb} {names}")


def add(left: object, right: object) -> object:
    match left, right:
        case (None, _):
            return right
        case (_, None):
            return left
        case (str(), str()) | (list(), list()):
            return _sized(left + right)  # type: ignore[operator]  # both are of one kind
        case (dict(), dict()):
            return {**left, **right}
        case (int() | float(), int() | float()) if _is_number(left) and _is_number(right):
            return _arithmetic(left, right, lambda one, other: one + other)
    raise _mismatch("add", left, right)


def _sized(value: object) -> object:
    if isinstance(value, str | list) and len(value) > MAX_SIZE:
        raise JqUnknown
    return value


def _arithmetic(
    left: int | float, right: int | float, step: Callable[[float, float], float]
) -> int | float:
    if isinstance(left, int) and isinstance(right, int):
        found = step(left, right)
        if abs(found) > 10**300:
            raise JqUnknown
        return found
    return step(to_float(left), to_float(right))


def subtract(left: object, right: object) -> object:
    match left, right:
        case (list(), list()):
            if len(left) * len(right) > MAX_SIZE:
                raise JqUnknown
            return [one for one in left if not any(compare(one, two) == 0 for two in right)]
        case (int() | float(), int() | float()) if _is_number(left) and _is_number(right):
            return _arithmetic(left, right, lambda one, other: one - other)
    raise _mismatch("subtract", left, right)


def multiply(left: object, right: object) -> object:
    match left, right:
        case (dict(), dict()):
            return _merged(left, right)
        case (str(), int() | float()) if _is_number(right):
            return _repeated(left, to_float(right))
        case (int() | float(), str()) if _is_number(left):
            return _repeated(right, to_float(left))
        case (int() | float(), int() | float()) if _is_number(left) and _is_number(right):
            return _arithmetic(left, right, lambda one, other: one * other)
    raise _mismatch("multiply", left, right)


def _merged(left: dict[str, object], right: dict[str, object]) -> dict[str, object]:
    merged = dict(left)
    for key, value in right.items():
        present = merged.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            merged[key] = _merged(present, value)
        else:
            merged[key] = value
    return merged


def _repeated(text: str, times: float) -> str | None:
    if math.isnan(times) or times < 0:
        return None
    if len(text) * times > MAX_SIZE:
        raise JqUnknown
    return text * int(times)


def divide(left: object, right: object) -> object:
    match left, right:
        case (str(), str()):
            return split_text(left, right) if left else []
        case (int() | float(), int() | float()) if _is_number(left) and _is_number(right):
            return _quotient(left, right)
    raise _mismatch("divide", left, right)


def split_text(text: str, separator: str) -> list[object]:
    return [*(text.split(separator) if separator else text)]


def _quotient(left: int | float, right: int | float) -> int | float:
    if right == 0:
        raise raised(f"cannot divide {preview(left)} by 0")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    one, other = to_float(left), to_float(right)
    if math.isinf(one) and math.isinf(other):
        return math.nan
    return one / other


def modulo(left: object, right: object) -> object:
    match left, right:
        case (int() | float(), int() | float()) if _is_number(left) and _is_number(right):
            if math.isnan(to_float(left)) or math.isnan(to_float(right)):
                return math.nan
            plain = isinstance(left, int) and isinstance(right, int)
            one = left if plain else whole(to_float(left))
            other = right if plain else whole(to_float(right))
            if not isinstance(one, int) or not isinstance(other, int) or other == 0:
                raise raised(f"cannot divide {preview(left)} by 0")
            size = abs(one) % abs(other)
            return -size if one < 0 else size
    raise _mismatch("modulo", left, right)


def negate(value: object) -> object:
    if isinstance(value, int | float) and _is_number(value):
        return -value
    raise raised(f"cannot negate {kind_of(value)} ({preview(value)})")


def plus(value: object) -> object:
    if _is_number(value):
        return value
    raise raised(f"cannot put a '+' before {kind_of(value)} ({preview(value)})")


def alternative(left: object, right: object) -> object:
    return left if is_true(left) else right


OPERATORS: Mapping[str, Callable[[object, object], object]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
    "//": alternative,
    "==": lambda left, right: compare(left, right) == 0,
    "!=": lambda left, right: compare(left, right) != 0,
    "<": lambda left, right: compare(left, right) < 0,
    "<=": lambda left, right: compare(left, right) <= 0,
    ">": lambda left, right: compare(left, right) > 0,
    ">=": lambda left, right: compare(left, right) >= 0,
}

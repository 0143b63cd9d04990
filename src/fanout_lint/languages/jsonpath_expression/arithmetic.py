"""What the operators of scripts count with."""

from collections.abc import Callable

from fanout_lint.languages.expression.values import SizedNumber
from fanout_lint.languages.jsonpath_expression.faults import JsonPathUnknown


class Panic(Exception):
    """A panic of the library: it ends the whole path, wherever it is raised."""


def remainder(dividend: int, divisor: int) -> SizedNumber:
    if divisor == 0:
        raise Panic("the divisor is 0")
    size = abs(dividend) % abs(divisor)
    return SizedNumber("int64", -size if dividend < 0 else size)


def _quotient(dividend: float, divisor: float) -> float:
    if divisor == 0:
        raise JsonPathUnknown
    return dividend / divisor


def _power(base: float, exponent: float) -> float:
    if not (base.is_integer() and exponent.is_integer() and 0 <= exponent <= 60):
        raise JsonPathUnknown
    result = int(base) ** int(exponent)
    if abs(result) > 2**53:
        raise JsonPathUnknown
    return float(result)


NUMERIC: dict[str, Callable[[float, float], object]] = {
    "<": float.__lt__,
    "<=": float.__le__,
    ">": float.__gt__,
    ">=": float.__ge__,
    "+": float.__add__,
    "-": float.__sub__,
    "*": float.__mul__,
    "/": _quotient,
    "**": _power,
}

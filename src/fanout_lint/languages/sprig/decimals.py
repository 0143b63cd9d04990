"""sprig's ``addf``, ``subf``, ``mulf``, ``divf``: floats counted as exact decimals.

``shopspring/decimal`` takes the shortest decimal that names a float, adds and
multiplies without loss, and divides to 16 places, halves away from zero.
"""

import math
from collections.abc import Callable, Mapping
from operator import add, mul, sub
from typing import TYPE_CHECKING

from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.numbers import real

if TYPE_CHECKING:
    from fractions import Fraction

_PLACES = 10**16

#: Beyond this many factors an exact product grows without use.
_MAX_OPERANDS = 50


def _exact(value: object) -> "Fraction":
    from fractions import Fraction

    number = real(value)
    if not math.isfinite(number):
        raise SprigError("a number of this call is not finite")
    return Fraction(repr(number))


def _folded(
    start: "Fraction", values: tuple[object, ...], step: "Callable[[Fraction, Fraction], Fraction]"
) -> float:
    if len(values) > _MAX_OPERANDS:
        raise SprigUnknown
    for value in values:
        start = step(start, _exact(value))
    try:
        return float(start)
    except OverflowError as error:
        raise SprigUnknown from error


def _divided(dividend: "Fraction", divisor: "Fraction") -> "Fraction":
    from fractions import Fraction

    if divisor == 0:
        raise SprigError("the divisor is 0")
    exact = dividend / divisor * _PLACES
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return Fraction(size if exact >= 0 else -size, _PLACES)


def add1f(value: object) -> float:
    return _folded(_exact(value), (1,), add)


def addf(*values: object) -> float:
    return _folded(_exact(0), values, add)


def subf(first: object, *others: object) -> float:
    return _folded(_exact(first), others, sub)


def mulf(first: object, *others: object) -> float:
    return _folded(_exact(first), others, mul)


def divf(first: object, *others: object) -> float:
    return _folded(_exact(first), others, _divided)


CALLS: Mapping[str, Callable[..., object] | None] = {
    "add1f(any) float64": add1f,
    "addf(*any) float64": addf,
    "subf(any, *any) float64": subf,
    "mulf(any, *any) float64": mulf,
    "divf(any, *any) float64": divf,
}

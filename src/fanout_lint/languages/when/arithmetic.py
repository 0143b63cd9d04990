"""Go's arithmetic on ``float64``, bit operators by way of ``int64`` included."""

import math

from fanout_lint.languages.when.values import SOME_NUMBER, SomeNumber

_INT64 = range(-(2**63), 2**63)


def arithmetic(sign: str, left: float, right: float) -> float | SomeNumber:
    """Return the result; SOME_NUMBER where it depends on the machine."""
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return _quotient(left, right)
        case "%":
            return math.fmod(left, right) if right and math.isfinite(left) else math.nan
        case "**":
            return _power(left, right)
    return _bits(sign, left, right)


def _quotient(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _power(left: float, right: float) -> float | SomeNumber:
    try:
        return math.pow(left, right)
    except OverflowError:
        odd = right.is_integer() and right % 2 == 1
        return -math.inf if left < 0 and odd else math.inf
    except ValueError:
        return SOME_NUMBER if not left else math.nan


def _bits(sign: str, left: float, right: float) -> float | SomeNumber:
    if not (math.isfinite(left) and math.isfinite(right)):
        return SOME_NUMBER
    one, other = int(left), int(right)
    if one not in _INT64 or other not in _INT64:
        return SOME_NUMBER
    match sign:
        case "&":
            return float(one & other)
        case "|":
            return float(one | other)
        case "^":
            return float(one ^ other)
        case "~":
            return float(~one)
    if one < 0 or other < 0:
        return SOME_NUMBER
    if sign == ">>":
        return float(one >> other) if other < 64 else 0.0
    return float((one << other) % 2**64) if other < 64 else 0.0

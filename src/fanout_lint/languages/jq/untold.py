"""Functions whose results are not told, though their kind is, and what they refuse.

Floating point of sines and powers differs between languages in the last digit, and
times hang on formats that we do not follow.
"""

from collections.abc import Callable, Mapping

from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.operators import raised
from fanout_lint.languages.jq.values import Opaque, kind_of, preview

_OF_ONE = """sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh significand cbrt exp exp10
    exp2 expm1 log log10 log1p log2 logb gamma tgamma lgamma erf erfc j0 j1 y0 y1"""
_OF_TWO = """atan2 copysign drem fdim fmax fmin fmod hypot jn nextafter nexttoward remainder ldexp
    scalb scalbln yn pow"""


def _number(name: str, count: int) -> Callable[..., object]:
    """Return the function *name* of *count* numbers, or of its input where that is 0."""

    def call(value: object, *arguments: object) -> object:
        for operand in arguments if count else (value,):
            known = operand.kind if isinstance(operand, Opaque) else kind_of(operand)
            if known != "number":
                raise raised(f"{name} takes numbers, not {known} ({preview(operand)})")
        return Opaque("number")

    return call


def _time(name: str, *kinds: str) -> Callable[..., object]:
    """Return the function *name*, whose input is of one of *kinds*."""

    def call(value: object, *arguments: object) -> object:
        known = value.kind if isinstance(value, Opaque) else kind_of(value)
        if known not in kinds:
            raise raised(f"{name} does not take {known} ({preview(value)})")
        raise JqUnknown

    return call


UNTOLD: Mapping[str, Callable[..., object]] = {
    **{f"{name}/0": _number(name, 0) for name in _OF_ONE.split()},
    **{f"{name}/2": _number(name, 2) for name in _OF_TWO.split()},
    "fma/3": _number("fma", 3),
    "now/0": lambda value: Opaque("number"),
    "gmtime/0": _time("gmtime", "number"),
    "localtime/0": _time("localtime", "number"),
    "mktime/0": _time("mktime", "array"),
    **{f"{name}/0": _time(name, "number", "array") for name in ("todate", "todateiso8601")},
    **{f"{name}/1": _time(name, "number", "array") for name in ("strftime", "strflocaltime")},
    "strptime/1": _time("strptime", "string"),
    **{f"{name}/0": _time(name, "string") for name in ("fromdate", "fromdateiso8601")},
}

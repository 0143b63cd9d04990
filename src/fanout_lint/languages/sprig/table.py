"""All functions of ``sprig.NAME(…)``, and how Argo calls one."""

from collections.abc import Mapping
from types import MappingProxyType

from fanout_lint.languages.expression.json_text import UnknownText
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    SizedNumber,
    Time,
    has_unknown,
    type_name,
)
from fanout_lint.languages.sprig import (
    choices,
    dates,
    decimals,
    dicts,
    encodings,
    letters,
    lists,
    numbers,
    regexes,
    texts,
    versions,
)
from fanout_lint.languages.sprig.function import (
    SprigError,
    SprigFunction,
    SprigUnknown,
    read_signature,
)

_MODULES = (
    choices,
    dates,
    decimals,
    dicts,
    encodings,
    letters,
    lists,
    numbers,
    regexes,
    texts,
    versions,
)

#: sprig's own functions that Argo takes away (``util/expr/env/env.go:init`` of v4.1.2).
REMOVED: frozenset[str] = frozenset({"env", "expandenv"})


def _functions() -> Mapping[str, SprigFunction]:
    found = (
        read_signature(signature, call)
        for module in _MODULES
        for signature, call in module.CALLS.items()
    )
    return MappingProxyType({function.name: function for function in found})


FUNCTIONS: Mapping[str, SprigFunction] = _functions()

_TYPES: Mapping[str, type] = {
    "string": str,
    "float64": float,
    "bool": bool,
    "list": list,
    "map": dict,
    "time": Time,
}
_ZEROES: Mapping[str, object] = {"string": "", "int": 0, "float64": 0.0, "bool": False}


def call_sprig(name: str, arguments: tuple[object, ...]) -> object:
    """Return what ``sprig.NAME(arguments)`` gives, or UNKNOWN.

    Raises :class:`SprigError` where the call surely fails: no such function, a wrong
    number of arguments, an argument of another Go type than the parameter's, or a
    failure of the function itself.
    """
    function = FUNCTIONS.get(name)
    if function is None:
        raise SprigError(_missing(name))
    _check_count(function, len(arguments))
    ready = tuple(_argument(function, place, value) for place, value in enumerate(arguments))
    if function.call is None or any(map(has_unknown, ready)):
        return UNKNOWN
    try:
        return function.call(*ready)
    except (SprigUnknown, UnknownText, RecursionError):
        return UNKNOWN


def _missing(name: str) -> str:
    if name in REMOVED:
        return f"Argo removes sprig.{name}, so that no expression reads its environment"
    return f"sprig has no function {name!r}"


def _check_count(function: SprigFunction, count: int) -> None:
    wanted = len(function.parameters)
    if function.variadic:
        if count < wanted - 1:
            least = f"at least {wanted - 1}"
            raise SprigError(f"sprig.{function.name} takes {least} arguments, and has {count}")
    elif count != wanted:
        plural = "" if wanted == 1 else "s"
        raise SprigError(f"sprig.{function.name} takes {wanted} argument{plural}, and has {count}")


def _argument(function: SprigFunction, place: int, value: object) -> object:
    """Return *value* as the parameter at *place* (0-based) gets it: nil is the type's zero."""
    kind = function.parameter(place)
    if kind == "any" or value is UNKNOWN:
        return value
    if value is None:
        return _nil_argument(kind)
    if kind == "int":
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif kind in _TYPES:
        fits = isinstance(value, _TYPES[kind])
    else:
        fits = isinstance(value, SizedNumber) and value.kind == kind
    if not fits and kind != "certificate":
        raise SprigError(
            f"sprig.{function.name} takes {kind} as argument {place + 1}, not {type_name(value)}"
        )
    return value


def _nil_argument(kind: str) -> object:
    if kind in ("list", "time", "uint32", "certificate"):
        return UNKNOWN
    return _ZEROES.get(kind)

"""The names that an expression can read: Argo's flat names made a tree, and Argo's functions.

``inputs.parameters.n`` becomes ``n`` in the map ``parameters`` in the map ``inputs``
(``util/expand/expand.go`` of v4.1.2). Where ``a`` and ``a.b`` are both known, ``a`` is
dropped if no other name sorts between them; else which of the two is seen is chance.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import pairwise

from fanout_lint.languages.expression.builtin_numbers import to_float, to_whole
from fanout_lint.languages.expression.builtin_texts import to_json
from fanout_lint.languages.expression.natures import (
    MAP,
    NIL,
    UNKNOWN_NATURE,
    Nature,
    of,
)
from fanout_lint.languages.expression.operations import shown_type
from fanout_lint.languages.expression.signatures import ARGO_FUNCTIONS
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    UNKNOWN_STRING,
    Function,
    GoError,
    SizedNumber,
    Slice,
    TypedMap,
    Unknown,
    Unordered,
    has_unknown,
    type_name,
)


def expand(names: Mapping[str, object]) -> dict[str, object]:
    """Return the tree of the flat *names*; UNKNOWN stands where chance decides."""
    return _tree(_without_parents(names))


def _without_parents(names: Mapping[str, object]) -> dict[str, object]:
    kept = dict(names)
    ordered = sorted(names)
    for name, following in pairwise(ordered):
        if following.startswith(f"{name}."):
            del kept[name]
    return kept


def _tree(names: Mapping[str, object]) -> dict[str, object]:
    whole: dict[str, object] = {}
    groups: dict[str, dict[str, object]] = {}
    for name, value in names.items():
        first, dot, rest = name.partition(".")
        if dot:
            groups.setdefault(first, {})[rest] = value
        else:
            whole[first] = value
    for first, group in groups.items():
        whole[first] = UNKNOWN if first in whole else _tree(group)
    return whole


def _as_int(value: object) -> object:
    return UNKNOWN if isinstance(value, Unknown) else to_whole(value)


def _as_float(value: object) -> object:
    return UNKNOWN if isinstance(value, Unknown) else to_float(value)


def _to_json(value: object) -> object:
    if has_unknown(value) or isinstance(value, Unordered):
        return UNKNOWN_STRING
    return to_json(value)


def _jsonpath(document: object, path: object) -> object:
    from fanout_lint.languages.jsonpath_expression import (
        JsonPathError,
        JsonPathUnknown,
        query,
    )

    texts = ["" if value is None else value for value in (document, path)]
    for text in texts:
        if not isinstance(text, str | Unknown):
            raise GoError(f"jsonpath takes texts, not {shown_type(text)}")
    if not isinstance(texts[0], str) or not isinstance(texts[1], str):
        return UNKNOWN
    try:
        return query(texts[0], texts[1])
    except JsonPathUnknown:
        return UNKNOWN
    except JsonPathError as error:
        raise GoError(str(error)) from error


def _sprig(name: str, *arguments: object) -> object:
    from fanout_lint.languages.sprig import call_sprig

    if any(isinstance(argument, Unordered) for argument in arguments):
        return UNKNOWN
    ready = tuple(UNKNOWN if argument is UNKNOWN_STRING else argument for argument in arguments)
    return call_sprig(name, ready)


_CALLS: dict[str, Callable[..., object]] = {
    "asInt": _as_int,
    "asFloat": _as_float,
    "toJson": _to_json,
    "jsonpath": _jsonpath,
}


def _counted(name: str, *arguments: object) -> object:
    wanted = len(ARGO_FUNCTIONS[name].parameters)
    if len(arguments) != wanted:
        raise GoError(f"{name} takes {wanted} arguments, not {len(arguments)}")
    return _CALLS[name](*arguments)


@cache
def argo_functions() -> Mapping[str, object]:
    """Return what Argo adds to every environment (``util/expr/env/env.go:GetFuncMap``)."""
    from fanout_lint.languages.sprig import FUNCTIONS

    sprig: dict[str, object] = {
        name: Function(f"sprig.{name}", partial(_sprig, name)) for name in FUNCTIONS
    }
    functions: dict[str, object] = {
        name: Function(name, partial(_counted, name)) for name in ARGO_FUNCTIONS
    }
    return functions | {"sprig": sprig}


def environment_of(
    names: Mapping[str, object] | None, *, functions: bool
) -> dict[str, object] | None:
    """Return the environment that Argo makes of *names*, with its own *functions* or without.

    Without them the names are those of a plain expr field, and are no flat names: see
    ``http.successCondition`` and ``stopStrategy.expression``.
    """
    if names is None:
        return None
    if functions:
        return expand(names) | dict(argo_functions())
    return {name: _plain(name, value) for name, value in names.items()}


def _plain(name: str, value: object) -> object:
    """Give a value that a user wrote as JSON the Go type that Argo gives it there."""
    if not isinstance(value, dict):
        return value
    if name == "cronworkflow":
        counts = {key: value[key] for key in ("failed", "succeeded") if type(value.get(key)) is int}
        return value | {key: SizedNumber("int64", count) for key, count in counts.items()}
    headers = value.get("headers")
    if name in ("request", "response") and isinstance(headers, dict):
        lists = {
            key: Slice("string", found) if isinstance(found, list) else found
            for key, found in headers.items()
        }
        return value | {"headers": TypedMap("string", "[]string", lists)}
    return value


def natures_of(environment: Mapping[str, object] | None) -> dict[str, Nature] | None:
    """Return what the checker knows of each name."""
    if environment is None:
        return None
    return {name: _nature(name, value) for name, value in environment.items()}


def _nature(name: str, value: object) -> Nature:
    if value is UNKNOWN:
        return UNKNOWN_NATURE
    if value is None:
        return NIL
    if isinstance(value, dict):
        return MAP
    if isinstance(value, Function) and name in ARGO_FUNCTIONS:
        return _function_nature(name)
    return of(type_name(value))


@cache
def _function_nature(name: str) -> Nature:
    signature = ARGO_FUNCTIONS[name]
    return Nature(signature.shown(), signature=signature)

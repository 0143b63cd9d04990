"""Argo's ``jsonpath(json, path)`` in expressions (evilmonkeyinc/jsonpath v0.8.1).

Its dialect is not kubectl's: a path starts with ``$``, has no braces, and fails
at a key that is missing. ``jsonpath(text, '$.a[*].b')`` gives a list of what is found.
"""

from fanout_lint.languages.expression.json_text import UnknownText, marshal, unmarshal
from fanout_lint.languages.expression.values import GoError
from fanout_lint.languages.jsonpath_expression.arithmetic import Panic
from fanout_lint.languages.jsonpath_expression.evaluation import Evaluation
from fanout_lint.languages.jsonpath_expression.faults import JsonPathError, JsonPathUnknown
from fanout_lint.languages.jsonpath_expression.scripts import Budget
from fanout_lint.languages.jsonpath_expression.tokens import (
    Filter,
    Index,
    Range,
    Recursive,
    Token,
    Union,
    Wildcard,
    parse_path,
)
from fanout_lint.languages.problem import Problem, Reading

__all__ = ["JsonPathError", "JsonPathUnknown", "query", "read_jsonpath_expression"]

_TYPES = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}


def query(document: str, path: str) -> object:
    """Return what ``jsonpath(document, path)`` gives, as a Go value of ``expression.values``.

    Raises JsonPathError where it surely fails (*document* may be no JSON), and
    JsonPathUnknown where its result is not told.
    """
    try:
        root = unmarshal(document)
    except UnknownText as error:
        raise JsonPathUnknown from error
    except GoError as error:
        raise JsonPathError(f"the first argument {error}", 0, 0) from error
    budget = Budget()
    return _evaluate(parse_path(path, budget), root, budget, len(path))


def _evaluate(tokens: tuple[Token, ...], root: object, budget: Budget, end: int) -> object:
    try:
        return Evaluation(budget).apply(root, root, tokens)
    except RecursionError as error:
        raise JsonPathUnknown from error
    except Panic as error:
        raise JsonPathError(str(error), 0, end) from error


def read_jsonpath_expression(text: str, document: object | None) -> Reading:
    """Return what is known of the path *text*, and what it gives on *document* if that is known.

    *document* is a value as ``json.loads`` gives it. The value is JSON, as ``toJson``
    of the result is; the type is ``list``, ``object``, ``string``, ``number``, ``boolean``
    or ``null``.
    """
    try:
        budget = Budget()
        tokens = parse_path(text, budget)
        if document is None:
            return Reading((), _type_of_any(tokens), None)
        found = _evaluate(tokens, _as_go(document), budget, len(text))
        return Reading((), _TYPES.get(type(found), "number"), marshal(found))
    except JsonPathError as error:
        return Reading((Problem(str(error), error.start, error.end),))
    except (JsonPathUnknown, UnknownText, GoError):
        return Reading()


def _as_go(value: object) -> object:
    """Return *value* with every number as the float that Go's JSON makes of it."""
    match value:
        case bool():
            return value
        case int():
            try:
                return float(value)
            except OverflowError as error:
                raise JsonPathUnknown from error
        case list():
            return [_as_go(item) for item in value]
        case dict():
            return {str(key): _as_go(item) for key, item in value.items()}
    return value


def _type_of_any(tokens: tuple[Token, ...]) -> str | None:
    """Return the type that the path gives on whatever document it works on."""
    for place, token in enumerate(tokens):
        match token.step:
            case Wildcard() | Recursive():
                return "list"
            case Range() | Union() | Filter():
                following = tokens[place + 1].step if place + 1 < len(tokens) else None
                if not isinstance(following, Index):
                    return "list"
    return None

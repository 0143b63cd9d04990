"""What is known of an expression before it runs: its faults, its type, its value.

The work of the package in one call: parse, check names and types, fold, evaluate, and
write the value as Argo inserts it.
"""

from collections.abc import Mapping

from fanout_lint.languages.expression.builtin_texts import type_of
from fanout_lint.languages.expression.checker import check
from fanout_lint.languages.expression.environment import environment_of, natures_of
from fanout_lint.languages.expression.evaluator import EvaluationError, evaluate
from fanout_lint.languages.expression.folding import fold
from fanout_lint.languages.expression.json_text import UnknownText, marshal, quote
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
from fanout_lint.languages.expression.natures import Nature
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    Duration,
    GoError,
    Location,
    Unknown,
)
from fanout_lint.languages.problem import Problem, Reading


def read_expression(
    text: str, names: Mapping[str, object] | None, functions: bool = True
) -> Reading:
    """Return what is known of *text* where *names* are defined.

    *names* are Argo's flat names (``inputs.parameters.n``) and their values, which may be
    UNKNOWN or UNKNOWN_STRING; with ``None`` nothing is known of names. Without Argo's own
    *functions* (asInt, toJson, jsonpath, sprig) they are the top names of a plain expr field,
    such as ``response`` of ``http.successCondition``. A value of nil is no fault here, though
    nothing can be inserted then.
    """
    environment = environment_of(names, functions=functions)
    return read_in(text, environment)


def read_in(text: str, environment: Mapping[str, object] | None) -> Reading:
    """Return what is known of *text* in *environment*, a tree of names and functions."""
    value, nature, problem = _value_in(text, environment)
    if problem:
        return Reading(problem)
    if isinstance(value, Unknown):
        if nature is not None and nature.type in _NEVER_INSERTED:
            return Reading((_not_inserted("map", "its keys need not be texts", text),))
        return Reading(type=type_name(value, nature))
    kind = _kind(value)
    try:
        return Reading(type=kind, value=None if value is None else inserted(value))
    except UnknownText:
        return Reading(type=kind)
    except GoError as error:
        return Reading((_not_inserted(kind, str(error), text),))


#: Types of ``groupBy`` and ``fromPairs``, which give nothing else if they work.
_NEVER_INSERTED = ("map[interface {}][]interface {}", "map[interface {}]interface {}")


def _not_inserted(kind: str, reason: str, text: str) -> Problem:
    return Problem(f"the value is a {kind}, which cannot be inserted: {reason}", 0, len(text))


def value_in(text: str, environment: Mapping[str, object] | None) -> object:
    """Return the value of *text* in *environment*, or UNKNOWN; raises GoError where it fails."""
    value, _, problems = _value_in(text, environment)
    if problems:
        raise GoError(problems[0].message)
    return value


def _value_in(
    text: str, environment: Mapping[str, object] | None
) -> tuple[object, Nature | None, tuple[Problem, ...]]:
    try:
        root = parse(text, frozenset(environment or ()))
    except ExpressionSyntaxError as error:
        return UNKNOWN, None, (Problem(error.message, error.start, error.end),)
    except ExpressionTooDeepError:
        return UNKNOWN, None, ()
    return value_of(root, environment)


def value_of(
    root: Node, environment: Mapping[str, object] | None
) -> tuple[object, Nature | None, tuple[Problem, ...]]:
    """Return the value of the tree *root*, what the checker says of it, and why it fails."""
    checked = check(root, natures_of(environment))
    if checked.problems:
        return UNKNOWN, None, checked.problems
    folded = fold(root, checked.natures)
    if isinstance(folded, Problem):
        return UNKNOWN, None, (folded,)
    try:
        value = evaluate(folded.root, environment, folded.natures)
    except EvaluationError as error:
        node = error.node
        return UNKNOWN, None, (Problem(error.message, node.start, node.end),)
    return value, checked.nature, ()


def type_name(value: object, nature: Nature | None) -> str | None:
    """Return the type of *value*, or of what *nature* says of one that is not known."""
    if isinstance(value, Unknown):
        return "string" if value is not UNKNOWN else _nature_name(nature)
    return _kind(value)


def _kind(value: object) -> str:
    if isinstance(value, Duration):
        return "int"
    return "*time.Location" if isinstance(value, Location) else str(type_of(value))


_TYPES = {"float64": "float", "time.Time": "time.Time", "time.Duration": "time.Duration"}


def _nature_name(nature: Nature | None) -> str | None:
    """Return the type that the checker is sure of; of numbers it only guesses."""
    if nature is None or nature.type is None or nature.is_unknown:
        return None
    if nature.is_array:
        return "array"
    return nature.kind if nature.kind in ("bool", "string", "map") else _TYPES.get(nature.type)


def inserted(value: object) -> str | None:
    """Return the text that Argo inserts for *value*, ``None`` when the result is no valid JSON.

    A text is inserted bare, anything else as JSON in the dress of Go's ``strconv.Quote``
    (``util/template/expression_template.go:expressionReplaceCore`` of v4.1.2). Raises
    :class:`GoError` for what Go cannot marshal, ``UnknownText`` for what is unknown.
    """
    text = marshal(value)
    quoted = text if text.startswith('"') and len(text) > 1 else quote(text)
    return _decoded(quoted)


def _decoded(quoted: str) -> str | None:
    import json

    try:
        decoded = json.loads(quoted)
    except json.JSONDecodeError:
        return None
    return decoded if isinstance(decoded, str) else None

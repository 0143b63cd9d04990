"""``valueFrom.jqFilter`` of resource templates, in gojq's dialect (v0.12.19).

Argo runs the filter on the resource's JSON and keeps all results, one a line: strings
bare, the rest as JSON (``workflow/executor/resource.go:jqFilter`` of v4.1.2). The first
failure fails the whole.
"""

from fanout_lint.languages.expression.json_text import UnknownText, marshal
from fanout_lint.languages.expression.values import GoError
from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.jq.check import check_program
from fanout_lint.languages.jq.faults import JqBreak, JqError, JqRaised, JqUnknown
from fanout_lint.languages.jq.nodes import Program
from fanout_lint.languages.jq.parser import parse_filter
from fanout_lint.languages.jq.shapes import TYPES, type_of
from fanout_lint.languages.jq.values import encode, kind_of, to_float
from fanout_lint.languages.problem import Problem, Reading

__all__ = ["JqError", "JqUnknown", "parse_filter", "read_jq"]

_MAX_OUTPUT = 200_000


def read_jq(text: str, document: object | None) -> Reading:
    """Return what is known of the filter *text*, and what Argo keeps of it for *document*.

    *document* is a value as ``json.loads`` gives it; without one only faults are told that
    every resource meets. The type is ``list``, ``object``, ``string``, ``number``, ``boolean``,
    ``null``, or ``lines`` where there may be more than one result.
    """
    try:
        program = parse_filter(text)
        check_program(program)
        known = type_of(program.query)
        if document is None:
            return Reading((), known)
        return _run(program, document, known, len(text))
    except JqError as error:
        start, end = (error.start, error.end) if error.start >= 0 else (0, len(text))
        return Reading((Problem(str(error), start, end),))
    except (JqUnknown, RecursionError):
        return Reading()


def _run(program: Program, document: object, known: str | None, end: int) -> Reading:
    # Half of the imports, which nobody needs who has no document.
    from fanout_lint.languages.jq.environment import Scope
    from fanout_lint.languages.jq.evaluation import Evaluation

    try:
        lines: list[str] = []
        kinds: list[str] = []
        size = 0
        for value in Evaluation().values(program.query, Scope(), (None, _as_floats(document))):
            kinds.append(kind_of(value))
            lines.append(_line(value, end))
            size += len(lines[-1])
            if size > _MAX_OUTPUT:
                raise JqUnknown
    except (JqUnknown, RecursionError, JqBreak):
        return Reading((), known)
    found = "".join(line + "\n" for line in lines).strip("".join(SPACES))
    given = (TYPES.get(kinds[0], kinds[0]) if len(kinds) == 1 else "lines") if kinds else None
    return Reading((), known or given, found)


def _line(value: object, end: int) -> str:
    """Return what Argo writes for one result; JqError for what Go's JSON cannot hold."""
    if isinstance(value, str):
        return value
    encode(value)  # Raises JqUnknown where part of it is not known.
    try:
        return marshal(value)
    except UnknownText as error:
        raise JqUnknown from error
    except GoError as error:
        message = "a result is not a number or infinite, which JSON cannot hold"
        raise JqRaised(message, None) from error


def _as_floats(value: object) -> object:
    """Return *value* with every number as the float that Go's JSON makes of it."""
    match value:
        case bool():
            return value
        case int():
            return to_float(value)
        case list():
            return [_as_floats(item) for item in value]
        case dict():
            return {str(key): _as_floats(item) for key, item in value.items()}
    return value

"""Go's regular expressions (RE2), as ``matches``, ``=~`` and ``sprig.regex…`` take them.

:func:`read_goregexp` accepts exactly what ``regexp.Compile`` of Go 1.26 accepts.
:func:`match` and :func:`compile_goregexp` match in time that grows with expression
times text, whatever they are: no Python ``re`` is handed a user's expression.
"""

from functools import lru_cache

from fanout_lint.languages.goregexp.machine import Machine, Spans, TooMuchWork, build
from fanout_lint.languages.goregexp.nodes import RegexpError
from fanout_lint.languages.goregexp.parser import parse_goregexp
from fanout_lint.languages.problem import Problem, Reading

__all__ = [
    "Machine",
    "RegexpError",
    "Spans",
    "TooMuchWork",
    "compile_goregexp",
    "match",
    "read_goregexp",
]


def read_goregexp(text: str) -> Reading:
    """Return the fault of *text*, if Go refuses it."""
    try:
        parse_goregexp(text)
    except RegexpError as error:
        return Reading((Problem(str(error), error.start, error.end),))
    return Reading()


@lru_cache(maxsize=256)
def compile_goregexp(pattern: str) -> Machine | None:
    """Return the machine that matches *pattern*, or None where it is not worth building.

    Raises RegexpError where Go refuses the pattern.
    """
    regexp = parse_goregexp(pattern)
    return build(regexp) if _is_utf8(pattern) else None


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def match(pattern: str, text: str) -> bool | None:
    """Return whether *pattern* matches anywhere in *text*; None where that is not told.

    Raises RegexpError where Go refuses the pattern.
    """
    machine = compile_goregexp(pattern)
    if machine is None or not _is_utf8(text):
        return None
    try:
        return machine.search(text) is not None
    except TooMuchWork:
        return None

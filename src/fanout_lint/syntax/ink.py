"""From a place in a scalar's value to the place in the file.

YAML folds, unescapes and re-indents a scalar's text, but never reorders it. So
the *inked* (non-blank) characters of the value pair off with those of the source
in order, and every one of them can be placed exactly. In

.. code-block:: yaml

    args: >-
      echo
      {{item}}

``value`` is ``echo {{item}}``, and ``offsets(scalar)[5]`` is where ``{`` stands on
the third line. Three styles need care: literal blocks, whose lines map one to
one; single quotes, where ``''`` is one character; double quotes, where an escape
is one character, or none before a line break.
"""

import re
from collections.abc import Sequence as Offsets
from functools import lru_cache

from fanout_lint.source.text import Span
from fanout_lint.syntax.nodes import Scalar

_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}
_BREAKS = "\r\n\x85\u2028\u2029"
_BREAK = "\r\n|[\r\n\x85\u2028\u2029]"
_KEPT_BREAK = "[\n\u2028\u2029]"  #: The line breaks of a value; the others have become one of them.
_ESCAPED_BLANKS = {"t": "\t", "\t": "\t", "n": "\n", "r": "\r", " ": " ", "N": "\x85"}
_BLANKS = frozenset(" \t\r\n\x85\u2028\u2029")


def offsets(scalar: Scalar) -> Offsets[int]:
    """Return, for each character of the value, its offset in the file; one more for the end.

    Blank characters that folding made stand where the next inked one does.
    """
    raw = scalar.source.text[scalar.span.start : scalar.span.end]
    start = scalar.span.start
    size = len(scalar.value)
    if not scalar.style and len(raw) == size:
        return range(start, start + size + 1)
    if scalar.style in ("'", '"') and len(raw) == size + 2 and "\\" not in raw:
        return range(start + 1, start + size + 2)
    return _offsets_one_by_one(scalar)


@lru_cache(maxsize=16)  # A text may hold thousands of tags, and each is placed by itself.
def _offsets_one_by_one(scalar: Scalar) -> Offsets[int]:
    raw = scalar.source.text[scalar.span.start : scalar.span.end]
    start = scalar.span.start
    if scalar.style == "|":
        return _literal(scalar, raw)
    if scalar.style == '"':
        return _paired(scalar.value, _double_quoted(raw), start, len(raw) - 1)
    if scalar.style == "'":
        return _paired(scalar.value, _single_quoted(raw), start, len(raw) - 1)
    header = re.search(_BREAK, raw) if scalar.style == ">" else None
    body = 0 if header is None else header.end()
    return _paired(scalar.value, _plain(raw, body), start, len(raw))


def span_in(scalar: Scalar, start: int, end: int) -> Span:
    """Return where ``value[start:end]`` stands in the file; blanks at its ends are left out."""
    return place_span(scalar, offsets(scalar), start, end)


def place_span(scalar: Scalar, places: Offsets[int], start: int, end: int) -> Span:
    """As :func:`span_in`, with the :func:`offsets` of the scalar at hand."""
    value = scalar.value
    start, end = max(0, start), min(len(value), end)
    while start < end and value[end - 1].isspace():
        end -= 1
    while start < end and value[start].isspace():
        start += 1
    if start >= end:
        at = places[min(start, len(value))]
        return Span(at, at)
    last = places[end - 1]
    following = places[end] if end < len(value) else last + 1
    if scalar.style == '"' and scalar.source.text.startswith("\\", last):
        return Span(places[start], max(last + 1, min(following, last + 10)))
    return Span(places[start], last + 1)


def _literal(scalar: Scalar, raw: str) -> list[int]:
    """Pair the lines of a literal block with those of its source."""
    places: list[int] = []
    ends = [(found.start(), found.end()) for found in re.finditer(_BREAK, raw)]
    if not ends:
        return [scalar.span.end] * (len(scalar.value) + 1)
    at = ends[0][1]
    lines = re.split(_KEPT_BREAK, scalar.value)
    for number, line in enumerate(lines, 1):
        ended, following = ends[number] if number < len(ends) else (len(raw), len(raw))
        first = max(at, ended - len(line)) if line else at
        base = scalar.span.start + first
        places.extend(range(base, base + len(line)))
        if number < len(lines):
            places.append(scalar.span.start + ended)
        at = following
    places.append(scalar.span.end)
    return places


def _plain(raw: str, body: int) -> list[tuple[str, int]]:
    return [(char, at) for at, char in enumerate(raw) if at >= body and char not in _BLANKS]


def _single_quoted(raw: str) -> list[tuple[str, int]]:
    inked = []
    at = 1
    while at < len(raw) - 1:
        char = raw[at]
        if char not in _BLANKS:
            inked.append((char, at))
        at += 2 if char == "'" else 1
    return inked


def _double_quoted(raw: str) -> list[tuple[str, int]]:
    """Return the inked characters of a double-quoted scalar; an escape is placed at its ``\\``."""
    inked = []
    at = 1
    while at < len(raw) - 1:
        char = raw[at]
        if char != "\\":
            if char not in _BLANKS:
                inked.append((char, at))
            at += 1
            continue
        code = raw[at + 1]
        if code not in _BREAKS:
            inked.append((_ESCAPED_BLANKS.get(code, "\\"), at))
        at += 2 + _ESCAPE_DIGITS.get(code, 0)
    return inked


def _paired(value: str, inked: list[tuple[str, int]], start: int, end: int) -> list[int]:
    places: list[int] = []
    waiting = 0
    index = 0
    for char in value:
        blank = char in _BLANKS
        if blank and (index >= len(inked) or inked[index][0] != char):
            waiting += 1
            continue
        at = inked[index][1] if index < len(inked) else end
        index += 1
        places.extend([start + at] * waiting)
        waiting = 0
        places.append(start + at)
    places.extend([start + end] * (waiting + 1))
    return places

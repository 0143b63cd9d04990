"""A file's text, and places in it.

Everything past this module speaks of places as *offsets*: 0-based character
indexes into :attr:`Source.text`. Lines and columns (1-based, in characters)
exist only at the edge, when a finding is shown.

Lines end at ``\\n``, ``\\r\\n`` and a lone ``\\r``, as editors count them; the
other line breaks of YAML 1.1 (NEL, U+2028) do not start a line here.
"""

import re
from functools import cached_property

from msgspec import Struct

_LINE_BREAK = r"\r\n|\n|\r"


class Span(Struct, frozen=True, order=True):
    """A stretch of a text: ``start`` is its first character, ``end`` the one past its last."""

    start: int
    end: int


class Position(Struct, frozen=True, order=True):
    """A place as a person reads it; both numbers count from 1, ``column`` in characters."""

    line: int
    column: int


class Source(Struct, dict=True):
    """A text and the name it goes by.

    ``path`` is how findings call the file: relative to the working folder where
    it lies below it, with ``/`` between its parts.
    """

    path: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(_LINE_BREAK, self.text))]

    def position(self, offset: int) -> Position:
        """Return the line and column of *offset*; the end of the text is a place too."""
        from bisect import bisect_right  # A run without findings asks for no place.

        starts = self._starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line_count(self) -> int:
        return len(self._starts)

    def line_span(self, line: int) -> Span:
        """Return the span of *line* (from 1), its line break left out."""
        starts = self._starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        span = self.line_span(line)
        return self.text[span.start : span.end]

"""A file's text, and places in it.

Everything past this module speaks of places as *offsets*: 0-based character
indexes into :attr:`Source.text`. Lines and columns (1-based, in characters)
exist only at the edge, when a finding is shown.

Lines end at ``\\n``, ``\\r\\n`` and a lone ``\\r``, as editors count them; the
other line breaks of YAML 1.1 (NEL, U+2028) do not start a line here.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: ``start`` is its first character, ``end`` the one past its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as a person reads it; both numbers count from 1, ``column`` in characters."""

    line: int
    column: int


@dataclass(slots=True)
class Source:
    """A text and the name it goes by.

    ``path`` is how findings call the file: relative to the working folder where
    it lies below it, with ``/`` between its parts.
    """

    path: str
    text: str
    _line_starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def _starts(self) -> list[int]:
        if not self._line_starts:
            self._line_starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        return self._line_starts

    def position(self, offset: int) -> Position:
        """Return the line and column of *offset*; the end of the text is a place too."""
        starts = self._starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line_count(self) -> int:
        return len(self._starts())

    def line_span(self, line: int) -> Span:
        """Return the span of *line* (from 1), its line break left out."""
        starts = self._starts()
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        span = self.line_span(line)
        return self.text[span.start : span.end]

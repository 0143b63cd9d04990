"""Places in one file → its lines beside a gutter, the places underlined.

::

    13 |   - name: number
    14 |     value: "{{steps.resize.outputs.parameters.itmes}}"
       |                                               ^^^^^

A place of several lines is held together by a rail at the left::

    14 | / source: |
    15 | |   echo one
       | |__________^
"""

from collections.abc import Sequence

from msgspec import Struct

from fanout_lint.findings import Related
from fanout_lint.report.marks import Mark, rows
from fanout_lint.report.paint import Look, Tint
from fanout_lint.report.window import Window, window
from fanout_lint.source.text import Position, Source, Span

_RAIL = 2
"""Columns that the rail takes, its blank included."""

_LINES_OF_A_RAIL = (3, 2)
"""How many lines of a long place are shown from its start and from its end."""


class Stroke(Struct, frozen=True):
    """A place on one line: characters ``start`` to before ``end`` of it, from 0."""

    line: int
    start: int
    end: int
    tint: str
    label: str = ""


class Rail(Struct, frozen=True):
    """A place of several lines, from its first character to its last (``end`` is inclusive)."""

    start: Position
    end: Position
    tint: str


class Snippet(Struct, frozen=True):
    """What to show of one file; ``lines`` are the numbers of the lines, sorted."""

    source: Source
    strokes: tuple[Stroke, ...]
    rail: Rail | None
    lines: tuple[int, ...]


def snippet(source: Source, main: Span | None, tint: str, near: Sequence[Related]) -> Snippet:
    """Return what to show of *source*: *main* in *tint*, the *near* places with what they say."""
    strokes = [_stroke(source, related.place.span, Tint.FRAME, related.message) for related in near]
    lines = {stroke.line for stroke in strokes}
    rail = None
    if main is not None:
        inked = inked_part(source, main)
        first, last = source.position(inked.start), source.position(max(inked.start, inked.end - 1))
        if first.line == last.line:
            strokes.append(_stroke(source, main, tint, ""))
            lines.add(first.line)
        else:
            rail = Rail(first, last, tint)
            lines.update(_lines_of(rail))
        if first.line > 1 and source.line_text(first.line - 1).strip():
            lines.add(first.line - 1)
    lines.update(line + 1 for line in tuple(lines) if line + 2 in lines)
    return Snippet(source, tuple(strokes), rail, tuple(sorted(lines)))


def inked_part(source: Source, span: Span) -> Span:
    """Return *span* without the blanks at its end, kept inside the text."""
    end = min(span.end, len(source.text))
    start = min(span.start, end)
    while end > start and source.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def draw(shown: Snippet, gutter: int, look: Look) -> list[str]:
    """Return the lines of the report; *gutter* is how many columns the line numbers take."""
    bar = look.paint(f"{'':{gutter}} |", Tint.FRAME)
    drawn = [bar]
    before = None
    for line in shown.lines:
        if before is not None and line > before + 1:
            drawn.append(look.paint("...", Tint.FRAME))
        before = line
        drawn.extend(_draw_line(shown, line, gutter, look))
    return drawn


def _draw_line(shown: Snippet, line: int, gutter: int, look: Look) -> list[str]:
    strokes = [stroke for stroke in shown.strokes if stroke.line == line]
    rail = shown.rail
    room = max(look.width - gutter - 3 - (_RAIL if rail else 0), 20)
    start, end = _interest(strokes, rail, line)
    seen = window(shown.source.line_text(line), start, end, room)
    over, below = _rail_beside(shown, line)
    number = look.paint(f"{line:>{gutter}} |", Tint.FRAME)
    bar = look.paint(f"{'':{gutter}} |", Tint.FRAME)
    drawn = [f"{number} {_beam(over, rail, look)}{seen.text}".rstrip()]
    if strokes:
        marks = [_mark(stroke, seen, room) for stroke in strokes]
        beside = _beam(below, rail, look)
        drawn.extend(f"{bar} {beside}{row}" for row in rows(marks, room, look))
    if rail and line in {rail.start.line, rail.end.line}:
        drawn.extend(_corner(rail, line, over, seen, bar, look))
    return drawn


def _interest(strokes: Sequence[Stroke], rail: Rail | None, line: int) -> tuple[int, int]:
    """Return the characters of *line* that must be in sight; the main place wins."""
    main = [stroke for stroke in strokes if stroke.tint != Tint.FRAME]
    if main:
        return main[0].start, main[0].end
    if strokes:
        return strokes[0].start, strokes[0].end
    for end in (rail.start, rail.end) if rail else ():
        if end.line == line:
            return end.column - 1, end.column
    return 0, 0


def _mark(stroke: Stroke, seen: Window, room: int) -> Mark:
    start = min(seen.column(stroke.start), room - 1)
    end = min(max(seen.column(stroke.end), start + 1), room)
    return Mark(start, end, stroke.tint, stroke.label)


def _stroke(source: Source, span: Span, tint: str, label: str) -> Stroke:
    """Return *span* on the line where it starts, up to the end of that line at most."""
    inked = inked_part(source, span)
    if inked.start == inked.end:
        inked = Span(inked.start, min(span.end, len(source.text)))
    place = source.position(inked.start)
    line = source.line_span(place.line)
    start = inked.start - line.start
    end = min(inked.end, line.end) - line.start
    return Stroke(place.line, start, max(end, start + 1), tint, label)


def _lines_of(rail: Rail) -> set[int]:
    first, last = rail.start.line, rail.end.line
    head, tail = _LINES_OF_A_RAIL
    if last - first < head + tail:
        return set(range(first, last + 1))
    return {*range(first, first + head), *range(last - tail + 1, last + 1)}


def _starts_at_ink(shown: Snippet, rail: Rail) -> bool:
    return not shown.source.line_text(rail.start.line)[: rail.start.column - 1].strip()


def _rail_beside(shown: Snippet, line: int) -> tuple[str, str]:
    """Return what the rail shows beside *line*, and beside the rows below it."""
    rail = shown.rail
    if rail is None or not rail.start.line <= line <= rail.end.line:
        return " ", " "
    if line == rail.start.line:
        return ("/", "|") if _starts_at_ink(shown, rail) else (" ", " ")
    return "|", "|"


def _beam(stroke: str, rail: Rail | None, look: Look) -> str:
    return look.paint(stroke, rail.tint) + " " if rail else ""


def _corner(rail: Rail, line: int, over: str, seen: Window, bar: str, look: Look) -> list[str]:
    """Return the row that ties the rail to the first or last character of the place."""
    if line == rail.start.line:
        if over == "/":
            return []
        reach = seen.column(rail.start.column - 1)
        return [f"{bar}  {look.paint('_' * (reach + 1) + '^', rail.tint)}"]
    reach = seen.column(rail.end.column - 1)
    return [f"{bar} {look.paint('|' + '_' * (reach + 1) + '^', rail.tint)}"]

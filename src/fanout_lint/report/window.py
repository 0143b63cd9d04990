"""A line, however long → the part of it that fits, with what matters in sight.

A line of a minified file can have millions of characters. Only those near the
place of interest are looked at, so the cost does not grow with the line.
"""

from msgspec import Struct

from fanout_lint.report.cells import Cells, cells
from fanout_lint.report.visible import is_plain

CUT = "…"
"""Stands at an end where the line goes on, in one column."""

_LEAD = 8
"""How many columns stay free past what is of interest, so that it does not touch the edge."""


class Window(Struct, frozen=True):
    """The visible part of a line: ``text`` as shown, and where its characters stand in it.

    ``first`` is the index in the line of the first character of ``shown``.
    """

    text: str
    shown: Cells
    first: int
    indent: int

    def column(self, index: int) -> int:
        """Return the column (from 0) where character *index* of the line stands, or the nearest."""
        inside = min(max(index - self.first, 0), len(self.shown.texts))
        return self.indent + self.shown.width(0, inside)


def window(line: str, start: int, end: int, width: int) -> Window:
    """Return the part of *line* to show in *width* columns.

    Characters *start* to before *end* are of interest: both are seen if they
    fit, else *start* is.
    """
    if len(line) <= width and is_plain(line):
        return Window(line, cells(line), 0, 0)
    near = max(0, start - 4 * width)
    far = min(len(line), start + 8 * width)
    drawn = cells(line[near:far])
    total = len(drawn.texts)
    if near == 0 and far == len(line) and drawn.width(0, total) <= width:
        return Window("".join(drawn.texts), drawn, 0, 0)
    left, right = _choose(drawn, start - near, min(end, far) - near, near > 0, width)
    is_cut_left = near + left > 0
    text = "".join(drawn.texts[left:right])
    part = Cells(drawn.texts[left:right], drawn.widths[left:right])
    tail = CUT if near + right < len(line) else ""
    head = CUT if is_cut_left else ""
    return Window(head + text + tail, part, near + left, len(head))


def _choose(drawn: Cells, start: int, end: int, is_cut: bool, width: int) -> tuple[int, int]:
    """Return the first character to show, and the one past the last."""
    room = width - 2 * len(CUT)
    if not is_cut and drawn.width(0, end) + _LEAD <= room:
        return 0, _reach(drawn, 0, room)
    spare = max(room - drawn.width(start, end), 2 * _LEAD)
    left = _reach_back(drawn, start, spare // 2)
    right = _reach(drawn, left, room)
    used = drawn.width(left, right)
    return _reach_back(drawn, left, room - used), right


def _reach(drawn: Cells, index: int, room: int) -> int:
    """Return how far from *index* the characters fit into *room* columns."""
    while index < len(drawn.widths) and drawn.widths[index] <= room:
        room -= drawn.widths[index]
        index += 1
    return index


def _reach_back(drawn: Cells, index: int, room: int) -> int:
    """Return how far back from *index* the characters fit into *room* columns."""
    while index > 0 and drawn.widths[index - 1] <= room:
        index -= 1
        room -= drawn.widths[index]
    return index

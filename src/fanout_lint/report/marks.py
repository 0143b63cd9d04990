"""Places on one line → the rows below it: underlines, and what they say.

::

    - name: generate   {{steps.generate.outputs.parameters.itmes}}
            --------                                       ^^^^^
            |
            this step

The main place is underlined with ``^`` and says nothing, since the finding's
message stands above. The others have ``-`` and a label: on the same row if it is
the last one there and has room, else below, from right to left.
"""

from collections.abc import Sequence

from msgspec import Struct

from fanout_lint.report.cells import cells
from fanout_lint.report.paint import Look, Tint
from fanout_lint.report.visible import visible

_NARROWEST_LABEL = 32


class Mark(Struct, frozen=True):
    """A stretch to underline, from column ``start`` to before ``end`` (from 0).

    ``tint`` is the severity's for the main place, ``FRAME`` for the others.
    """

    start: int
    end: int
    tint: str
    label: str = ""

    @property
    def is_main(self) -> bool:
        return self.tint != Tint.FRAME


def rows(marks: Sequence[Mark], width: int, look: Look) -> list[str]:
    """Return the rows below a line that has *marks*, at most *width* columns wide where possible.

    Labels are made visible here.
    """
    labelled = sorted((m for m in marks if m.label), key=lambda mark: mark.start, reverse=True)
    last = max(marks, key=lambda mark: mark.end)
    inline = ""
    if last.label and last.end + 1 + columns(last.label) <= width:
        inline = visible(last.label)
        labelled.remove(last)
    first = _underlines(marks, look)
    if inline:
        first += " " + look.paint(inline, last.tint)
    return [first, *_hanging(labelled, width, look)]


def columns(text: str) -> int:
    """Return how many columns *text* takes once it is visible."""
    return sum(cells(visible(text)).widths)


def _underlines(marks: Sequence[Mark], look: Look) -> str:
    """Return the row of underlines; the main place is drawn over the others."""
    row: list[tuple[str, str | None]] = [(" ", None)] * max(mark.end for mark in marks)
    for mark in sorted(marks, key=lambda mark: mark.is_main):
        stroke = ("^" if mark.is_main else "-", mark.tint)
        row[mark.start : mark.end] = [stroke] * (mark.end - mark.start)
    painted: list[str] = []
    run, tint = "", row[0][1]
    for character, its in row:
        if its != tint:
            painted.append(look.paint(run, tint) if tint else run)
            run, tint = "", its
        run += character
    painted.append(look.paint(run, tint) if tint else run)
    return "".join(painted)


def _hanging(labelled: Sequence[Mark], width: int, look: Look) -> list[str]:
    """Return the rows of labels that hang below their underlines, the rightmost first."""
    below: list[str] = []
    for index, mark in enumerate(labelled):
        waiting = labelled[index + 1 :]
        if index == 0:
            below.append(_connectors(labelled, look))
        at = max(min(mark.start, width - min(columns(mark.label), _NARROWEST_LABEL)), 0)
        left = [other for other in waiting if other.start < at]
        for line in wrapped(mark.label, width - at):
            used = max((other.start + 1 for other in left), default=0)
            text = look.paint(line, mark.tint)
            below.append(_connectors(left, look) + " " * (at - used) + text)
    return below


def _connectors(marks: Sequence[Mark], look: Look) -> str:
    row, used = "", 0
    for start, tint in sorted({(mark.start, mark.tint) for mark in marks}, key=lambda at: at[0]):
        row += " " * (start - used) + look.paint("|", tint)
        used = start + 1
    return row


def wrapped(text: str, width: int) -> list[str]:
    """Return *text*, made visible, in lines of at most *width* columns; words stay whole."""
    lines: list[str] = []
    line, used = "", 0
    for word in visible(text).split(" "):
        size = columns(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line]

"""Comments that switch findings off.

.. code-block:: yaml

    withParam: "{{…}}"   # fanout-lint: allow[with-param-source] the list is JSON
    # fanout-lint: allow[unbounded-fanout, noisy-result] alone: it means the next line
    source: |            # fanout-lint: allow[noisy-result] all of the script
      print("x")         # fanout-lint: allow[noisy-result] in the script's own comment
    # fanout-lint: allow-file[helm-chart] wherever it stands

Nothing costs time in a text that does not hold the mark. YAML's parser forgets
comments, so they are told from text by the scalars of the documents: a ``#``
after a blank that no scalar holds begins one. Within the text of a block scalar,
which may be a script in any language, ``#``, ``//`` and ``--`` do.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.nodes import Mapping, Node, Scalar
from fanout_lint.syntax.nodes import Sequence as SequenceNode

MARK = "fanout-lint:"

_ALLOW = r"[ \t]*(allow|allow-file)\[([^\]\r\n]*)\]"
_WORDS = r"[ \t]*[^\s\[]*(?:\[[^\]\r\n]*\]?)?"
_NAME = r"[^,\s](?:[^,]*[^,\s])?"
_COMMENT_LINE = r"[ \t]*(?:#|//|--)"
_YAML_MARKERS = "#"
_SCRIPT_MARKERS = "#/-"


class Allow(Struct, frozen=True):
    """One name in an allow comment. A finding that starts where it covers is hidden.

    ``span`` is the name as it stands in the comment. ``line`` is the line that it
    means, ``scalars`` are those that reach out of that line and are covered too;
    the ends of both are inclusive: a finding at the end of a line starts on it.
    ``is_everywhere`` says that the whole file is covered.
    """

    rule: str
    span: Span
    line: Span | None = None
    scalars: tuple[Span, ...] = ()
    is_everywhere: bool = False


class Misspelt(Struct, frozen=True):
    """A comment that addresses us, and says nothing that we know. ``text`` is its words."""

    text: str
    span: Span


class Comments(Struct, frozen=True):
    """What the comments of a file ask for, in the order of the text."""

    allows: tuple[Allow, ...] = ()
    misspelt: tuple[Misspelt, ...] = ()


NONE = Comments()


def read(source: Source, roots: Iterable[Node]) -> Comments:
    """Return what the comments of *source* ask for; *roots* are its documents' nodes."""
    if MARK not in source.text:
        return NONE
    ground = _Ground(source, roots)
    allows: list[Allow] = []
    misspelt: list[Misspelt] = []
    at = source.text.find(MARK)
    while at >= 0:
        after = at + len(MARK)
        if (reach := ground.reach(at)) is not None:
            found = re.compile(_ALLOW).match(source.text, after)
            if found and re.search(_NAME, found[2]):
                allows.extend(_named(found, reach))
            else:
                misspelt.append(_misspelt(source.text, at))
        at = source.text.find(MARK, after)
    return Comments(tuple(allows), tuple(misspelt))


class _Reach(Struct, frozen=True):
    """What a comment covers by where it stands; ``line`` is ``None`` below the last line."""

    line: Span | None
    scalars: tuple[Span, ...] = ()


def _named(found: re.Match[str], reach: _Reach) -> Iterator[Allow]:
    base = found.start(2)
    for name in re.finditer(_NAME, found[2]):
        span = Span(base + name.start(), base + name.end())
        if found[1] == "allow-file":
            yield Allow(name[0], span, is_everywhere=True)
        else:
            yield Allow(name[0], span, reach.line, reach.scalars)


def _misspelt(text: str, at: int) -> Misspelt:
    found = re.compile(_WORDS).match(text, at + len(MARK))
    end = found.end() if found else at + len(MARK)
    words = text[at:end].rstrip()
    return Misspelt(words, Span(at, at + len(words)))


class _Ground:
    """The scalars of a file, to tell comments from text and find what a comment covers.

    What is found out about a line is kept, so that a file full of comments takes
    no longer than its length.
    """

    def __init__(self, source: Source, roots: Iterable[Node]) -> None:
        self.source = source
        self.scalars = sorted(_scalars(roots), key=lambda scalar: scalar.span)
        self.starts = [scalar.span.start for scalar in self.scalars]
        self.below: dict[int, Span | None] = {}
        self.reaches: dict[int, _Reach] = {}

    def reach(self, at: int) -> _Reach | None:
        """Return what the comment around the mark at *at* covers; ``None`` when it is none."""
        number = self.source.position(at).line
        line = self.source.line_span(number)
        holder = self.holder(at)
        if holder is None:
            return self._beside(number, line, at, _YAML_MARKERS)
        if holder.style not in ("|", ">"):
            return None
        if line.start <= holder.span.start:
            beside = self._beside(number, line, at, _YAML_MARKERS)
            return beside and _Reach(beside.line, (*beside.scalars, holder.span))
        return self._beside(number, line, at, _SCRIPT_MARKERS)

    def holder(self, at: int) -> Scalar | None:
        """Return the scalar whose span holds the character at *at*."""
        from bisect import bisect_right

        index = bisect_right(self.starts, at) - 1
        if index < 0 or at >= self.scalars[index].span.end:
            return None
        return self.scalars[index]

    def _beside(self, number: int, line: Span, at: int, markers: str) -> _Reach | None:
        """Return the line that a comment means: its own, or the next if it stands alone."""
        start = _comment_start(self.source.text, line.start, at, markers)
        if start is None:
            return None
        lead = self.source.text[line.start : start]
        if lead and not lead.isspace():
            return self._of_line(line)
        following = self._line_below(number)
        return _Reach(None) if following is None else self._of_line(following)

    def _line_below(self, number: int) -> Span | None:
        """Return the next line after the line *number* that is no comment itself."""
        passed = []
        found: Span | None = None
        while number not in self.below and number < self.source.line_count():
            passed.append(number)
            number += 1
            span = self.source.line_span(number)
            if not re.match(_COMMENT_LINE, self.source.text[span.start : span.end]):
                found = span
                break
        else:
            found = self.below.get(number)
        self.below.update(dict.fromkeys(passed, found))
        return found

    def _of_line(self, line: Span) -> _Reach:
        """Return *line*, and the scalars on it that go on over several lines.

        A quoted or plain scalar has no room for a comment between its lines.
        """
        if line.start not in self.reaches:
            from bisect import bisect_right

            scalars = []
            index = max(bisect_right(self.starts, line.start) - 1, 0)
            for scalar in self.scalars[index : bisect_right(self.starts, line.end)]:
                reaches_out = scalar.span.start < line.start or scalar.span.end > line.end
                if reaches_out and scalar.span.end > line.start and scalar.style not in ("|", ">"):
                    scalars.append(scalar.span)
            self.reaches[line.start] = _Reach(line, tuple(scalars))
        return self.reaches[line.start]


def _comment_start(text: str, line_start: int, at: int, markers: str) -> int | None:
    """Return where the comment starts whose first word stands at *at*; ``None`` when none does.

    A ``#`` is one by itself, of the other marks there must be two or more; a
    blank or the start of the line stands before them.
    """
    end = at
    while end > line_start and text[end - 1] in " \t":
        end -= 1
    if end == line_start or text[end - 1] not in markers:
        return None
    start = end
    while start > line_start and text[start - 1] == text[end - 1]:
        start -= 1
    if end - start < (1 if text[start] == "#" else 2):
        return None
    return start if start == line_start or text[start - 1] in " \t;" else None


def _scalars(roots: Iterable[Node]) -> list[Scalar]:
    """Return each scalar once, keys too, however many aliases reach it."""
    found: dict[int, Scalar] = {}
    seen: set[int] = set()
    waiting: list[Node] = list(roots)
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            found[id(node)] = node
        else:
            waiting.extend(_children(node))
    return list(found.values())


def _children(node: Mapping | SequenceNode) -> Sequence[Node]:
    if isinstance(node, SequenceNode):
        return node.items
    children: list[Node] = [doubled.first for doubled in node.doubled]
    for entry in node.entries.values():
        children.extend((entry.key, entry.value))
    return children

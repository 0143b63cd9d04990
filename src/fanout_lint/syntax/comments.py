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
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.nodes import Mapping, Node, Scalar
from fanout_lint.syntax.nodes import Sequence as SequenceNode

MARK = "fanout-lint:"

_ALLOW = re.compile(r"[ \t]*(allow|allow-file)\[([^\]\r\n]*)\]")
_WORDS = re.compile(r"[ \t]*[^\s\[]*(?:\[[^\]\r\n]*\]?)?")
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_COMMENT_LINE = re.compile(r"[ \t]*(?:#|//|--)")
_YAML_MARKER = re.compile(r"(?:^|(?<=[ \t]))#+[ \t]*\Z")
_SCRIPT_MARKER = re.compile(r"(?:^|(?<=[ \t;]))(?:#+|/{2,}|-{2,})[ \t]*\Z")
_LONGEST_LINE = 10_000


@dataclass(frozen=True, slots=True)
class Allow:
    """One name in an allow comment. A finding that starts in one of ``covers`` is hidden.

    ``span`` is the name as it stands in the comment. The ends in ``covers`` are
    inclusive: a finding at the end of a line starts on that line.
    """

    rule: str
    span: Span
    covers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A comment that addresses us, and says nothing that we know. ``text`` is its words."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comments:
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
        if (covers := ground.covers(at)) is not None:
            if (found := _ALLOW.match(source.text, after)) and _NAME.search(found[2]):
                whole = (Span(0, len(source.text)),)
                reach = whole if found[1] == "allow-file" else covers
                allows.extend(_named(found, reach))
            else:
                misspelt.append(_misspelt(source.text, at))
        at = source.text.find(MARK, after)
    return Comments(tuple(allows), tuple(misspelt))


def _named(found: re.Match[str], covers: tuple[Span, ...]) -> Iterator[Allow]:
    base = found.start(2)
    for name in _NAME.finditer(found[2]):
        yield Allow(name[0], Span(base + name.start(), base + name.end()), covers)


def _misspelt(text: str, at: int) -> Misspelt:
    found = _WORDS.match(text, at + len(MARK))
    end = found.end() if found else at + len(MARK)
    words = text[at:end].rstrip()
    return Misspelt(words, Span(at, at + len(words)))


class _Ground:
    """The scalars of a file, to tell comments from text and find what a comment covers."""

    def __init__(self, source: Source, roots: Iterable[Node]) -> None:
        self.source = source
        self.scalars = sorted(_scalars(roots), key=lambda scalar: scalar.span)
        self.starts = [scalar.span.start for scalar in self.scalars]

    def covers(self, at: int) -> tuple[Span, ...] | None:
        """Return what the comment around the mark at *at* covers; ``None`` when it is none."""
        line = self.source.line_span(self.source.position(at).line)
        if at - line.start > _LONGEST_LINE:
            return None
        lead = self.source.text[line.start : at]
        holder = self.holder(at)
        if holder is None:
            return self._beside(line, lead, _YAML_MARKER)
        if holder.style not in ("|", ">"):
            return None
        if line.start <= holder.span.start:
            beside = self._beside(line, lead, _YAML_MARKER)
            return None if beside is None else (*beside, holder.span)
        return self._beside(line, lead, _SCRIPT_MARKER)

    def holder(self, at: int) -> Scalar | None:
        """Return the scalar whose span holds the character at *at*."""
        index = bisect_right(self.starts, at) - 1
        if index < 0 or at >= self.scalars[index].span.end:
            return None
        return self.scalars[index]

    def _beside(self, line: Span, lead: str, marker: re.Pattern[str]) -> tuple[Span, ...] | None:
        """Return the line that a comment means: its own, or the next if it stands alone."""
        found = marker.search(lead)
        if found is None:
            return None
        if not lead[: found.start()].strip():
            following = self._line_below(line)
            return () if following is None else self._with_scalars(following)
        return self._with_scalars(line)

    def _line_below(self, line: Span) -> Span | None:
        """Return the next line that is no comment itself."""
        number = self.source.position(line.start).line + 1
        while number <= self.source.line_count():
            span = self.source.line_span(number)
            if not _COMMENT_LINE.match(self.source.text, span.start, span.end):
                return span
            number += 1
        return None

    def _with_scalars(self, line: Span) -> tuple[Span, ...]:
        """Return *line*, and the scalars on it that go on over several lines.

        A quoted or plain scalar has no room for a comment between its lines.
        """
        covers = [line]
        index = max(bisect_right(self.starts, line.start) - 1, 0)
        for scalar in self.scalars[index:]:
            if scalar.span.start > line.end:
                break
            reaches_out = scalar.span.start < line.start or scalar.span.end > line.end
            if reaches_out and scalar.span.end > line.start and scalar.style not in ("|", ">"):
                covers.append(scalar.span)
        return tuple(covers)


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

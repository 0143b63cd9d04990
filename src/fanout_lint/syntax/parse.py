"""Text to documents, as Argo splits and reads them.

Argo cuts a file at every line that begins with ``---`` and reads each piece by
itself (``workflow/common/parse.go:ParseObjects`` of v4.1.2), so a broken
document never spoils its neighbours; here likewise. A piece is read up to the
end of its first document. PyYAML's C parser gives the events; the tree is ours,
because PyYAML's own composer refuses an anchor that is set twice, types scalars
otherwise than Go does, and forgets where an alias stands.
"""

import re
from functools import cache

import yaml
from msgspec import Struct, field
from yaml import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from fanout_lint.findings import Hit, Place
from fanout_lint.source.text import Source, Span
from fanout_lint.syntax import goscalar
from fanout_lint.syntax.nodes import Doubled, Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 200
"""How deep maps and lists may nest; Argo's own types end long before."""

_SEPARATOR = re.compile(r"\n---")
_BLANK = re.compile(r"(?:\s|#[^\n]*(?:\n|\Z)|%[^\n]*(?:\n|\Z)|---(?=\s)|\.\.\.(?=\s|\Z))*\Z")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_PROPERTIES = re.compile(r"(?:[!&]\S*(?:\s+|\Z))+")


class Document(Struct, eq=False):
    """One document of a file: its root, and the stretch of text it was read from.

    ``keys`` are all keys of its maps, at every depth; ``has_doubled`` says that one of them
    stands twice in a map.
    """

    source: Source
    span: Span
    root: Node
    keys: frozenset[str]
    has_doubled: bool


class _Refused(Exception):
    """The text is no YAML that Argo reads; carries the place and the reason."""

    def __init__(self, reason: str, start: int, end: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = Span(start, end)


def parse(source: Source) -> tuple[list[Document], list[Hit]]:
    """Return the documents of *source* and a hit for each that cannot be read."""
    documents: list[Document] = []
    hits: list[Hit] = []
    text = _without_surrogates(source.text)
    for start, end in _pieces(text):
        piece = text[start:end]
        if _BLANK.match(piece):
            continue
        try:
            composer = _compose(source, piece, start)
        except _Refused as refused:
            words = {"reason": refused.reason}
            hits.append(Hit("yaml-syntax", Place(source.path, refused.span), words=words))
            continue
        if composer.root is not None:
            keys = frozenset(composer.keys)
            span = Span(start, end)
            documents.append(Document(source, span, composer.root, keys, composer.has_doubled))
    return documents, hits


def _without_surrogates(text: str) -> str:
    r"""Return *text*, each ``\ud83d`` in it a ``\ufffd`` if it is JSON.

    Argo reads as JSON what is JSON (``ParseObjects`` again), and that writes
    characters of 17 bits and more as two such halves, which YAML refuses. A
    replacement character for each half keeps all places as they are.
    """
    if _SURROGATE.search(text) is None or not text.lstrip().startswith(("{", "[")):
        return text
    import json

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return _ESCAPE.sub(_replaced, text)


def _replaced(escape: re.Match[str]) -> str:
    return "\\ufffd" if _SURROGATE.match(escape[0]) else escape[0]


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces = []
    start = 0
    for found in _SEPARATOR.finditer(text):
        pieces.append((start, found.start()))
        start = found.end()
    pieces.append((start, len(text)))
    return pieces


def _compose(source: Source, piece: str, base: int) -> "_Composer":
    if refused := _refused(piece.isascii()).search(piece):
        at = base + refused.start()
        raise _Refused(f"the control character {refused.group()!r} is not allowed", at, at + 1)
    try:
        composer = _Composer(source, piece, base)
        composer.compose()
        return composer
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = base + min(mark.index if mark else 0, len(piece))
        reason = error.problem or error.context or "this is no YAML"
        raise _Refused(_in_words(error, reason), at, _word_end(source.text, at)) from None
    except (yaml.YAMLError, ValueError) as error:
        # A lone surrogate cannot be handed to libyaml: UnicodeEncodeError, a ValueError.
        reason = str(error).splitlines()[0]
        raise _Refused(reason, base, _word_end(source.text, base)) from None


@cache
def _refused(is_ascii: bool) -> re.Pattern[str]:
    """Return what finds characters that YAML refuses.

    They are named one by one: to compile all that it allows takes 3 ms.
    """
    if is_ascii:
        return re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    return re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
    )


def _in_words(error: yaml.MarkedYAMLError, reason: str) -> str:
    if error.context and error.problem and error.context != error.problem:
        return f"{reason}, {error.context}"
    return reason


def _word_end(text: str, at: int) -> int:
    end = at
    while end < len(text) and end < at + 40 and text[end] not in "\r\n":
        end += 1
    return max(end, min(at + 1, len(text)))


_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _Frame(Struct):
    """A map or list that is not finished, and the alias by which a child came."""

    is_mapping: bool
    anchor: str | None
    start: int
    children: list[Node] = field(default_factory=list)
    aliases: dict[int, Span] = field(default_factory=dict)
    size: int = 1


class _Composer:
    """Builds the tree of one piece from the parser's events."""

    def __init__(self, source: Source, piece: str, base: int) -> None:
        self.source = source
        self.base = base
        self.piece = piece
        self.events = _LOADER(piece)
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.keys: set[str] = set()
        self.has_doubled = False
        self.aliased = 0
        self.total = 0

    def compose(self) -> None:
        """Read the piece's one document into :attr:`root` and :attr:`keys`."""
        get_event = self.events.get_event
        while True:
            event = get_event()
            if type(event) is ScalarEvent:
                self._scalar(event)
            elif type(event) is MappingStartEvent:
                self._open(event, True)
            elif type(event) is SequenceStartEvent:
                self._open(event, False)
            elif type(event) is MappingEndEvent or type(event) is SequenceEndEvent:
                self._close(event)
            elif type(event) is AliasEvent:
                self._alias(event)
            elif type(event) is DocumentEndEvent or type(event) is StreamEndEvent:
                return

    def _scalar(self, event: ScalarEvent) -> None:
        # The stubs allow events without marks; the parser always sets them.
        start: int = event.start_mark.index  # type: ignore[union-attr]
        end: int = event.end_mark.index  # type: ignore[union-attr]
        style = event.style or ""
        tag: str | None = event.tag
        anchor: str | None = event.anchor
        if tag is not None or anchor is not None:
            start = self._past_properties(start, end)
            if event.implicit != (False, False):
                tag = None
        if style == "|" or style == ">":  # Twice as fast, for every scalar.
            end = _block_end(self.piece, start, end)
        base = self.base
        scalar = Scalar(self.source, Span(base + start, base + end), event.value, style, tag)
        self.total += 1
        if anchor is not None or not self.stack:
            self._add(scalar, 1, anchor)
            return
        frame = self.stack[-1]  # As _add does; most nodes are scalars, and a call costs as much.
        frame.children.append(scalar)
        frame.size += 1

    def _past_properties(self, start: int, end: int) -> int:
        found = _PROPERTIES.match(self.piece, start, end)
        return found.end() if found else start

    def _open(self, event: MappingStartEvent | SequenceStartEvent, is_mapping: bool) -> None:
        start: int = event.start_mark.index  # type: ignore[union-attr] # as above
        if len(self.stack) >= MAX_DEPTH:
            reason = f"maps and lists nest deeper than {MAX_DEPTH} levels"
            raise _Refused(reason, self.base + start, self.base + start + 1)
        if event.tag is not None or event.anchor is not None:
            start = self._past_properties(start, len(self.piece))
        self.stack.append(_Frame(is_mapping, event.anchor, start))

    def _close(self, event: yaml.Event) -> None:
        frame = self.stack.pop()
        if self.piece[frame.start : frame.start + 1] in ("[", "{"):
            end: int = event.end_mark.index  # type: ignore[union-attr] # as above
            end += self.base
        elif frame.children:
            last = frame.aliases.get(len(frame.children) - 1) if frame.aliases else None
            end = (last or frame.children[-1].span).end
        else:
            end = self.base + frame.start
        span = Span(self.base + frame.start, end)
        node: Node
        if frame.is_mapping:
            node = self._mapping(frame, span)
        else:
            node = Sequence(self.source, span, tuple(frame.children), frame.aliases)
        self._add(node, frame.size, frame.anchor)

    def _alias(self, event: AliasEvent) -> None:
        start: int = event.start_mark.index  # type: ignore[union-attr] # as above
        end: int = event.end_mark.index  # type: ignore[union-attr] # as above
        span = Span(self.base + start, self.base + end)
        if any(frame.anchor == event.anchor for frame in self.stack):
            reason = f"the anchor {event.anchor!r} contains itself"
            raise _Refused(reason, span.start, span.end)
        if event.anchor not in self.anchors:
            reason = f"no anchor is called {event.anchor!r}"
            raise _Refused(reason, span.start, span.end)
        node, size = self.anchors[event.anchor]
        self.aliased += size
        if self.stack:
            self.stack[-1].aliases[len(self.stack[-1].children)] = span
            self.total += type(node) is Scalar
        self._check_size(span, self.total + self.aliased)
        self._add(node, size, None)

    def _check_size(self, span: Span, size: int) -> None:
        """Refuse what Go refuses (``decode.go:allowedAliasRatio``), reckoned so far."""
        if self.aliased <= 100 or size <= 1000:
            return
        allowed = 0.99 - 0.89 * min(max(size - 400_000, 0) / 3_600_000, 1)
        if self.aliased / size > allowed or size > 1_000_000:
            raise _Refused("aliases blow the document up beyond reason", span.start, span.end)

    def _add(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size)
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.children.append(node)
        frame.size += size

    def _mapping(self, frame: _Frame, span: Span) -> Mapping:
        entries: dict[str, Entry] = {}
        doubled: list[Doubled] = []
        children = iter(frame.children)
        aliases = frame.aliases
        for index, (key, value) in enumerate(zip(children, children, strict=True)):
            if type(key) is not Scalar:
                raise _Refused("a map or list cannot be a key", key.span.start, key.span.end)
            alias = aliases.get(2 * index + 1) if aliases else None
            if key.value == "<<" and (not key.style or key.tag is not None):
                self._merge(value, alias, entries, doubled)
                continue
            if key.tag is None:
                name = key.value if key.style else goscalar.plain_key(key.value)
            else:
                name = goscalar.key_text(key.resolved)
            if name is None:
                raise _Refused("null cannot be a key", key.span.start, key.span.end)
            if name in entries:
                before = entries[name]
                doubled.append(Doubled(name, before.key, key, before.merged))
            entries[name] = Entry(key, name, value, alias)
        self.keys.update(entries)
        self.has_doubled = self.has_doubled or bool(doubled)
        return Mapping(self.source, span, entries, tuple(doubled))

    def _merge(
        self, value: Node, alias: Span | None, entries: dict[str, Entry], doubled: list[Doubled]
    ) -> None:
        """Carry out a merge key as Go does: in place, the later key wins (``decode.go:merge``)."""
        parts = list(reversed(value.items)) if type(value) is Sequence else [value]
        for part in parts:
            if type(part) is not Mapping:
                raise _Refused("a merge key (<<) takes a map", part.span.start, part.span.end)
            for name, entry in part.entries.items():
                if name in entries:
                    doubled.append(Doubled(name, entries[name].key, entry.key, True))
                entries[name] = Entry(entry.key, name, entry.value, alias or entry.alias, True)


def _block_end(text: str, start: int, end: int) -> int:
    """Return where the last inked line of the block scalar at *start* ends.

    Its events end on a later line, past blank lines and comments of its parent.
    """
    lines_start = text.find("\n", start, end)
    if lines_start < 0:
        return start + len(text[start:end].rstrip())
    indent = 0
    last = start + len(text[start:lines_start].rstrip())
    at = lines_start + 1
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        inked = line.strip()
        if inked:
            lead = len(line) - len(line.lstrip(" "))
            indent = indent or lead
            if lead < indent:
                break
            last = at + len(line.rstrip())
        at = stop + 1
    return last

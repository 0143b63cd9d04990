"""Whether all that a script writes to one place is one JSON list.

Argo takes the whole of stdout, or of a file, trims one line break, and reads it
as JSON (``workflow/executor/executor.go:CaptureScriptResult``,
``workflow/controller/steps.go:expandStep`` of v4.1.2). So only the sum counts:
``echo "["; echo "1"; echo "]"`` is a list, and one log line beside a list is none.

A fault is *sure* if every run that ends well has it, whatever the data. It stays
sure where some run happens to print an empty list (``unless_empty``): then the
loop never runs.
"""

import re
from enum import Enum
from typing import Final

from msgspec import Struct

from fanout_lint.analysis.scripts.flow import Notation, Stream, Target, Write
from fanout_lint.analysis.scripts.json_machine import ANYWHERE, START, Mode, Top
from fanout_lint.analysis.scripts.outputs import Certainty, ScriptOutput
from fanout_lint.analysis.scripts.readings import NOWHERE, Reader, Track
from fanout_lint.analysis.scripts.shape import (
    ListShape,
    ScalarShape,
    Shape,
    join_all,
    parse_json,
)
from fanout_lint.analysis.scripts.text import Exact, JsonText, Many, exact, first_words
from fanout_lint.unknown import UNKNOWN, Unknown


class Reason(Enum):
    """What the guilty write is; the value says it in a user's words."""

    NOTHING = "nothing at all"
    WORDS = "plain words"
    LOG_LINE = "a log line"
    CHATTER = "messages of a command"
    LINES = "plain lines, not JSON"
    PYTHON = "a value in Python's own notation"
    TRACE = "the trace of set -x"
    JSON_LINES = "one JSON value per line, not a list"
    SECOND_VALUE = "a second JSON value"
    OBJECT = "a JSON object"
    SCALAR = "a single JSON value"
    LIST = "a JSON list"
    LOST_QUOTES = "text whose quotes the shell took away"
    BROKEN = "text that is not JSON"
    UNFINISHED = "JSON that does not end"


class IsJson(Struct, frozen=True):
    """The text is one JSON value of *shape*, made by ``listing`` where one write makes it."""

    shape: Shape
    listing: Write | None


class NotJson(Struct, frozen=True):
    """The text is not what it has to be.

    ``guilty`` is the write that breaks it (``None`` where nothing is written),
    ``others`` are further writes that would break it alone, in order, and
    ``listing`` the write that makes the wanted value, if one does. ``detail``
    says what the guilty write is, in the user's words.
    """

    reason: Reason
    detail: str
    guilty: Write | None
    others: tuple[Write, ...]
    listing: Write | None
    sure: bool
    unless_empty: bool = False


Verdict = IsJson | NotJson | Unknown


class _Fate:
    GOOD: Final = "good"
    BAD: Final = "bad"
    MUDDLED: Final = "muddled"  #: Bad, if the pieces of a value come together as the tree has them.
    UNCLEAR: Final = "unclear"


def judge_list(output: ScriptOutput, target: Target = Stream.STDOUT) -> Verdict:
    """Say whether all that goes to *target* is one JSON list; ``null`` counts as an empty one."""
    return _judge(output, target, frozenset({Top.LIST, Top.NULL}))


def judge_json(output: ScriptOutput, target: Target = Stream.STDOUT) -> Verdict:
    """Say whether all that goes to *target* is one JSON value of any kind."""
    return _judge(output, target, frozenset(_TOPS))


def _judge(output: ScriptOutput, target: Target, wanted: frozenset[str]) -> Verdict:
    if output.always_fails:
        return UNKNOWN
    reader = Reader(target)
    tracks = reader.follow(output.flow, {Track(frozenset({START})): None})
    fates = {track: _fate(track, wanted, reader) for track in tracks}
    if not output.understood:
        fates |= {track: _Fate.UNCLEAR for track in tracks if _is_empty(track)}
    all_bad = all(fate in (_Fate.BAD, _Fate.MUDDLED) for fate in fates.values())
    bad = [track for track, fate in fates.items() if fate == _Fate.BAD or all_bad]
    good = [track for track, fate in fates.items() if fate == _Fate.GOOD]
    if not bad:
        if len(good) < len(tracks) or not output.understood:
            return UNKNOWN
        return _is_json(good, _listing(output, reader, wanted))
    unless_empty = bool(good) and all(_empty_repr(track, bad) for track in good)
    sure = all_bad or (unless_empty and len(bad) + len(good) == len(tracks))
    return _not_json(bad, output, reader, wanted, sure, unless_empty)


def _is_empty(track: Track) -> bool:
    return track.states == frozenset({START})


def _fate(track: Track, wanted: frozenset[str], reader: Reader) -> str:
    states = track.states
    if not states:
        noisy = track.guilty is not None and _is_noise(track.guilty, reader)
        return _Fate.MUDDLED if track.unclear and not noisy else _Fate.BAD
    if _is_empty(track):
        return _Fate.BAD
    if any(s.complete and (s.top in wanted or s.top == Top.ANY) for s in states):
        certain = all(s.complete and not s.open and s.top in wanted for s in states)
        return _Fate.GOOD if certain else _Fate.UNCLEAR
    return _Fate.BAD if all(s.between_values for s in states) else _Fate.MUDDLED


def _is_noise(write: Write, reader: Reader) -> bool:
    """Say whether *write* breaks any JSON wherever it stands in it."""
    return all(family == NOWHERE for family in reader.after(write.content, {ANYWHERE: None}))


def _empty_repr(good: Track, bad: list[Track]) -> bool:
    """Say whether a good run is good only since a Python list happened to be empty."""
    opening = good.opening
    if opening is None or opening.notation is not Notation.PYTHON:
        return False
    return any(track.guilty is opening for track in bad)


def _is_json(good: list[Track], listing: Write | None) -> IsJson:
    openings = dict.fromkeys(track.opening for track in good)
    shapes = [_shape_of(opening) if opening is not None else UNKNOWN for opening in openings]
    shape = join_all(shapes)
    if shape is UNKNOWN and all(s.top == Top.LIST for track in good for s in track.states):
        shape = ListShape()
    return IsJson(shape, listing if len(openings) == 1 else None)


def _shape_of(write: Write) -> Shape:
    text = tuple(p for p in write.content if not (isinstance(p, Exact) and not p.text.strip()))
    if len(text) == 1 and isinstance(text[0], JsonText):
        return text[0].shape
    whole = exact(write.content)
    return (whole is not None and parse_json(whole)) or UNKNOWN


def _not_json(
    bad: list[Track],
    output: ScriptOutput,
    reader: Reader,
    wanted: frozenset[str],
    sure: bool,
    unless_empty: bool,
) -> NotJson:
    first = min(bad, key=lambda track: (track.guilty is None, track.opening is None))
    guilty = first.guilty or first.opening
    listing = _listing(output, reader, wanted)
    if first.guilty is not None and first.guilty is listing and first.opening is not None:
        guilty = first.opening
    reason, detail = _reason(first, guilty, output)
    others = []
    accused = {track.guilty for track in bad}
    for write in output.writes:
        if write is guilty or write is listing or write.target != reader.target:
            continue
        if write in accused or _is_noise(write, reader):
            others.append(write)
    return NotJson(reason, detail, guilty, tuple(others), listing, sure, unless_empty)


def _listing(output: ScriptOutput, reader: Reader, wanted: frozenset[str]) -> Write | None:
    for write in output.writes:
        if write.target != reader.target:
            continue
        families = reader.after(write.content, {frozenset({START}): None})
        if families and all(
            family and all(s.complete and not s.open and s.top in wanted for s in family)
            for family in families
        ):
            return write
    return None


_BY_NOTATION = {
    Notation.LOG: Reason.LOG_LINE,
    Notation.CHATTER: Reason.CHATTER,
    Notation.LINES: Reason.LINES,
    Notation.PYTHON: Reason.PYTHON,
    Notation.TRACE: Reason.TRACE,
    Notation.UNQUOTED: Reason.LOST_QUOTES,
}
_TOPS = {
    Top.OBJECT: Reason.OBJECT,
    Top.LIST: Reason.LIST,
    Top.STRING: Reason.SCALAR,
    Top.NUMBER: Reason.SCALAR,
    Top.BOOLEAN: Reason.SCALAR,
    Top.NULL: Reason.SCALAR,
}


def _reason(track: Track, guilty: Write | None, output: ScriptOutput) -> tuple[Reason, str]:
    if guilty is None:
        return Reason.NOTHING, Reason.NOTHING.value
    reason = _BY_NOTATION.get(guilty.notation)
    if reason is None:
        reason = _reason_of_text(track, guilty, output)
    if guilty.hint:
        return reason, guilty.hint
    if reason is Reason.CHATTER:
        return reason, f"messages of `{guilty.by}`"
    return reason, reason.value


def _reason_of_text(track: Track, guilty: Write, output: ScriptOutput) -> Reason:
    if track.states:
        tops = {state.top for state in track.states if state.complete}
        if len(tops) == 1:
            return _TOPS.get(tops.pop(), Reason.BROKEN)
        return Reason.UNFINISHED
    if track.opening is not None and _starts_json(guilty):
        same = (track.opening.start, track.opening.end) == (guilty.start, guilty.end)
        repeated = same or output.certainty(guilty) == Certainty.REPEATED
        return Reason.JSON_LINES if repeated else Reason.SECOND_VALUE
    many = [part for part in guilty.content if isinstance(part, Many)]
    if any(isinstance(piece, JsonText) for part in many for piece in part.body):
        return Reason.JSON_LINES
    head = guilty.content[0] if guilty.content else None
    if isinstance(head, JsonText) and not isinstance(head.shape, ScalarShape):
        return Reason.BROKEN
    words = first_words(guilty.content).lstrip()
    if words[:1] in ("[", "{", '"') and words and not re.match(_LABEL, words):
        return Reason.BROKEN
    return Reason.WORDS


#: How a log line begins that looks like a list: ``[info] …``, ``[2024-01-01] …``.
_LABEL = r"\[\w[\w .:,/-]*\]\s*[^\s\]]"


def _starts_json(write: Write) -> bool:
    """Say whether *write* alone begins, or is, a JSON value."""
    families = Reader(write.target).after(write.content, {frozenset({START}): None})
    return any(
        state.complete or (state.mode != Mode.VALUE and bool(state.stack))
        for family in families
        for state in family
    )

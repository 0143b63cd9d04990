"""Reads a flow as a JSON reader would, along all its runs at once.

A :class:`Track` is one run so far: the states that the reader may be in, of which
the run is in exactly one (more than one only where text is not known), the write
that broke the JSON, and the write that began the outermost value. Runs that
nobody can tell apart any more share a track.
"""

from typing import Final

from msgspec import Struct

from fanout_lint.analysis.scripts.flow import Choice, Flow, Repeat, Stream, Target, Write
from fanout_lint.analysis.scripts.json_machine import ANYWHERE, START, Mode, State, Top, read
from fanout_lint.analysis.scripts.shape import (
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
)
from fanout_lint.analysis.scripts.text import (
    LONGEST_EXACT,
    Anything,
    Either,
    Exact,
    JsonText,
    Many,
    Noise,
    Piece,
    Text,
)
from fanout_lint.unknown import UNKNOWN

Family = frozenset[State]
NOWHERE: Final[Family] = frozenset()
#: Stands in a family for a run that may have broken off; nothing brings it back.
LOST: Final = State(Mode.WORD, "", True, Top.ANY, "\0")
_MOST_TRACKS: Final = 128
_MOST_ROUNDS: Final = 12
_BUDGET: Final = 20_000


class Track(Struct, frozen=True):
    """``guilty``, ``opening`` are writes of the flow; ``unclear`` says that the break came
    where a half-built value may have been put together in a way the analysis cannot follow."""

    states: Family
    guilty: Write | None = None
    opening: Write | None = None
    unclear: bool = False


Tracks = dict[
    Track, None
]  #: A set that keeps its order, so that the same input gives the same finding.


class Reader:
    """Follows what goes to *target* through a flow; gives up to *anything* past its budget."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.budget = _BUDGET

    def follow(self, flow: Flow, tracks: Tracks) -> Tracks:
        for node in flow:
            self.budget -= len(tracks)
            if self.budget < 0:
                return {Track(ANYWHERE): None}
            match node:
                case Write():
                    tracks = self._write(node, tracks)
                case Choice(options):
                    merged: Tracks = {}
                    for option in options:
                        merged.update(self.follow(option, tracks))
                    tracks = _bounded(merged)
                case Repeat():
                    tracks = self._repeat(node, tracks)
        return tracks

    def _write(self, write: Write, tracks: Tracks) -> Tracks:
        if write.target is Stream.SOME_FILE and isinstance(self.target, str):
            return tracks | {Track(ANYWHERE): None}
        if write.target is UNKNOWN:
            return {Track(ANYWHERE, opening=track.opening): None for track in tracks}
        if write.target != self.target:
            return tracks
        read_on: Tracks = {}
        for track in tracks:
            base = Track(frozenset({START})) if write.truncates else track
            if not base.states:
                read_on[base] = None
                continue
            for family in self.after(write.content, {base.states: None}):
                read_on[_moved(base, family, write)] = None
        return _bounded(read_on)

    def _repeat(self, node: Repeat, tracks: Tracks) -> Tracks:
        results: Tracks = dict(tracks) if node.least == 0 else {}
        seen: Tracks = dict(tracks)
        current = tracks
        rounds = 0
        while current:
            if node.most is not None and rounds >= node.most:
                return _bounded(results)
            if rounds >= max(_MOST_ROUNDS, node.least + 1) or self.budget < 0:
                return {Track(ANYWHERE): None}
            rounds += 1
            current = self.follow(node.body, current)
            if rounds >= node.least:
                results.update(current)
                current = {track: None for track in current if track not in seen}
                seen.update(current)
        return _bounded(results)

    def after(self, text: Text, families: dict[Family, None]) -> dict[Family, None]:
        """Return the families in which *text* leaves runs that are in one of *families*."""
        for piece in text:
            result: dict[Family, None] = {}
            for family in families:
                self.budget -= 1
                if self.budget < 0:
                    return {ANYWHERE: None}
                result.update(self._piece(piece, family) if family else {NOWHERE: None})
            families = result if len(result) <= _MOST_TRACKS else {ANYWHERE: None}
        return families

    def _piece(self, piece: Piece, family: Family) -> dict[Family, None]:
        match piece:
            case Exact(text):
                if len(text) > LONGEST_EXACT:
                    return {ANYWHERE: None}
                self.budget -= len(text) * len(family) // 200
                return {
                    _united([read(state, text) for state in family if state != LOST], family): None
                }
            case JsonText(shape):
                after = [_after_json(state, shape) for state in family if state != LOST]
                return {_united(after, family): None}
            case Noise():
                return {NOWHERE: None}
            case Anything(plain):
                quoted = all(
                    s.mode in (Mode.STRING, Mode.KEY_STRING) and not s.inner for s in family
                )
                return {family if plain and quoted else ANYWHERE: None}
            case Either(options, genuine):
                found: dict[Family, None] = {}
                for option in options:
                    found.update(self.after(option, {family: None}))
                return found if genuine else {_united(list(found), family): None}
        return self._many(piece, family)

    def _many(self, piece: Many, family: Family) -> dict[Family, None]:
        results: dict[Family, None] = {family: None} if piece.least == 0 else {}
        current: dict[Family, None] = {family: None}
        seen: set[Family] = set()
        for count in range(max(_MOST_ROUNDS, piece.least + 1)):
            if piece.most is not None and count >= piece.most:
                return results
            current = self.after(piece.between if count else (), current)
            current = self.after(piece.body, current)
            if count + 1 >= piece.least:
                results.update(current)
                current = {found: None for found in current if found not in seen}
                seen.update(current)
            if not current:
                return results
        return {ANYWHERE: None}


def _united(families: list[Family], before: Family) -> Family:
    """Return all that may follow *before*; where some of it broke off, one that is lost."""
    states: Family = frozenset().union(*families)
    if not states - {LOST}:
        return NOWHERE
    broke = LOST in before or not all(families)
    return states | {LOST} if broke else states


def _moved(track: Track, family: Family, write: Write) -> Track:
    if not family:
        return Track(family, write, track.opening, not _whole_before(track.states))
    began = all(s.top == Top.NOTHING for s in track.states)
    begins = all(s.top != Top.NOTHING for s in family)
    return Track(family, None, write if began and begins else track.opening)


def _whole_before(states: Family) -> bool:
    """Say whether nothing was half-built: the start, or after one whole value."""
    return all(state == START or state.between_values for state in states)


def _bounded(tracks: Tracks) -> Tracks:
    if len(tracks) <= _MOST_TRACKS:
        return tracks
    return {Track(ANYWHERE): None}


def _top_of(shape: Shape) -> str:
    match shape:
        case ListShape():
            return Top.LIST
        case ObjectShape():
            return Top.OBJECT
        case ScalarShape(kind):
            return kind.value
    return Top.ANY


def _after_json(state: State, shape: Shape) -> Family:
    """Return where a reader stands after one JSON value of *shape*, written as JSON."""
    top = _top_of(shape) if state.top == Top.NOTHING else state.top
    after = State(Mode.AFTER, state.stack, state.open, top)
    match state.mode:
        case Mode.VALUE | Mode.VALUE_OR_END:
            states = {after}
            if shape is UNKNOWN or (isinstance(shape, ScalarShape) and _is_number(shape)):
                states |= {
                    State(Mode.NUMBER, state.stack, state.open, top, inner) for inner in "0ife"
                }
            return frozenset(states)
        case Mode.KEY | Mode.KEY_OR_END:
            if shape is UNKNOWN or (
                isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING
            ):
                return frozenset({State(Mode.COLON, state.stack, state.open, top)})
            return NOWHERE
        case Mode.STRING | Mode.KEY_STRING:
            if not state.inner and isinstance(shape, ScalarShape):
                return frozenset({state}) if shape.kind is not ScalarKind.STRING else ANYWHERE
            return ANYWHERE
        case Mode.NUMBER:
            return ANYWHERE
    return NOWHERE


def _is_number(shape: ScalarShape) -> bool:
    return shape.kind is ScalarKind.NUMBER

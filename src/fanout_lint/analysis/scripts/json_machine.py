"""Reads JSON a character at a time, from any place inside it.

A :class:`State` is where a reader of JSON stands: what it expects next, and the
brackets open around it (``A`` for a list, ``O`` for an object, innermost last).
A state is *open* if more brackets may be open than it knows of, as it is after
text that nobody knows. Rules of RFC 8259, as Go's ``encoding/json`` applies them:
blanks around the value are fine, anything else beside it is not.
"""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace


class Top:
    """What the outermost value is. Plain texts, since states are hashed by the thousand."""

    NOTHING: Final = "nothing"
    LIST: Final = "list"
    OBJECT: Final = "object"
    STRING: Final = "string"
    NUMBER: Final = "number"
    BOOLEAN: Final = "boolean"
    NULL: Final = "null"
    ANY: Final = "any"


class Mode:
    """What may come next, in a plain text likewise."""

    VALUE: Final = "value"
    VALUE_OR_END: Final = "value or ]"
    KEY_OR_END: Final = "key or }"
    KEY: Final = "key"
    COLON: Final = "colon"
    AFTER: Final = "after a value"
    STRING: Final = "in a string"
    KEY_STRING: Final = "in a key"
    NUMBER: Final = "in a number"
    WORD: Final = "in true, false, null"


class State(Struct, frozen=True):
    """``inner`` is the place inside a string's escape, a number or a word; else it is empty."""

    mode: str = Mode.VALUE
    stack: str = ""
    open: bool = False
    top: str = Top.NOTHING
    inner: str = ""

    @property
    def complete(self) -> bool:
        """Say whether the text may end here, with one whole value."""
        if self.stack or self.top == Top.NOTHING:
            return False
        return self.mode == Mode.AFTER or (self.mode == Mode.NUMBER and self.inner in "0ife")

    @property
    def between_values(self) -> bool:
        """Say whether a whole value is behind and nothing is open, for sure."""
        return self.complete and not self.open


START: Final = State()
_BLANKS: Final = " \t\r\n"
_DEEPEST: Final = 100
_PLAIN_RUN: Final = r'[^"\\\x00-\x1f]+'
_LITERALS: Final = {"t": ("rue", Top.BOOLEAN), "f": ("alse", Top.BOOLEAN), "n": ("ull", Top.NULL)}
#: Places in a number: after ``-``, a leading ``0``, in the integer, after ``.``, in the
#: fraction, after ``e``, after its sign, in the exponent (``-0i.fEse``).
_NUMBER: Final = {
    "-": {"0": "0", "1": "i"},
    "0": {".": ".", "e": "E"},
    "i": {"0": "i", "1": "i", ".": ".", "e": "E"},
    ".": {"0": "f", "1": "f"},
    "f": {"0": "f", "1": "f", "e": "E"},
    "E": {"0": "e", "1": "e", "+": "s"},
    "s": {"0": "e", "1": "e"},
    "e": {"0": "e", "1": "e"},
}
_NUMBER_CLASS: Final = {
    **dict.fromkeys("123456789", "1"),
    "e": "e",
    "E": "e",
    "+": "+",
    "-": "+",
}


def _anywhere() -> frozenset[State]:
    states = {START}
    for mode, stack in (
        (Mode.VALUE, ""),
        (Mode.VALUE_OR_END, "A"),
        (Mode.KEY_OR_END, "O"),
        (Mode.KEY, "O"),
        (Mode.COLON, "O"),
        (Mode.AFTER, ""),
    ):
        states.add(State(mode, stack, open=True, top=Top.ANY))
    for mode, stack in ((Mode.STRING, ""), (Mode.KEY_STRING, "O")):
        states |= {State(mode, stack, True, Top.ANY, inner) for inner in ("", "\\", *"4321")}
    states |= {State(Mode.NUMBER, "", True, Top.ANY, inner) for inner in "-0i.fEse"}
    for rest in ("rue", "ue", "e", "alse", "lse", "se", "ull", "ll", "l"):
        states.add(State(Mode.WORD, "", True, Top.ANY, rest))
    return frozenset(states)


ANYWHERE: Final = _anywhere()


def read(state: State, text: str) -> frozenset[State]:
    """Return where a reader may stand after *text*; none if *text* cannot follow there."""
    states = frozenset({state})
    index = 0
    while index < len(text) and states:
        if all(s.mode in (Mode.STRING, Mode.KEY_STRING) and not s.inner for s in states):
            run = re.compile(_PLAIN_RUN).match(text, index)
            if run:
                index = run.end()
                continue
        character = text[index]
        states = frozenset(after for before in states for after in step(before, character))
        index += 1
    return states


@lru_cache(maxsize=20_000)
def step(state: State, character: str) -> tuple[State, ...]:
    match state.mode:
        case Mode.STRING | Mode.KEY_STRING:
            return _in_string(state, character)
        case Mode.NUMBER:
            return _in_number(state, character)
        case Mode.WORD:
            if character != state.inner[0]:
                return ()
            rest = state.inner[1:]
            return (replace(state, mode=Mode.WORD if rest else Mode.AFTER, inner=rest),)
    if character in _BLANKS:
        return (state,)
    match state.mode:
        case Mode.VALUE:
            return _value(state, character)
        case Mode.VALUE_OR_END:
            return _close(state, "A") if character == "]" else _value(state, character)
        case Mode.KEY_OR_END | Mode.KEY:
            if character == '"':
                return (replace(state, mode=Mode.KEY_STRING),)
            ends = character == "}" and state.mode == Mode.KEY_OR_END
            return _close(state, "O") if ends else ()
        case Mode.COLON:
            return (replace(state, mode=Mode.VALUE),) if character == ":" else ()
    return _after(state, character)


def _value(state: State, character: str) -> tuple[State, ...]:
    if character == "[":
        return (_deeper(state, Mode.VALUE_OR_END, "A", Top.LIST),)
    if character == "{":
        return (_deeper(state, Mode.KEY_OR_END, "O", Top.OBJECT),)
    if character == '"':
        return (_begin(state, Mode.STRING, Top.STRING, ""),)
    if character == "-":
        return (_begin(state, Mode.NUMBER, Top.NUMBER, "-"),)
    if character in "0123456789":
        return (_begin(state, Mode.NUMBER, Top.NUMBER, "0" if character == "0" else "i"),)
    if character in _LITERALS:
        rest, top = _LITERALS[character]
        return (_begin(state, Mode.WORD, top, rest),)
    return ()


def _begin(state: State, mode: str, top: str, inner: str) -> State:
    kept = top if state.top == Top.NOTHING else state.top
    return State(mode, state.stack, state.open, kept, inner)


def _deeper(state: State, mode: str, bracket: str, top: str) -> State:
    begun = _begin(state, mode, top, "")
    stack = begun.stack + bracket
    if len(stack) > _DEEPEST:
        return replace(begun, stack=stack[-_DEEPEST:], open=True)
    return replace(begun, stack=stack)


def _close(state: State, bracket: str) -> tuple[State, ...]:
    if state.stack:
        if state.stack[-1] != bracket:
            return ()
        return (replace(state, mode=Mode.AFTER, stack=state.stack[:-1]),)
    return (replace(state, mode=Mode.AFTER),) if state.open else ()


def _after(state: State, character: str) -> tuple[State, ...]:
    if character == "]":
        return _close(state, "A")
    if character == "}":
        return _close(state, "O")
    if character != ",":
        return ()
    if state.stack:
        mode = Mode.VALUE if state.stack[-1] == "A" else Mode.KEY
        return (replace(state, mode=mode),)
    if not state.open:
        return ()
    return (
        replace(state, mode=Mode.VALUE, stack="A"),
        replace(state, mode=Mode.KEY, stack="O"),
    )


def _in_string(state: State, character: str) -> tuple[State, ...]:
    if state.inner == "\\":
        if character == "u":
            return (replace(state, inner="4"),)
        return (replace(state, inner=""),) if character in '"\\/bfnrt' else ()
    if state.inner:
        if character not in "0123456789abcdefABCDEF":
            return ()
        left = int(state.inner) - 1
        return (replace(state, inner=str(left) if left else ""),)
    if character == '"':
        after = Mode.AFTER if state.mode == Mode.STRING else Mode.COLON
        return (replace(state, mode=after),)
    if character == "\\":
        return (replace(state, inner="\\"),)
    return () if character < " " else (state,)


def _in_number(state: State, character: str) -> tuple[State, ...]:
    kind = _NUMBER_CLASS.get(character, character)
    following = _NUMBER[state.inner].get(kind)
    if following == "s" and state.inner != "E":
        following = None
    if following is not None:
        return (replace(state, inner=following),)
    if state.inner in "0ife":
        return step(replace(state, mode=Mode.AFTER, inner=""), character)
    return ()

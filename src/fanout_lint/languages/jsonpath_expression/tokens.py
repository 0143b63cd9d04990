"""A JSONPath cut into its tokens, as evilmonkeyinc/jsonpath v0.8.1 cuts and reads them.

``$.spec['a','b'][0:2]`` → root, key ``spec``, union of ``a`` and ``b``, range. The
library counts quotes and brackets rather than nesting them, and so does this.
"""

import re
from typing import TypeAlias

from msgspec import Struct

from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.jsonpath_expression.faults import JsonPathError, JsonPathUnknown
from fanout_lint.languages.jsonpath_expression.scripts import Budget, Script, compile_script

_SPACES = "".join(SPACES)
_INTEGER = r"[+-]?[0-9]{1,19}"


class Root(Struct, frozen=True):
    """``$``: the whole document."""


class Current(Struct, frozen=True):
    """``@``: the value that is looked at."""


class Wildcard(Struct, frozen=True):
    """``*``: all values of an object or list."""


class Recursive(Struct, frozen=True):
    """``..``: the value and all below it."""


class Length(Struct, frozen=True):
    """``.length``: how many values there are."""


class Key(Struct, frozen=True):
    """One key of an object."""

    name: str


class Index(Struct, frozen=True):
    """One item of a list; negative from its end."""

    index: int


class Range(Struct, frozen=True):
    """``[from:to:step]``; a bound is a number, a script, or left out."""

    start: "int | Script | None"
    end: "int | Script | None"
    step: "int | Script | None"


class Union(Struct, frozen=True):
    """``[a,b]``: several keys or several indexes."""

    members: "tuple[str | int | Script, ...]"


class Filter(Struct, frozen=True):
    """``[?(…)]``: the values for which the script holds."""

    script: Script


class Computed(Struct, frozen=True):
    """``[(…)]``: the key or index that the script gives."""

    script: Script


Step: TypeAlias = (
    Root | Current | Wildcard | Recursive | Length | Key | Index | Range | Union | Filter | Computed
)


class Token(Struct, frozen=True):
    """A step and its place in the path: 0-based character offsets, *end* exclusive."""

    step: Step
    start: int
    end: int


def parse_path(path: str, budget: Budget, offset: int = 0) -> tuple[Token, ...]:
    """Return the tokens of *path*, which stands at *offset* in the text that is read.

    Raises JsonPathError with its place in that text.
    """
    return tuple(
        Token(_parse_step(text, start + offset, budget), start + offset, end + offset)
        for text, start, end in _cut(path, offset)
    )


def _cut(path: str, offset: int) -> list[tuple[str, int, int]]:
    """Return the text of each token with its place."""
    if len(path) > 10_000:
        raise JsonPathUnknown
    if not path:
        raise JsonPathError("the JSONPath is empty; it starts with '$'", offset, offset)
    if path[0] not in "$@":
        hint = "; braces are kubectl's" if path[0] == "{" else ""
        message = f"a JSONPath starts with '$' or '@', not {path[0]!r}{hint}"
        raise JsonPathError(message, offset, offset + 1)
    if path[1:2] not in ("", ".", "["):
        message = f"'.' or '[' comes after {path[0]!r}, not {path[1]!r}"
        raise JsonPathError(message, offset + 1, offset + 2)
    cutter = _Cutter(path)
    for place in range(1, len(path)):
        cutter.take(place)
    return cutter.finish()


class _Cutter:
    """Takes a path character by character; the token at hand is ``path[start:place]``."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.start = 1
        self.found = [(path[0], 0, 1)]
        self.opened = self.closed = 0
        self.quotes = self.script_depth = 0

    def _push(self, end: int) -> None:
        """Close the token at hand before *end*; a leading dot is not part of it."""
        start = self.start
        if end > start and self.path[start] == "." and self.path[start:end] != "..":
            start += 1
        self.found.append((self.path[start:end], start, end))
        self.start = end

    def take(self, place: int) -> None:
        character = self.path[place]
        if place == self.start:
            self.quotes = self.script_depth = 0
        self._count(character)
        at_hand = self.path[self.start : place + 1]
        if at_hand == ".":
            return
        if at_hand == "..":
            self._push(place + 1)
        elif character == "[":
            if at_hand not in ("[", ".[") and at_hand.count("[") == 1:
                self._push(place)
        elif self.quotes % 2 or self.script_depth:
            return
        elif "[" in at_hand:
            if character == "]" and self.opened == self.closed:
                self._push(place + 1)
        elif character == ".":
            self._push(place)

    def _count(self, character: str) -> None:
        self.quotes += character == "'"
        self.script_depth += (character == "(") - (character == ")")
        self.opened += character == "["
        self.closed += character == "]"

    def finish(self) -> list[tuple[str, int, int]]:
        if self.start < len(self.path):
            self._push(len(self.path))
        return self.found


_WORDS: dict[str, Step] = {
    "$": Root(),
    "@": Current(),
    "*": Wildcard(),
    "..": Recursive(),
    "length": Length(),
}


def _parse_step(text: str, start: int, budget: Budget) -> Step:
    stripped = text.strip(_SPACES)
    end = start + len(text)
    if not stripped:
        raise JsonPathError("a name is missing after '.'", start, end)
    if stripped in _WORDS:
        return _WORDS[stripped]
    if stripped[0] != "[":
        return Key(stripped)
    subscript = stripped[1:-1].strip(_SPACES)
    if len(stripped) < 2 or stripped[-1] != "]" or not subscript:
        what = "is empty" if stripped == "[]" or stripped[-1] == "]" else "has no end"
        raise JsonPathError(f"the subscript {stripped!r} {what}", start, end)
    return _Subscript(subscript, stripped, start, end, budget).parse()


def is_script(text: str) -> bool:
    return len(text) > 2 and text[0] == "(" and text[-1] == ")"


def is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] and text[0] in "'\""


def _as_integer(text: str) -> int | None:
    if re.fullmatch(_INTEGER, text) and -(2**63) <= int(text) < 2**63:
        return int(text)
    return None


class _Subscript:
    """What stands between ``[`` and ``]``, and how it is read."""

    def __init__(self, text: str, whole: str, start: int, end: int, budget: Budget) -> None:
        self.text = text
        self.whole = whole
        self.start = start
        self.end = end
        self.budget = budget
        self.parts: list[str | int | None] = []
        self.buffer = ""
        self.quote = ""
        self.opened = self.closed = 0

    def _fault(self, why: str) -> JsonPathError:
        return JsonPathError(f"the subscript {self.whole!r} {why}", self.start, self.end)

    def _mismatch(self) -> JsonPathError:
        return self._fault("is no quoted key, number, range, union, '*', '?(…)' or '(…)'")

    def _script(self, text: str) -> Script:
        return compile_script(text, self.budget, self.start)

    def parse(self) -> Step:
        if self.text == "*":
            return Wildcard()
        if self.text[0] == "?":
            if not self.text.startswith("?(") or not self.text.endswith(")"):
                raise self._fault("starts like a filter, which is '?(…)'")
            return Filter(self._script(self.text[2:-1].strip(_SPACES)))
        for place, character in enumerate(self.text):
            self.buffer += character
            self._take(place, character)
        if self.buffer:
            self._add(self.buffer)
        if len(self.parts) == 1:
            return self._single(self.parts[0])
        return self._several()

    def _add(self, text: str) -> None:
        number = _as_integer(text)
        self.parts.append(text if number is None else number)

    def _take(self, place: int, character: str) -> None:
        nested = self.opened != self.closed
        if character == " ":
            if not self.quote and not nested:
                self.buffer = self.buffer.strip(_SPACES)
        elif character == "(":
            self.opened += not self.quote
        elif character == ")":
            self.closed += 1
            if self.opened == self.closed:
                if not is_script(self.buffer):
                    raise self._fault(f"has {self.buffer!r} where a script '(…)' would stand")
                self.parts.append(self.buffer)
                self.buffer = ""
        elif nested:
            return
        elif character in "'\"":
            self._take_quote(character)
        elif character in ":," and not self.quote:
            self._take_separator(place, character)

    def _take_quote(self, character: str) -> None:
        if self.quote and self.quote != character:
            return
        if self.buffer[-2:-1] == "\\":
            self.buffer = self.buffer[:-2] + character
        elif self.quote:
            if not is_quoted(self.buffer):
                raise self._mismatch()
            self.quote = ""
            self.parts.append(self.buffer)
            self.buffer = ""
        else:
            self.quote = character
            if self.buffer != character:
                raise self._mismatch()

    def _take_separator(self, place: int, character: str) -> None:
        text = self.buffer[:-1]
        if text:
            self._add(text)
            if character == ":" and isinstance(self.parts[-1], str):
                raise self._mismatch()
        elif character == ":" and place == 0:
            self.parts.append(None)
        self.parts.append(character)
        self.buffer = ""

    def _single(self, part: str | int | None) -> Step:
        if isinstance(part, int):
            return Index(part)
        if part is not None and is_quoted(part):
            return Key(part[1:-1])
        if part is not None and is_script(part):
            return Computed(self._script(part[1:-1]))
        raise self._mismatch()

    def _several(self) -> Step:
        colons = commas = 0
        after_colon = False
        bare: list[str | int | None] = []
        for part in self.parts:
            if part == ":":
                colons += 1
                if after_colon:
                    bare.append(None)
            elif part == ",":
                commas += 1
            else:
                bare.append(part)
            after_colon = part == ":"
        if commas and not colons and commas < len(bare):
            return Union(tuple(map(self._member, bare)))
        if colons in (1, 2) and not commas and bare:
            start, end, step, *_ = [*map(self._bound, bare[:3]), None, None]
            return Range(start, end, step)
        raise self._mismatch()

    def _member(self, part: str | int | None) -> "str | int | Script":
        if isinstance(part, int):
            return part
        if part is not None and is_script(part):
            return self._script(part[1:-1])
        if part is not None and is_quoted(part):
            return part[1:-1]
        raise self._mismatch()

    def _bound(self, part: str | int | None) -> "int | Script | None":
        if not isinstance(part, str):
            return part
        if not is_script(part):
            raise self._mismatch()
        return self._script(part[1:-1])

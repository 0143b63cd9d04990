"""Parses a regular expression as Go's ``regexp.Compile`` does (``regexp/syntax``, Perl flags)."""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from fanout_lint.languages.goregexp.brackets import ClassReader, read_escape
from fanout_lint.languages.goregexp.classes import PERL, CharacterClass, Part
from fanout_lint.languages.goregexp.nodes import (
    Assertion,
    Characters,
    Choice,
    Group,
    Node,
    Regexp,
    RegexpError,
    Repeat,
    Sequence,
)

_MAX_COUNT = 1000
_MAX_DEPTH = 1000

_BRACES = r"\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}"
_NAME = r"[A-Za-z0-9_]+"


class Flags(Struct, frozen=True):
    """``(?imsU)``: case is folded, lines have ends, dot takes newlines, repeats are lazy."""

    folded: bool = False
    lines: bool = False
    dot_all: bool = False
    lazy: bool = False


class _Frame(Struct):
    """An open group, or the whole expression."""

    start: int
    flags: Flags  #: Those to go back to at its end.
    number: int = 0  #: 0 where the group keeps nothing.
    name: str = ""
    alternatives: list[Node] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)  #: Of the parts: groups and repeats in them.
    height: int = 0  #: Of all that was in the group so far.

    def push(self, node: Node, height: int) -> None:
        self.parts.append(node)
        self.heights.append(height)
        self.height = max(self.height, height)

    def close_alternative(self) -> None:
        self.alternatives.append(
            self.parts[0] if len(self.parts) == 1 else Sequence((*self.parts,))
        )
        self.parts, self.heights = [], []

    def body(self) -> Node:
        self.close_alternative()
        found = self.alternatives
        return found[0] if len(found) == 1 else Choice(tuple(found))


def parse_goregexp(text: str) -> Regexp:
    """Return the tree of *text*; RegexpError where Go refuses it."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.flags = Flags()
        self.names = [""]
        self.frames = [_Frame(0, self.flags)]
        self.after_repeat = -1  #: Where the repeat that ends here starts; -1 after anything else.

    def parse(self) -> Regexp:
        while self.place < len(self.text):
            start = self.place
            repeats = self._take()
            self.after_repeat = start if repeats else -1
        if len(self.frames) > 1:
            opened = self.frames[-1].start
            raise RegexpError("'(' has no ')'", opened, opened + 1)
        return Regexp(self.frames[0].body(), tuple(self.names))

    def _take(self) -> bool:
        """Read what stands at the place, and return whether it is a repeat."""
        character = self.text[self.place]
        if character in "*+?":
            least = 1 if character == "+" else 0
            self._repeat(least, 1 if character == "?" else None, self.place + 1, counted=False)
            return True
        if character == "{":
            return self._take_braces()
        if character == "(":
            self._open()
        elif character == ")":
            self._close()
        elif character == "\\":
            self._take_escape()
        elif character == "[":
            reader = ClassReader(self.text, self.place, self.flags.folded)
            self._push(Characters(reader.read()))
            self.place = reader.place
        else:
            self._take_plain(character)
        return False

    def _take_plain(self, character: str) -> None:
        self.place += 1
        if character == "|":
            self.frames[-1].close_alternative()
        elif character == "^":
            self._push(Assertion("^" if self.flags.lines else "A"))
        elif character == "$":
            self._push(Assertion("$" if self.flags.lines else "z"))
        elif character == ".":
            newline = () if self.flags.dot_all else (Part(((10, 10),)),)
            self._push(Characters(CharacterClass(newline, negated=True)))
        else:
            self._literal(character)

    def _push(self, node: Node, height: int = 1) -> None:
        if height > _MAX_DEPTH:
            message = f"groups and repeats are nested more than {_MAX_DEPTH} deep"
            raise RegexpError(message, 0, len(self.text))
        self.frames[-1].push(node, height)

    def _literal(self, character: str) -> None:
        code = ord(character)
        part = Part(((code, code),))
        self._push(Characters(CharacterClass((part,), folded=self.flags.folded)))

    def _take_braces(self) -> bool:
        found = re.compile(_BRACES).match(self.text, self.place)
        if not found:
            self.place += 1
            self._literal("{")
            return False
        least = _count(found[1])
        most = least if not found[2] else _count(found[3]) if found[3] else None
        highest = least if most is None else most
        if max(least, highest) > _MAX_COUNT or least > highest:
            raise RegexpError(
                f"a repeat goes up to {_MAX_COUNT}, from the lower number to the higher",
                self.place,
                found.end(),
            )
        self._repeat(least, most, found.end(), counted=True)
        return True

    def _repeat(self, least: int, most: int | None, end: int, *, counted: bool) -> None:
        start = self.place
        greedy = not self.flags.lazy
        if self.text[end : end + 1] == "?":
            end += 1
            greedy = not greedy
        if self.after_repeat >= 0:
            repeats = self.text[self.after_repeat : end]
            message = f"{repeats!r} repeats a repeat; Go has no possessive or stacked repeats"
            raise RegexpError(message, self.after_repeat, end)
        frame = self.frames[-1]
        if not frame.parts:
            message = f"nothing stands before {self.text[start:end]!r} to be repeated"
            raise RegexpError(message, start, end)
        node = Repeat(frame.parts[-1], least, most, greedy, counted)
        if counted and max(least, most or 0) >= 2 and not _is_small(node):
            message = f"repeats inside repeats come to more than {_MAX_COUNT}"
            raise RegexpError(message, start, end)
        frame.parts.pop()
        self._push(node, frame.heights.pop() + 1)
        self.place = end

    def _open(self) -> None:
        start = self.place
        if self.text[start + 1 : start + 2] == "?":
            self._open_special(start)
            return
        self.place += 1
        self._open_group(start, "")

    def _open_group(self, start: int, name: str) -> None:
        self.frames.append(_Frame(start, self.flags, len(self.names), name))
        self.names.append(name)

    def _open_special(self, start: int) -> None:
        """Read ``(?P<name>``, ``(?<name>``, ``(?flags)`` or ``(?flags:``."""
        for opening in ("(?P<", "(?<"):
            if self.text.startswith(opening, start) and len(self.text) > start + len(opening):
                self._open_named(start, start + len(opening))
                return
        self._read_flags(start)

    def _open_named(self, start: int, name_start: int) -> None:
        end = self.text.find(">", start)
        name = self.text[name_start:end] if end >= 0 else ""
        if not re.fullmatch(_NAME, name):
            message = "a group's name is of ASCII letters, digits and '_', up to '>'"
            if self.text[name_start] in "=!":
                message = "Go's regular expressions have no lookbehind"
            raise RegexpError(message, start, end + 1 if end >= 0 else len(self.text))
        self.place = end + 1
        self._open_group(start, name)

    def _read_flags(self, start: int) -> None:
        flags, clears, seen = self.flags, False, False
        place = start + 2
        while place < len(self.text):
            character = self.text[place]
            place += 1
            if character in "imsU":
                name = {"i": "folded", "m": "lines", "s": "dot_all", "U": "lazy"}[character]
                flags = replace(flags, **{name: not clears})
                seen = True
            elif character == "-" and not clears:
                clears, seen = True, False
            elif character in ":)" and (seen or not clears):
                if character == ":":
                    self.frames.append(_Frame(start, self.flags))
                self.flags = flags
                self.place = place
                return
            else:
                break
        words = self.text[start:place]
        raise RegexpError(f"Go's regular expressions have no {words!r}", start, place)

    def _close(self) -> None:
        if len(self.frames) == 1:
            raise RegexpError("')' has no '('", self.place, self.place + 1)
        frame = self.frames.pop()
        body = frame.body()
        self.flags = frame.flags
        if frame.number:
            body = Group(frame.number, frame.name, body)
        self._push(body, max(frame.height, 1) + (frame.number > 0))
        self.place += 1

    def _take_escape(self) -> None:
        letter = self.text[self.place + 1 : self.place + 2]
        if letter and letter in "AbBz":
            self._push(Assertion(letter))
            self.place += 2
        elif letter == "C":
            message = "Go's regular expressions have no '\\\\C'"
            raise RegexpError(message, self.place, self.place + 2)
        elif letter == "Q":
            quoted, ending, _ = self.text[self.place + 2 :].partition("\\E")
            for character in quoted:
                self._literal(character)
            self.place += 2 + len(quoted) + len(ending)
        elif letter and letter in "pP":
            reader = ClassReader(self.text, self.place, self.flags.folded)
            self._push(
                Characters(CharacterClass((reader.read_unicode(),), folded=self.flags.folded))
            )
            self.place = reader.place
        elif letter and letter in "dDsSwW":
            part = Part(PERL[letter.lower()], negated=letter.isupper())
            self._push(Characters(CharacterClass((part,), folded=self.flags.folded)))
            self.place += 2
        else:
            character, self.place = read_escape(self.text, self.place)
            self._literal(character)


def _count(digits: str) -> int:
    """Return the number, cut short where it is far too large anyway."""
    return int(digits[:9])


def _is_small(node: Repeat) -> bool:
    """Whether counted repeats inside each other make no more than 1000 copies."""
    waiting: list[tuple[Node, int]] = [(node, _MAX_COUNT)]
    while waiting:
        found, left = waiting.pop()
        match found:
            case Repeat(body=body, counted=True):
                copies = found.least if found.most is None else found.most
                if found.most == 0:
                    continue
                if copies > left:
                    return False
                waiting.append((body, left // copies if copies else left))
            case Repeat(body=body) | Group(body=body):
                waiting.append((body, left))
            case Sequence(parts=parts):
                waiting += [(part, left) for part in parts if not isinstance(part, Characters)]
            case Choice(alternatives=alternatives):
                waiting += [(one, left) for one in alternatives]
    return True

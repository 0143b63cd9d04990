"""Bracketed classes (``[^a-z[:digit:]\\pL]``) and escapes of single characters."""

from fanout_lint.languages.goregexp.classes import (
    MAX_CODE,
    PERL,
    POSIX,
    CharacterClass,
    Part,
    unicode_part,
)
from fanout_lint.languages.goregexp.nodes import RegexpError

_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_OCTAL = frozenset("01234567")
_HEX = frozenset("0123456789abcdefABCDEF")


def read_escape(text: str, place: int) -> tuple[str, int]:
    """Return the character that the escape at *place* stands for, and where it ends."""
    letter = text[place + 1 : place + 2]
    if not letter:
        raise RegexpError("nothing stands after the backslash", place, place + 1)
    if letter in _CONTROLS:
        return _CONTROLS[letter], place + 2
    if letter == "0" or (letter in _OCTAL and text[place + 2 : place + 3] in _OCTAL):
        end = place + 2
        while end < len(text) and end < place + 4 and text[end] in _OCTAL:
            end += 1
        return chr(int(text[place + 1 : end], 8)), end
    if letter == "x":
        return _read_hexadecimal(text, place)
    if letter.isascii() and not letter.isalnum():
        return letter, place + 2
    raise RegexpError(_unknown_escape(letter), place, place + 2)


def _unknown_escape(letter: str) -> str:
    hint = ""
    if letter.isdigit():
        hint = "; there are no back references"
    elif letter == "Z":
        hint = "; the end of the text is '\\z'"
    elif letter == "u":
        hint = "; a character by its number is '\\x{…}'"
    return f"Go's regular expressions have no escape '\\{letter}'{hint}"


def _read_hexadecimal(text: str, place: int) -> tuple[str, int]:
    if text[place + 2 : place + 3] != "{":
        digits = text[place + 2 : place + 4]
        if len(digits) < 2 or not _HEX.issuperset(digits):
            end = place + 2 + len(digits)
            raise RegexpError("'\\x' takes two hexadecimal digits or '{…}'", place, end)
        return chr(int(digits, 16)), place + 4
    end = text.find("}", place)
    digits = text[place + 3 : end] if end >= 0 else ""
    significant = digits.lstrip("0")
    if not digits or not _HEX.issuperset(digits) or len(significant) > 6:
        end = len(text) if end < 0 else end + 1
        raise RegexpError("'\\x{…}' takes the number of a character", place, end)
    code = int(significant or "0", 16)
    if code > MAX_CODE:
        raise RegexpError(f"no character has a number above {MAX_CODE:x}", place, end + 1)
    return chr(code), end + 1


class ClassReader:
    """Reads a class that starts at *place*; afterwards *place* is its end."""

    def __init__(self, text: str, place: int, folded: bool) -> None:
        self.text = text
        self.start = place
        self.place = place
        self.folded = folded

    def read(self) -> CharacterClass:
        self.place += 1
        negated = self._ahead("^")
        self.place += negated
        parts: list[Part] = []
        while not self._ahead("]") or not parts:
            parts.append(self._named() or self._range())
        self.place += 1
        return CharacterClass(tuple(parts), negated, self.folded)

    def _ahead(self, word: str) -> bool:
        return self.text.startswith(word, self.place)

    def _named(self) -> Part | None:
        """Read ``[:name:]``, ``\\pN`` or ``\\d`` and its kin, if one stands here."""
        if self._ahead("[:"):
            end = self.text.find(":]", self.place + 2)
            if end >= 0:
                return self._posix(end)
        letter = self.text[self.place + 1 : self.place + 2]
        if not self._ahead("\\") or not letter:
            return None
        if letter in "pP":
            return self.read_unicode()
        if letter in "dDsSwW":
            self.place += 2
            return Part(PERL[letter.lower()], negated=letter.isupper())
        return None

    def _posix(self, end: int) -> Part:
        name = self.text[self.place + 2 : end]
        bare = name.removeprefix("^")
        if bare not in POSIX:
            message = f"there is no class '[:{name}:]'; there are {', '.join(sorted(POSIX))}"
            raise RegexpError(message, self.place, end + 2)
        self.place = end + 2
        return Part(POSIX[bare], negated=bare != name)

    def read_unicode(self) -> Part:
        """Read ``\\pN``, ``\\p{Name}`` or their negations, which stand here."""
        start = self.place
        negated = self.text[start + 1] == "P"
        if self.text[start + 2 : start + 3] == "{":
            end = self.text.find("}", start)
            name = self.text[start + 3 : end]
            end = len(self.text) if end < 0 else end + 1
        else:
            end = min(start + 3, len(self.text))
            name = self.text[start + 2 : end]
        bare = name.removeprefix("^")
        part = unicode_part(bare, negated is not (bare != name))
        if part is None or (self.text[end - 1] != "}" and self.text[start + 2 : start + 3] == "{"):
            words = self.text[start:end]
            raise RegexpError(f"{words!r} names no Unicode category or script", start, end)
        self.place = end
        return part

    def _range(self) -> Part:
        start = self.place
        low = self._character()
        if not self._ahead("-") or self.text[self.place + 1 : self.place + 2] in ("", "]"):
            return Part(((low, low),))
        self.place += 1
        high = self._character()
        if high < low:
            words = self.text[start : self.place]
            raise RegexpError(f"the range {words!r} runs backwards", start, self.place)
        return Part(((low, high),))

    def _character(self) -> int:
        if self.place >= len(self.text):
            raise RegexpError("'[' has no ']'", self.start, len(self.text))
        if self._ahead("\\"):
            character, self.place = read_escape(self.text, self.place)
        else:
            character = self.text[self.place]
            self.place += 1
        return ord(character)

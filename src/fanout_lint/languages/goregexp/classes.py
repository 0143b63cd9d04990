"""Sets of characters: ranges, Perl and POSIX names, Unicode categories, folded case."""

from functools import lru_cache

from msgspec import Struct

from fanout_lint.languages.goregexp.unicode_names import ALIASES, CATEGORIES, SCRIPTS

MAX_CODE = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]

_DIGITS: Ranges = ((0x30, 0x39),)
_BLANKS: Ranges = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
_WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))

#: What ``\\d`` and its kin mean in Go: ASCII only.
PERL: dict[str, Ranges] = {"d": _DIGITS, "s": _BLANKS, "w": _WORD}

POSIX: dict[str, Ranges] = {
    "alnum": ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    "alpha": ((0x41, 0x5A), (0x61, 0x7A)),
    "ascii": ((0x00, 0x7F),),
    "blank": ((0x09, 0x09), (0x20, 0x20)),
    "cntrl": ((0x00, 0x1F), (0x7F, 0x7F)),
    "digit": _DIGITS,
    "graph": ((0x21, 0x7E),),
    "lower": ((0x61, 0x7A),),
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "space": ((0x09, 0x0D), (0x20, 0x20)),
    "upper": ((0x41, 0x5A),),
    "word": _WORD,
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}


class Part(Struct, frozen=True):
    """A part of a class: ranges, or a Unicode category; *negated* after its case was folded."""

    ranges: Ranges = ()
    category: str = ""
    negated: bool = False


class CharacterClass(Struct, frozen=True):
    """Characters that are in any part; *folded* where case does not count."""

    parts: tuple[Part, ...]
    negated: bool = False
    folded: bool = False

    def is_told(self) -> bool:
        """Whether every part can be looked up here: Python knows no scripts."""
        return not any(part.category.startswith("script") for part in self.parts)

    def has(self, character: str) -> bool:
        if not self.folded:
            return self.negated is not any(_has(part, character) for part in self.parts)
        variants = variants_of(character)
        for part in self.parts:
            if any(_has_plain(part, variant) for variant in variants) is not part.negated:
                return not self.negated
        return self.negated


def _has(part: Part, character: str) -> bool:
    return _has_plain(part, character) is not part.negated


def _has_plain(part: Part, character: str) -> bool:
    if part.category:
        return _in_category(part.category, character)
    code = ord(character)
    return any(low <= code <= high for low, high in part.ranges)


def _in_category(name: str, character: str) -> bool:
    from unicodedata import category

    found = category(character)
    if name == "Lc":
        return found in ("Lu", "Ll", "Lt")
    return found.startswith(name)


@lru_cache(maxsize=4096)
def variants_of(character: str) -> tuple[str, ...]:
    """Return all characters that differ from *character* in case alone, itself first."""
    if character.isascii():
        if not character.isalpha():
            return (character,)
        odd = {"k": ("\u212a",), "s": ("\u017f",)}.get(character.lower(), ())
        return (character, character.swapcase(), *odd)
    return _orbits().get(character, (character,))


@lru_cache(maxsize=1)
def _orbits() -> dict[str, tuple[str, ...]]:
    """Return the variants of every character beyond ASCII that has any."""
    groups: dict[str, list[str]] = {}
    for code in range(0x41, 0x1E944):
        character = chr(code)
        groups.setdefault(_fold(character), []).append(character)
    cased = (group for group in groups.values() if len(group) > 1)
    return {
        one: (one, *(other for other in group if other != one)) for group in cased for one in group
    }


def _fold(character: str) -> str:
    if character == "\u0130":
        return character
    folded = character.casefold()
    return folded if len(folded) == 1 else _single(character.lower(), character)


def _single(mapped: str, otherwise: str) -> str:
    return mapped if len(mapped) == 1 else otherwise


def canonical_name(name: str) -> str:
    """Return *name* as Go compares Unicode names: ``lowercase_letter`` → ``Lowercaseletter``."""
    bare = "".join(character for character in name if character not in "_- ")
    small = "".join(c.lower() if "A" <= c <= "Z" else c for c in bare[1:])
    first = bare[:1]
    return (first.upper() if "a" <= first <= "z" else first) + small


def unicode_part(name: str, negated: bool) -> Part | None:
    """Return the part that ``\\p{name}`` stands for, or None where Go knows no such name."""
    canonical = canonical_name(name)
    if canonical == "Any":
        return Part(((0, MAX_CODE),), negated=negated)
    if canonical == "Ascii":
        return Part(((0, 0x7F),), negated=negated)
    if canonical == "Assigned":
        return Part(category="Cn", negated=not negated)
    if canonical in CATEGORIES:
        return Part(category=canonical, negated=negated)
    if canonical in SCRIPTS:
        return Part(category="script " + canonical, negated=negated)
    if alias := ALIASES.get(canonical):
        return Part(category=alias, negated=negated)
    return None

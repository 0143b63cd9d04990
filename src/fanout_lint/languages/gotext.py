"""Characters as Go's ``unicode`` package sorts them, where Python's own methods differ."""

from unicodedata import category

SPACES = frozenset("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | frozenset(
    map(chr, range(0x2000, 0x200B))
)


def is_space(character: str) -> bool:
    """``unicode.IsSpace``; unlike ``str.isspace``, the separators U+001C to U+001F are none."""
    return character in SPACES


def is_letter(character: str) -> bool:
    """``unicode.IsLetter``."""
    return character.isalpha()


def is_digit(character: str) -> bool:
    """``unicode.IsDigit``: decimal digits of any script; unlike ``str.isdigit``, no ``²``."""
    return character.isdecimal()


def is_upper_or_caseless(character: str) -> bool:
    """Whether ``unicode.ToUpper`` leaves the character alone."""
    upper = character.upper()
    return upper == character or len(upper) != 1 or category(character) == "Lt"


def without_lone_surrogates(text: str) -> str:
    """Return *text* as Go's JSON reader leaves it, with U+FFFD for half a ``\\ud83d`` pair."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

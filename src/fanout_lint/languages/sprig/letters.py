"""Upper, lower and title case as Go maps them, rune by rune, and sprig's word cases.

Go never makes two letters of one (``ß`` stays ``ß``) and knows no final sigma,
unlike Python's ``str`` methods.
"""

from collections.abc import Callable, Mapping

from fanout_lint.languages.sprig.function import SprigUnknown
from fanout_lint.languages.sprig.kinds import GO_SPACES, bytes_of

_CONNECTORS = "-_" + GO_SPACES


def upper_rune(rune: str) -> str:
    """Return ``unicode.ToUpper`` of one character."""
    upper = rune.upper()
    return upper if len(upper) == 1 else _single(rune.title(), rune)


def lower_rune(rune: str) -> str:
    """Return ``unicode.ToLower`` of one character."""
    return _single(rune.lower(), "i" if rune == "İ" else rune)


def title_rune(rune: str) -> str:
    """Return ``unicode.ToTitle`` of one character."""
    return _single(rune.title(), rune)


def _single(mapped: str, otherwise: str) -> str:
    return mapped if len(mapped) == 1 else otherwise


def upper(text: str) -> str:
    return "".join(map(upper_rune, text))


def lower(text: str) -> str:
    return "".join(map(lower_rune, text))


def title(text: str) -> str:
    """Return *text* with each word's first letter in title case (``strings.Title``)."""
    pieces = []
    before = " "
    for rune in text:
        pieces.append(title_rune(rune) if _separates(before) else rune)
        before = rune
    return "".join(pieces)


def _separates(rune: str) -> bool:
    if rune.isascii():
        return not (rune.isalnum() or rune == "_")
    return rune in GO_SPACES


def untitle(text: str) -> str:
    """Return *text* with the first letter of each word in lower case."""
    pieces = []
    fresh = True
    for rune in text:
        space = rune in GO_SPACES
        pieces.append(lower_rune(rune) if fresh and not space else rune)
        fresh = space
    return "".join(pieces)


def swapcase(text: str) -> str:
    """Return *text* with cases swapped; a small letter that starts a word goes to title case."""
    pieces = []
    after_space = True
    for rune in text:
        if rune.isupper() or rune.istitle():
            pieces.append(lower_rune(rune))
            after_space = False
        elif rune.islower():
            pieces.append(title_rune(rune) if after_space else upper_rune(rune))
            after_space = False
        else:
            pieces.append(rune)
            after_space = rune in GO_SPACES
    return "".join(pieces)


def initials(text: str) -> str:
    """Return the first byte of each word, each byte taken for a character as goutils does."""
    pieces = []
    gap = True
    for rune in bytes_of(text).decode("latin-1"):
        if rune in GO_SPACES:
            gap = True
        elif gap:
            pieces.append(rune)
            gap = False
    return "".join(pieces)


def nospace(text: str) -> str:
    """Return *text* without spaces; once one is dropped, each byte is taken for a character."""
    runes = bytes_of(text).decode("latin-1")
    kept = "".join(rune for rune in runes if rune not in GO_SPACES)
    return text if len(kept) == len(runes) else kept


def camelcase(text: str) -> str:
    """Return *text* in Pascal case: ``some_words`` → ``SomeWords``; leading connectors stay."""
    _only_ascii(text)
    body = text.lstrip(_CONNECTORS)
    if not body:
        return text
    pieces = [text[: len(text) - len(body)]]
    current = body[0].upper()
    capitals = body[0].isupper()
    for following in body[1:]:
        previous, current = current, following
        if current in _CONNECTORS and previous in _CONNECTORS:
            pieces.append(previous)
        elif previous in _CONNECTORS:
            capitals = current.isupper()
            current = current.upper()
        else:
            if capitals and current.isupper():
                current = current.lower()
            else:
                capitals = False
            pieces.append(previous)
    return "".join([*pieces, current])


def _only_ascii(text: str) -> None:
    if not text.isascii():
        raise SprigUnknown


def snakecase(text: str) -> str:
    return _split_words(text, "_")


def kebabcase(text: str) -> str:
    return _split_words(text, "-")


class _Words:
    """The words of a text, one kind of character each, as xstrings cuts them."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self.kind = ""
        self.word = ""

    def advance(self) -> None:
        """Move to the next word; past the end the kind is empty."""
        self.kind = _rune_kind(self.rest[0]) if self.rest else ""
        end = self._word_end() if self.rest else 0
        self.word, self.rest = self.rest[:end], self.rest[end:]

    def _word_end(self) -> int:
        if self.kind != "upper":
            return self._run_end(1, self.kind)
        capitals_end = self._run_end(1, "upper")
        if capitals_end == 1:
            return self._run_end(1, "letter")
        followed = self.rest[capitals_end : capitals_end + 1].islower()
        return capitals_end - 1 if followed else capitals_end

    def _run_end(self, start: int, kind: str) -> int:
        end = start
        while end < len(self.rest) and _rune_kind(self.rest[end]) == kind:
            end += 1
        return end


def _rune_kind(rune: str) -> str:
    if rune in _CONNECTORS:
        return "connector"
    if rune.isupper():
        return "upper"
    if rune.isalpha():
        return "letter"
    if rune.isdigit():
        return "number"
    return "other" if rune in "$+<=>^`|~" or not rune.isprintable() else "punctuation"


def _split_words(text: str, connector: str) -> str:
    _only_ascii(text)
    pieces: list[str] = []
    words = _Words(text)
    words.advance()
    while words.rest:
        if words.kind != "connector":
            pieces.append(_lowered(words.kind, words.word, connector))
        before, last = words.kind, words.word
        words.advance()
        if before == "number":
            _take_letters(words, pieces, connector)
        elif before == "connector":
            pieces.append(_lowered(before, last, connector))
        elif before != "punctuation":
            _join_next(words, pieces, connector)
    pieces.append(_lowered(words.kind, words.word, connector))
    return "".join(pieces)


def _lowered(kind: str, word: str, connector: str) -> str:
    if kind == "connector":
        return connector * len(word)
    return word.lower() if kind == "upper" else word


def _take_letters(words: _Words, pieces: list[str], connector: str) -> None:
    """Take small letters and digits that go on a number, then a connector if a word follows."""
    while words.kind in ("letter", "number"):
        pieces.append(words.word)
        words.advance()
    if words.kind not in ("", "punctuation", "connector"):
        pieces.append(connector)


def _join_next(words: _Words, pieces: list[str], connector: str) -> None:
    """Put a connector before the next word, unless it is a number that ends this word."""
    if words.kind != "number":
        if words.kind not in ("connector", "punctuation"):
            pieces.append(connector)
        return
    if not words.rest:
        return
    number = words.word
    words.advance()
    if words.kind != "letter":
        pieces.append(number)
        if words.kind not in ("connector", "punctuation"):
            pieces.append(connector)
        return
    pieces += [connector, number]
    _take_letters(words, pieces, connector)


CALLS: Mapping[str, Callable[..., object] | None] = {
    "upper(string) string": upper,
    "lower(string) string": lower,
    "title(string) string": title,
    "untitle(string) string": untitle,
    "swapcase(string) string": swapcase,
    "initials(string) string": initials,
    "nospace(string) string": nospace,
    "camelcase(string) string": camelcase,
    "snakecase(string) string": snakecase,
    "kebabcase(string) string": kebabcase,
}

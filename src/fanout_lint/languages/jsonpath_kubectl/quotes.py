"""Quoted texts of a template, read as Go's ``strconv.UnquoteChar`` reads them."""

import re

_ESCAPE = r"\\(?:([abfnrtv\\'\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))"
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def unquote(quoted: str) -> str | None:
    """Return the text between the quotes, escapes undone; None where Go refuses it.

    Bytes that are no UTF-8 come as ``surrogateescape`` gives them.
    """
    quote, inside = quoted[0], quoted[1:-1]
    pieces: list[bytes] = []
    place = 0
    while place < len(inside):
        if inside[place] == quote:
            return None
        if inside[place] != "\\":
            pieces.append(inside[place].encode("utf-8", "surrogateescape"))
            place += 1
            continue
        found = re.compile(_ESCAPE).match(inside, place)
        raw = _unescaped(found, quote) if found else None
        if found is None or raw is None:
            return None
        pieces.append(raw)
        place = found.end()
    return b"".join(pieces).decode("utf-8", "surrogateescape")


def _unescaped(found: re.Match[str], quote: str) -> bytes | None:
    letter, byte, short, long, octal = found.groups()
    if letter:
        if letter in "'\"" and letter != quote:
            return None
        return _LETTERS.get(letter, letter).encode()
    if byte or octal:
        code = int(byte, 16) if byte else int(octal, 8)
        return bytes([code]) if code < 256 else None
    code = int(short or long, 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return None
    return chr(code).encode()

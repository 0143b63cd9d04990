r"""What stands between quotes in an expression, decoded as expr-lang 1.17.8 does it.

A string is cut first and decoded after (``parser/lexer/lexer.go:scanString``,
``utils.go:unescape``); both steps refuse, and not the same things: ``\400`` is cut
as three octal digits and refused when decoded.
"""

_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_DECODED = _SIMPLE | {"\\": "\\", "'": "'", '"': '"', "`": "`", "?": "?"}
_WIDTHS = {"x": 2, "X": 2, "u": 4, "U": 8}
_HEX = frozenset("0123456789abcdefABCDEF")
_OCTAL = frozenset("01234567")


class EscapeError(Exception):
    """A string that expr refuses; *start* and *end* place the fault in the whole text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


def scan_quoted(text: str, start: int) -> int:
    """Return the offset after the string whose opening quote stands at *start*."""
    quote = text[start]
    place = start + 1
    while place < len(text) and text[place] != "\n":
        if text[place] == quote:
            return place + 1
        place = _scan_escape(text, place, quote) if text[place] == "\\" else place + 1
    raise EscapeError("this string is never closed", start, place)


def _scan_escape(text: str, start: int, quote: str) -> int:
    letter = text[start + 1 : start + 2]
    if letter and (letter in _SIMPLE or letter in ("\\", quote)):
        return start + 2
    if letter and letter in _OCTAL:
        return _digits(text, start, start + 1, 3, _OCTAL)
    if letter == "u" and text.startswith("{", start + 2):
        close = text.find("}", start + 3, start + 10)
        if close > start + 3 and all(char in _HEX for char in text[start + 3 : close]):
            return close + 1
        raise _bad(text, start)
    if letter in ("x", "u", "U"):
        return _digits(text, start, start + 2, _WIDTHS[letter], _HEX)
    raise _bad(text, start)


def _digits(text: str, start: int, first: int, width: int, allowed: frozenset[str]) -> int:
    digits = text[first : first + width]
    if len(digits) < width or not all(char in allowed for char in digits):
        raise _bad(text, start)
    return first + width


def _bad(text: str, start: int) -> EscapeError:
    end = min(start + 2, len(text))
    return EscapeError(f"the escape {text[start:end]} is not known here", start, end)


def unescape(body: str) -> str:
    """Return the value of a string with *body* between its quotes."""
    if "\\" not in body and "\r" not in body:
        return body
    return "".join(_pieces(_newlines(body), as_bytes=False))


def unescape_bytes(body: str) -> bytes:
    """Return the value of a bytes literal with *body* between its quotes."""
    pieces = _pieces(_newlines(body), as_bytes=True)
    return b"".join(piece.encode("utf-8", "surrogateescape") for piece in pieces)


def _newlines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _pieces(body: str, *, as_bytes: bool) -> list[str]:
    pieces: list[str] = []
    place = 0
    while (escape := body.find("\\", place)) >= 0:
        pieces.append(body[place:escape])
        piece, place = _decode(body, escape, as_bytes=as_bytes)
        pieces.append(piece)
    pieces.append(body[place:])
    return pieces


def _decode(body: str, start: int, *, as_bytes: bool) -> tuple[str, int]:
    letter = body[start + 1]
    if letter in _DECODED:
        return _DECODED[letter], start + 2
    if letter in "0123":
        code = int(body[start + 1 : start + 4], 8)
        return _character(code, as_bytes=as_bytes), start + 4
    if letter == "x":
        code = int(body[start + 2 : start + 4], 16)
        return _character(code, as_bytes=as_bytes), start + 4
    if letter not in ("u", "U") or as_bytes:
        raise _bad(body, start)
    if body.startswith("{", start + 2):
        end = body.index("}", start) + 1
        code = int(body[start + 3 : end - 1], 16)
    else:
        end = start + 2 + _WIDTHS[letter]
        code = int(body[start + 2 : end], 16)
    return _rune(body, start, code), end


def _rune(body: str, start: int, code: int) -> str:
    """Return the character of *code*, held in 32 signed bits as Go holds it."""
    if code >= 2**31:
        return _stray(code & 0xFF)
    if code > 0x10FFFF:
        raise _bad(body, start)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _character(code: int, *, as_bytes: bool) -> str:
    return _stray(code) if as_bytes else chr(code)


def _stray(code: int) -> str:
    return chr(code) if code < 0x80 else chr(0xDC00 + code)

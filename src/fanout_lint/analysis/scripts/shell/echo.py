"""What ``echo`` and ``printf`` make of their arguments, in each shell.

dash expands ``\\n`` and its like in what ``echo`` prints; bash and busybox leave
it unless told by ``-e``. ``sh`` may be any of them.
"""

import re
from typing import Final

from fanout_lint.analysis.scripts.shell.state import Dialect
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    NUMBER_TEXT,
    Either,
    Exact,
    Many,
    Piece,
    Text,
    concat,
    either,
    exact,
    literal,
)

_SIMPLE: Final = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\",
}  # fmt: skip
_ESCAPE = r"\\([abfnrtv\\]|c|0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|e|E)?"
_FORMAT = r"%([-+ #0]*)(\d*)(\.\d+)?([a-zA-Z%])"


def echo(arguments: tuple[Text, ...], dialect: Dialect) -> Text:
    """Return what ``echo arguments…`` prints."""
    if dialect is Dialect.SH:
        texts = {echo(arguments, one) for one in (Dialect.BASH, Dialect.DASH, Dialect.BUSYBOX)}
        ordered = sorted(texts, key=repr)
        return either(ordered, genuine=True)
    newline, escapes = True, dialect is Dialect.DASH
    while arguments:
        flag = exact(arguments[0])
        if flag is None or not re.fullmatch(r"-[neE]+", flag):
            break
        if dialect is Dialect.DASH and flag != "-n":
            break
        newline = newline and "n" not in flag
        if dialect is not Dialect.DASH:
            escapes = "e" in flag
        arguments = arguments[1:]
    words = [piece for word in arguments for piece in (*word, Exact(" "))][:-1]
    text = concat(words)
    if escapes:
        text, ended = unescaped(text)
        newline = newline and not ended
    return concat(text, literal("\n") if newline else ())


def unescaped(text: Text) -> tuple[Text, bool]:
    """Return *text* with its escapes done, and whether a ``\\c`` ended it."""
    pieces: list[Piece] = []
    for piece in text:
        if isinstance(piece, Exact):
            done, ended = _unescaped(piece.text)
            pieces += literal(done)
            if ended:
                return concat(pieces), True
        elif isinstance(piece, Either):
            pieces += either([unescaped(option)[0] for option in piece.options])
        elif isinstance(piece, Many):
            body, between = unescaped(piece.body)[0], unescaped(piece.between)[0]
            pieces.append(Many(body, between, piece.least, piece.most))
        else:
            pieces.append(piece)
    return concat(pieces), False


def _unescaped(text: str) -> tuple[str, bool]:
    out: list[str] = []
    at = 0
    for found in re.finditer(_ESCAPE, text):
        out.append(text[at : found.start()])
        at = found.end()
        code = found[1]
        if code is None:
            out.append("\\")
        elif code == "c":
            return "".join(out), True
        elif code in _SIMPLE:
            out.append(_SIMPLE[code])
        elif code in "eE":
            out.append("\x1b")
        elif code[0] == "x":
            out.append(chr(int(code[1:], 16)))
        else:
            out.append(chr(int(code, 8) & 0xFF))
    out.append(text[at:])
    return "".join(out), False


def printf(arguments: tuple[Text, ...]) -> Text:
    """Return what ``printf format arguments…`` prints; what is not understood is unknown."""
    if arguments and exact(arguments[0]) == "--":
        arguments = arguments[1:]
    pattern = exact(arguments[0]) if arguments else None
    if pattern is None:
        parts = arguments[0] if len(arguments) == 1 else ()
        if any(
            isinstance(p, Either | Many) or (isinstance(p, Exact) and "%" in p.text) for p in parts
        ):
            return ANY_TEXT
        return unescaped(parts)[0] if parts else ANY_TEXT
    if pattern.startswith("-"):
        return ANY_TEXT
    operands = list(arguments[1:])
    pieces: list[Text] = []
    for _ in range(200):
        used = len(operands)
        once = _printf_once(pattern, operands)
        if once is None:
            return ANY_TEXT
        pieces.append(once)
        if not operands or len(operands) == used:
            return concat(*pieces)
    return ANY_TEXT


def _printf_once(pattern: str, operands: list[Text]) -> Text | None:
    """Return one pass over the format, which takes what it needs from *operands*."""
    pieces: list[Text] = []
    at = 0
    for found in re.finditer(_FORMAT, pattern):
        before = pattern[at : found.start()]
        if "%" in before:
            return None
        done, ended = _unescaped(before)
        pieces.append(literal(done))
        at = found.end()
        if ended:
            return None
        conversion = found[4]
        if conversion == "%":
            pieces.append(literal("%"))
            continue
        piece = _converted(conversion, found[1] + found[2] + (found[3] or ""), operands)
        if piece is None:
            return None
        pieces.append(piece)
    if "%" in pattern[at:]:
        return None
    done, ended = _unescaped(pattern[at:])
    return None if ended else concat(*pieces, literal(done))


def _converted(conversion: str, flags: str, operands: list[Text]) -> Text | None:
    given = bool(operands)
    operand = operands.pop(0) if operands else ()
    if conversion == "s":
        return operand if not flags else ANY_TEXT
    if conversion == "b":
        return unescaped(operand)[0] if not flags else ANY_TEXT
    if conversion in "di":
        number = exact(operand) if given else "0"
        if number is not None and re.fullmatch(r"-?(0|[1-9]\d*)", number) and not flags:
            return literal(number)
        return ANY_TEXT if flags else NUMBER_TEXT
    return None if conversion not in "cqxXofeEgGu" else ANY_TEXT

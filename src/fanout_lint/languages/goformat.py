"""Go's ``fmt.Sprintf`` for one ``int``, its complaints inside the text included.

``withSequence.format`` is given to it with each number
(``workflow/controller/operator.go:expandSequence`` of v4.1.2). A fault of the format is
no error in Go: ``%s`` gives ``%!s(int=3)``, and that becomes the item.
"""

from msgspec import Struct

MAX_WIDTH = 4096  #: A wider field is not written out; Go itself stops at a million.

_TOO_LARGE = 1_000_000  # `fmt/print.go:tooLarge`
_BASES = {"v": "d", "d": "d", "b": "b", "o": "o", "O": "o", "x": "x", "X": "X"}
_PREFIXES = {"b": "0b", "x": "0x", "X": "0X"}
_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 39: "'", 92: "\\"}
_MAX_RUNE = 0x10FFFF


class _UnknownError(Exception):
    """The result depends on Go's table of printable characters, or is very long."""


class _Verb(Struct):
    """The flags, the width and the precision between ``%`` and the verb."""

    flags: frozenset[str] = frozenset()
    width: int | None = None
    precision: int | None = None

    @property
    def leftward(self) -> bool:
        return "-" in self.flags

    def pad(self, text: str, fill: str = " ") -> str:
        width = self.width or 0
        return text.ljust(width) if self.leftward else text.rjust(width, fill)


def sprintf(layout: str, number: int) -> str | None:
    """Return the text that Go makes; ``None`` when it is too long, or cannot be known."""
    printer = _Printer(layout, number)
    try:
        return printer.run()
    except _UnknownError:
        return None


def faults(layout: str) -> tuple[str, ...]:
    """Return what Go complains of inside the text, as ``%!d(MISSING)``, in order."""
    printer = _Printer(layout, 1)
    try:
        printer.run()
    except _UnknownError:
        return ()
    return tuple(printer.faults)


class _Printer:
    """One run over the layout; *argument* is the index of the next argument, 0 or past it."""

    def __init__(self, layout: str, number: int) -> None:
        self._layout = layout
        self._number = number
        self._at = 0
        self._argument = 0
        self._reordered = False
        self._good_index = True
        self._out: list[str] = []
        self.faults: list[str] = []

    def run(self) -> str:
        while self._at < len(self._layout):
            percent = self._layout.find("%", self._at)
            if percent < 0:
                self._out.append(self._layout[self._at :])
                break
            self._out.append(self._layout[self._at : percent])
            self._at = percent + 1
            self._one_verb()
        if not self._reordered and self._argument < 1:
            self._complain(f"%!(EXTRA int={self._number})")
        return "".join(self._out)

    def _complain(self, text: str) -> None:
        self.faults.append(text)
        self._out.append(text)

    def _is(self, character: str) -> bool:
        return self._layout.startswith(character, self._at)

    def _one_verb(self) -> None:
        self._good_index = True
        verb = _Verb(self._flags())
        indexed = self._index()
        indexed = self._width(verb, indexed)
        indexed = self._precision(verb, indexed)
        if not indexed:
            self._index()
        if self._at >= len(self._layout):
            self._complain("%!(NOVERB)")
            return
        letter = self._layout[self._at]
        self._at += 1
        if letter == "%":
            self._out.append("%")
        elif not self._good_index:
            self._complain(f"%!{letter}(BADINDEX)")
        elif self._argument >= 1:
            self._complain(f"%!{letter}(MISSING)")
        else:
            self._argument = 1
            self._print(letter, verb)

    def _flags(self) -> frozenset[str]:
        start = self._at
        while self._at < len(self._layout) and self._layout[self._at] in "#0+- ":
            self._at += 1
        return frozenset(self._layout[start : self._at])

    def _index(self) -> bool:
        """Read ``[1]``; a bad one spoils the verb."""
        if not self._is("["):
            return False
        self._reordered = True
        end = self._layout.find("]", self._at + 1)
        if len(self._layout) - self._at < 3 or end < 0:
            self._good_index = False
            self._at += 1
            return False
        digits = self._layout[self._at + 1 : end]
        self._at = end + 1
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 7:
            self._good_index = False
            return False
        if int(digits) == 1:
            self._argument = 0
        else:
            self._good_index = False
        return True

    def _digits(self) -> int | None:
        start = self._at
        number = 0
        while self._at < len(self._layout) and self._layout[self._at] in "0123456789":
            if number > _TOO_LARGE:
                self._at = len(self._layout)
                return None
            number = number * 10 + int(self._layout[self._at])
            self._at += 1
        return number if self._at > start else None

    def _from_argument(self) -> int | None:
        """Take a width or a precision from the argument, as ``%*d`` does."""
        if self._argument >= 1:
            return None
        self._argument = 1
        return self._number if -_TOO_LARGE <= self._number <= _TOO_LARGE else None

    def _width(self, verb: _Verb, indexed: bool) -> bool:
        if self._is("*"):
            self._at += 1
            verb.width = self._from_argument()
            if verb.width is None:
                self._complain("%!(BADWIDTH)")
            elif verb.width < 0:
                verb.width = -verb.width
                verb.flags = (verb.flags | {"-"}) - {"0"}
            return False
        verb.width = self._digits()
        if indexed and verb.width is not None:
            self._good_index = False
        return indexed

    def _precision(self, verb: _Verb, indexed: bool) -> bool:
        if not self._is(".") or self._at + 1 >= len(self._layout):
            return indexed
        self._at += 1
        if indexed:
            self._good_index = False
        indexed = self._index()
        if self._is("*"):
            self._at += 1
            found = self._from_argument()
            verb.precision = None if found is None or found < 0 else found
            if verb.precision is None:
                self._complain("%!(BADPREC)")
            return False
        verb.precision = self._digits() or 0
        return indexed

    def _print(self, letter: str, verb: _Verb) -> None:
        if max(verb.width or 0, verb.precision or 0) > MAX_WIDTH:
            raise _UnknownError
        if letter == "T":
            name = "int" if verb.precision is None else "int"[: verb.precision]
            self._out.append(verb.pad(name, "0" if "0" in verb.flags else " "))
        elif letter in _BASES:
            if letter == "v":
                verb.flags -= {"#", "+"}
            self._out.append(_integer(self._number, letter, verb))
        elif letter in "cqU":
            text = {"c": _character, "q": _quoted, "U": _code_point}[letter](self._number, verb)
            self._out.append(text)
        else:
            if letter == "w":
                verb.flags -= {"#", "+"}
            self._complain(f"%!{letter}(int={_integer(self._number, 'v', verb)})")


def _integer(number: int, letter: str, verb: _Verb) -> str:
    if verb.precision == 0 and number == 0:
        return " " * (verb.width or 0)
    sign = "-" if number < 0 else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    digits = format(abs(number), _BASES[letter])
    if verb.precision is not None:
        digits = digits.rjust(verb.precision, "0")
    elif "0" in verb.flags and not verb.leftward and verb.width is not None:
        digits = digits.rjust(verb.width - len(sign), "0")
    if "#" in verb.flags:
        if _BASES[letter] == "o":
            digits = digits if digits.startswith("0") else "0" + digits
        else:
            digits = _PREFIXES.get(letter, "") + digits
    if letter == "O":
        digits = "0o" + digits
    return verb.pad(sign + digits)


def _rune(number: int) -> int:
    if 0 <= number <= _MAX_RUNE and not 0xD800 <= number <= 0xDFFF:
        return number
    return 0xFFFD


def _character(number: int, verb: _Verb) -> str:
    return verb.pad(chr(_rune(number)), _zero_fill(verb))


def _quoted(number: int, verb: _Verb) -> str:
    rune = _rune(number)
    if rune in _ESCAPES:
        inner = "\\" + _ESCAPES[rune]
    elif rune < 0x20 or rune == 0x7F:
        inner = f"\\x{rune:02x}"
    elif rune < 0x7F:
        inner = chr(rune)
    elif "+" in verb.flags:
        inner = f"\\u{rune:04x}" if rune < 0x10000 else f"\\U{rune:08x}"
    else:
        raise _UnknownError
    return verb.pad(f"'{inner}'", _zero_fill(verb))


def _code_point(number: int, verb: _Verb) -> str:
    unsigned = number % 2**64
    text = "U+" + format(unsigned, "X").rjust(max(verb.precision or 0, 4), "0")
    if "#" in verb.flags and unsigned <= _MAX_RUNE:
        if unsigned >= 0x7F:
            raise _UnknownError
        if unsigned >= 0x20:
            text += f" '{chr(unsigned)}'"
    return verb.pad(text)


def _zero_fill(verb: _Verb) -> str:
    return "0" if "0" in verb.flags and not verb.leftward else " "

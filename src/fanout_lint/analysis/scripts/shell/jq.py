"""What a jq command prints.

The answer is text: JSON values, one a line (pretty
printed ones take several lines, which changes nothing for JSON), or raw strings.
"""

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from fanout_lint.analysis.scripts.shape import (
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    parse_json,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Exact,
    JsonText,
    Many,
    Noise,
    Text,
    concat,
    either,
    exact,
    literal,
)
from fanout_lint.unknown import UNKNOWN

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.shell.jq_values import Values

_STRING: Final = ScalarShape(ScalarKind.STRING)
_ONE_LETTER: Final = {
    "r": "raw", "j": "join", "c": "compact", "n": "null", "s": "slurp", "R": "raw-input",
    "e": "exit", "S": "sort", "M": "mono", "C": "color", "a": "ascii",
}  # fmt: skip
_LONG: Final = {
    "--raw-output": "raw", "--join-output": "join", "--compact-output": "compact",
    "--null-input": "null", "--slurp": "slurp", "--raw-input": "raw-input",
    "--exit-status": "exit", "--sort-keys": "sort", "--monochrome-output": "mono",
    "--color-output": "color", "--ascii-output": "ascii", "--tab": "tab", "--unbuffered": "mono",
}  # fmt: skip
_TAKES: Final = {"--arg": 2, "--argjson": 2, "--slurpfile": 2, "--rawfile": 2, "--indent": 1}
_A_FEW: Final = 8


class Call(Struct, frozen=True):
    """A jq command line: its options, its filter, its files (or arguments after ``--args``)."""

    options: frozenset[str] = field(default_factory=frozenset)
    filter: str | None = None
    files: tuple[Text, ...] = ()


def read_call(arguments: tuple[Text, ...]) -> Call | None:
    """Return the command line as jq takes it; ``None`` where an argument cannot be told."""
    options: set[str] = set()
    program: str | None = None
    files: list[Text] = []
    rest = list(arguments)
    positional = False
    while rest:
        text = rest.pop(0)
        word = exact(text)
        if word is not None and word in _TAKES:
            del rest[: _TAKES[word]]
        elif word in ("--args", "--jsonargs"):
            positional = True
        elif word in ("-f", "--from-file") or (word is None and program is None):
            return None
        elif word is not None and word.startswith("--") and len(word) > 2:
            if word not in _LONG:
                return None
            options.add(_LONG[word])
        elif word is not None and re.fullmatch(r"-[A-Za-z]+", word):
            if any(letter not in _ONE_LETTER for letter in word[1:]):
                return None
            options |= {_ONE_LETTER[letter] for letter in word[1:]}
        elif program is None:
            program = word
        elif not positional:
            files.append(text)
    return Call(frozenset(options), program, tuple(files))


def output(call: Call, stdin: Text | None) -> Text:
    """Return what the call prints, given its input; ``None`` stands for unknown input."""
    if call.filter is None or "color" in call.options:
        return ANY_TEXT
    ends = () if "join" in call.options else literal("\n")
    raw = bool({"raw", "join"} & call.options)
    if "null" in call.options:
        values: list[Shape] | None = [ScalarShape(ScalarKind.NULL, None)]
    elif "slurp" in call.options:
        values = [_STRING if "raw-input" in call.options else ListShape()]
    elif "raw-input" in call.options:
        return _per_input(_run(call.filter, _STRING), ends, raw, least=_least_lines(stdin))
    else:
        values = _inputs(stdin)
    if values is None:
        return _of_unknown(_run(call.filter, UNKNOWN), ends, raw)
    pieces = [_printed(_run(call.filter, value), ends, raw) for value in values]
    return concat(*pieces)


def _inputs(stdin: Text | None) -> list[Shape] | None:
    """Return the JSON values of the input, where their number is known."""
    if stdin is None:
        return None
    pieces = [p for p in stdin if not (isinstance(p, Exact) and not p.text.strip())]
    if len(pieces) == 1 and isinstance(pieces[0], JsonText):
        return [pieces[0].shape]
    whole = exact(stdin)
    if whole is not None:
        shape = parse_json(whole)
        return None if shape is None else [shape]
    return None


def _least_lines(stdin: Text | None) -> int:
    whole = exact(stdin) if stdin is not None else None
    return 1 if whole else 0


def _per_input(values: "Values", ends: Text, raw: bool, least: int) -> Text:
    one = _printed(values, ends, raw)
    return ANY_TEXT if one == ANY_TEXT else (Many(one, (), least, None),)


def _of_unknown(values: "Values", ends: Text, raw: bool) -> Text:
    """Return what is printed for input that nobody knows: most often one value, perhaps more."""
    one = _printed(values, ends, raw)
    if values is not None and values.least == values.most == 1 and _is_no_list(values.item, raw):
        return one  # However many inputs there are, none or more: it is no list.
    if values is None or one == ANY_TEXT or values.most == 1:
        return either((one, ANY_TEXT))
    if raw:
        return either((ANY_TEXT, (Noise(),)), genuine=True)
    return one


def _is_no_list(shape: Shape, raw: bool) -> bool:
    kinds = (ScalarKind.NUMBER, ScalarKind.BOOLEAN, *(() if raw else (ScalarKind.STRING,)))
    is_scalar = isinstance(shape, ScalarShape) and shape.kind in kinds
    return is_scalar or isinstance(shape, ObjectShape)


def _printed(values: "Values", ends: Text, raw: bool) -> Text:
    if values is None:
        return ANY_TEXT
    if values.most == 0:
        return ()
    line = _line(values.item, ends, raw)
    if values.least == values.most == 1:
        return line
    # More than a few are as many as a few: whoever reads the text counts them one by one.
    return (Many(line, (), min(values.least, _A_FEW), values.most),)


def _line(shape: Shape, ends: Text, raw: bool) -> Text:
    is_text = isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING
    if raw and (shape is UNKNOWN or is_text):
        return concat(ANY_TEXT, ends)
    return concat((JsonText(shape),), ends)


def _run(program: str, value: Shape) -> "Values":
    # The language of jq takes a while to import, and few scripts speak it.
    from fanout_lint.analysis.scripts.shell.jq_values import values_of

    return values_of(program, value)

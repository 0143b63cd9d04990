"""What a jq filter makes of its input, for the filters that everybody writes.

Anything else is unknown. The answer is text: JSON values, one a line (pretty
printed ones take several lines, which changes nothing for JSON), or raw strings.
"""

import re
from dataclasses import dataclass, field
from typing import Final

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
_LIST_FUNCTIONS: Final = ("map(", "sort_by(", "group_by(", "unique_by(", "split(")
_LIST_WORDS: Final = ("sort", "unique", "reverse", "keys", "to_entries", "flatten")


@dataclass(frozen=True, slots=True)
class Call:
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


@dataclass(frozen=True, slots=True)
class _Stream:
    """What a filter yields for one input: of which shape, how often; perhaps not ``known``."""

    shape: Shape = UNKNOWN
    least: int = 1
    most: int | None = 1
    known: bool = True


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


def _per_input(stream: _Stream, ends: Text, raw: bool, least: int) -> Text:
    one = _printed(stream, ends, raw)
    return ANY_TEXT if one == ANY_TEXT else (Many(one, (), least, None),)


def _of_unknown(stream: _Stream, ends: Text, raw: bool) -> Text:
    """Return what is printed for input that nobody knows: most often one value, perhaps more."""
    one = _printed(stream, ends, raw)
    if one == ANY_TEXT or stream.most == 1:
        return either((one, ANY_TEXT))
    if raw:
        return either((ANY_TEXT, (Noise(),)), genuine=True)
    return one


def _printed(stream: _Stream, ends: Text, raw: bool) -> Text:
    if not stream.known:
        return ANY_TEXT
    shape = stream.shape
    if raw and (
        shape is UNKNOWN or (isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING)
    ):
        one: Text = concat(ANY_TEXT, ends)
    else:
        one = concat((JsonText(shape),), ends)
    if stream.least == stream.most == 1:
        return one
    return (Many(one, (), stream.least, stream.most),)


def _run(program: str, value: Shape) -> _Stream:
    """Return what *program* yields for one input *value*."""
    stream = _Stream(value)
    for stage in _split(program):
        stream = _stage(stage.strip(), stream)
        if not stream.known:
            return stream
    return stream


def _stage(stage: str, before: _Stream) -> _Stream:
    unknown = _Stream(known=False)
    if stage in (".", "") or re.fullmatch(r"(select|limit)\(.*\)", stage, re.DOTALL):
        if stage.startswith("select"):
            return _Stream(before.shape, 0, before.most)
        return before if stage == "." else unknown
    made = _constructed(stage)
    if made is not None:
        return _Stream(made, before.least, before.most)
    if stage.endswith(("[]", "[]?")):
        return _iterated(stage.rstrip("?")[:-2], before)
    if stage == "inputs":
        return unknown
    if re.fullmatch(r"(\.[A-Za-z_][\w]*)+", stage):
        return _Stream(_field(stage, before.shape), before.least, before.most)
    if stage == "length":
        return _Stream(ScalarShape(ScalarKind.NUMBER), before.least, before.most)
    if stage in ("tojson", "@json", "tostring", "@csv", "@tsv", "@text", "@base64"):
        return _Stream(_STRING, before.least, before.most)
    if re.fullmatch(r'"[^"\\(]*"', stage):
        return _Stream(_STRING, before.least, before.most)
    return unknown


def _constructed(stage: str) -> Shape | None:
    """Return the shape of a filter that makes one value of its own, whatever its input."""
    shape = parse_json(stage)
    if shape is not None and not isinstance(shape, ScalarShape):
        return shape
    if stage.startswith("[") and stage.endswith("]") and _closes_at_end(stage):
        return ListShape()
    generates = "[]" in stage or "input" in stage or ".." in stage
    if stage.startswith("{") and stage.endswith("}") and _closes_at_end(stage) and not generates:
        return ObjectShape()
    if stage in _LIST_WORDS or stage == "$ARGS.positional":
        return ListShape()
    if stage.startswith(_LIST_FUNCTIONS) and _closes_at_end(stage):
        return ListShape()
    return None


def _closes_at_end(stage: str) -> bool:
    """Say whether the first bracket of *stage* closes at its last character."""
    depth, quoted, index = 0, False, 0
    while index < len(stage):
        character = stage[index]
        if quoted:
            index += character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        else:
            depth += (character in "([{") - (character in ")]}")
            if depth == 0 and character in ")]}":
                return index == len(stage) - 1
        index += 1
    return False


def _iterated(path: str, before: _Stream) -> _Stream:
    if path not in ("", ".") and not re.fullmatch(r"(\.[A-Za-z_]\w*)+", path):
        return _Stream(known=False)
    shape = before.shape if path in ("", ".") else _field(path, before.shape)
    if isinstance(shape, ListShape):
        most = shape.most if before.most == 1 else None
        return _Stream(shape.item, shape.least * before.least, most)
    return _Stream(UNKNOWN, 0, None)


def _field(path: str, shape: Shape) -> Shape:
    for name in path.split(".")[1:]:
        if not isinstance(shape, ObjectShape):
            return UNKNOWN
        found = next((f for f in shape.fields if f.name == name), None)
        if found is None or not found.sure:
            return UNKNOWN
        shape = found.shape
    return shape


def _split(program: str) -> list[str]:
    """Split at the pipes outside brackets and strings."""
    parts: list[str] = []
    depth, at, quoted = 0, 0, False
    index = 0
    while index < len(program):
        character = program[index]
        if quoted:
            index += character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "|" and depth == 0 and program[index + 1 : index + 2] != "=":
            parts.append(program[at:index])
            at = index + 1
        index += 1
    return [*parts, program[at:]]

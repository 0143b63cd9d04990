"""``{{…}}`` in a text: where the tags are, and what the text becomes in each pass of Argo.

Argo marshals what holds the text as JSON, cuts it at ``{{`` and the next ``}}`` whatever
stands between (``fasttemplate``), and puts each tag's value in JSON dress into its place
(``util/template/template.go`` of v4.1.2). Names and expressions are therefore seen as
JSON writes them: a tab beside a name is ``\\t``, and is not trimmed.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from fanout_lint.languages.expression.environment import environment_of
from fanout_lint.languages.expression.json_text import UnknownText, json_string, marshal, quote
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.passes import LATE, Pass, is_present, is_strict
from fanout_lint.languages.expression.reading import read_in, value_in
from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
from fanout_lint.languages.expression.references import identifiers
from fanout_lint.languages.expression.values import GoError, Unknown
from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.problem import Problem, Reading


class Tag(Struct, frozen=True):
    """One tag. *start* and *end* enclose it, braces included; offsets into the text."""

    is_expression: bool
    raw: str  #: What stands between the braces.
    name: str  #: As Argo looks it up; of an expression, what it evaluates.
    start: int
    end: int


class Tags(Struct, frozen=True):
    tags: tuple[Tag, ...]
    problem: Problem | None  #: The braces that are never closed: Argo refuses the whole text.


class Replaced(Struct, frozen=True):
    """What a pass makes of a text; *text* is ``None`` where it fails or cannot be told."""

    text: str | None
    problem: Problem | None = None


def scan(text: str) -> Tags:
    """Return the tags of *text* in order."""
    found: list[Tag] = []
    place = 0
    while (start := text.find("{{", place)) >= 0:
        close = text.find("}}", start + 2)
        if close < 0:
            message = "'{{' is never closed, and Argo refuses the whole text"
            return Tags(tuple(found), Problem(message, start, start + 2))
        found.append(_tag(text[start + 2 : close], start))
        place = close + 2
    return Tags(tuple(found), None)


def _tag(raw: str, start: int) -> Tag:
    end = start + len(raw) + 4
    if not raw.startswith("="):
        return Tag(False, raw, _trimmed(_escaped(raw)), start, end)
    expression = _expression(raw)
    return Tag(True, raw, raw[1:] if expression is None else expression, start, end)


def _escaped(raw: str) -> str:
    return json_string(raw)[1:-1]


def _trimmed(name: str) -> str:
    first, last = 0, len(name)
    while first < last and name[first] in SPACES:
        first += 1
    while first < last and name[last - 1] in SPACES:
        last -= 1
    return name[first:last]


def _expression(raw: str) -> str | None:
    """Return the expression as Argo evaluates it, ``None`` where it cannot read its escapes."""
    from json import JSONDecodeError, loads

    written = _escaped(raw[1:])
    for escape, character in (("\\u003c", "<"), ("\\u003e", ">"), ("\\u0026", "&")):
        written = written.replace(escape, character)
    try:
        decoded = loads(f'"{written}"')
    except JSONDecodeError:
        return None
    return decoded if isinstance(decoded, str) else None


#: A tag's replacement as JSON writes it; ``None`` where it cannot be told.
_Piece: TypeAlias = str | None


class _FailedError(Exception):
    """The pass fails at a tag."""


class _Names(Struct, frozen=True):
    """Argo's flat names and the tree that expressions read; ``None`` when nothing is known."""

    flat: Mapping[str, object] | None
    tree: Mapping[str, object] | None
    forgiving: bool  #: A placeholder is among the values, and what fails is left as it is.


def _names(flat: Mapping[str, object] | None) -> _Names:
    values = flat.values() if flat is not None else ()
    forgiving = any(
        isinstance(value, str) and value.startswith("__argo__internal__placeholder-")
        for value in values
    )
    return _Names(flat, environment_of(flat, functions=True), forgiving)


def replace(text: str, names: Mapping[str, object] | None, strictness: Pass) -> Replaced:
    """Return what one pass of Argo makes of *text*, which stands alone in its field."""
    return _replace(text, scan(text), _names(names), strictness)


def _replace(text: str, found: Tags, names: _Names, strictness: Pass) -> Replaced:
    if found.problem is not None:
        return Replaced(None, found.problem)
    pieces: list[str] = []
    known = True
    place = 0
    for tag in found.tags:
        pieces.append(_escaped(text[place : tag.start]))
        place = tag.end
        try:
            piece = _piece(tag, names, strictness)
        except _FailedError as error:
            return Replaced(None, Problem(str(error), tag.start, tag.end))
        known = known and piece is not None
        pieces.append(piece or "")
    pieces.append(_escaped(text[place:]))
    return _whole(text, pieces) if known else Replaced(None)


def _whole(text: str, pieces: list[str]) -> Replaced:
    from json import JSONDecodeError, loads

    try:
        decoded = loads('"' + "".join(pieces) + '"')
    except JSONDecodeError:
        message = "a value holds characters that Argo cannot insert: the result is no valid JSON"
        return Replaced(None, Problem(message, 0, len(text)))
    return Replaced(decoded if isinstance(decoded, str) else None)


def _piece(tag: Tag, names: _Names, strictness: Pass) -> _Piece:
    if tag.is_expression:
        return _expression_piece(tag, names, strictness)
    return _simple_piece(tag, names, strictness)


def _simple_piece(tag: Tag, names: _Names, strictness: Pass) -> _Piece:
    if names.flat is None:
        return None
    written = _escaped(tag.raw)
    if tag.name in names.flat:
        return _simple_value(tag, names.flat[tag.name])
    outer, braces, inner = written.rpartition("{{")
    if braces and outer and inner in names.flat:
        value = names.flat[inner]
        if value is None:
            raise _FailedError(f"{inner!r} has no value, so that the tag around it has no name")
        if isinstance(value, str):
            return "{{" + outer + quote(value)[1:-1]
        if isinstance(value, Unknown):
            return None
    if is_strict(tag.name, strictness) and (
        strictness is Pass.STRICT or ".outputs.artifacts." not in tag.name
    ):
        raise _FailedError(f"nothing is called {tag.name!r} here")
    return "{{" + written + "}}"


def _simple_value(tag: Tag, value: object) -> _Piece:
    if isinstance(value, Unknown):
        return None
    if value is None:
        raise _FailedError(f"{tag.name!r} has no value: what would give it was skipped")
    if not isinstance(value, str):
        raise _FailedError(f"{tag.name!r} is no text")
    return quote(value)[1:-1]


def _expression_piece(tag: Tag, names: _Names, strictness: Pass) -> _Piece:
    expression = _expression(tag.raw)
    if expression is None:
        raise _FailedError("the expression holds an escape that JSON does not know")
    literal = "{{=" + _fixed(tag.raw) + "}}"
    try:
        read = identifiers(parse(expression))
    except ExpressionTooDeepError:
        return None
    except ExpressionSyntaxError as error:
        if names.forgiving:
            return literal
        raise _FailedError(f"the expression is not one: {error.message}") from error
    if names.tree is None:
        return None
    missing: list[str] = []
    for name in read:
        present = is_present(names.tree, name)
        if present is None:
            return None
        if not present:
            missing.append(name)
            if is_strict(name, strictness):
                raise _FailedError(f"nothing is called {name!r} here")
    lenient = bool(missing) or strictness is Pass.OPEN or names.forgiving
    if (missing or strictness is Pass.OPEN) and not LATE.isdisjoint(missing):
        return literal
    return _evaluated(expression, names.tree, literal if lenient else None)


def _fixed(raw: str) -> str:
    """Return the expression as Argo writes it back: HTML characters stay bare."""
    written = _escaped(raw[1:])
    for escape, character in (("\\u003c", "<"), ("\\u003e", ">"), ("\\u0026", "&")):
        written = written.replace(escape, character)
    return written


def _evaluated(expression: str, tree: Mapping[str, object], literal: str | None) -> _Piece:
    """Return the value in JSON dress; *literal* is what stays where there is none."""
    try:
        value = value_in(expression, tree)
        if isinstance(value, Unknown):
            return None
        if value is None:
            if literal is None:
                raise _FailedError("the expression gives nil, and nil cannot be inserted")
            return literal
        text = marshal(value)
    except UnknownText:
        return None
    except GoError as error:
        if literal is None:
            raise _FailedError(str(error)) from error
        return literal
    is_text = len(text) > 1 and text.startswith('"')
    return (text if is_text else quote(text))[1:-1]


def read_tag(text: str, names: Mapping[str, object] | None) -> Reading:
    """Return what is known of *text* with its tags where *names* are defined.

    A fault is what fails even in the pass that leaves what it does not know. The value is
    the text after replacement, where all three passes agree on it. With *names* ``None``
    nothing is known of names.
    """
    found = scan(text)
    known = _names(names)
    if found.problem is not None:
        return Reading((found.problem,))
    problems = tuple(problem for tag in found.tags for problem in _tag_problems(tag, known))
    if problems:
        return Reading(problems)
    passes = [_replace(text, found, known, strictness) for strictness in Pass]
    if passes[0].problem is not None:
        return Reading((passes[0].problem,))
    agreed = passes[0].text if passes[0] == passes[1] == passes[2] else None
    return Reading(type=_type(found), value=agreed)


def _type(found: Tags) -> Literal["string"] | None:
    return "string" if found.tags else None


def _tag_problems(tag: Tag, names: _Names) -> tuple[Problem, ...]:
    """Return what fails in the open pass, placed inside the expression where that is exact."""
    try:
        _piece(tag, names, Pass.OPEN)
    except _FailedError as error:
        exact = tag.is_expression and tag.raw[1:] == tag.name
        inner = read_in(tag.name, None).problems if exact else ()
        shift = tag.start + 3
        placed = tuple(Problem(one.message, one.start + shift, one.end + shift) for one in inner)
        return placed or (Problem(str(error), tag.start, tag.end),)
    return ()

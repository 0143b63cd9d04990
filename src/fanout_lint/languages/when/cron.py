"""``CronWorkflow.spec.when``: its tags over ``cronworkflow.*``, then govaluate.

``workflow/cron/operator.go:evalWhen`` of v4.1.2 replaces the tags first, and refuses what
has no value. Two things catch people: the text is not marshalled as JSON, yet read as such,
so that a double quote or a newline in ``{{=…}}`` fails; and of the simple tags only name
and namespace are texts.
"""

from collections.abc import Mapping

from msgspec import Struct

from fanout_lint.languages.gotext import SPACES
from fanout_lint.languages.problem import Problem, Reading
from fanout_lint.languages.when.reading import analyse_when, read_when

_HOLE = "{{}}"


class CronFacts(Struct, frozen=True):
    """What is known of a CronWorkflow when its condition is evaluated; ``None``: not known."""

    name: str | None = None
    namespace: str | None = None
    failed: int | None = None
    succeeded: int | None = None


class _Piece(Struct, frozen=True):
    """What a tag gives; *text* is ``None`` when that is not known."""

    text: str | None
    type: str | None = None


class _TagError(Exception):
    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.problem = Problem(message, start, end)


def read_cron_when(text: str, facts: CronFacts | None = None) -> Reading:
    """Read a CronWorkflow's condition; the value is ``true`` or ``false`` when it is known."""
    if not text:
        return Reading((), "bool", "true")
    names = _names(facts or CronFacts())
    written: list[str] = []
    origins: list[int] = []
    pieces: list[_Piece] = []
    position = 0
    try:
        while (start := text.find("{{", position)) >= 0:
            end = _end_of(text, start)
            piece = _piece(text[start + 2 : end - 2], start, end, names)
            pieces.append(piece)
            given = _HOLE if piece.text is None else piece.text
            written += (text[position:start], given)
            origins += (*range(position, start), *[start] * len(given))
            position = end
    except _TagError as error:
        return Reading((error.problem,))
    written.append(text[position:])
    origins.extend(range(position, len(text) + 1))
    if len(pieces) == 1 and "".join(written).strip() == _HOLE:
        return _read_single(pieces[0], text)
    return _read_written("".join(written), origins, any(piece.text is None for piece in pieces))


def _end_of(text: str, start: int) -> int:
    close = text.find("}}", start + 2)
    if close < 0:
        raise _TagError("`{{` has no `}}`", start, start + 2)
    return close + 2


def _read_single(piece: _Piece, text: str) -> Reading:
    """Read a text that is one tag whose value is not known."""
    if piece.type in (None, "bool", "string"):
        return Reading((), "bool")
    message = f"when must be true or false, the tag gives {piece.type}"
    return Reading((Problem(message, 0, len(text)),))


def _read_written(written: str, origins: list[int], has_hole: bool) -> Reading:
    if not has_hole:
        reading = read_when(written, cron=True)
        return Reading(_placed(reading.problems, origins), reading.type, reading.value)
    analysis = analyse_when(written, cron=True, dates=True)
    if analysis.fault is not None:
        fault = Problem(analysis.fault.message, analysis.fault.start, analysis.fault.end)
        return Reading(_placed((fault,), origins))
    # an expression whose value is not known may also fail, so that there is no outcome to tell
    return Reading((), "bool")


def _placed(problems: tuple[Problem, ...], origins: list[int]) -> tuple[Problem, ...]:
    return tuple(
        Problem(problem.message, origins[problem.start], origins[problem.end])
        for problem in problems
    )


def _names(facts: CronFacts) -> Mapping[str, object]:
    """Return the names as ``expressionEnv`` sets them.

    Labels and annotations have a parent and a ``.json`` below it, so that the parent is
    dropped where expressions read names.
    """
    from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING, SizedNumber

    names: dict[str, object] = {
        f"cronworkflow.{name}": UNKNOWN
        for name in (
            "labels",
            "labels.json",
            "annotations",
            "annotations.json",
            "lastScheduledTime",
            "failed",
            "succeeded",
        )
    }
    for name, count in (("failed", facts.failed), ("succeeded", facts.succeeded)):
        if count is not None:
            names[f"cronworkflow.{name}"] = SizedNumber("int64", count)
    for name, text in (("name", facts.name), ("namespace", facts.namespace)):
        names[f"cronworkflow.{name}"] = UNKNOWN_STRING if text is None else text
    return names


def _piece(raw: str, start: int, end: int, names: Mapping[str, object]) -> _Piece:
    if raw.startswith("="):
        return _expression(raw[1:], start + 3, end - 2, names)
    return _simple(raw, start, end, names)


_TEXTS = ("cronworkflow.name", "cronworkflow.namespace")


def _simple(raw: str, start: int, end: int, names: Mapping[str, object]) -> _Piece:
    name = raw.strip("".join(SPACES))
    if name not in names:
        outer, braces, inner = raw.rpartition("{{")
        if braces and outer and inner in _TEXTS:
            return _Piece(None)
        raise _TagError(f"nothing is called `{name}` in a CronWorkflow's when", start, end)
    if name not in _TEXTS:
        message = f"`{name}` is no text, which a simple tag needs; write `{{{{={name}}}}}`"
        raise _TagError(message, start, end)
    value = names[name]
    plain = isinstance(value, str) and value.isascii() and value.isprintable()
    if not isinstance(value, str) or not plain or not {'"', "\\"}.isdisjoint(value):
        return _Piece(None, "string")
    return _Piece(value, "string")


def _expression(raw: str, start: int, end: int, names: Mapping[str, object]) -> _Piece:
    from fanout_lint.languages.expression.reading import read_expression

    expression = _unescaped(raw, start, end)
    _check_names(expression, start, end, names)
    reading = read_expression(expression, names)
    if reading.problems:
        problem = reading.problems[0]
        if len(expression) != len(raw):
            raise _TagError(problem.message, start, end)
        raise _TagError(problem.message, start + problem.start, start + problem.end)
    if reading.type == "nil":
        raise _TagError("the expression gives nil, which cannot be inserted", start, end)
    counted = expression.strip() in ("cronworkflow.failed", "cronworkflow.succeeded")
    return _Piece(_written(reading), "int" if counted else reading.type)


def _written(reading: Reading) -> str | None:
    """Return the value in the dress that is meant for JSON, which nobody takes off here."""
    from fanout_lint.languages.expression.json_text import json_string, quote

    if reading.value is None:
        return None
    dressed = json_string(reading.value) if reading.type == "string" else quote(reading.value)
    return dressed[1:-1]


def _unescaped(raw: str, start: int, end: int) -> str:
    """Return the expression that Argo reads as the inside of a JSON string."""
    import json

    try:
        decoded = json.loads(f'"{raw}"')
    except ValueError:
        message = "the expression is read as JSON: no double quote, newline or lone backslash fits"
        raise _TagError(message, start, end) from None
    return str(decoded)


def _check_names(expression: str, start: int, end: int, names: Mapping[str, object]) -> None:
    """Raise where Argo misses a name, before it evaluates anything."""
    from fanout_lint.languages.expression.environment import environment_of
    from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
    from fanout_lint.languages.expression.parser import parse
    from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
    from fanout_lint.languages.expression.references import identifiers

    try:
        wanted = identifiers(parse(expression))
    except (ExpressionSyntaxError, ExpressionTooDeepError):
        return
    tree = environment_of(names, functions=True)
    for name in wanted:
        if tree is not None and not _is_present(tree, name):
            message = f"nothing is called `{name}` in a CronWorkflow's when"
            place = expression.find(name)
            if place < 0 or end - start != len(expression):
                raise _TagError(message, start, end)
            raise _TagError(message, start + place, start + place + len(name))


def _is_present(tree: Mapping[str, object], name: str) -> bool:
    """Whether Argo finds the dotted name; a time, a text and a number have no parts here."""
    current: object = tree
    for part in name.split("."):
        if not isinstance(current, Mapping) or part not in current:
            return False
        current = current[part]
    return True

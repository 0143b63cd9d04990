"""``fanout-lint try``: texts of a little language → JSON, an object a line, saying what is known.

One text comes from the command line or from stdin; with ``--jsonl`` each line of stdin is
an object with a text and what is known around it, and is answered before the next is read.
"""

import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from fanout_lint.cli.exits import ExitCode
from fanout_lint.cli.terminal import write
from fanout_lint.errors import UsageError
from fanout_lint.languages.problem import Reading
from fanout_lint.languages.trying import DIALECTS, LANGUAGES, Surroundings, try_text
from fanout_lint.report.visible import encodable
from fanout_lint.rulebook.words import nearest_name


def try_one(language: str | None, text: str | None, around: Surroundings) -> ExitCode:
    """Answer one text, which is read from stdin where it is not given.

    :raises UsageError: when no language is called so, or stdin is no text.
    """
    if language is None:
        raise UsageError(f"try needs a language: {', '.join(LANGUAGES)}")
    check_language(language)
    reading = try_text(language, _stdin_text() if text is None else text, around)
    _say(answer(reading))
    return ExitCode.CLEAN if reading.ok else ExitCode.FINDINGS


def check_language(language: str) -> None:
    """:raises UsageError: when no language is called so."""
    if language not in LANGUAGES:
        raise UsageError(_no_language(language))


def _no_language(language: str) -> str:
    nearest = nearest_name(language, LANGUAGES)
    known = f"there are {', '.join(LANGUAGES)}" if nearest is None else f"is it {nearest!r}?"
    return f"no language is called {language!r}; {known}"


def try_lines(language: str | None, around: Surroundings) -> ExitCode:
    """Answer each line of stdin; *language* and *around* hold where a line does not say.

    A line that cannot be answered gets an answer that says why, under ``error``.
    """
    if language is not None:
        check_language(language)
    code = ExitCode.CLEAN
    stream = _stdin()
    for number, line in enumerate(stream, 1) if stream is not None else ():
        if not line.strip():
            continue
        try:
            told = answer_line(line, language, around)
        except UsageError as error:
            code = ExitCode.CANNOT_RUN
            told = {**answer(Reading()), "ok": False, "error": f"line {number}: {error}"}
        _say(told)
    return code


def answer_line(line: bytes, language: str | None, around: Surroundings) -> dict[str, Any]:
    """Return the answer to one line.

    :raises UsageError: when the line is no object that asks for something.
    """
    asked = _asked(line)
    its_language = _text(asked, "lang", language)
    text = _text(asked, "text", None)
    if its_language is None or text is None:
        missing = "lang" if its_language is None else "text"
        raise UsageError(f"the object has no {missing!r}")
    check_language(its_language)
    return answer(try_text(its_language, text, _surroundings(asked, around)))


def answer(reading: Reading) -> dict[str, Any]:
    """Return *reading* as the object that is printed."""
    return {
        "ok": reading.ok,
        "problems": [
            {"message": problem.message, "start": problem.start, "end": problem.end}
            for problem in reading.problems
        ],
        "type": reading.type,
        "value": reading.value,
    }


def _asked(line: bytes) -> Mapping[str, object]:
    import json

    try:
        asked = json.loads(line.decode("utf-8"))
    except RecursionError:
        raise UsageError("the line is nested too deep") from None
    except ValueError as error:
        raise UsageError(f"the line is no JSON: {error}") from None
    if not isinstance(asked, dict):
        raise UsageError("the line is no JSON object")
    return asked


def _text(asked: Mapping[str, object], key: str, otherwise: str | None) -> str | None:
    value = asked.get(key)
    if value is None:
        return otherwise
    if not isinstance(value, str):
        raise UsageError(f"{key!r} must be text")
    return value


def _texts(
    asked: Mapping[str, object], key: str, otherwise: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    value = asked.get(key)
    if value is None:
        return otherwise
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f"{key!r} must be a list of texts")
    return tuple(value)


def _surroundings(asked: Mapping[str, object], around: Surroundings) -> Surroundings:
    names = asked.get("names")
    if names is not None and not isinstance(names, dict):
        raise UsageError("'names' must be an object of names and values")
    dialect = _text(asked, "dialect", around.dialect)
    if dialect not in DIALECTS:
        raise UsageError(f"'dialect' must be {' or '.join(DIALECTS)}")
    return Surroundings(
        names=around.names if names is None else names,
        tasks=_texts(asked, "tasks", around.tasks),
        loops=_texts(asked, "loops", around.loops),
        dialect=dialect,
        timezone=_text(asked, "timezone", around.timezone),
        document=asked.get("doc", around.document),
    )


def names_of(given: tuple[str, ...]) -> dict[str, object] | None:
    """Return the names and values of ``NAME=VALUE``; ``None`` without any.

    :raises UsageError: when an equals sign is missing.
    """
    names: dict[str, object] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError(f"--name {pair!r} is not of the form NAME=VALUE")
        names[name] = value
    return names or None


def document_of(path: str | None) -> object:
    """Return the JSON document in the file *path*.

    :raises UsageError: when it cannot be read.
    """
    import json

    if path is None:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except RecursionError:
        raise UsageError(f"--doc {path}: it is nested too deep") from None
    except OSError as error:
        raise UsageError(f"--doc {path}: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"--doc {path}: it is no JSON: {error}") from None


def _stdin() -> BinaryIO | None:
    return None if sys.stdin is None else sys.stdin.buffer


def _stdin_text() -> str:
    """Return what stdin holds, without the line end that an editor or echo adds."""
    stream = _stdin()
    try:
        return (stream.read() if stream is not None else b"").decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise UsageError("stdin is no text in UTF-8") from None


def _say(told: Mapping[str, object]) -> None:
    """Print *told* as a line of JSON, all in ASCII and without lone surrogates."""
    import json

    write(json.dumps(_encodable(told)) + "\n", sys.stdout)


def _encodable(value: object) -> object:
    match value:
        case str():
            return encodable(value)
        case list():
            return [_encodable(one) for one in value]
        case dict():
            return {key: _encodable(one) for key, one in value.items()}
    return value

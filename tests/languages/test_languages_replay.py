"""Every row of ``../shared/argo/languages.jsonl`` through the function behind ``fanout-lint try``.

What Argo refuses or fails at is told, what works is never told wrong, and a value that
is given is Argo's.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from fanout_lint.languages.problem import Reading
from fanout_lint.languages.trying import LANGUAGES, Surroundings, try_text
from tests.languages.rows import meta, rows_of

Row = dict[str, Any]
Judged = tuple[Row, Reading]

_OF_PARSING = ("parse_ok", "ok", "argo_ok", "decode_ok")


def _around(row: Row) -> Surroundings:
    reads = row["lang"] in ("jsonpath", "jq")
    return Surroundings(
        names=meta()["envs"][row["env"]]["flat"] if "env" in row else None,
        tasks=tuple(row["tasks"]) if "tasks" in row else None,
        loops=tuple(row["loops"]) if "loops" in row else None,
        dialect=row.get("dialect", "expr"),
        timezone=row.get("timezone"),
        document=meta()["doc"] if reads else None,
    )


@cache
def _judged(language: str) -> tuple[Judged, ...]:
    return tuple((row, try_text(language, row["text"], _around(row))) for row in rows_of(language))


def _all_judged() -> list[Judged]:
    return [judged for language in LANGUAGES for judged in _judged(language)]


def _parses(row: Row) -> bool:
    key = next((key for key in _OF_PARSING if key in row), None)
    return key is None or bool(row[key])


def _fails(row: Row) -> bool:
    """Whether the real outcome is an error, whatever the stage."""
    if not _parses(row) or row.get("ok") is False or row.get("runtime_ok") is False:
        return True
    in_every_pass = [said.startswith("error") for said in row.get("replace", {}).values()]
    return str(row.get("outcome", "")).startswith("error") or (in_every_pass == [True] * 3)


def _works(row: Row) -> bool:
    """Whether the real outcome is a value, or the text does its work, in every run."""
    return not _fails(row) and "/" not in str(row.get("outcome"))


def _told(judged: list[Judged], asked: Callable[[Row], bool]) -> tuple[float, list[str]]:
    """Return the share of the rows *asked* for that are told, and the texts of the others."""
    asked_for = [(row, reading) for row, reading in judged if asked(row)]
    missed = [f"{row['lang']}: {row['text']}" for row, reading in asked_for if reading.ok]
    return 1 - len(missed) / len(asked_for), missed


def test_what_does_not_parse_is_told() -> None:
    share, missed = _told(_all_judged(), lambda row: not _parses(row))

    assert share >= 0.995, missed


def test_expressions_that_do_not_compile_are_told() -> None:
    share, missed = _told([*_judged("expr")], lambda row: not row["compile_ok"])

    assert share >= 0.95, missed


def test_real_errors_are_told() -> None:
    share, missed = _told(_all_judged(), _fails)

    assert share >= 0.9, missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_works_is_never_told_wrong(language: str) -> None:
    wrong = [row["text"] for row, reading in _judged(language) if _works(row) and not reading.ok]

    assert wrong == []


def _argos_value(row: Row) -> str | None:
    """Return the value of the real thing, ``None`` where the row has none that is a text."""
    if row["lang"] in ("when", "cronwhen"):
        return str(row["outcome"]) if row["outcome"] in ("true", "false") else None
    if row["lang"] == "cron" and "next_utc" in row:
        return str(row["next_utc"][0])
    if row["lang"] == "tag":
        return _replaced(row)
    for key in ("value_text", "argo_value", "canonical"):
        if key in row:
            return str(row[key])
    return None


def _replaced(row: Row) -> str | None:
    """Return the text that all three passes make of a row of tags."""
    texts = {row["text"] if said == "unchanged" else said for said in row["replace"].values()}
    text = str(texts.pop())
    return None if texts or text.startswith("error") else text.removeprefix("text: ")


def _is_same(value: str, argos: str) -> bool:
    return value == argos or (len(argos) >= 190 and value.startswith(argos[:190]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_that_are_given_are_argos(language: str) -> None:
    other = [
        (row["text"], reading.value, argos)
        for row, reading in _judged(language)
        if reading.value is not None
        and (argos := _argos_value(row)) is not None
        and not _is_same(reading.value, argos)
    ]

    assert other == []


def test_items_of_sequences_are_argos() -> None:
    import json

    other = [
        (row["text"], reading.value)
        for row, reading in _judged("sequence")
        if reading.value is not None and json.loads(reading.value)[:5] != row["items"]
    ]

    assert other == []

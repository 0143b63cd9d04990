"""Every expression of real files reads without a fault: ``{{=…}}`` of repositories and examples."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.printer import print_expression
from fanout_lint.languages.expression.reading import read_expression
from fanout_lint.languages.tag import scan

_SHARED = Path(__file__).parents[3] / "shared"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Gives every scalar as the text that it is."""

pytestmark = pytest.mark.skipif(
    not _SHARED.exists(), reason="runs where ../shared lies beside the checkout"
)


def _files() -> Iterator[tuple[str, str]]:
    with (_SHARED / "argo" / "examples.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield row["file"], row["yaml"]
    corpus = _SHARED / "corpus"
    for path in sorted(corpus.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(corpus)), path.read_text(encoding="utf-8")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _texts(key)
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


@cache
def _expressions() -> tuple[tuple[str, str], ...]:
    """Return every expression that stands in a value, and its file."""
    return tuple(
        (name, tag.name)
        for name, content in _files()
        if "{{=" in content
        for document in yaml.load_all(content, _LOADER)
        for text in _texts(document)
        for tag in scan(text).tags
        if tag.is_expression
    )


def test_every_expression_is_seen() -> None:
    lines = [line for _, content in _files() for line in content.splitlines()]
    written = sum(line.count("{{=") for line in lines)
    commented = sum(line.count("{{=") for line in lines if line.lstrip().startswith("#"))

    assert len(_expressions()) == written - commented
    assert len(_expressions()) >= 1468


def test_no_expression_has_a_fault() -> None:
    """Whatever its names stand for: nothing is known of them here."""
    wrong = [
        (name, text, reading.problems)
        for name, text in _expressions()
        if not (reading := read_expression(text, None)).ok
    ]

    assert wrong == []


def test_every_expression_is_the_same_when_printed_and_read_again() -> None:
    printed = [(name, print_expression(parse(text))) for name, text in _expressions()]

    assert [pair for pair in printed if print_expression(parse(pair[1])) != pair[1]] == []

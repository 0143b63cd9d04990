"""Texts that readers of YAML stumble over, and what becomes of them."""

import pytest

from fanout_lint.source.text import Source
from fanout_lint.syntax import goscalar
from fanout_lint.syntax.nodes import Mapping, Scalar
from fanout_lint.syntax.parse import parse


def _values(text: str) -> dict[str, str]:
    documents, hits = parse(Source("w.json", text))
    assert hits == []
    (document,) = documents
    assert isinstance(document.root, Mapping)
    values = {name: entry.value for name, entry in document.root.entries.items()}
    return {name: value.value for name, value in values.items() if isinstance(value, Scalar)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\ud83d\ude00", "\ufffd\ufffd"),
        (r"\uD800", "\ufffd"),
        (r"\\ud83d", r"\ud83d"),
        (r"\u00e9", "é"),
    ],
)
def test_json_may_hold_halves_of_characters(written: str, read: str) -> None:
    assert _values(f'{{"a": "{written}", "b": "c"}}') == {"a": read, "b": "c"}


def test_halves_of_characters_are_no_yaml() -> None:
    documents, hits = parse(Source("w.yaml", 'a: "\\ud83d\\ude00"\n'))

    assert documents == []
    assert [hit.rule for hit in hits] == ["yaml-syntax"]


def test_number_of_thousands_of_digits_stays_a_text() -> None:
    digits = "9" * 5000

    assert goscalar.resolve(digits, None) == digits

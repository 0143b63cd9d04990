"""The verdicts of Argo's own lint, document by document: refused by its decoder, or not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fanout_lint.findings import Severity
from fanout_lint.rulebook.index import load_index
from fanout_lint.shape.check import check
from fanout_lint.source.text import Source
from fanout_lint.syntax.nodes import Mapping
from fanout_lint.syntax.parse import parse

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_DECODER = (
    "unknown field",
    "cannot unmarshal",
    "strict decoding",
    "quantities must",
    "exactly one",
)

pytestmark = pytest.mark.skipif(
    not _SHARED.is_dir(), reason="needs ../shared; runs where that folder is"
)


def rows(name: str) -> Iterator[dict[str, object]]:
    with (_SHARED / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def is_refused(text: str) -> bool:
    """Tell whether a hit of stage shape is an error that ``argo lint`` gives."""
    index = load_index()
    for document in parse(Source("x.yaml", text))[0]:
        if not isinstance(document.root, Mapping):
            continue
        kind = getattr(document.root.get("kind"), "value", "")
        for hit in check(document.root, kind, (4, 1)):
            if index[hit.rule].messages[hit.face].severity is Severity.ERROR:
                return True
    return False


def test_argos_examples_are_clean() -> None:
    refused = [row["file"] for row in rows("argo/examples.jsonl") if is_refused(str(row["yaml"]))]

    assert refused == []


@pytest.mark.parametrize(
    ("name", "verdict", "error"),
    [
        ("argo/cases.jsonl", "lint_ok", "lint_error"),
        ("argo/mutants.jsonl", "ok", "error"),
        ("truth/scenarios.jsonl", "lint_ok", "lint"),
    ],
)
def test_the_decoder_and_the_table_agree(name: str, verdict: str, error: str) -> None:
    wrong = []
    for row in rows(name):
        said = json.dumps(row[error])
        by_decoder = not row[verdict] and any(words in said for words in _DECODER)
        if is_refused(str(row["yaml"])) is not by_decoder:
            wrong.append((row["id"], said[:100]))

    assert wrong == []


def test_the_decoder_and_the_table_agree_on_files_of_others() -> None:
    verdicts = json.loads((_SHARED / "corpus" / "verdicts.json").read_text(encoding="utf-8"))
    wrong = []
    for name, said in verdicts.items():
        by_decoder = any(words in json.dumps(said) for words in _DECODER)
        text = (_SHARED / "corpus" / name).read_text(encoding="utf-8")
        if is_refused(text) is not by_decoder:
            wrong.append((name, said["errors"]))

    assert wrong == []

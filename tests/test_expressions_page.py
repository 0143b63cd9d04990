"""What ``docs/expressions.md`` shows is what the program says, row by row."""

import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from fanout_lint.cli.entry import run
from fanout_lint.languages.trying import LANGUAGES
from fanout_lint.rulebook.index import load_index
from tests.rule_examples import Example, as_told, every_example, lint_example

_ROOT = Path(__file__).resolve().parent.parent
_PAGE = (_ROOT / "docs" / "expressions.md").read_text(encoding="utf-8")

_TABLE = re.compile(r"^\| `fanout-lint (try [^`]+)` \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILES = {info: text for kind, info, text in _FENCE.findall(_PAGE) if kind == "json"}


def _rows() -> Iterator[object]:
    """Yield, for each row of each table, the command in its head and the row's cells."""
    for command, rows in _TABLE.findall(_PAGE):
        for row in rows.splitlines():
            cells = [cell.replace("\\|", "|")[1:-1] for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
            yield pytest.param(shlex.split(command), cells, id=row)


def _shown() -> Iterator[object]:
    """Yield each command of a console fence, and the output that stands below it."""
    for kind, _, text in _FENCE.findall(_PAGE):
        for block in text.split("$ ")[1:] if kind == "console" else ():
            command, _, output = block.partition("\n")
            yield pytest.param(command, output, id=command)


@pytest.fixture(autouse=True)
def _beside_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in _FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("command", "cells"), [*_rows()])
def test_row_says_what_try_says(
    command: list[str], cells: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text, told, *safe = cells

    assert _verdict([*command, "--", _code(text)], capsys) == told
    for cell in safe:
        assert not cell or not _verdict([*command, "--", _code(cell)], capsys).startswith("fails")


def _verdict(command: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return the answer to *command* as the tables write it."""
    code = run(command)
    answer = json.loads(capsys.readouterr().out)
    assert code == (0 if answer["ok"] else 1)
    if not answer["ok"]:
        return f"fails: {answer['problems'][0]['message']}"
    return "works" if answer["value"] is None else f"`{answer['value']}`"


def _code(cell: str) -> str:
    assert cell[0] == cell[-1] == "`"
    return cell[1:-1]


@pytest.mark.parametrize(("command", "output"), [*_shown()])
def test_shown_output_is_that_of_a_real_run(
    command: str,
    output: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = shlex.split(command)
    if words[0] == "echo":
        stdin = SimpleNamespace(buffer=io.BytesIO(words[1].encode() + b"\n"))
        monkeypatch.setattr("sys.stdin", stdin)
        words = words[words.index("|") + 1 :]
    run(words[1:])

    assert capsys.readouterr() == (output, "")


@pytest.mark.parametrize("example", [*every_example(_PAGE)], ids=lambda example: str(example.line))
def test_manifest_has_the_findings_that_stand_below_it(example: Example, tmp_path: Path) -> None:
    rules = {expected.rule for expected in example.expected}
    found = lint_example(example, tmp_path, *rules)

    assert as_told(found, example.expected) == sorted(example.expected)


def test_every_language_and_command_is_found_on_the_page() -> None:
    shown = {shlex.split(command)[1] for command, _ in _TABLE.findall(_PAGE)}

    assert shown == set(LANGUAGES)
    assert len([*_shown()]) == _PAGE.count("\n$ ")


def test_rules_and_headings_that_are_linked_exist() -> None:
    linked = set(re.findall(r"\[`([a-z-]+)`\]\(\.\./rules/(\w+)/README\.md\)", _PAGE))
    known = {(card.id, card.folder) for card in load_index().values()}
    headings = re.findall(r"^#+ (.*)$", _PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}

    assert len(linked) > 20
    assert linked - known == set()
    assert set(re.findall(r"\]\(#([^)]+)\)", _PAGE)) - anchors == set()

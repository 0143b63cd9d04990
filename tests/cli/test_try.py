"""``try``: one text, or a line of stdin for each, answered by JSON."""

import json
from typing import Any

from tests.cli.conftest import Run, start


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_text_that_works_is_answered_with_its_value(lint: Run) -> None:
    outcome = lint(
        "try", "expr", "asInt(inputs.parameters.n) + 1", "--name", "inputs.parameters.n=3"
    )

    assert _lines(outcome.out) == [{"ok": True, "problems": [], "type": "int", "value": "4"}]
    assert outcome.code == 0


def test_a_text_that_fails_is_answered_with_the_place_of_its_fault(lint: Run) -> None:
    outcome = lint("try", "when", "5 = 5")

    (told,) = _lines(outcome.out)
    (problem,) = told["problems"]
    assert (told["ok"], problem["start"], problem["end"]) == (False, 2, 3)
    assert outcome.code == 1


def test_a_language_that_is_not_there_is_named_with_the_nearest(lint: Run) -> None:
    outcome = lint("try", "dependz", "a")

    assert outcome.code == 2
    assert "no language is called 'dependz'; is it 'depends'?" in outcome.err


def test_without_a_language_all_are_named(lint: Run) -> None:
    outcome = lint("try")

    assert outcome.code == 2
    assert "try needs a language: expr, when" in outcome.err


def test_a_text_is_read_from_stdin_where_none_is_given() -> None:
    outcome = start("try", "duration", stdin=b"90m\n")

    assert _lines(outcome.out)[0]["value"] == "1h30m0s"


def test_tasks_and_loops_are_told_apart(lint: Run) -> None:
    of_loop = lint("try", "depends", "a.AnySucceeded", "--loop", "a")
    of_task = lint("try", "depends", "a.AnySucceeded", "--task", "a")

    assert (of_loop.code, of_task.code) == (0, 1)


def test_each_line_is_answered_whatever_stands_in_it() -> None:
    asked: list[bytes] = [
        b'{"lang": "depends", "text": "a && b", "tasks": ["a"], "loops": []}',
        b'{"lang": "jq", "text": ".a", "doc": {"a": [1]}}',
        b'{"lang": "jsonpath", "text": "{.a}", "dialect": "kubectl", "doc": {"a": 1}}',
        b'{"lang": "cron", "text": "0 0 * * *", "timezone": "Mars/Base"}',
        b'{"lang": "when", "text": "{{item}} == a", "names": {"item": "a"}}',
        b"no JSON",
        b"[1]",
        b'{"lang": "expr"}',
        b'{"lang": "exprs", "text": "1"}',
        b'{"lang": "expr", "text": 1}',
        b'{"lang": "expr", "text": "1", "names": []}',
        b'{"lang": "depends", "text": "a", "tasks": "a"}',
        b'{"lang": "jsonpath", "text": "$", "dialect": "x"}',
        b'{"lang": "expr", "text": "\\ud800"}',
        b"\xff",
        b"[" * 100_000,
    ]
    outcome = start("try", "--jsonl", stdin=b"\n".join(asked))

    told = _lines(outcome.out)
    assert [one["ok"] for one in told] == [False, True, True, False, True] + [False] * 11
    assert ["error" in one for one in told] == [False] * 5 + [True] * 8 + [False, True, True]
    assert (outcome.code, outcome.err) == (2, "")


def test_a_line_need_not_name_the_language_that_the_command_names() -> None:
    outcome = start("try", "quantity", "--jsonl", stdin=b'{"text": "1024Mi"}\n\n{"text": "1 Gi"}\n')

    assert [one["ok"] for one in _lines(outcome.out)] == [True, False]
    assert outcome.code == 0


def test_a_document_is_read_from_a_file(lint: Run, folder: Any) -> None:
    (folder / "doc.json").write_text('{"items": [{"name": "a"}]}')
    found = lint("try", "jq", "[.items[].name]", "--doc", "doc.json")
    lost = lint("try", "jq", ".", "--doc", "nowhere.json")

    assert _lines(found.out)[0]["value"] == '["a"]'
    assert (lost.code, "nowhere.json" in lost.err) == (2, True)


def test_a_name_needs_a_value(lint: Run) -> None:
    assert lint("try", "expr", "1", "--name", "x").code == 2

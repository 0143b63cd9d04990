"""Replay of what the real implementation says of expressions (``../shared/argo``)."""

from typing import Any

from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
from fanout_lint.languages.expression.nodes import Placed
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.printer import print_expression
from fanout_lint.languages.expression.reading import read_expression
from fanout_lint.languages.expression.recursion import deep_calls
from fanout_lint.languages.expression.references import identifiers, references
from fanout_lint.languages.problem import Reading
from tests.languages.rows import meta, rows_of


def _readings() -> list[tuple[dict[str, Any], Reading]]:
    environments = meta()["envs"]
    return [
        (row, read_expression(row["text"], environment["flat"], environment["funcs"]))
        for row in rows_of("expr")
        for environment in [environments[row["env"]]]
    ]


def _parses(text: str) -> bool:
    try:
        parse(text)
    except ExpressionSyntaxError:
        return False
    return True


def test_the_parser_takes_and_refuses_what_expr_does() -> None:
    wrong = [row["text"] for row in rows_of("expr") if _parses(row["text"]) != row["parse_ok"]]

    assert wrong == []


def test_all_that_fails_is_told_and_nothing_else() -> None:
    wrong = [
        row["text"] for row, reading in _readings() if reading.ok != (row["outcome"] != "error")
    ]

    assert wrong == []


def test_values_are_those_that_argo_inserts() -> None:
    pairs = [
        (row["text"], reading.value, row["value_text"])
        for row, reading in _readings()
        if "value_text" in row and "value_len" not in row and reading.value is not None
    ]

    assert [pair for pair in pairs if pair[1] != pair[2]] == []
    assert len(pairs) > 500


def test_identifiers_are_those_that_argo_waits_for() -> None:
    wrong = [
        row["text"]
        for row in rows_of("expr")
        if row["parse_ok"] and list(identifiers(parse(row["text"]))) != row["identifiers"]
    ]

    assert wrong == []


def is_same(one: object, other: object) -> bool:
    """Compare two trees node by node without recursion, whose depth Python 3.12 bounds in C."""
    waiting = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, tuple) and isinstance(right, tuple):
            if len(left) != len(right):
                return False
            waiting.extend(zip(left, right, strict=True))
        elif isinstance(left, Placed) and isinstance(right, Placed):
            waiting.append((left.parts(), right.parts()))
        elif left != right:
            return False
    return True


def test_references_and_the_printed_text_are_those_of_the_same_tree() -> None:
    for row in rows_of("expr"):
        if not row["parse_ok"]:
            continue
        tree = parse(row["text"])
        for reference in references(tree):
            words = row["text"][reference.start : reference.end]
            assert reference.segments[-1].text in words.replace("\\", "")
        with deep_calls():
            again = parse(print_expression(tree))

        assert is_same(again, tree), row["text"]


def test_with_no_names_known_nothing_that_works_is_a_fault() -> None:
    wrong = [
        row["text"]
        for row in rows_of("expr")
        if row["outcome"] in ("value", "nil") and not read_expression(row["text"], None).ok
    ]

    assert wrong == []

"""Argo's ``jsonpath(json, path)``; the expected values were asked of evilmonkeyinc/jsonpath."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.languages.expression.values import SizedNumber
from fanout_lint.languages.jsonpath_expression import (
    JsonPathError,
    JsonPathUnknown,
    query,
    read_jsonpath_expression,
)
from fanout_lint.languages.problem import Problem
from tests.languages.rows import meta, rows_of

DOCUMENT = {
    "a": [{"b": 1, "c": "x", "n": None}, {"b": 2, "c": "y"}, {"b": -3.5, "c": "", "length": 7}],
    "f": [1, 2, 3, 4, 5, 6],
    "k": {"x y": 1, "a.b": 2},
    "s": "hé",
}

ANSWERS = [
    ("$.a[0].b", "1"),
    ("$.a[-1:].b", "[-3.5]"),
    ("$.a[0:2][0].b", "1"),
    ("$.a[(@.length-1)].b", "-3.5"),
    ("$.a[?(@.b > 0 && @.c == 'x')].b", "[1]"),
    ("$.a[?(@.n == null)].b", "[1]"),
    ("$.a[?(@.c == x)].b", "[]"),
    ("$.a[?(@.c =~ '[x]')].b", "[1]"),
    ("$.a[?(@.b % 2 == 0)].b", "[2]"),
    ("$.a[?(@.b in [1,2])].b", "[1,2]"),
    ("$.f[::-2]", "[6,4,2]"),
    ("$.f[1:4:-1]", "[4,3,2]"),
    ("$.f.length", "6"),
    ("$.a[2].length", "7"),
    ("$.s.length", "3"),
    ("$.k['x y','a.b','none']", "[1,2]"),
    ("$..b", "[1,2,-3.5]"),
    ("$.a[*].n", "[]"),
    ("$.f[?(@ > 4)][0]", "5"),
]


@pytest.mark.parametrize(("path", "value"), ANSWERS)
def test_path_gives_what_go_gives(path: str, value: str) -> None:
    assert read_jsonpath_expression(path, DOCUMENT).value == value


FAULTS = [
    ("", Problem("the JSONPath is empty; it starts with '$'", 0, 0)),
    (
        "{.a}",
        Problem("a JSONPath starts with '$' or '@', not '{'; braces are kubectl's", 0, 1),
    ),
    ("$.f[", Problem("the subscript '[' has no end", 3, 4)),
    ("$.a.", Problem("a name is missing after '.'", 4, 4)),
    ("$.a[0].z", Problem("there is no key 'z'", 7, 8)),
    ("$.f[9]", Problem("there is no item 9 in a list of 6", 3, 6)),
    ("$.f.a", Problem("a list has no key 'a'", 4, 5)),
]


@pytest.mark.parametrize(("path", "problem"), FAULTS)
def test_fault_is_placed(path: str, problem: Problem) -> None:
    assert read_jsonpath_expression(path, DOCUMENT).problems == (problem,)


def test_type_is_known_without_a_document() -> None:
    assert read_jsonpath_expression("$.a[*].b", None).type == "list"


def test_length_is_an_int64() -> None:
    assert query("[1,2]", "$.length") == SizedNumber("int64", 2)


def test_document_that_is_no_json_is_an_error() -> None:
    with pytest.raises(JsonPathError):
        query("{bad", "$")


def test_verdicts_are_those_of_argo() -> None:
    told = [row for row in rows_of("jsonpath") if row["dialect"] == "expr"]
    document = meta()["doc"]
    found = [
        (
            row["text"],
            read_jsonpath_expression(row["text"], None).ok,
            read_jsonpath_expression(row["text"], document).ok,
            read_jsonpath_expression(row["text"], document).value,
        )
        for row in told
    ]

    assert found == [
        (row["text"], row["parse_ok"], row["ok"], row.get("value_text")) for row in told
    ]


@settings(max_examples=400)
@given(st.text("$@.[]()'\"*:,?=&|!<>~+-ab1é \\", max_size=25).map("$".__add__))
def test_no_path_crashes(path: str) -> None:
    for problem in read_jsonpath_expression(path, DOCUMENT).problems:
        assert 0 <= problem.start <= problem.end <= len(path)


@pytest.mark.parametrize("path", ["$" + "[?(" * 500, "$[?(" + "(" * 3000 + ")]", "$" + "..*" * 50])
def test_deep_path_ends_soon(path: str) -> None:
    with suppress(JsonPathError, JsonPathUnknown):
        query('[[[[[[1]]]]],{"a":[{"a":[{"a":1}]}]}]', path)

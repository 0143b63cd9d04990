"""Nothing crashes or hangs on any text; printing and parsing agree on any tree."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.printer import print_expression
from fanout_lint.languages.expression.reading import read_expression
from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
from fanout_lint.languages.expression.references import (
    hyphenated_names,
    identifiers,
    references,
)
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING
from fanout_lint.languages.tag import read_tag

NAMES: dict[str, object] = {
    "a.b": "[1,2]",
    "a.c": UNKNOWN_STRING,
    "a.n": None,
    "x": UNKNOWN,
    "item": "3",
}

_ATOMS = st.sampled_from(
    [
        "1",
        "2.5",
        "'a'",
        '"b"',
        "`c`",
        "true",
        "nil",
        "a.b",
        "a.c",
        "a.n",
        "x",
        "item",
        "[]",
        "{}",
        "#",
        ".k",
        "#acc",
        "b'x'",
        "0x1F",
        "1..3",
    ]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.sampled_from(
        [
            "+",
            "-",
            "*",
            "/",
            "%",
            "**",
            "==",
            "!=",
            "<",
            ">=",
            "and",
            "||",
            "??",
            "in",
            "..",
            "contains",
            "matches",
        ]
    )
    one = st.sampled_from(
        [
            "len({})",
            "upper({})",
            "asInt({})",
            "-{}",
            "not({})",
            "[{}]",
            "({})",
            "{}[0]",
            "{}?.k",
            "sprig.list({})",
            "toJson({})",
            "fromJSON({})",
            "sort({})",
            "keys({})",
            "string({})",
            "type({})",
            "({})[1:]",
        ]
    )
    two = st.sampled_from(
        [
            "filter({},{})",
            "map({},{})",
            "reduce({},{})",
            "sortBy({},{})",
            "count({},{})",
            "findLast({},{})",
            "get({},{})",
            "[{},{}]",
            "max({},{})",
            "join({},{})",
            "{{a:{},'b':{}}}",
            "groupBy({},{})",
            "({};{})",
        ]
    )
    return st.one_of(
        st.builds(lambda left, sign, right: f"{left} {sign} {right}", inner, binary, inner),
        st.builds(lambda shape, only: shape.format(only), one, inner),
        st.builds(lambda shape, left, right: shape.format(left, right), two, inner, inner),
        st.builds(lambda a, b, c: f"{a} ? {b} : {c}", inner, inner, inner),
        st.builds(lambda a, b: f"let v = {a}; {b}", inner, inner),
        st.builds(lambda a, b, c: f"if {a} {{ {b} }} else {{ {c} }}", inner, inner, inner),
    )


EXPRESSIONS = st.recursive(_ATOMS, _grown, max_leaves=12)


@settings(max_examples=300)
@given(EXPRESSIONS)
def test_printing_and_parsing_again_gives_an_equal_tree(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionSyntaxError:
        return

    assert parse(print_expression(tree)) == tree


@settings(max_examples=300)
@given(EXPRESSIONS, st.sampled_from([None, NAMES]))
def test_reading_answers_for_any_expression(text: str, names: dict[str, object] | None) -> None:
    reading = read_expression(text, names)

    assert all(0 <= one.start <= one.end <= len(text) for one in reading.problems)


@settings(max_examples=300)
@given(st.text(alphabet="a1.#'\"`()[]{}?:;|,+-*<=!&\\ntx\n é{}$/", max_size=40))
def test_any_text_is_read(text: str) -> None:
    reading = read_expression(text, NAMES)
    tagged = read_tag("{{=" + text, NAMES)

    assert all(0 <= one.start <= one.end <= len(text) for one in reading.problems)
    assert all(0 <= one.start <= one.end <= len(text) + 3 for one in tagged.problems)


HEAVY = [
    "1+" * 3300 + "1",
    "x ?? " * 2000 + "1",
    "a.b - c" + "-a" * 3000,
    "(" * 30_000,
    "!" * 30_000,
    "'" + "\\x41" * 20_000 + "'",
    "{{" * 20_000,
    "filter(1..100000, # in 1..9000)",
    'reduce(1..50000, #acc + "xxxxxxxx", "")',
    "map(1..400, map(1..400, #))",
    "uniq(1..100000)",
    'filter(1..3000, "' + "a" * 3000 + '" matches "(a|a)*b$")',
    "[" * 400 + "]" * 400,
    "let v = 1;" * 400 + "v",
]


@pytest.mark.parametrize("text", HEAVY, ids=range(len(HEAVY)))
def test_work_is_bounded(text: str) -> None:
    start = time.process_time()
    read_expression(text, NAMES)
    read_tag("{{=" + text + "}}", None)
    with suppress(ExpressionSyntaxError, ExpressionTooDeepError):
        tree = parse(text)
        identifiers(tree)
        references(tree)
        hyphenated_names(tree)

    assert time.process_time() - start < 60

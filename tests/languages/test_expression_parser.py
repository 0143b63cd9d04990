"""Expressions are cut and parsed as expr-lang 1.17.8 does it, with a place for every node."""

import pytest

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError, Kind, tokens
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.printer import print_expression
from fanout_lint.languages.expression.recursion import ExpressionTooDeepError


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (".5 0xFF 0b01 1_000 1.2e-4", [".5", "0xFF", "0b01", "1_000", "1.2e-4"]),
        ("1..5", ["1", "..", "5"]),
        ("a?.b ?? c ?. d", ["a", "?.", "b", "??", "c", "?.", "d"]),
        ("#index #1 #", ["#", "index", "#", "1", "#"]),
        ("foo // rest\nbar /* in */ baz", ["foo", "bar", "baz"]),
        ("'it''s' \"\\x41\\u{1F600}\\101\"", ["it", "s", "A😀A"]),
        ("`a``b\\n`", ["a`b\\n"]),
        ("früh $a _0", ["früh", "$a", "_0"]),
    ],
)
def test_text_is_cut_into_tokens(text: str, values: list[str]) -> None:
    found = tokens(text)

    assert [token.value for token in found if token.kind is not Kind.END] == values


def test_a_bytes_literal_holds_bytes() -> None:
    token = tokens(r"b'\xff\101é'")[0]

    assert token.content == b"\xffA\xc3\xa9"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("'abc", (0, 4)),
        ("'a\nb'", (0, 2)),
        (r"'\d+'", (1, 3)),
        (r"'\u12'", (1, 3)),
        ("1x", (0, 2)),
        ("a ~ b", (2, 3)),
        ("a /* b", (2, 4)),
        ("a +", (3, 3)),
        ("a b", (2, 3)),
        ("[1, 2", (5, 5)),
        ("{a b}", (3, 4)),
        ("filter(xs)", (9, 10)),
        ("a ?? b + c", (7, 8)),
        ("1[0]", (1, 2)),
        ("9223372036854775808", (0, 19)),
        ("1e400", (0, 5)),
        ("a.1", (1, 3)),
        ("a = b", (2, 3)),
        ("not", (3, 3)),
        ("x not y", (6, 7)),
        ("map(xs, #; 1)", (9, 10)),
        ("if a { 1 }", (10, 10)),
    ],
)
def test_what_expr_refuses_is_refused_at_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)

    assert (caught.value.start, caught.value.end) == place


@pytest.mark.parametrize(
    "text",
    [
        "a;",
        "a not in b.c.not.in",
        "1 < 2 < 3",
        "a ?: b",
        "a ? .5 : b?.[0].c",
        "xs | filter(.a > 1) | map(#.b) | len()",
        "let x = 1; let y = 2; x + y",
        "if a { 1 } else if b { 2; 3 } else { 4 }",
        "reduce(1..9, #acc + #, 0,)",
        "{a: 1, 'b': 2, 3: 4, (c): 5,}",
        "-2 ** 2 ^ 3 % 4",
        "!a and not b or c",
        'a not "in" b',
        "[1, 2,][1:]?.b(1, 2).c",
        "::len(x) + $env['y']",
        r"'\UFFFFFF80' + b'\x00'",
        "steps['a-b']?.outputs.result ?? 'x'",
        "count(xs) + count(xs, # > 1) + sum(xs, {.a; .b})",
    ],
)
def test_printing_and_parsing_again_gives_an_equal_tree(text: str) -> None:
    tree = parse(text)

    assert parse(print_expression(tree)) == tree


def test_operators_bind_as_in_expr() -> None:
    flat = parse("not a == b and c or 1 + 2 * 3 ** 2 ** x")
    bound = parse("(((not a) == b) and c) or (1 + (2 * (3 ** (2 ** x))))")

    assert flat == bound


def test_a_comparison_of_three_is_two_comparisons() -> None:
    assert parse("a < b <= c") == parse("(a < b) && (b <= c)")


def test_every_node_knows_its_place() -> None:
    text = "steps['a-b'].x + (1 ?? len(y))"
    tree = parse(text)

    places = [text[node.start : node.end] for node in nodes.walk(tree)]

    assert places == [
        "steps",
        "'a-b'",
        "steps['a-b']",
        "x",
        "steps['a-b'].x",
        "1",
        "y",
        "len(y)",
        "1 ?? len(y)",
        text,
    ]


def test_a_string_knows_its_quote() -> None:
    quotes = [
        node.quote
        for node in nodes.walk(parse("a['b'][\"c\"][`d`].e"))
        if isinstance(node, nodes.String)
    ]

    assert quotes == ["'", '"', "`", ""]


def test_a_name_of_the_environment_is_no_builtin() -> None:
    assert isinstance(parse("len(x)"), nodes.Builtin)
    assert isinstance(parse("len(x)", frozenset({"len"})), nodes.Call)


def test_ten_thousand_nodes_are_taken_and_one_more_is_refused() -> None:
    assert isinstance(parse("[" + "1," * 9999 + "]"), nodes.Array)

    with pytest.raises(ExpressionSyntaxError, match="more than 10000 parts"):
        parse("[" + "1," * 10_000 + "]")


@pytest.mark.parametrize("text", ["(" * 50_000, "[" * 5000 + "]" * 5000, "a" + ".b" * 4500])
def test_what_is_too_deep_for_us_is_no_fault_of_the_text(text: str) -> None:
    with pytest.raises(ExpressionTooDeepError):
        parse(text)


def test_a_shared_part_does_not_multiply() -> None:
    text = "x"
    for _ in range(60):
        text = f"({text} ?: 1)"

    with pytest.raises(ExpressionTooDeepError):
        parse(text)

"""Go's regular expressions; the expected answers were asked of Go 1.26."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.languages.goregexp import RegexpError, compile_goregexp, match, read_goregexp
from fanout_lint.languages.problem import Problem
from tests.languages.rows import rows_of

ACCEPTED = [
    *("a{,3}", "a{b}", "[]a]", "[^]]", "[a-]", "[a&&b]", "(?P<1>a)", "(?<n>a)(?<n>b)", "(?U)a+"),
    *(
        "\\Qa*\\E*",
        "a*(?i)*",
        "()*",
        "(?:)*",
        "a|",
        "(x{0})*",
        "\\x{10FFFF}",
        "\\012",
        "\\_",
        "\\pN",
    ),
    *("\\p{lowercase_letter}", "\\p{^Greek}", "((a{10}){10}){10}", "(a{0}){1000}", "[[:^word:]]"),
    *("[[:]", "(?i-s:a)", "[\\d-z]"),
]


@pytest.mark.parametrize("pattern", ACCEPTED)
def test_odd_pattern_is_accepted(pattern: str) -> None:
    assert read_goregexp(pattern).problems == ()


REFUSED = [
    ("a)", Problem("')' has no '('", 1, 2)),
    ("(a", Problem("'(' has no ')'", 0, 1)),
    ("x*+", Problem("'*+' repeats a repeat; Go has no possessive or stacked repeats", 1, 3)),
    ("(*a)", Problem("nothing stands before '*' to be repeated", 1, 2)),
    ("a{1001}", Problem("a repeat goes up to 1000, from the lower number to the higher", 1, 7)),
    ("(a{3}){334}", Problem("repeats inside repeats come to more than 1000", 6, 11)),
    ("a(?=b)", Problem("Go's regular expressions have no '(?='", 1, 4)),
    ("(?<=a)b", Problem("Go's regular expressions have no lookbehind", 0, 7)),
    ("(?P<>a)", Problem("a group's name is of ASCII letters, digits and '_', up to '>'", 0, 5)),
    ("\\h", Problem("Go's regular expressions have no escape '\\h'", 0, 2)),
    ("[a-", Problem("'[' has no ']'", 0, 3)),
    ("b[z-a]", Problem("the range 'z-a' runs backwards", 2, 5)),
    ("\\p{Nope}", Problem("'\\\\p{Nope}' names no Unicode category or script", 0, 8)),
    ("\\p{Old_Italic}", Problem("'\\\\p{Old_Italic}' names no Unicode category or script", 0, 14)),
    ("a\\", Problem("nothing stands after the backslash", 1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "problem"), REFUSED)
def test_fault_is_placed(pattern: str, problem: Problem) -> None:
    assert read_goregexp(pattern).problems == (problem,)


MATCHES = [
    ("b+", "abbc", (1, 3)),
    ("a|ab", "ab", (0, 1)),
    ("(a|ab)(c|bcd)(d*)", "abcd", (0, 4, 0, 1, 1, 4, 4, 4)),
    ("(a*)*", "b", (0, 0, 0, 0)),
    ("(|a)*", "aa", (0, 0, 0, 0)),
    ("a*?$", "aaa", (0, 3)),
    ("(?i)K", "\u212a", (0, 1)),
    ("(?i)[^k]", "kK", None),
    ("(?m)^b$", "a\nb\nc", (2, 3)),
    ("b$", "b\n", None),
    ("\\bfoo\\b", "a foo.", (2, 5)),
    ("\\d", "\u0663", None),
    ("[[:^alpha:]]", "ab1", (2, 3)),
    ("\\pL{2}", "1éß", (1, 3)),
]


@pytest.mark.parametrize(("pattern", "text", "spans"), MATCHES)
def test_match_is_the_one_that_go_finds(
    pattern: str, text: str, spans: tuple[int, ...] | None
) -> None:
    machine = compile_goregexp(pattern)

    assert machine is not None
    assert machine.search(text) == spans


def test_pattern_that_would_hang_python_is_matched() -> None:
    assert match("^(a+)+$", "a" * 2000 + "b") is False


def test_what_is_too_large_is_not_told() -> None:
    assert match("(a{100}b{100}){5}" * 100, "a") is None


def test_verdicts_are_those_of_go() -> None:
    told = rows_of("goregexp")

    assert [(row["text"], read_goregexp(row["text"]).ok) for row in told] == [
        (row["text"], row["ok"]) for row in told
    ]


@settings(max_examples=500)
@given(
    st.text("ab()[]{}*+?|^$.\\-:,dwpPQEx1290<>=iP'_ é", max_size=20), st.text("ab1 é", max_size=9)
)
def test_no_pattern_crashes(pattern: str, text: str) -> None:
    reading = read_goregexp(pattern)
    for problem in reading.problems:
        assert 0 <= problem.start <= problem.end <= len(pattern)
    if reading.ok:
        assert match(pattern, text) in (True, False, None)


@pytest.mark.parametrize("pattern", ["(" * 50_000, "(?:" * 3000 + "a" + ")" * 3000, "a" * 100_000])
def test_huge_pattern_ends_soon(pattern: str) -> None:
    with suppress(RegexpError):
        assert match(pattern, "b" * 100) in (False, None)

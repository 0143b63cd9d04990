import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.goformat import faults, sprintf
from fanout_lint.languages.gonumber import atoi
from fanout_lint.languages.sequence import (
    Fault,
    decode,
    expand,
    expand_sequence,
    read_sequence,
)
from tests.languages.rows import rows_of


def test_count_starts_at_zero() -> None:
    assert expand(count="3").items == ("0", "1", "2")


def test_end_is_included() -> None:
    assert expand(start=1, end="3").items == ("1", "2", "3")


def test_end_before_start_counts_down() -> None:
    known = expand(start="2", end="0")

    assert known.items == ("2", "1", "0")
    assert known.is_backward


def test_count_of_minus_one_gives_three_items() -> None:
    assert expand(count="-1").items == ("0", "-1", "-2")


def test_count_of_zero_gives_none_and_a_wrong_format_does_not_matter() -> None:
    assert expand(count=0, format='a"b').items == ()


def test_tag_is_opaque() -> None:
    known = expand(count="{{inputs.parameters.n}}")

    assert (known.faults, known.count, known.items) == ((), None, None)


def test_count_is_known_though_start_is_a_tag() -> None:
    assert expand(start="{{item}}", count=5).count == 5


def test_a_fault_beside_a_tag_is_told() -> None:
    faults_found = expand(start="x", end="{{item}}").faults

    assert faults_found == (Fault("start", "start must be a whole number, `x` is none"),)


def test_neither_count_nor_end() -> None:
    assert expand(start=1).faults == (Fault("", "neither count nor end is given"),)


def test_count_beside_end_is_refused_by_lint_only_and_end_wins() -> None:
    known = expand(count=9, end=1)

    assert known.faults == (Fault("count", "count and end exclude each other", only_lint=True),)
    assert known.items == ("0", "1")


def test_quote_in_a_format_breaks_the_loop() -> None:
    assert [fault.field for fault in expand(count=2, format='a"b%d').faults] == ["format"]


def test_backslash_in_a_format_is_an_escape() -> None:
    assert expand(count=1, format="a\\tb%d").items == ("a\tb0",)


def test_format_with_a_quoted_character_fails_where_the_escape_is_none_of_json() -> None:
    assert expand(start=65, end=66, format="%q").items == ("'A'", "'B'")
    assert expand(start=0, end=1, format="%q").faults


def test_huge_sequence_is_counted_and_not_listed() -> None:
    known = expand(count=10**12)

    assert known.count == 10**12
    assert known.items is not None
    assert known.items[-1] == "999"


@pytest.mark.parametrize(
    ("layout", "number", "expected"),
    [
        ("%03d", -1, "-01"),
        ("% d", 1, " 1"),
        ("%#x", 255, "0xff"),
        ("%-5d|", 3, "3    |"),
        ("%.2d", 1, "01"),
        ("%[1]d-%[1]d", 7, "7-7"),
        ("%[2]d", 7, "%!d(BADINDEX)"),
        ("%d-%d", 7, "7-%!d(MISSING)"),
        ("100%", 7, "100%!(NOVERB)%!(EXTRA int=7)"),
        ("%%", 7, "%%!(EXTRA int=7)"),
        ("%5s", 7, "%!s(int=    7)"),
        ("%*d", 2, "%!d(MISSING)"),
        ("%[1]*[1]d", 3, "  3"),
        ("%c", 65, "A"),
        ("%U", 1, "U+0001"),
        ("%T", 1, "int"),
        ("%99999999d", 1, "%!(NOVERB)%!(EXTRA int=1)"),
    ],
)
def test_printf_of_go(layout: str, number: int, expected: str) -> None:
    assert sprintf(layout, number) == expected


def test_faults_of_a_format_are_listed() -> None:
    assert faults("%s-%d") == ("%!s(int=1)", "%!d(MISSING)")
    assert faults("part-%03d") == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [("007", 7), ("+2", 2), ("-0", 0), ("1_0", None), (" 1", None), ("1\n", None), ("", None)],
)
def test_atoi_of_go(text: str, number: int | None) -> None:
    assert atoi(text) == number


def test_numbers_past_64_bits_are_none() -> None:
    assert atoi("9223372036854775807") == 2**63 - 1
    assert atoi("9223372036854775808") is None
    assert atoi("0" * 5000 + "1") == 1


def test_names_of_fields_are_read_in_any_case() -> None:
    assert decode('{"COUNT": 2}') == decode('{"count": 2}')


@pytest.mark.parametrize(
    "text",
    ["[]", "3", '{"count": true}', '{"count": 1.5}', '{"format": 5}', "{", "NaN", "[" * 9999],
)
def test_what_does_not_decode_is_one_problem(text: str) -> None:
    problems = read_sequence(text).problems

    assert [(problem.start, problem.end) for problem in problems] == [(0, len(text))]


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = [
        (row["text"], row["outcome"])
        for row in rows_of("sequence")
        if read_sequence(row["text"]).ok != (row["outcome"] == "items")
    ]

    assert wrong == []


def test_items_of_the_real_argo_are_ours() -> None:
    wrong = []
    for row in rows_of("sequence"):
        if row["outcome"] == "items":
            known = expand_sequence(decode(row["text"]), substituted=True)
            if (known.count, list((known.items or ())[:5])) != (row["count"], row["items"]):
                wrong.append((row["text"], known))

    assert wrong == []


def test_value_is_the_list_of_items() -> None:
    assert json.loads(read_sequence('{"count": 2}').value or "") == ["0", "1"]


@given(st.text(st.sampled_from('{}[]",:countsredformat 0123456789-+.%\\é'), max_size=60))
def test_no_text_crashes(text: str) -> None:
    read_sequence(text)


@given(
    st.text(st.sampled_from('%#0+- []123*.dxqcUvsT\\"é'), max_size=20),
    st.integers(-(2**63), 2**63 - 1),
)
def test_no_format_crashes(layout: str, number: int) -> None:
    sprintf(layout, number)
    expand(start=str(number), count=3, format=layout)


@pytest.mark.parametrize("unit", ["%", "%d", "%[1", "%5", "%.", "%%", "x", "%[", "9"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    sprintf(unit * 20_000, 1)

    assert time.process_time() - started < 60

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.duration import (
    SECOND,
    go_duration,
    overflows,
    parse_argo_duration,
    parse_go_duration,
    print_duration,
    read_duration,
)
from tests.languages.rows import rows_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90s", "1m30s"),
        ("1h", "1h0m0s"),
        ("1.5h", "1h30m0s"),
        ("1h2m3s4ms", "1h2m3.004s"),
        ("-5m", "-5m0s"),
        ("+.5s", "500ms"),
        ("1500us", "1.5ms"),
        ("0", "0s"),
        ("1m1m", "2m0s"),
    ],
)
def test_go_prints_a_duration_its_own_way(text: str, value: str) -> None:
    assert go_duration(text).value == value


def test_plain_number_is_seconds_to_argo_and_no_duration_to_go() -> None:
    assert read_duration("300").value == "5m0s"
    assert not go_duration("300").ok


def test_plain_number_overflows_without_a_word() -> None:
    assert read_duration("9223372037").value == "-2562047h47m16.709551616s"
    assert overflows("9223372037")
    assert not overflows("9223372036")


@pytest.mark.parametrize(
    ("text", "place"),
    [("1d", "d"), ("5 m", " m"), ("5m10", "10"), ("1h30", "30"), ("s", "s"), ("1Min", "Min")],
)
def test_fault_is_placed_at_what_is_wrong(text: str, place: str) -> None:
    problem = read_duration(text).problems[0]

    assert text[problem.start : problem.end] == place


def test_empty_text_is_no_duration() -> None:
    assert not read_duration("").ok


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = [
        row["text"]
        for row in rows_of("duration")
        if read_duration(row["text"]).value != row.get("argo_value")
        or go_duration(row["text"]).value != row.get("go_value")
        or read_duration(row["text"]).ok != row["argo_ok"]
        or go_duration(row["text"]).ok != row["go_ok"]
    ]

    assert wrong == []


@given(st.integers(-(2**63), 2**63 - 1))
def test_printed_duration_is_read_back(nanoseconds: int) -> None:
    read = parse_go_duration(print_duration(nanoseconds))

    assert isinstance(read, int)
    assert abs(read - nanoseconds) <= SECOND // 10**9


@given(st.text(st.sampled_from("0159.smhnuµ-+ d"), max_size=30))
def test_no_text_crashes(text: str) -> None:
    for problem in read_duration(text).problems:
        assert 0 <= problem.start <= problem.end <= len(text)


@pytest.mark.parametrize("unit", ["1", "1s", "1.", ".", "s", "0", ".1"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    parse_argo_duration(unit * 20_000)

    assert time.process_time() - started < 60

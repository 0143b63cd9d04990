import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.quantity import parse_quantity, read_quantity
from tests.languages.rows import rows_of


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("0.5", "500m"),
        ("1.5Gi", "1536Mi"),
        ("1024Mi", "1Gi"),
        ("1000m", "1"),
        ("+1", "+1"),
        ("01", "01"),
        ("1e+2", "100"),
        ("0.5Ki", "512"),
        ("1.5Ki", "1536"),
        ("0.0000000001", "1n"),
        ("-0", "0"),
        ("Gi", "0"),
        (".", "0"),
        ("9999999999Ei", "9223372036854775807"),
        ("1000E", "1"),
    ],
)
def test_canonical_form_is_that_of_kubernetes(text: str, canonical: str) -> None:
    assert read_quantity(text).value == canonical


@pytest.mark.parametrize("text", ["", "5g", "5 G", "1GB", "Pi", "1e", "--1", "1_000", "5%", "1K"])
def test_what_kubernetes_refuses_is_no_quantity(text: str) -> None:
    problems = read_quantity(text).problems

    assert [(problem.start, problem.end) for problem in problems] == [(0, len(text))]


def test_the_way_out_is_named_when_it_is_near() -> None:
    assert read_quantity("4GiB").problems[0].message == "`4GiB` is no quantity; `4Gi` is"


def test_amount_is_exact() -> None:
    found = parse_quantity("1.5Gi")

    assert found is not None
    assert found.amount == Fraction(3 * 2**29)


def test_numbers_beyond_all_use_have_no_value() -> None:
    assert read_quantity("1234567890123456789e100000").value is None
    assert read_quantity("9" * 5000).ok


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = [
        row["text"]
        for row in rows_of("quantity")
        if read_quantity(row["text"]).ok != row["ok"]
        or read_quantity(row["text"]).value != row.get("canonical")
    ]

    assert wrong == []


def test_amounts_of_the_real_argo_are_ours() -> None:
    for row in rows_of("quantity"):
        if row["ok"]:
            found = parse_quantity(row["text"])
            assert found is not None
            assert found.amount is not None
            assert float(found.amount) == pytest.approx(float(row["value"]))


@given(st.text(st.sampled_from("0159.eEinumkKMGTP+- "), max_size=30))
def test_no_text_crashes(text: str) -> None:
    found = read_quantity(text)

    assert found.ok == (parse_quantity(text) is not None)


@pytest.mark.parametrize("unit", ["0", "1", "1.", "e", "E", "-", "0.", "i", "1e"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    read_quantity(unit * 20_000)

    assert time.process_time() - started < 60

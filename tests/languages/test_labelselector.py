import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.gonumber import print_number
from fanout_lint.languages.labelselector import (
    fails,
    find_selector_fault,
    parse_selector,
    read_labelselector,
    succeeds,
)
from tests.languages.rows import meta, rows_of

DOCUMENT = {
    "status": {
        "phase": "Succeeded",
        "succeeded": 2,
        "ratio": 0.5,
        "ready": True,
        "nothing": None,
        "conditions": [{"type": "Complete"}],
    }
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("status.phase == Succeeded", True),
        ("status.succeeded > 1", True),
        ("status.ratio > 0", False),
        ("status.ratio == 0.5", True),
        ("status.ready = true", True),
        ("status.nothing", True),
        ("status.nothing =", True),
        ("!status.nosuch", True),
        ("status.nosuch != x", True),
        ("status.nosuch == x", False),
        ("status.conditions.0.type in (Complete, Failed)", True),
        ("status.conditions.1.type", False),
        ("status.conditions != x", True),
        ("status.phase == Succeeded, status.succeeded > 5", False),
        ("", True),
    ],
)
def test_success_condition_needs_every_part(text: str, holds: bool) -> None:
    assert succeeds(parse_selector(text), DOCUMENT) is holds


def test_failure_condition_needs_one_part() -> None:
    assert fails(parse_selector("status.phase == Failed, status.succeeded > 1"), DOCUMENT)
    assert not fails(parse_selector(""), DOCUMENT)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("status.succeeded >= 1", ">="),
        ("status.phase == 'Succeeded'", "'Succeeded'"),
        ("a == b && c == d", "&&"),
        ("status.phase eq x", "eq"),
        ("status.succeeded > 1.5", "1.5"),
        ("a/b/c == d", "a/b/c"),
        ("a == b c", "c"),
        ("a in b", "b"),
        ("a,", ""),
        ("a in (b", ""),
    ],
)
def test_fault_is_placed_on_the_words_at_fault(text: str, place: str) -> None:
    problems = read_labelselector(text).problems

    assert [text[problem.start : problem.end] for problem in problems] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "status.phase == {{inputs.parameters.p}}",
        "status.{{ inputs.parameters.field }} > {{x}}",
        "{{condition}}",
        "status.phase {{operator}} x",
        "a in ({{x}}, v{{y}})",
    ],
)
def test_tags_are_no_fault(text: str) -> None:
    assert find_selector_fault(text) is None


def test_a_fault_beside_a_tag_is_told() -> None:
    text = "status.x == '{{p}}' && y"

    fault = find_selector_fault(text)

    assert fault is not None
    assert text[fault.start : fault.end] == "&&"


def test_value_is_the_canonical_form_in_order_of_the_fields() -> None:
    assert read_labelselector("b in (y,x), a = 1").value == "a=1,b in (x,y)"


@pytest.mark.parametrize(
    ("number", "text"), [(0.5, "0.5"), (2.0, "2"), (1e21, "1" + "0" * 21), (-1e-7, "-0.0000001")]
)
def test_numbers_print_without_exponent(number: float, text: str) -> None:
    assert print_number(number) == text


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = [
        row["text"]
        for row in rows_of("labelselector")
        if read_labelselector(row["text"]).ok != row["ok"]
    ]

    assert wrong == []


def test_outcomes_of_the_real_argo_are_ours() -> None:
    wrong = []
    for row in rows_of("labelselector"):
        if row["ok"]:
            parts = parse_selector(row["text"])
            told = (succeeds(parts, meta()["doc"]), fails(parts, meta()["doc"]))
            matched, failed = row["as_successCondition"], row["as_failureCondition"]
            if told != (matched == "matched", failed == "fails"):
                wrong.append((row["text"], told))

    assert wrong == []


@given(st.text(st.sampled_from("a1./-_ ,=!<>()in{}'\0é"), max_size=40))
def test_no_text_crashes(text: str) -> None:
    for problem in read_labelselector(text).problems:
        assert 0 <= problem.start <= problem.end <= len(text)
    find_selector_fault(text)


@pytest.mark.parametrize("unit", ["a", "a,", " ", "=", "a in (", "a.", "-", "{{", "!", "("])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    for text in (unit * 10_000, "a in (" + unit * 10_000):
        read_labelselector(text)
        find_selector_fault(text)

    assert time.process_time() - started < 60

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.cron import (
    RemarkKind,
    parse_cron,
    print_time,
    read_cron,
    zone_exists,
)
from tests.languages.rows import rows_of


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("0 9 * * *", "2025-01-01T09:00:00Z"),
        ("@weekly", "2025-01-05T00:00:00Z"),
        ("@every 1h30m", "2025-01-01T01:30:00Z"),
        ("0 0 29 2 *", "2028-02-29T00:00:00Z"),
        ("0 0 30 2 *", "never"),
        (", * * * *", "never"),
        ("0 0 1-7 * MON", "2025-01-02T00:00:00Z"),
        ("0 0 */2 * MON", "2025-01-03T00:00:00Z"),
        ("TZ=America/New_York 0 9 * * *", "2025-01-01T14:00:00Z"),
        ("  0 9 * * *  ", "2025-01-01T09:00:00Z"),
    ],
)
def test_value_is_the_first_time_after_the_reference(text: str, first: str) -> None:
    assert read_cron(text).value == first


def test_a_time_that_the_clock_skips_is_left_out() -> None:
    found = parse_cron("30 2 * * *", "Europe/Berlin")

    times = found.next_times(datetime(2025, 3, 28, 12, tzinfo=UTC))

    assert times is not None
    assert [print_time(moment) for moment in times] == [
        "2025-03-29T01:30:00Z",
        "2025-03-31T00:30:00Z",
        "2025-04-01T00:30:00Z",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("60 * * * *", "60"),
        ("0 0 * * 1,7", "7"),
        ("0 0 0 * *", "0"),
        ("5-1 * * * *", "5-1"),
        ("*/0 * * * *", "*/0"),
        ("0 0 * * Monday", "Monday"),
        ("0 0 1-L * *", "L"),
        ("0 0 * * * *", "0 0 * * * *"),
        ("@daily ", "@daily "),
        ("@every 1d", "d"),
        ("TZ=Nowhere/X 0 0 * * *", "Nowhere/X"),
        ("TZ=UTC", "TZ=UTC"),
        ("", ""),
    ],
)
def test_fault_is_placed_on_the_words_at_fault(text: str, place: str) -> None:
    found = parse_cron(text)

    assert found.refused is not None
    assert text[found.refused.start : found.refused.end] == place


def test_zone_in_the_schedule_beside_a_timezone_passes_lint_and_fails() -> None:
    found = parse_cron("CRON_TZ=UTC 0 0 * * *", "Europe/Berlin")

    assert found.refused is None
    assert found.fails is not None
    assert (found.fails.start, found.fails.end) == (0, 8)


def test_zone_in_another_case_is_named() -> None:
    assert parse_cron("0 0 * * *", "europe/berlin").zone_refused == (
        "no time zone is called `europe/berlin`; `Europe/Berlin` is one"
    )


@pytest.mark.parametrize(
    ("name", "exists"),
    [("US/Pacific", True), ("", True), ("Local", True), ("utc", False), ("../UTC", False)],
)
def test_zones_of_go(name: str, exists: bool) -> None:
    assert zone_exists(name) is exists


def test_what_only_the_crd_refuses() -> None:
    assert not parse_cron("@every 1.5h").fits_crd
    assert not parse_cron(" 0 0 * * *").fits_crd
    assert parse_cron("0 0 * * *").fits_crd


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("*/90 * * * *", RemarkKind.STEP_TOO_LONG),
        ("0 0 1-7 * MON", RemarkKind.EITHER_DAY),
        ("@every 1500ms", RemarkKind.EVERY_ROUNDED),
        ("@every -5m", RemarkKind.EVERY_ROUNDED),
    ],
)
def test_what_works_but_hardly_as_written(text: str, kind: RemarkKind) -> None:
    assert [remark.kind for remark in parse_cron(text).remarks] == [kind]


@pytest.mark.parametrize("text", ["*/15 * * * *", "0 9 * * MON-FRI", "0 0 1 * *", "@every 10s"])
def test_usual_schedules_have_no_remark(text: str) -> None:
    assert parse_cron(text).remarks == ()


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = []
    for row in rows_of("cron"):
        found = parse_cron(row["text"], row.get("timezone"))
        told = (
            found.refused is None and found.zone_refused is None,
            read_cron(row["text"], row.get("timezone")).ok,
            found.fits_crd,
        )
        if told != (row["ok"], row["ok"] and row["runtime_ok"], row["crd_pattern_ok"]):
            wrong.append((row["text"], row.get("timezone"), told))

    assert wrong == []


def test_times_of_the_real_argo_are_ours() -> None:
    wrong = []
    for row in rows_of("cron"):
        if "next_utc" not in row:
            continue
        times = parse_cron(row["text"], row.get("timezone")).next_times()
        if times is not None and ([print_time(t) for t in times] or ["never"]) != row["next_utc"]:
            wrong.append((row["text"], times))

    assert wrong == []


@given(
    st.text(st.sampled_from("0159*/,-?@ \tTZ=UCRON_evryhmsJANmon"), max_size=40),
    st.sampled_from(["", "UTC", "Europe/Berlin", "x y", "/", "\x00"]),
)
def test_no_text_crashes(text: str, timezone: str) -> None:
    for problem in read_cron(text, timezone).problems:
        assert 0 <= problem.start <= problem.end <= len(text)


@given(
    st.lists(
        st.sampled_from(["*", "*/7", "1", "29-31", "30", "0", "2", ","]), min_size=5, max_size=5
    )
)
def test_schedule_that_is_yearly_fires(words: list[str]) -> None:
    found = parse_cron(" ".join(words))

    if found.schedule is not None and found.schedule.is_yearly:
        assert found.next_times(count=1)
    assert found.never_fires == (found.next_times(count=1) == ())


@pytest.mark.parametrize("unit", ["* ", "1,", "-", "/", "@every 1h", "TZ=", "9", "1h"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    for text in (unit * 10_000, unit * 10_000 + " * * * *", "@every " + unit * 10_000):
        read_cron(text)

    assert time.process_time() - started < 60

"""Where the underlines of the text format stand, and what is left out of long things."""

import time

import pytest

from fanout_lint.findings import Place, Related
from fanout_lint.report import text
from fanout_lint.report.cells import cells
from fanout_lint.report.contract import Report, Summary
from fanout_lint.report.paint import Look
from fanout_lint.report.window import window
from fanout_lint.source.text import Source, Span
from tests.report.samples import finding, place, report


def _rows(source: Source, where: Place, width: int = 100, **more: object) -> list[str]:
    shown = text.render(report([finding(where, **more)], source), Look(width=width))  # type: ignore[arg-type]  # the tests pass what finding takes
    return shown.split("\n")[2:-3]


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("👩‍💻", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),
        ("a\tb", 6),
        ("\x1b", 4),
        ("\u200b", 6),
    ],
)
def test_line_takes_the_columns_that_a_terminal_gives_it(line: str, columns: int) -> None:
    assert sum(cells(line).widths) == columns


def test_underline_stands_under_words_that_follow_wide_ones() -> None:
    source = Source("a", "日本: xyz\n")

    assert _rows(source, place(source, "xyz")) == ["  |", "1 | 日本: xyz", "  |       ^^^"]


def test_place_at_the_end_of_the_text_gets_one_caret() -> None:
    source = Source("a", "key: value")

    assert _rows(source, Place("a", Span(10, 10)))[-1] == "  |           ^"


def test_place_in_a_file_without_text_has_no_snippet() -> None:
    shown = text.render(report([finding(Place("a", Span(0, 0)))], Source("a", "")), Look())

    assert shown.split("\n")[1:3] == [" --> a:1:1", ""]


def test_place_in_a_file_that_could_not_be_decoded_is_at_its_top() -> None:
    lost = Report((finding(Place("lost.yaml", Span(7, 9))),), {}, Summary(1, 0, 1, 0, 0))

    assert text.render(lost, Look()).split("\n")[1] == " --> lost.yaml:1:1"


def test_crlf_leaves_no_trace_in_a_snippet() -> None:
    source = Source("a", "one: 1\r\ntwo: 2\r\n")

    assert _rows(source, place(source, "2")) == ["  |", "1 | one: 1", "2 | two: 2", "  |      ^"]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_long_line_is_cut_around_the_place(width: int) -> None:
    source = Source("a", "x" * 5000 + "HERE" + "y" * 5000)

    _, line, under = _rows(source, place(source, "HERE"), width)

    assert len(line) <= width
    assert line[under.index("^") :].startswith("HERE")
    assert line[4] == line[-1] == "…"
    assert under.count("^") == 4


def test_place_wider_than_the_terminal_shows_its_start() -> None:
    source = Source("a", "key: " + "z" * 500)

    _, line, under = _rows(source, Place("a", Span(5, 505)), 60)

    assert line.startswith("1 | key: zzz")
    assert under.index("^") == line.index("z")
    assert len(under) <= 60


def test_enormous_line_costs_no_more_than_a_long_one() -> None:
    line = "日" * 5_000_000
    started = time.process_time()

    window(line, 2_000_000, 2_000_010, 100)

    assert time.process_time() - started < 60


def test_many_second_places_are_listed_without_their_lines() -> None:
    source = Source("a", "".join(f"line{n}: x\n" for n in range(400)))
    related = [Related(place(source, f"line{n}:"), f"use {n}") for n in range(20, 320, 10)]

    shown = text.render(report([finding(place(source, "line0"), related=related)], source), Look())

    assert shown.count("\nnote: use") == 6
    assert "   = note: also at a:81:1, a:91:1" in shown.replace("    = note", "   = note")
    assert "and 12 more places" in " ".join(shown.split())


def test_failures_alone_give_no_summary() -> None:
    nothing = Report((), {}, Summary(0, 0, 0, 0, 0), failures=("no such path",))

    assert text.render(nothing, Look()) == ""

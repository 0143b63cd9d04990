"""Each format, whole, on a report with each kind of thing in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fanout_lint.report import github, json, line, text
from fanout_lint.report.contract import Report
from fanout_lint.report.paint import Look
from tests.conftest import Golden
from tests.report.samples import everything, report

GOLDENS = Path(__file__).parent / "goldens"


def _text(found: Report) -> str:
    return text.render(found, Look())


def _coloured(found: Report) -> str:
    return text.render(found, Look(colour=True))


def _narrow(found: Report) -> str:
    return text.render(found, Look(width=60))


@pytest.mark.parametrize(
    ("name", "render"),
    [
        ("report.txt", _text),
        ("coloured.txt", _coloured),
        ("narrow.txt", _narrow),
        ("report.line", line.render),
        ("report.json", json.render),
        ("report.github", github.render),
    ],
)
def test_format_shows_everything_as_its_golden(
    name: str, render: Callable[[Report], str], golden: Golden
) -> None:
    golden(GOLDENS / name, render(everything()))


def test_clean_text_report_says_how_much_was_read() -> None:
    assert text.render(report([]), Look()) == "No findings in 2 files.\n"


def test_clean_machine_formats_print_no_line() -> None:
    assert line.render(report([])) == ""
    assert github.render(report([])) == ""


def test_colours_change_nothing_but_colours() -> None:
    import re

    plain = re.sub(r"\x1b\[[0-9;]*m", "", _coloured(everything()))

    assert plain == _text(everything())

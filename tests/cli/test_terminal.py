"""When there are colours, and what happens to what a stream cannot take."""

import io
import sys

import pytest

from fanout_lint.cli.progress import ProgressBar, progress_bar
from fanout_lint.cli.terminal import wants_colour, write


@pytest.mark.parametrize(
    ("no_color", "environment", "terminal", "wanted"),
    [
        (False, {}, True, True),
        (False, {}, False, False),
        (False, {"TERM": "dumb"}, True, False),
        (False, {"FORCE_COLOR": "1"}, False, True),
        (False, {"FORCE_COLOR": ""}, False, False),
        (False, {"NO_COLOR": "1"}, True, False),
        (False, {"NO_COLOR": ""}, True, True),
        (False, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        (True, {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_flag_wins_over_variables_and_they_over_the_terminal(
    no_color: bool, environment: dict[str, str], terminal: bool, wanted: bool
) -> None:
    assert wants_colour(no_color, environment, terminal) is wanted


def test_character_that_the_encoding_lacks_becomes_its_escape() -> None:
    raw = io.BytesIO()

    stream = io.TextIOWrapper(raw, encoding="latin-1", newline="")

    write("é 日\n", stream)

    assert raw.getvalue() == b"\xe9 \\u65e5\n"


def test_bar_appears_once_the_work_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # This makes a terminal of the stream for rich.
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    long_ago = -1e6

    bar = ProgressBar()
    bar(1, 10)
    assert screen.getvalue() == ""
    bar = ProgressBar(started=long_ago)
    bar(3, 10)
    bar.close()

    assert "Linting" in screen.getvalue()


def test_nobody_at_a_terminal_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    assert progress_bar(quiet=False) is None

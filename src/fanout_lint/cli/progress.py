"""How far the engine is → a bar on stderr, once the work turns out to be long."""

import sys
import time
from typing import TYPE_CHECKING

from fanout_lint.cli.terminal import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 0.8
"""Seconds before a bar appears: shorter work needs none, and would pay for its import."""


class ProgressBar:
    """Is called with how many files are done, and of how many; needs closing."""

    def __init__(self, started: float | None = None) -> None:
        """Begin at *started* of the monotonic clock, now by default."""
        self._started = time.monotonic() if started is None else started
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            if done >= total or time.monotonic() - self._started < _PATIENCE:
                return
            self._bar = _new_bar()
            self._bar.add_task("", total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done)

    def close(self) -> None:
        """Take the bar off the terminal, if one appeared."""
        if self._bar is not None:
            self._bar.stop()


def progress_bar(quiet: bool) -> ProgressBar | None:
    """Return a bar if a person is there to see it and wants to."""
    return ProgressBar() if not quiet and is_terminal(sys.stderr) else None


def _new_bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("Linting", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files", markup=False),
        console=Console(file=sys.stderr),
        transient=True,
    )

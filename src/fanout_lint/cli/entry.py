"""The console script: argv in, an exit code out, and the shortest way into Python and out of it.

What it needs it imports when it runs: the search for garbage is put off before.
"""

import gc
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import NoReturn

_LITTER = 100_000
"""How many objects are made between two searches for rings of garbage.

Over few files none is worth its time; over thousands each finds tens of thousands of objects.
"""
_SLOW_EXIT = "FANOUT_LINT_NO_FAST_EXIT"


def main() -> NoReturn:
    """Run what ``sys.argv`` asks for and end the process."""
    sys.excepthook = _our_fault
    gc.set_threshold(_LITTER)
    _leave(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run what *arguments* ask for and return the exit code; the process goes on."""
    from fanout_lint.cli import arguments as reading

    return reading.run(arguments)


def _our_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell of an exception that nobody expected, and exit as that deserves.

    Python itself would leave with 1, which says that there are findings.
    """
    from fanout_lint.cli.exits import ExitCode
    from fanout_lint.cli.terminal import say

    if issubclass(kind, KeyboardInterrupt):
        _leave(ExitCode.INTERRUPTED)
    sys.__excepthook__(kind, error, trace)
    say("error", "this is a fault of fanout-lint, not of your files")
    _leave(ExitCode.OUR_FAULT)


def _leave(code: int) -> NoReturn:
    """End the process.

    Python's own tidying takes 10 to 17 ms, so it is skipped; a profiler or
    coverage needs it to write what it measured.
    """
    if (
        os.environ.get(_SLOW_EXIT)
        or sys.getprofile()
        or sys.gettrace()
        or "coverage" in sys.modules
    ):
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code)

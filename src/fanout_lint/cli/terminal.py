"""Text → stdout, stderr or a file; and what the terminal behind them is like."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from fanout_lint.errors import UsageError
from fanout_lint.report.paint import Look

_WIDTH = 100
_NARROWEST = 40


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at *stream*, which is ``None`` if it was closed from the start."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def wants_colour(no_color: bool, environment: Mapping[str, str], terminal: bool) -> bool:
    """Whether to paint: the flag wins over NO_COLOR, that over FORCE_COLOR, that over the terminal.

    The variables count when they are set and not empty (no-color.org, force-color.org).
    """
    if no_color or environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return terminal and environment.get("TERM") != "dumb"


def look(no_color: bool) -> Look:
    """Return how to write to stdout."""
    terminal = is_terminal(sys.stdout)
    return Look(wants_colour(no_color, os.environ, terminal), _width() if terminal else _WIDTH)


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return _WIDTH
    return max(columns, _NARROWEST) if columns else _WIDTH


def write(text: str, stream: TextIO | None) -> None:
    """Write and flush *text*.

    What the stream's encoding lacks becomes an escape. Whoever read us may have
    left (``| head``): then the rest is dropped without a word.

    :raises UsageError: when the stream takes no more for another reason, such as a full disk.
    """
    if stream is None:
        return
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        _detach(stream)
    except OSError as error:
        _detach(stream)
        raise UsageError(f"the output could not be written: {error.strerror}") from error


def _detach(stream: TextIO) -> None:
    """Turn *stream* to nowhere, so that Python's last flush of it does not complain."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def write_file(text: str, path: str) -> None:
    """Write *text* to the file *path*, in UTF-8.

    :raises UsageError: when it cannot be written.
    """
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{path}: the report cannot be written there: {reason}") from error


def say(kind: str, text: str) -> None:
    """Write a line to stderr; *kind* is ``error`` or ``note``."""
    from fanout_lint.report.visible import visible

    with suppress(UsageError):  # Where stderr takes nothing there is nobody to tell.
        write(f"fanout-lint: {kind}: {visible(text)}\n", sys.stderr)

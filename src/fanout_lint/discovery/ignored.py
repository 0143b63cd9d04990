"""The ``.gitignore`` files that hold at a folder, the deepest first."""

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fanout_lint.source.ignore import Patterns

Ignores = tuple[tuple["Patterns", int], ...]
"""Each list of patterns, with the length of what precedes the paths that it judges."""

_MAX_BYTES: Final = 1024 * 1024


def gitignore_in(folder: str) -> Ignores:
    """Return the patterns of the ``.gitignore`` in *folder*; none where it cannot be read."""
    try:
        # As git does: a link is not followed, and a pipe is not waited for.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(os.path.join(folder, ".gitignore"), flags)
    except OSError:
        return ()
    try:
        data = os.read(handle, _MAX_BYTES)
    except OSError:
        return ()
    finally:
        os.close(handle)
    from fanout_lint.source.ignore import compile_patterns, ignore_lines

    patterns = compile_patterns(ignore_lines(data))
    return () if patterns is None else ((patterns, len(os.path.join(folder, ""))),)


def is_ignored(ignores: Ignores, path: str, is_folder: bool) -> bool:
    """Whether git would leave out the absolute *path*, whose folder it does not."""
    for patterns, start in ignores:
        below = path[start:] if os.sep == "/" else path[start:].replace(os.sep, "/")
        decided = patterns.decide(below, is_folder)
        if decided is not None:
            return decided
    return False


def ignores_above(folder: str, top: str | None) -> Ignores:
    """Return what holds at *folder* by the ``.gitignore`` s from *top* to its parent.

    Nothing holds in a folder that is ignored itself: who names it wants it walked.
    """
    if top is None or folder == top:
        return ()
    ignores = gitignore_in(top)
    at = top
    for name in os.path.relpath(folder, top).split(os.sep):
        at = os.path.join(at, name)
        if ignores and is_ignored(ignores, at, True):
            return ()
        if at != folder:
            ignores = (*gitignore_in(at), *ignores)
    return ignores

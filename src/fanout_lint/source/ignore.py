"""Which paths a list of git's ignore patterns leaves out.

``.gitignore`` files and the configuration's ``exclude`` are both such lists. The
last pattern that matches decides, ``!`` takes back, a pattern without a slash
matches names at any depth, and one that ends in a slash only folders
(``dir.c:last_matching_pattern`` of git). What lies in a folder that is left out
is left out with it: that is the walk's doing, which does not enter, or
:func:`leaves_out_any` for a path that nobody walked to.

All patterns of a list are two expressions, one for names and one for paths,
their last pattern first; so a name costs two matches, however long the list.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from fanout_lint.source.glob import BrokenGlob, name_pattern, path_pattern


class _Matcher(Struct, frozen=True):
    """One expression with a group for each pattern; ``ranks`` gives a group its place."""

    expression: re.Pattern[str]
    ranks: tuple[int, ...]

    def rank(self, text: str) -> int:
        """Return the place of the last pattern that matches *text*, -1 where none does."""
        found = self.expression.fullmatch(text)
        return -1 if found is None else self.ranks[(found.lastindex or 1) - 1]


class Patterns(Struct, frozen=True):
    """A list of patterns, compiled; ``taken_back`` holds the places of those with ``!``."""

    taken_back: frozenset[int]
    file_names: _Matcher | None
    file_paths: _Matcher | None
    folder_names: _Matcher | None
    folder_paths: _Matcher | None

    def decide(self, path: str, is_folder: bool) -> bool | None:
        """Whether *path* (with ``/``, from the list's folder) is left out; ``None``: not said."""
        names = self.folder_names if is_folder else self.file_names
        paths = self.folder_paths if is_folder else self.file_paths
        rank = -1 if paths is None else paths.rank(path)
        if names is not None:
            rank = max(rank, names.rank(path[path.rfind("/") + 1 :]))
        return None if rank < 0 else rank not in self.taken_back


class _Pattern(Struct, frozen=True):
    expression: str
    rank: int
    is_taken_back: bool
    for_folders: bool
    for_names: bool


def compile_patterns(lines: Iterable[str]) -> Patterns | None:
    """Return the patterns on *lines*, as a ``.gitignore`` has them; ``None`` without any."""
    patterns: list[_Pattern] = []
    for line in lines:
        pattern = _compile(line, len(patterns))
        if pattern is not None:
            patterns.append(pattern)
    if not patterns:
        return None
    files = [pattern for pattern in patterns if not pattern.for_folders]
    return Patterns(
        frozenset(pattern.rank for pattern in patterns if pattern.is_taken_back),
        _join([pattern for pattern in files if pattern.for_names]),
        _join([pattern for pattern in files if not pattern.for_names]),
        _join([pattern for pattern in patterns if pattern.for_names]),
        _join([pattern for pattern in patterns if not pattern.for_names]),
    )


def ignore_lines(data: bytes) -> list[str]:
    """Return the lines of a ``.gitignore``, its names as the system gives those of files."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.split("\n")]


def leaves_out_any(patterns: Patterns, path: str) -> bool:
    """Whether *patterns* leave out the file *path* or a folder above it."""
    end = path.find("/")
    while end >= 0:
        if patterns.decide(path[:end], True):
            return True
        end = path.find("/", end + 1)
    return bool(patterns.decide(path, False))


def _compile(line: str, rank: int) -> _Pattern | None:
    text = _without_trailing_blanks(line)
    if text.startswith("#"):
        return None
    is_taken_back = text.startswith("!")
    text = text.removeprefix("!")
    for_folders = text.endswith("/")
    text = text.removesuffix("/")
    for_names = "/" not in text
    text = text.removeprefix("/")
    if not text:
        return None
    try:
        expression = name_pattern(text) if for_names else path_pattern(text)
    except BrokenGlob:
        return None
    return _Pattern(expression, rank, is_taken_back, for_folders, for_names)


def _without_trailing_blanks(line: str) -> str:
    end = len(line)
    while end and line[end - 1] == " " and not _is_escaped(line, end - 1):
        end -= 1
    return line[:end]


def _is_escaped(line: str, at: int) -> bool:
    start = at
    while start and line[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1


def _join(patterns: list[_Pattern]) -> _Matcher | None:
    if not patterns:
        return None
    last_first = patterns[::-1]
    expression = "|".join(f"({pattern.expression})" for pattern in last_first)
    ranks = tuple(pattern.rank for pattern in last_first)
    return _Matcher(re.compile(expression, re.DOTALL), ranks)

"""Where a project begins: the nearest folder above with a ``.git`` or a configuration."""

import os
from collections.abc import Collection
from typing import Final

from msgspec import Struct

from fanout_lint.config.load import NAMES, PYPROJECT, configuration_in

_MARKERS: Final = frozenset((".git", PYPROJECT, *NAMES))


class Home(Struct, frozen=True):
    """The project that a folder belongs to.

    ``root`` is its top, ``None`` where there is none; ``config`` the configuration
    in it. ``top`` is the nearest folder with a ``.git``, else the root: from there
    down, ``.gitignore`` files count. All are absolute paths.
    """

    root: str | None
    config: str | None
    top: str | None


class Homes:
    """Answers for folders, and remembers."""

    def __init__(self) -> None:
        self._known: dict[str, Home] = {}

    def of(self, folder: str) -> Home:
        """Return the home of the absolute *folder*, which need not exist."""
        passed = []
        home = None
        while home is None:
            home = self._known.get(folder)
            if home is not None:
                break
            passed.append(folder)
            above = os.path.dirname(folder)
            if above == folder:
                home = self._known[folder] = Home(None, None, None)
                break
            folder = above
        for below in reversed(passed):
            home = self._known[below] = _extended(below, home)
        return home

    def begins(self, folder: str, names: Collection[str]) -> bool:
        """Whether a project begins at *folder*, which holds *names*."""
        if _MARKERS.isdisjoint(names):
            return False
        if ".git" in names:
            return True
        return configuration_in(folder, names) is not None


def _extended(folder: str, above: Home) -> Home:
    config = configuration_in(folder)
    has_git = os.path.lexists(os.path.join(folder, ".git"))
    if config is None and not has_git:
        return above
    if has_git:
        return Home(folder, config, folder)
    inherits = above.top is not None and os.path.lexists(os.path.join(above.top, ".git"))
    return Home(folder, config, above.top if inherits else folder)

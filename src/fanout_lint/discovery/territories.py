"""The projects of one run, each made when something in it is first asked for."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fanout_lint.config.load import load
from fanout_lint.config.settings import KnownRules, Settings
from fanout_lint.discovery.homes import Home, Homes
from fanout_lint.discovery.ignored import ignores_above
from fanout_lint.discovery.walk import Folder, Territory, writable
from fanout_lint.errors import ConfigError

if TYPE_CHECKING:
    from fanout_lint.source.ignore import Patterns


class Territories:
    """Hands out the territory of a folder; one for each project, one for what is in none.

    ``problems`` are the configurations that cannot be followed. A territory with
    such a configuration is ``None``.
    """

    def __init__(
        self, working_folder: str, known_rules: KnownRules, config_file: str | None
    ) -> None:
        self.working_folder = working_folder
        self.homes = Homes()
        self.problems: list[ConfigError] = []
        self._known_rules = known_rules
        self._common: Settings | None = None
        if config_file is not None:
            path = os.path.join(working_folder, config_file)
            self._common = self._load(path, writable(config_file))
        self._by_root: dict[str | None, Territory | None] = {}

    def of(self, folder: str) -> Territory | None:
        """Return the territory of the absolute *folder*."""
        home = self.homes.of(folder)
        if home.root not in self._by_root:
            self._by_root[home.root] = self._made(home)
        return self._by_root[home.root]

    def all(self) -> list[Territory]:
        """Return those made so far, by their roots."""
        made = [territory for territory in self._by_root.values() if territory is not None]
        return sorted(made, key=lambda territory: territory.root or "")

    def folder(self, path: str, shown: str, territory: Territory) -> Folder:
        """Return the folder at *path*, to walk; what findings call it is *shown*."""
        inner = shown
        if territory.root is not None:
            inner = prefix(relative(path, territory.root))
        base = territory.settings.folder
        excludable = inner if base is None else prefix(relative(path, base))
        ignores = ignores_above(path, self.homes.of(path).top)
        return Folder(path, prefix(shown), prefix(inner), excludable, territory, ignores)

    def border(self, folder: Folder) -> Folder | None:
        """Return *folder*, at which a project begins, as the top of that project."""
        territory = self.of(folder.path)
        return None if territory is None else self.folder(folder.path, folder.shown, territory)

    def top(self, territory: Territory) -> Folder | None:
        """Return the root of *territory* as a folder to walk, ``None`` where it has none."""
        if territory.root is None:
            return None
        asked = "." if territory.is_asked_relatively else territory.root
        return self.folder(territory.root, self.display(territory.root, asked), territory)

    def display(self, path: str, asked: str) -> str:
        """Return what findings call the absolute *path*, which was asked for as *asked*.

        It is relative to the working folder, unless it lies elsewhere and was
        asked for by an absolute path.
        """
        here = self.working_folder
        is_near = path == here or path.startswith(prefix(here)) or here.startswith(prefix(path))
        if os.path.isabs(asked) and not is_near:
            return writable(path.replace(os.sep, "/"))
        return writable(relative(path, here))

    def _made(self, home: Home) -> Territory | None:
        settings = self._common or Settings()
        if self._common is None and home.config is not None:
            loaded = self._load(home.config, self.display(home.config, home.config))
            if loaded is None:
                return None
            settings = loaded
        excludes = _compiled(settings.exclude)
        base = settings.folder if excludes is not None else None
        prefixes = {} if base is None else prefixes_from(base)
        return Territory(home.root, settings, excludes, prefixes)

    def _load(self, path: str, display: str) -> Settings | None:
        try:
            return load(path, display, self._known_rules)
        except ConfigError as error:
            self.problems.extend(ConfigError(line) for line in str(error).split("\n"))
            return None


def _compiled(patterns: Sequence[str]) -> "Patterns | None":
    if not patterns:
        return None
    from fanout_lint.source.ignore import compile_patterns

    return compile_patterns(patterns)


def relative(path: str, start: str) -> str:
    """Return *path* from *start*, with ``/``; as it is where no way leads there (Windows)."""
    try:
        return os.path.relpath(path, start).replace(os.sep, "/")
    except ValueError:
        return path.replace(os.sep, "/")


def prefix(path: str) -> str:
    """Return *path*, of a folder, as what goes before a name in it."""
    if path in (".", ""):
        return ""
    return path if path.endswith("/") else f"{path}/"


def prefixes_from(folder: str) -> dict[str, str]:
    """Return the prefixes of the absolute *folder* and of each above, as seen from it."""
    prefixes = {folder: ""}
    shown = ""
    while (above := os.path.dirname(folder)) != folder:
        folder, shown = above, f"../{shown}"
        prefixes[folder] = shown
    return prefixes

"""Files that belong together, and the others that they may refer to.

What is asked for is read when a project is made. The rest of it is walked and
read at the first question that needs it, so one file without a reference to
another costs no walk.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fanout_lint.config.settings import Settings
from fanout_lint.discovery.files import File, HelmChart, Origin
from fanout_lint.discovery.walk import KUSTOMIZATIONS, Folder, Territory, Way, walk
from fanout_lint.source.read import decode, read_argo_file

if TYPE_CHECKING:
    from fanout_lint.discovery.kustomizations import Kustomizations


class Project:
    """The files below a folder with ``.git`` or a configuration, or just the paths given.

    A folder below with a ``.git`` or a configuration of its own is another
    project, so each file belongs to one, however it was asked for.
    """

    root: str | None
    """Absolute; ``None`` where the paths given are all there is."""
    settings: Settings
    files: tuple[File, ...]
    """The files asked for, sorted by their display; never ``INDEXED``."""
    charts: tuple[HelmChart, ...]

    def __init__(
        self,
        territory: Territory,
        top: Folder | None,
        way: Way,
        files: tuple[File, ...],
        charts: tuple[HelmChart, ...],
    ) -> None:
        """*top* is the root as a folder to walk, in the *way* of what was not asked for.

        It is ``None`` where there is no root.
        """
        self.root = territory.root
        self.settings = territory.settings
        self.files = files
        self.charts = charts
        self._territory = territory
        self._top = top
        self._way = way
        self._others: tuple[File, ...] | None = None
        self._is_listed = False
        self._above: dict[str, tuple[Kustomizations, ...]] = {}
        self._kustomizations: Kustomizations | None = None

    def others(self) -> tuple[File, ...]:
        """Return the project's other files that speak of Argo, for references into them.

        Those that the configuration excludes are among them, those that git
        ignores are not.
        """
        if self._others is None:
            self._list()
            self._others = self._read_others()
        return self._others

    def is_patch(self, file: File) -> bool:
        """Whether a kustomization of the project names *file* as a patch, so that it is partial.

        Those in the folders above are asked first, and only where none of them
        does, the project is walked.
        """
        if not file.path:
            return False
        if self._is_patch_from_above(file.path):
            return True
        found = self._all_kustomizations()
        return found is not None and found.patch(file.path)

    def overlays(self, file: File) -> frozenset[str] | None:
        """Return the kustomizations that build *file* in, at any remove, by their paths.

        Two files can stand in one cluster together unless both have overlays
        and share none. ``None`` where no kustomization names it.
        """
        if not file.path:
            return None
        found = self._all_kustomizations()
        return (found and found.building(file.path)) or None

    def _list(self) -> None:
        """Walk what was not asked for."""
        if self._is_listed:
            return
        self._is_listed = True
        territory = self._territory
        tops = [] if self._top is None else [self._top]
        while tops:
            walk(tops.pop(), self._way)
            tops.extend(territory.not_entered)
            territory.not_entered.clear()

    def _read_others(self) -> tuple[File, ...]:
        asked = {file.path for file in self.files}
        candidates = [each for each in self._territory.candidates if each.path not in asked]
        if not candidates:
            return ()
        from fanout_lint.discovery.links import add_links, identity

        identities = {identity(path) for path in asked if os.path.islink(path)}
        others: dict[str, File] = {}
        links: dict[str, File] = {}
        for candidate in candidates:
            path = candidate.path
            if identities and identity(path) in identities:
                continue
            data = read_argo_file(path, candidate.display)
            if data is None:
                continue
            content = decode(candidate.display, data) if isinstance(data, bytes) else data
            file = File(path, candidate.in_project, Origin.INDEXED, content, candidate.is_excluded)
            (links if candidate.is_link else others)[path] = file
        add_links(others, links, asked)
        return tuple(sorted(others.values(), key=lambda file: file.display))

    def _is_patch_from_above(self, path: str) -> bool:
        return any(found.patch(path) for found in self._from(os.path.dirname(path)))

    def _from(self, folder: str) -> "tuple[Kustomizations, ...]":
        """Return those of *folder* and of the folders above it, up to the root, nearest first."""
        unknown = []
        while folder not in self._above:
            unknown.append(folder)
            if folder in (self.root, os.path.dirname(folder)):
                break
            folder = os.path.dirname(folder)
        above = self._above.get(folder, ())
        for below in reversed(unknown):
            paths = [os.path.join(below, name) for name in KUSTOMIZATIONS]
            found = _kustomizations(filter(os.path.isfile, paths))
            above = above if found is None else (found, *above)
            self._above[below] = above
        return above

    def _all_kustomizations(self) -> "Kustomizations | None":
        if self._kustomizations is None:
            self._list()
            self._kustomizations = _kustomizations(self._territory.kustomizations)
        return self._kustomizations


def _kustomizations(paths: Iterable[str]) -> "Kustomizations | None":
    """Return those at *paths*; ``None`` without any, which is how most projects are."""
    found = tuple(paths)
    if not found:
        return None
    from fanout_lint.discovery.kustomizations import Kustomizations

    return Kustomizations(found)

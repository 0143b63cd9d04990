"""Paths to the files asked for, each in its project."""

import os
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final

from msgspec import Struct, field
from msgspec.structs import replace

from fanout_lint.config.settings import KnownRules
from fanout_lint.discovery.files import File, Origin, Skip
from fanout_lint.discovery.helm import chart_above, charts
from fanout_lint.discovery.project import Project
from fanout_lint.discovery.territories import Territories, prefixes_from, relative
from fanout_lint.discovery.walk import (
    NOT_ENTERED,
    SUFFIXES,
    Border,
    Candidate,
    ChartFile,
    Folder,
    Territory,
    Way,
    walk,
    writable,
)
from fanout_lint.errors import FanoutLintError, UsageError
from fanout_lint.source.read import Unreadable, decode, read_argo_file, read_file, read_stream
from fanout_lint.source.text import Source

STANDARD_INPUT: Final = "-"
_NAMELESS: Final = "<stdin>"


class Discovery(Struct, frozen=True):
    """The files asked for, by project.

    ``problems`` are what makes the run end with 2: no such path, a folder without
    any YAML or JSON, a configuration that cannot be followed. What they do not
    touch can still be linted. ``skipped`` counts files; an ignored or excluded
    folder counts as one.
    """

    projects: tuple[Project, ...]
    skipped: Mapping[Skip, int]
    problems: tuple[FanoutLintError, ...] = ()


class StandardInput(Struct, frozen=True):
    """What ``-`` stands for; with a ``name`` it takes the place of that file in its project."""

    stream: BinaryIO
    name: str | None = None


def discover(
    paths: Sequence[str],
    working_folder: str,
    known_rules: KnownRules,
    *,
    config_file: str | None = None,
    standard_input: StandardInput | None = None,
    argo_only: bool = False,
) -> Discovery:
    """Return what *paths* ask for.

    *known_rules* are what configurations are judged by; *config_file* stands in
    for the configurations that would be found. Standard input without a name is
    in no project: it may be rendered from files that are. With *argo_only*, a
    file that is named is looked at as one that a walk finds: if it speaks of Argo.
    Nothing is found if *config_file* cannot be followed.
    """
    territories = Territories(os.path.abspath(working_folder), known_rules, config_file)
    if territories.problems:
        return Discovery((), {}, tuple(territories.problems))
    search = _Search(territories, argo_only)
    folders = []
    for path in dict.fromkeys(paths):
        if path == STANDARD_INPUT and standard_input is not None:
            search.take_standard_input(standard_input)
        elif (folder := search.take_named(path)) is not None:
            folders.append((path, folder))
    for path, folder in folders:
        search.walk_folder(path, folder)
    projects = search.projects()
    skipped = {reason: count for reason in Skip if (count := search.skipped[reason])}
    return Discovery(projects, skipped, (*search.problems, *search.territories.problems))


class _Search(Struct, eq=False):
    """What has been asked for so far. ``named`` has the files of each territory, by path."""

    territories: Territories
    argo_only: bool
    skipped: Counter[Skip] = field(default_factory=Counter)
    problems: list[FanoutLintError] = field(default_factory=list)
    named: dict[Territory, dict[str, File]] = field(default_factory=dict)
    apart: list[Territory] = field(default_factory=list)
    """Territories of their own that no folder belongs to."""

    def take_standard_input(self, given: StandardInput) -> None:
        """Read the standard input in the place of the file that it is called after."""
        if given.name is not None:
            self._take_file(given.name, Origin.STDIN, given.stream)
            return
        territory = self.territories.of(self.territories.working_folder)
        if territory is None:
            return
        if territory.root is not None:
            # What it refers to may be rendered elsewhere, so nothing is complete.
            settings = replace(territory.settings, complete_project=False)
            territory = Territory(None, settings, None)
            self.apart.append(territory)
        content = _read(given.stream, _NAMELESS)
        file = File("", _NAMELESS, Origin.STDIN, content)
        self.named.setdefault(territory, {})[""] = file

    def take_named(self, asked: str) -> str | None:
        """Read the file *asked*; return the absolute path of a folder, which is to be walked."""
        path = self._absolute(asked)
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)
        except PermissionError:
            self.problems.append(UsageError(f"{writable(asked)}: it may not be read"))
            return None
        except (OSError, ValueError):
            shown = writable(asked).replace("\0", "\\0")
            self.problems.append(UsageError(f"{shown}: there is no such file or folder"))
            return None
        if is_folder:
            return path
        self._take_file(asked, Origin.NAMED, None)
        return None

    def walk_folder(self, asked: str, path: str) -> None:
        """Walk the folder *asked*, whose absolute path is *path*."""
        territory = self.territories.of(path)
        if territory is None:
            return
        territory.is_asked_relatively |= not os.path.isabs(asked)
        start = self.territories.folder(path, self.territories.display(path, asked), territory)
        chart = chart_above(os.path.join(path, "x"))
        if chart is not None:
            start = replace(start, chart=(chart, self.territories.display(chart, asked)))
        walked = walk(start, self._way(self.territories.border, False))
        self.skipped += walked.skipped
        if walked.refusal is not None:
            self.problems.append(UsageError(f"{writable(asked)}: {walked.refusal}"))
        elif not walked.holds_yaml and not any(map(_holds_yaml, walked.passed_by)):
            self.problems.append(
                UsageError(f"{writable(asked)}: no YAML or JSON file is in this folder")
            )

    def projects(self) -> tuple[Project, ...]:
        """Return the projects that have anything asked for in them."""
        made = []
        for territory in (*self.territories.all(), *self.apart):
            files = self._files(territory)
            found = charts(territory.chart_files)
            if files or found:
                top = self.territories.top(territory)
                made.append(Project(territory, top, self._way(_stop, True), files, found))
        return tuple(made)

    def _way(self, border: Border, enters_excluded: bool) -> Way:
        shown = prefixes_from(self.territories.working_folder)
        return Way(self.territories.homes, border, enters_excluded, shown)

    def _absolute(self, asked: str) -> str:
        return os.path.abspath(os.path.join(self.territories.working_folder, asked))

    def _take_file(self, asked: str, origin: Origin, stream: BinaryIO | None) -> None:
        path = self._absolute(asked)
        territory = self.territories.of(os.path.dirname(path))
        if territory is None:
            return
        territory.is_asked_relatively |= not os.path.isabs(asked)
        files = self.named.setdefault(territory, {})
        if path in files and origin is Origin.NAMED:
            return
        display = self.territories.display(path, asked)
        if _is_excluded(path, territory):
            self.skipped[Skip.EXCLUDED] += 1
            return
        chart = chart_above(path)
        if chart is not None:
            shown = self.territories.display(chart, asked)
            territory.chart_files.append(ChartFile(path, chart, shown))
            self.skipped[Skip.HELM] += 1
            return
        root = territory.root
        inner = display if root is None else writable(relative(path, root))
        if self.argo_only and origin is Origin.NAMED:
            walked = self._walked(Candidate(path, display, inner, False, False))
            if walked is not None:
                files[path] = walked
            return
        content = _read(stream, display) if stream is not None else _read_named(path, display)
        files[path] = File(path, inner, origin, content)

    def _files(self, territory: Territory) -> tuple[File, ...]:
        files = dict(self.named.get(territory, {}))
        links: dict[str, File] = {}
        left = []
        for candidate in territory.candidates:
            if candidate.is_excluded:
                left.append(candidate)
            elif candidate.path not in files:
                file = self._walked(candidate)
                if file is not None:
                    (links if candidate.is_link else files)[candidate.path] = file
        territory.candidates[:] = left
        if links:
            from fanout_lint.discovery.links import add_links

            add_links(files, links)
        return tuple(sorted(files.values(), key=lambda file: file.display))

    def _walked(self, candidate: Candidate) -> File | None:
        data = read_argo_file(candidate.path, candidate.display)
        if data is None:
            self.skipped[Skip.NOT_ARGO] += 1
            return None
        if isinstance(data, Unreadable) and data.face != "too-large":
            reason = Skip.SPECIAL if data.face == "special" else Skip.UNREADABLE
            self.skipped[reason] += 1
            return None
        content = decode(candidate.display, data) if isinstance(data, bytes) else data
        return File(candidate.path, candidate.in_project, Origin.WALKED, content)


def _stop(_: Folder) -> None:
    """What lies in another project is not indexed."""


def _is_excluded(path: str, territory: Territory) -> bool:
    base = territory.settings.folder
    if territory.excludes is None or base is None:
        return False
    from fanout_lint.source.ignore import leaves_out_any

    return leaves_out_any(territory.excludes, relative(path, base))


def _read(stream: BinaryIO, display: str) -> Source | Unreadable:
    data = read_stream(stream, display)
    return data if isinstance(data, Unreadable) else decode(display, data)


def _read_named(path: str, display: str) -> Source | Unreadable:
    data = read_file(path, display)
    return data if isinstance(data, Unreadable) else decode(display, data)


def _holds_yaml(folder: str) -> bool:
    """Whether any YAML or JSON file is in *folder*, which was not walked."""
    for _, folders, names in os.walk(folder):
        if any(name.lower().endswith(SUFFIXES) for name in names):
            return True
        folders[:] = [name for name in folders if name not in NOT_ENTERED]
    return False

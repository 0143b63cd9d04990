"""Folders to the files in them that may be Argo's, nothing read but ``.gitignore`` s.

Each folder belongs to a :class:`Territory`, that of the project it lies in; the
walk notes in it what it meets. Two walks share the work: what is asked for is
walked first, and the rest of a territory when it is asked about, which leaves
out what the first has seen.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from fanout_lint.config.settings import Settings
from fanout_lint.discovery.files import Skip
from fanout_lint.discovery.homes import Homes
from fanout_lint.discovery.ignored import Ignores, gitignore_in, is_ignored

if TYPE_CHECKING:
    from fanout_lint.source.ignore import Patterns

SUFFIXES: Final = (".yaml", ".yml", ".json")
KUSTOMIZATIONS: Final = ("kustomization.yaml", "kustomization.yml", "Kustomization")
CHART: Final = "Chart.yaml"
NOT_ENTERED: Final = frozenset(
    (
        *(".git", ".hg", ".svn", ".jj", ".venv", "venv", "node_modules", "__pycache__"),
        *(".tox", ".nox", ".eggs", ".direnv", ".terraform", "bower_components", ".pnpm-store"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".gradle", ".cache"),
    )
)
"""Folders of tools. They are walked only when they are named."""


class Candidate(Struct, frozen=True):
    """A YAML or JSON file; ``display`` and ``in_project`` are as in a ``File``."""

    path: str
    display: str
    in_project: str
    is_excluded: bool
    is_link: bool


class ChartFile(Struct, frozen=True):
    """A file in the ``templates`` of the chart in the folder ``chart`` (shown as ``display``)."""

    path: str
    chart: str
    display: str


class Folder(Struct, frozen=True, eq=False):
    """A folder to walk. The prefixes are empty or end in ``/``.

    ``shown`` goes before a name in it to make what findings call the file,
    ``inner`` to make its path in the project, ``excludable`` to make the path that
    ``exclude`` judges. ``chart`` is set below the ``templates`` of a chart.
    """

    path: str
    shown: str
    inner: str
    excludable: str
    territory: "Territory"
    ignores: Ignores
    chart: tuple[str, str] | None = None
    is_excluded: bool = False


class Territory(Struct, eq=False):
    """A project as far as it has been walked. ``root`` is ``None`` for what is in none."""

    root: str | None
    settings: Settings
    excludes: "Patterns | None"
    excludable_from: Mapping[str, str] = field(default_factory=dict)
    """The ``excludable`` of the folder that ``exclude`` is relative to and of those above."""
    is_asked_relatively: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    chart_files: list[ChartFile] = field(default_factory=list)
    kustomizations: list[str] = field(default_factory=list)
    walked: set[str] = field(default_factory=set)
    not_entered: list[Folder] = field(default_factory=list)
    """Excluded folders, which may hold what others refer to."""


class Walked(Struct):
    """What one walk came by.

    ``passed_by`` are the folders that were not entered because they are ignored or
    excluded; ``refusal`` is what the system said if the first would not open.
    """

    skipped: Counter[Skip] = field(default_factory=Counter)
    holds_yaml: bool = False
    passed_by: list[str] = field(default_factory=list)
    refusal: str | None = None


Border = Callable[[Folder], Folder | None]
"""At a folder where another project begins: what to walk instead, if anything."""


class Way(Struct, frozen=True):
    """How to walk. ``shown_from_here`` has the prefixes of the working folder and those above."""

    homes: Homes
    border: Border
    enters_excluded: bool
    shown_from_here: Mapping[str, str]


def walk(start: Folder, way: Way) -> Walked:
    """Walk *start* and note in the territories what is met."""
    walked = Walked()
    stack = [start]
    while stack:
        folder = stack.pop()
        if folder.path in folder.territory.walked:
            walked.holds_yaml = True
            continue
        try:
            with os.scandir(folder.path) as scan:
                entries = list(scan)
        except OSError as error:
            walked.skipped[Skip.UNREADABLE] += 1
            if folder is start:
                walked.refusal = error.strerror or type(error).__name__
            continue
        names = {entry.name for entry in entries}
        if folder.path != folder.territory.root and way.homes.begins(folder.path, names):
            inside = way.border(folder)
            if inside is None or inside.path in inside.territory.walked:
                walked.holds_yaml = True
                continue
            folder = inside
        folder.territory.walked.add(folder.path)
        _visit(folder, entries, names, walked, stack, way)
    return walked


def _visit(
    folder: Folder,
    entries: list[os.DirEntry[str]],
    names: set[str],
    walked: Walked,
    stack: list[Folder],
    way: Way,
) -> None:
    ignores = folder.ignores
    if ".gitignore" in names:
        ignores = (*gitignore_in(folder.path), *ignores)
    territory = folder.territory
    for name in KUSTOMIZATIONS:
        if name in names:
            territory.kustomizations.append(os.path.join(folder.path, name))
    has_chart = folder.chart is None and CHART in names
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name in NOT_ENTERED:
                continue
            below = _below(folder, entry, ignores, has_chart, walked, way)
            if below is None:
                continue
            if below.is_excluded and not way.enters_excluded:
                walked.skipped[Skip.EXCLUDED] += 1
                walked.passed_by.append(below.path)
                territory.not_entered.append(below)
            else:
                stack.append(below)
        else:
            _note_file(folder, entry, ignores, walked, way.enters_excluded)


def _below(
    folder: Folder,
    entry: os.DirEntry[str],
    ignores: Ignores,
    has_chart: bool,
    walked: Walked,
    way: Way,
) -> Folder | None:
    name = entry.name
    if ignores and is_ignored(ignores, entry.path, True):
        walked.skipped[Skip.IGNORED] += 1
        walked.passed_by.append(entry.path)
        return None
    excludes = folder.territory.excludes
    excludable = f"{folder.excludable}{name}"
    is_excluded = folder.is_excluded or bool(excludes and excludes.decide(excludable, True))
    chart = folder.chart
    if has_chart and name == "templates":
        chart = (folder.path, folder.shown.rstrip("/") or ".")
    shown = way.shown_from_here.get(entry.path)
    return Folder(
        entry.path,
        f"{folder.shown}{writable(name)}/" if shown is None else shown,
        f"{folder.inner}{writable(name)}/",
        folder.territory.excludable_from.get(entry.path, f"{excludable}/"),
        folder.territory,
        ignores,
        chart,
        is_excluded,
    )


def _note_file(
    folder: Folder,
    entry: os.DirEntry[str],
    ignores: Ignores,
    walked: Walked,
    enters_excluded: bool,
) -> None:
    name = entry.name
    territory = folder.territory
    if not name.endswith(SUFFIXES) and not name.lower().endswith(SUFFIXES):
        walked.skipped[Skip.NOT_YAML] += 1
        if folder.chart is not None and name.endswith(".tpl"):
            territory.chart_files.append(ChartFile(entry.path, *folder.chart))
        return
    walked.holds_yaml = True
    if ignores and is_ignored(ignores, entry.path, False):
        walked.skipped[Skip.IGNORED] += 1
        return
    excludes = territory.excludes
    is_excluded = folder.is_excluded
    if excludes is not None and not is_excluded:
        is_excluded = bool(excludes.decide(f"{folder.excludable}{name}", False))
    if is_excluded and not enters_excluded:
        walked.skipped[Skip.EXCLUDED] += 1
    if folder.chart is not None:
        walked.skipped[Skip.HELM] += not is_excluded
        if not is_excluded:
            territory.chart_files.append(ChartFile(entry.path, *folder.chart))
        return
    is_link = entry.is_symlink()
    if not entry.is_file():
        walked.skipped[Skip.SPECIAL] += 1
        return
    shown, inner = folder.shown + writable(name), folder.inner + writable(name)
    territory.candidates.append(Candidate(entry.path, shown, inner, is_excluded, is_link))


def writable(path: str) -> str:
    """Return *path* so that it can be written as UTF-8, whatever bytes it is made of."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()

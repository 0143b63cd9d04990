"""A request to a report: find the files, judge each project, put all of it together."""

import gc
import os
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from fanout_lint.config.settings import Settings
from fanout_lint.discovery.discover import StandardInput, discover
from fanout_lint.discovery.files import File, HelmChart, Origin, Skip
from fanout_lint.discovery.project import Project as FileProject
from fanout_lint.engine.judging import Choice, judge_project, select_rules
from fanout_lint.engine.reading import ReadFile, read, read_source
from fanout_lint.engine.related import needs_others, read_related
from fanout_lint.engine.spread import processes_for
from fanout_lint.findings import Finding, Hit, Place, reading_order
from fanout_lint.report.contract import Report, summarise
from fanout_lint.rulebook.index import load_index
from fanout_lint.source.read import Unreadable
from fanout_lint.source.text import Source, Span

Progress = Callable[[int, int], None]
"""Is told how many files are judged, and of how many."""


class Request(Struct, frozen=True):
    """What a person asks for, before any file is looked at.

    ``select`` replaces the configuration's, ``ignore`` adds to it. ``stdin`` is
    what ``-`` among the paths stands for. With ``argo_only``, files that are
    named count only if they speak of Argo. ``owns_process`` says that the process is there for
    this alone: it may be copied, and its search for garbage may wait.
    """

    paths: tuple[str, ...]
    stdin: StandardInput | None = None
    config_path: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    argo_version: tuple[int, int] | None = None
    argo_only: bool = False
    progress: Progress | None = None
    owns_process: bool = False


def lint(request: Request) -> Report:
    """Lint what *request* asks for.

    :raises FanoutLintError: when nothing can be done, since a rule's name on the
        command line cannot be followed.
    """
    cards = load_index()
    choice = Choice(request.select, request.ignore, request.argo_version)
    select_rules(Settings(), choice, cards)
    discovery = discover(
        request.paths,
        os.getcwd(),
        {rule: card.options for rule, card in cards.items()},
        config_file=request.config_path,
        standard_input=request.stdin,
        argo_only=request.argo_only,
    )
    total = sum(len(project.files) for project in discovery.projects)
    advance = _counter(request.progress, total)
    findings: list[Finding] = []
    sources: dict[str, Source] = {}
    foreign: list[str] = []
    for project in discovery.projects:
        files = _read_project(project, request.owns_process)
        charts, chart_hits = _charts(project.charts)
        sources |= {path: file.source for path, file in files.items()} | charts
        findings.extend(
            judge_project(
                files,
                chart_hits,
                project.settings,
                choice,
                cards,
                _overlays(project),
                _patches(project),
                advance,
                processes_for(len(project.files)) if request.owns_process else 1,
            )
        )
        foreign.extend(_foreign(project, files))
    findings.sort(key=reading_order)
    skipped = sum(discovery.skipped.values())
    return Report(
        findings=tuple(findings),
        sources=sources,
        summary=summarise(findings, total, skipped),
        notes=_notes(foreign, discovery.skipped, total),
        failures=tuple(str(problem) for problem in discovery.problems),
    )


def lint_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    config_path: str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    argo_version: tuple[int, int] | None = None,
) -> Report:
    """Lint files and folders, as the command line does.

    :raises FanoutLintError: when nothing can be done.
    """
    chosen = None if select is None else tuple(select)
    request = Request(
        tuple(os.fspath(path) for path in paths),
        config_path=config_path,
        select=chosen,
        ignore=tuple(ignore),
        argo_version=argo_version,
    )
    return lint(request)


def lint_text(
    files: str | Mapping[str, str],
    filename: str = "workflow.yaml",
    settings: Settings | None = None,
) -> Report:
    """Lint a text, or several that belong together by file name, as one project."""
    settings = settings or Settings()
    texts = {filename: files} if isinstance(files, str) else files
    read_files = {name: read_source(Source(name, text), name, True) for name, text in texts.items()}
    found = judge_project(read_files, (), settings, Choice(), load_index())
    findings = sorted(found, key=reading_order)
    return Report(
        findings=tuple(findings),
        sources={name: file.source for name, file in read_files.items()},
        summary=summarise(findings, len(texts), 0),
    )


def _counter(progress: Progress | None, total: int) -> Callable[[], None]:
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    return advance


def _read_project(project: FileProject, owns_process: bool) -> dict[str, ReadFile]:
    if not owns_process:
        return _read(project)
    gc.disable()
    files = _read(project)
    gc.freeze()  # All that was read stays to the end: no search for garbage has to visit it.
    gc.enable()
    return files


def _read(project: FileProject) -> dict[str, ReadFile]:
    files = {file.display: read(file) for file in project.files}
    if not needs_others(files.values()):
        return files
    others = [file for file in project.others() if file.display not in files]
    every = project.settings.complete_project
    for found in read_related(files.values(), others, every, read):
        files[found.source.path] = found
    for file in (*project.files, *others):
        if file.display in files and files[file.display].manifests and project.is_patch(file):
            files[file.display].leave_out()
    return files


def _patches(project: FileProject) -> Callable[[str], bool]:
    """Return what tells a kustomization's patches: to know them, the project is walked."""
    by_path = {file.display: file for file in project.files}
    return lambda path: project.is_patch(by_path[path])


def _overlays(project: FileProject) -> Callable[[str], frozenset[str] | None]:
    by_path: dict[str, File] = {}

    def overlays(path: str) -> frozenset[str] | None:
        if not by_path:
            by_path.update({file.display: file for file in (*project.files, *project.others())})
        return project.overlays(by_path[path]) if path in by_path else None

    return overlays


def _charts(charts: tuple[HelmChart, ...]) -> tuple[dict[str, Source], list[Hit]]:
    sources: dict[str, Source] = {}
    hits: list[Hit] = []
    for chart in charts:
        source = chart.content
        if isinstance(source, Unreadable):
            source = source.source
        sources[source.path] = source
        end = source.line_span(1).end
        place = Place(source.path, Span(0, end))
        hits.append(Hit("helm-chart", place, words={"folder": chart.folder}))
    return sources, hits


def _foreign(project: FileProject, files: Mapping[str, ReadFile]) -> list[str]:
    """Return the named files that hold nothing of Argo's, which deserves a word."""
    return [
        file.display
        for file in project.files
        if file.origin in (Origin.NAMED, Origin.STDIN)
        and not files[file.display].manifests
        and files[file.display].is_whole
        and not files[file.display].hits
        and not project.is_patch(file)
    ]


def _notes(foreign: list[str], skipped: Mapping[Skip, int], total: int) -> tuple[str, ...]:
    notes = [f"{path}: nothing of Argo Workflows is in it" for path in foreign]
    if total == 0 and skipped:
        reasons = ", ".join(f"{count} {reason.value}" for reason, count in skipped.items())
        notes.append(f"no file was linted; skipped: {reasons}")
    return tuple(notes)

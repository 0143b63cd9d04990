"""The files of one project to findings: link them, ask the rules, weigh what they say."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.analysis.facts import Facts, Links
from fanout_lint.analysis.project import Externals, Overlays, Project
from fanout_lint.config.settings import Settings
from fanout_lint.engine.reading import ReadFile, shape_faults
from fanout_lint.engine.spread import spread
from fanout_lint.findings import Finding, Hit, Place
from fanout_lint.model.workflow import Manifest
from fanout_lint.rulebook.contract import RuleCard
from fanout_lint.rulebook.run import INTERNAL_ERROR, Plan, run
from fanout_lint.rulebook.select import Selection, choose
from fanout_lint.source.text import Span
from fanout_lint.syntax.comments import read as read_comments
from fanout_lint.verdict.judge import JudgedFile, judge


class Choice(Struct, frozen=True):
    """What the command line adds to a configuration: ``select`` replaces its, ``ignore`` adds."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    argo_version: tuple[int, int] | None = None


class _Said(Struct, frozen=True):
    """What the shape stage and the rules said of a file, and which rules broke."""

    shape: tuple[Hit, ...]
    hits: tuple[Hit, ...] = ()
    broken: frozenset[str] = frozenset()


def select_rules(settings: Settings, choice: Choice, cards: Mapping[str, RuleCard]) -> Selection:
    """Return the rules that run, as the configuration and the command line say."""
    select = settings.select if choice.select is None else choice.select
    return choose(cards, select, (*settings.ignore, *choice.ignore), settings.rules)


def needs_others(files: Iterable[ReadFile]) -> bool:
    """Whether anything in *files* refers, or may be referred to, across files."""
    return any(
        manifest.is_library or manifest.workflow_template_ref is not None or _refers(manifest)
        for file in files
        for manifest in file.manifests
    )


def _refers(manifest: Manifest) -> bool:
    if any(hook.template_ref is not None for hook in manifest.hooks):
        return True
    templates = list(manifest.templates)
    while templates:
        for step in templates.pop().steps:
            if step.template_ref is not None or any(hook.template_ref for hook in step.hooks):
                return True
            if step.inline is not None:
                templates.append(step.inline)
    return False


def judge_project(
    files: Mapping[str, ReadFile],
    extra_hits: Iterable[Hit],
    settings: Settings,
    choice: Choice,
    cards: Mapping[str, RuleCard],
    overlays: Overlays | None = None,
    is_patch: Callable[[str], bool] = lambda path: False,
    advance: Callable[[], None] = lambda: None,
    processes: int = 1,
) -> tuple[Finding, ...]:
    """Return the findings of the asked among *files*, which are all of the project, by path.

    Whether a file is a kustomization's patch, and so not judged for what it lacks, is
    asked only of one that rules have something to say about.
    """
    selection = select_rules(settings, choice, cards)
    version = choice.argo_version or settings.argo_version
    project = Project(
        tuple(manifest for file in files.values() for manifest in file.manifests),
        settings.complete_project,
        Externals(settings.external_templates),
        overlays,
    )
    links = Links(project)
    plan = Plan(cards, selection)
    ran = selection.rules
    asked = [(path, file) for path, file in files.items() if file.is_asked]

    def ask(index: int) -> _Said:
        path, file = asked[index]
        shape = tuple(shape_faults(file, version))
        if not file.manifests:
            return _Said(shape)
        outcome = run(Facts(links, file.manifests, version), plan, Place(path, Span(0, 0)))
        return _Said(shape, outcome.hits, selection.rules - outcome.ran)

    said = spread(ask, len(asked), processes, _Said, advance)
    hits = list(extra_hits)
    for (path, file), about in zip(asked, said, strict=True):
        file.hits.extend(about.shape)
        file.is_whole &= all(hit.rule != INTERNAL_ERROR for hit in about.shape)
        ran -= about.broken
        hits.extend(file.hits)
        if about.hits and is_patch(path):
            file.leave_out()
        else:
            hits.extend(_late_marked(about.hits, file.manifests))
    return judge(hits, _judged(files), cards, selection, ran)


def _late_marked(hits: tuple[Hit, ...], manifests: tuple[Manifest, ...]) -> Iterable[Hit]:
    """Return *hits*, those marked that stand where Argo's lint never looks."""
    if not any("inline" in manifest.written for manifest in manifests):
        return hits
    from fanout_lint.analysis.lint_order import is_never_linted, never_linted

    bodies = never_linted(manifests)
    return [
        replace(hit, is_late=True) if is_never_linted(hit.place, bodies) else hit for hit in hits
    ]


def _judged(files: Mapping[str, ReadFile]) -> dict[str, JudgedFile]:
    return {
        path: JudgedFile(
            file.source,
            file.documents,
            read_comments(file.source, (document.root for document in file.documents)),
            file.project_path,
            file.is_asked,
            file.is_whole,
        )
        for path, file in files.items()
    }

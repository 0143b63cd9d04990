"""An expression followed through the passes of Argo, to what becomes of it.

A tag is replaced several times. The whole template is replaced when it starts, first with
the workflow's names, then with its inputs; a step when the steps before it have ended; a
step that loops once more for each item. The first pass that gets a value wins, even where
it came too early: ``steps.fan?.outputs ?? '[]'`` is ``[]`` before any step has run, if the
tag ``steps.name`` is known there, which depends on the caller
(``workflow/common/util.go:SubstituteParams``, ``workflow/controller/steps.go`` and
``dag.go:resolveDependencyReferences``, ``operator.go:processItem`` of v4.1.2).
"""

from collections.abc import Iterator

from msgspec.structs import replace

from fanout_lint.analysis.calls import Call, CallKind, step_call
from fanout_lint.analysis.expression_fields import ROOTS, Field
from fanout_lint.analysis.expression_names import (
    Names,
    global_names,
    input_names,
    local_names,
    step_names,
    without_artifacts,
)
from fanout_lint.analysis.expression_values import item_names, with_values
from fanout_lint.analysis.fates import Case, End, Fate
from fanout_lint.analysis.follow_field import of_field
from fanout_lint.analysis.items import Item
from fanout_lint.analysis.outcomes import NoInput
from fanout_lint.analysis.scopes import looped_step
from fanout_lint.analysis.sites import Region
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.environment import environment_of
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.passes import (
    Failed,
    Inserted,
    Left,
    Pass,
    Passed,
    run_pass,
)
from fanout_lint.languages.expression.reading import value_of
from fanout_lint.languages.expression.references import identifiers
from fanout_lint.languages.expression.values import UNKNOWN, Unknown
from fanout_lint.model.workflow import CALLERS, LoopKind, Template


def fate_of(case: Case) -> Fate:
    """Return what becomes of an expression."""
    site = case.site
    if case.kind is not Field.TAG:
        return of_field(case)
    template = site.template
    is_shared = site.region in (Region.SPEC, Region.DEFAULTS, Region.METRICS)
    if is_shared or template is None or site.outer is not None or template.kind is None:
        return _of_nowhere(case.root)
    callers = case.links.callers
    calls = callers.of(template)
    kinds = {_caller(call) for call in calls}
    if callers.may_be_called_from_outside(template) or not kinds:
        kinds = {"steps", "tasks"}
    if not case.may_read("steps", "tasks"):
        fates = dict.fromkeys(kinds, _of_tag(case, template, next(iter(kinds))))
    else:
        fates = {kind: _of_tag(case, template, kind) for kind in sorted(kinds)}
    early = tuple(call for call in calls if fates[_caller(call)].is_early)
    first = next(iter(fates.values()))
    found = [fate for fate in fates.values() if fate.is_early]
    if any(fate.end is not first.end for fate in fates.values()):
        first = Fate(End.UNKNOWN)
    if not found:
        return first
    return replace(first, early=early, may_be_early=not early, early_value=found[0].value)


def _caller(call: Call) -> str:
    is_task = call.kind is CallKind.STEP and call.step is not None and call.step.is_task
    return "tasks" if is_task else "steps"


def _of_nowhere(root: Node) -> Fate:
    """Judge an expression where names may come from anywhere: by its functions and types alone."""
    names: Names = dict.fromkeys(ROOTS, UNKNOWN)
    _, _, problems = value_of(root, environment_of(names, functions=True))
    return Fate(End.UNKNOWN, problems[0] if problems else None)


def _of_tag(case: Case, template: Template, caller: str) -> Fate:
    last: Passed = UNKNOWN
    reads_steps = any(
        use.reference.names[0] in ("steps", "tasks") and len(use.reference.names) > 2
        for use in case.uses
    )
    read = identifiers(case.root)
    for strictness, is_own, runs in _passes(case, template, caller):
        item, last = _run(case.root, read, strictness, runs)
        match last:
            case Inserted(value, type_name):
                is_early = reads_steps and is_own and _is_sure(case.root, value)
                return Fate(End.INSERTED, value=value, type=type_name, is_early=is_early)
            case Failed(problem, missing):
                waits = bool(missing) and strictness is Pass.STEPS
                return Fate(End.WAITS if waits else End.FAILS, problem, missing, item=item)
            case Left():
                continue
        return Fate(End.UNKNOWN)
    end = _left(case, template)
    return Fate(end, last.problem, last.missing) if isinstance(last, Left) else Fate(end)


Runs = tuple[tuple[Item | None, Names], ...]
"""The names of each item's run of a loop; of what is no loop, or unknown, one without an item."""


def _run(
    root: Node, read: tuple[str, ...], strictness: Pass, runs: Runs
) -> tuple[Item | None, Passed]:
    """Return what comes of a pass: of several runs the first that fails, and its item."""
    found: list[Passed] = []
    for item, names in runs:
        environment = environment_of(names, functions=True)
        assert environment is not None  # There are names.
        passed = run_pass(root, read, environment, strictness)
        if isinstance(passed, Failed):
            return item, passed
        found.append(passed)
    if len(found) == 1:
        return None, found[0]
    if all(isinstance(passed, Inserted) for passed in found):
        return None, Inserted(UNKNOWN, None)
    return None, UNKNOWN


def _is_sure(root: Node, value: object) -> bool:
    """Whether a value comes in every run, and not only for inputs that make it so."""
    if not isinstance(value, Unknown):
        return True
    falls_back = isinstance(root, nodes.Binary) and root.operator == "??"
    return falls_back and not any(isinstance(node, nodes.Conditional) for node in nodes.walk(root))


def _passes(case: Case, template: Template, caller: str) -> Iterator[tuple[Pass, bool, Runs]]:
    """Yield the passes over the site in order, each with the names that it knows.

    Between the two is whether it comes before anything of the template has run.
    """
    site = case.site
    everywhere = global_names(case.links, site) if case.may_read("workflow") else {}
    inputs = without_artifacts(input_names(template, site), template)
    if not case.may_read("inputs"):
        inputs = {}
    first = everywhere | case.needed(local_names(caller, case.uses))
    yield Pass.OPEN, True, ((None, with_values(case, first)),)
    if inputs:  # Without, the pass would do as the one before it did.
        yield Pass.OPEN, True, ((None, with_values(case, first | inputs)),)
    if site.region not in (Region.STEP, Region.HOOK):
        return
    ended: Names = {}
    if case.may_read("steps", "tasks"):
        ended = step_names(case.links, site, case.uses, case.lacking)
    known = with_values(case, everywhere | inputs | without_artifacts(ended, template))
    if site.region is Region.STEP:
        yield Pass.STEPS, False, ((None, known),)
    step = looped_step(site)
    if step is not None and site.field not in _LOOP_FIELDS:
        yield (
            Pass.STRICT,
            False,
            tuple((item, known | names) for item, names in item_names(case, step)),
        )
    if site.region is Region.HOOK:
        yield Pass.OPEN, False, ((None, known),)


_LOOP_FIELDS = frozenset(kind.value for kind in LoopKind)


def _left(case: Case, template: Template) -> End:
    """Return what comes of an expression that no pass replaced."""
    site = case.site
    if _is_artifact_source(case):
        return End.FAILS
    if site.region is Region.STEP:
        if site.field in (LoopKind.PARAM.value, "when"):
            return End.FAILS
        return End.UNKNOWN if _may_find_inputs(case, template) else End.LEFT
    if site.region is Region.OUTPUTS and template.kind in CALLERS:
        return End.FAILS
    return End.POD if site.region in (Region.BODY, Region.OUTPUTS) else End.LEFT


def _is_artifact_source(case: Case) -> bool:
    """Whether it stands in ``from`` of an argument that the run cannot do without.

    What is left there when all tags are replaced, Argo compiles without a name
    (``util/template/resolve_var.go``); an optional artifact is then left out.
    """
    step, texts = case.site.step, [use.text for use in case.uses]
    if step is None or not texts:
        return False
    given = (step.arguments, *(hook.arguments for hook in step.hooks))
    return any(
        artifact.source is texts[0].scalar and not artifact.is_optional
        for arguments in given
        for artifact in arguments.artifacts
    )


def _may_find_inputs(case: Case, template: Template) -> bool:
    """Whether the called template may have the inputs that the expression misses here.

    The text of an argument is replaced again when the called template starts.
    """
    missing = [use.outcome.name for use in case.uses if isinstance(use.outcome, NoInput)]
    step = case.site.step
    if not missing or step is None:
        return False
    targets = step_call(case.links.project, case.site.manifest, template, step).targets
    return not targets or any(
        target.template.inputs.parameter(name) for target in targets for name in missing
    )

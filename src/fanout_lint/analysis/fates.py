"""What becomes of an expression on its way through Argo, in every run that gets there.

A tag is replaced several times. The whole template is replaced when it starts, first with
the workflow's names, then with its inputs; a step when the steps before it have ended; a
step that loops once more for each item. The first pass that gets a value wins, even where
it came too early: ``steps.fan?.outputs ?? '[]'`` is ``[]`` before any step has run, if the
tag ``steps.name`` is known there, which depends on the caller
(``workflow/common/util.go:SubstituteParams``, ``workflow/controller/steps.go`` and
``dag.go:resolveDependencyReferences``, ``operator.go:processItem`` of v4.1.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from fanout_lint.analysis.calls import Call, CallKind, step_call
from fanout_lint.analysis.expression_fields import ROOTS, Field
from fanout_lint.analysis.expression_names import (
    Lacking,
    Names,
    global_names,
    input_names,
    local_names,
    retry_names,
    step_names,
    with_values,
)
from fanout_lint.analysis.outcomes import NoInput
from fanout_lint.analysis.scopes import looped_step
from fanout_lint.analysis.sites import Region, Site
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
from fanout_lint.languages.expression.values import UNKNOWN, Unknown
from fanout_lint.languages.problem import Problem
from fanout_lint.model.workflow import CALLERS, LoopKind, Template

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Links, Use


class End(Enum):
    """What becomes of an expression; the value says it as the end of a sentence."""

    INSERTED = "it is nil in the expression"
    LEFT = "the expression is left as it is, and passed on as a text"
    POD = "the expression reaches the pod as it is"
    FAILS = "it cannot be evaluated, and the run fails"
    WAITS = "the workflow waits for it for ever, without a message"
    UNKNOWN = "the expression cannot read it"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one expression.

    ``problem`` says why there is no value, with offsets into the expression, and ``missing``
    which name lacks, each where that decides. ``value`` is what it gives where that is known.
    ``is_early`` says that it is there before the steps that the expression reads have run,
    ``early`` for which calls, and ``may_be_early`` that a call from elsewhere would make it so;
    ``early_value`` is what it is then.
    """

    end: End
    problem: Problem | None = None
    missing: str = ""
    value: object = UNKNOWN
    is_early: bool = False
    early: tuple[Call, ...] = ()
    may_be_early: bool = False
    early_value: object = UNKNOWN

    @staticmethod
    def of_fault(fault: Problem | None) -> "Fate":
        return Fate(End.UNKNOWN if fault is None else End.FAILS, fault)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An expression to be judged: where it stands, its tree and the names that it reads.

    ``lacking`` are the steps that did not run, in the runs that are asked about.
    """

    links: "Links"
    site: Site
    kind: Field
    root: Node
    uses: "tuple[Use, ...]"
    lacking: Lacking = field(default_factory=dict)


def fate_of(case: Case) -> Fate:
    """Return what becomes of an expression."""
    site = case.site
    if case.kind is not Field.TAG:
        return _of_field(case)
    template = site.template
    is_shared = site.region in (Region.SPEC, Region.DEFAULTS, Region.METRICS)
    if is_shared or template is None or site.outer is not None or template.kind is None:
        return _of_nowhere(case.root)
    callers = case.links.callers
    calls = callers.of(template)
    kinds = {_caller(call) for call in calls}
    if callers.may_be_called_from_outside(template) or not kinds:
        kinds = {"steps", "tasks"}
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
    for index, (strictness, names) in enumerate(_passes(case, template, caller)):
        environment = environment_of(names, functions=True)
        assert environment is not None  # There are names.
        last = run_pass(case.root, environment, strictness)
        match last:
            case Inserted(_, value):
                is_early = reads_steps and index < _OWN and _is_sure(case.root, value)
                return Fate(End.INSERTED, value=value, is_early=is_early)
            case Failed(problem, missing):
                waits = bool(missing) and strictness is Pass.STEPS
                return Fate(End.WAITS if waits else End.FAILS, problem, missing)
            case Left():
                continue
        return Fate(End.UNKNOWN)
    end = _left(case, template)
    return Fate(end, last.problem, last.missing) if isinstance(last, Left) else Fate(end)


def _is_sure(root: Node, value: object) -> bool:
    """Whether a value comes in every run, and not only for inputs that make it so."""
    if not isinstance(value, Unknown):
        return True
    falls_back = isinstance(root, nodes.Binary) and root.operator == "??"
    return falls_back and not any(isinstance(node, nodes.Conditional) for node in nodes.walk(root))


def _passes(case: Case, template: Template, caller: str) -> Iterator[tuple[Pass, Names]]:
    """Yield the passes over the site in order, each with the names that it knows."""
    links, site, uses = case.links, case.site, case.uses
    everywhere = global_names(links, site)
    first = everywhere | local_names(caller, uses)
    yield Pass.OPEN, with_values(links, first, site, uses)
    inputs = input_names(template, site)
    yield Pass.OPEN, with_values(links, first | inputs, site, uses)
    if site.region not in (Region.STEP, Region.HOOK):
        return
    known = everywhere | inputs | step_names(links, site, uses, case.lacking)
    known = with_values(links, known, site, uses)
    if site.region is Region.STEP:
        yield Pass.STEPS, known
    step = looped_step(site)
    if step is not None and site.field not in _LOOP_FIELDS:
        yield Pass.STRICT, known | {"item": UNKNOWN}
    if site.region is Region.HOOK:
        yield Pass.OPEN, known


_OWN = 2  #: The passes before anything of the template has run.
_LOOP_FIELDS = frozenset(kind.value for kind in LoopKind)


def _left(case: Case, template: Template) -> End:
    """Return what comes of an expression that no pass replaced."""
    site = case.site
    if site.region is Region.STEP:
        if site.field in (LoopKind.PARAM.value, "when"):
            return End.FAILS
        return End.UNKNOWN if _may_find_inputs(case, template) else End.LEFT
    if site.region is Region.OUTPUTS and template.kind in CALLERS:
        return End.FAILS
    return End.POD if site.region in (Region.BODY, Region.OUTPUTS) else End.LEFT


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


def _of_field(case: Case) -> Fate:
    has_functions = case.kind not in (Field.DATA, Field.HTTP)
    environment = environment_of(_field_names(case), functions=has_functions)
    value, _, problems = value_of(case.root, environment)
    if problems:
        return Fate(End.FAILS, problems[0])
    if isinstance(value, Unknown):
        return Fate(End.UNKNOWN, value=value)
    if value is None and case.kind is Field.OUTPUT:
        return Fate(End.FAILS)
    return Fate(End.INSERTED, value=value)


def _field_names(case: Case) -> Names:
    links, site = case.links, case.site
    match case.kind:
        case Field.DATA:
            return {"data": UNKNOWN}
        case Field.HTTP:
            return dict.fromkeys(("request", "response"), UNKNOWN)
        case Field.RETRY:
            return retry_names()
        case Field.LABEL:
            return global_names(links, site)
    template = site.template
    if template is None:
        return global_names(links, site) | dict.fromkeys(("steps", "tasks", "inputs"), UNKNOWN)
    if site.outer is not None:
        return dict.fromkeys(ROOTS, UNKNOWN)
    known = input_names(template, site) | step_names(links, site, case.uses, case.lacking)
    if case.kind is Field.HOOK:
        known |= global_names(links, site)
    return with_values(links, known, site, case.uses)

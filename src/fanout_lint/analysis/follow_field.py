"""What becomes of an expression in a field of its own: Argo evaluates it once, with few names.

The names differ from field to field: outputs see no names of the workflow, a
retryStrategy sees its retries alone (``workflow/controller/scope.go`` and ``operator.go``,
``workflow/executor/agent.go`` and ``workflow/data/data.go`` of v4.1.2).
"""

from msgspec import Struct

from fanout_lint.analysis.expression_fields import ROOTS, Field
from fanout_lint.analysis.expression_names import (
    Names,
    global_names,
    input_names,
    retry_names,
    step_names,
)
from fanout_lint.analysis.expression_values import with_values
from fanout_lint.analysis.fates import Case, End, Fate
from fanout_lint.languages.expression.environment import environment_of
from fanout_lint.languages.expression.reading import type_name, value_of
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING, Unknown
from fanout_lint.languages.problem import Problem
from fanout_lint.model.workflow import Step


def of_field(case: Case) -> Fate:
    """Return what becomes of an expression that stands in a field of its own."""
    has_functions = case.kind not in (Field.DATA, Field.HTTP)
    environment = environment_of(case.needed(_field_names(case)), functions=has_functions)
    value, nature, problems = value_of(case.root, environment)
    if problems:
        return Fate(End.NEVER if _is_swallowed(case) else End.FAILS, problems[0])
    kind = type_name(value, nature)
    wanted = _WANTED.get(case.kind)
    if wanted is not None and kind is not None and kind != wanted.type:
        message = f"{case.kind.value} must be {wanted.shown}, and this is a {kind}"
        return Fate(End.FAILS, Problem(message, case.root.start, case.root.end))
    if isinstance(value, Unknown):
        return Fate(End.UNKNOWN, value=value, type=kind)
    if value is None:
        return Fate(End.FAILS if case.kind is Field.OUTPUT else End.UNKNOWN)
    return Fate(End.INSERTED, value=value, type=kind)


class _Wanted(Struct, frozen=True):
    type: str
    shown: str


_CONDITION = _Wanted("bool", "true or false")
_WANTED = {
    Field.RETRY: _CONDITION,
    Field.HOOK: _CONDITION,
    Field.HTTP: _CONDITION,
    Field.LABEL: _Wanted("string", "a text"),
    Field.ARTIFACT: _Wanted("artifact", "an artifact"),
}
"""What Argo takes of each field (``util/expr/argoexpr/eval.go``, ``scope.go:resolveArtifact``)."""


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
    known = input_names(template, site)
    if case.may_read("steps", "tasks"):
        known |= step_names(links, site, case.uses, case.lacking)
    if case.kind is Field.HOOK:
        if case.may_read("workflow"):
            known |= global_names(links, site)
        if site.step is not None and site.step.loop is None:
            known = _of_own_hook(known, site.step)
    return with_values(case, known)


def _is_swallowed(case: Case) -> bool:
    """Whether it is the condition of a task's exit hook: a dag goes on when that fails."""
    step = case.site.step
    return (
        case.kind is Field.HOOK
        and step is not None
        and step.is_task
        and any(use.text.trail[:1] == ("exit",) for use in case.uses)
    )


def _of_own_hook(names: Names, step: Step) -> Names:
    """Return *names* as the condition of a hook of *step* has them: of its own, the status alone.

    ``workflow/controller/steps.go:executeStepGroup`` and ``dag.go:executeDAGTask`` of v4.1.2
    set nothing else before they ask, even when the step has ended.
    """
    own = f"{step.root}.{step.label}"
    others = {name: value for name, value in names.items() if name != own}
    return others | {f"{own}.status": UNKNOWN_STRING}

"""Tags that speak of a step or task: ``steps.a.outputs.parameters.b``.

What must hold, in this order: the root fits the kind of template; a step of that
name exists; it has ended when the tag is replaced; it has such a part; the
template that it calls gives it.
"""

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.order import Order
from fanout_lint.analysis.outcomes import (
    PLAIN_PARTS,
    NoOutput,
    NoPart,
    NoStep,
    NotUpstream,
    OtherRoot,
    Outcome,
    Part,
    ReadsOther,
    ReadsStep,
    Upstream,
)
from fanout_lint.analysis.outputs import (
    declared_outputs,
    has_result,
    is_daemon,
    is_judged,
    output_names,
)
from fanout_lint.analysis.project import Callee, Found, Project, Target
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import CALLERS, Step, Template, TemplateKind
from fanout_lint.unknown import UNKNOWN

_PART_WORDS = (*PLAIN_PARTS, "outputs")
_OUTPUT_WORDS = ("result", "parameters", "artifacts")


def resolve_step(
    project: Project, order: Order, names: tuple[str, ...], site: Site, text: str
) -> Outcome:
    """Return what a tag that begins with ``steps`` or ``tasks`` speaks of.

    *text* is empty in an expression, where Argo's validator looks at nothing.
    """
    if len(names) == 2 and names[1] == "name":
        return ReadsOther()
    if site.region in (Region.SPEC, Region.DEFAULTS, Region.METRICS) or site.template is None:
        return UNKNOWN
    if site.region is Region.TEMPLATE and site.field != "target":
        return UNKNOWN
    holder = _holder(names[0], site)
    if holder is None:
        return _outside(names, site)
    template, at = holder
    if template.kind not in CALLERS:
        return UNKNOWN
    right = "tasks" if template.kind is TemplateKind.DAG else "steps"
    exempt = len(names) > 1 and names[1].startswith("name")
    if names[0] != right:
        return OtherRoot(right, refused=not exempt)
    name = names[1] if len(names) > 1 else ""
    step = template.step(name)
    if step is None:
        known = tuple(other.label for other in template.steps if other.name is not None)
        return NoStep(name, known, not exempt, template)
    if missing := _not_upstream(order, template, step, at, names, text):
        return missing
    return _part(project, template, step, names, at)


def _holder(root: str, site: Site) -> tuple[Template, Site] | None:
    """Return the template whose steps a tag at *site* may read, and the site in it.

    Inside an inline template that is the inline one where it runs steps of its own
    kind, else the one that it is written in: Argo replaces the outer tags first.
    """
    at: Site | None = site
    fallback = None
    while at is not None:
        template = at.template
        if template is not None and template.kind in CALLERS:
            fits = (template.kind is TemplateKind.DAG) == (root == "tasks")
            if fits:
                return template, at
            fallback = fallback or (template, at)
        at = at.outer
    return fallback


def _outside(names: tuple[str, ...], site: Site) -> Outcome:
    template = site.template
    if template is None or template.kind is None:
        return UNKNOWN
    name = names[1] if len(names) > 1 else ""
    return NoStep(name, (), not name.startswith("name"), None)


def _not_upstream(
    order: Order, template: Template, step: Step, at: Site, names: tuple[str, ...], text: str
) -> NotUpstream | None:
    reader = at.step
    if reader is None:
        return None
    if reader is step:
        if at.region is Region.HOOK:
            refused = bool(text) and _is_unknown_to_hooks(step, names)
            return NotUpstream(step, reader, Upstream.OWN_HOOK, refused) if refused else None
        refused = names[2:] != ("status",) or step.is_task
        return NotUpstream(step, reader, Upstream.ITSELF, refused and not _is_exempt(names))
    if step.is_task:
        return _not_ancestor(order, template, step, reader, at, names, text)
    if step.group < reader.group:
        return None
    if at.region is Region.HOOK and step.group == reader.group:
        # A hook runs when its own step ends; whether its neighbour has ended is luck.
        return None
    position = template.steps.index(step), template.steps.index(reader)
    refused = position[0] > position[1] and not _is_exempt(names)
    why = Upstream.SAME_GROUP if step.group == reader.group else Upstream.LATER
    return NotUpstream(step, reader, why, refused)


def _is_unknown_to_hooks(step: Step, names: tuple[str, ...]) -> bool:
    """Whether Argo's validator refuses that a hook reads this of its own step.

    It adds the outputs of a step to what its hooks may read for the sake of an exit hook, and
    only where there is one (``workflow/validate/validate.go:validateSteps`` of v4.1.2); it
    never refuses the status, nor anything of a task.
    """
    if step.is_task or step.loop is not None or step.on_exit is not None:
        return False
    has_exit = any(hook.name.value == "exit" for hook in step.hooks)
    return not has_exit and names[2:] != ("status",) and not _is_exempt(names)


def _not_ancestor(
    order: Order,
    template: Template,
    step: Step,
    reader: Step,
    at: Site,
    names: tuple[str, ...],
    text: str,
) -> NotUpstream | None:
    if step.label in order.ancestors(template, reader):
        return None
    refused = names[2:] == ("status",) and not step.hooks and at.region is not Region.HOOK
    is_argument = at.field == "arguments" and text.startswith("{{tasks.")
    return NotUpstream(step, reader, Upstream.NO_ANCESTOR, refused or is_argument)


def _is_exempt(names: tuple[str, ...]) -> bool:
    """Whether Argo's validator passes the tag for its first letters alone (``steps.name…``)."""
    return len(names) > 1 and names[1].startswith("name")


def _part(
    project: Project, template: Template, step: Step, names: tuple[str, ...], at: Site
) -> Outcome:
    callee = step_call(project, at.manifest, template, step).callee
    refused = not _is_exempt(names)
    match names[2:]:
        case (word,) if word in PLAIN_PARTS:
            return _plain(step, PLAIN_PARTS[word], callee, refused)
        case ("outputs", "result"):
            return _plain(step, Part.RESULT, callee, refused)
        case ("outputs", "parameters"):
            return _aggregate(step, callee, refused)
        case ("outputs", "parameters", *rest):
            return _named(step, Part.PARAMETER, ".".join(rest), callee, refused)
        case ("outputs", "artifacts", *rest) if rest:
            return _named(step, Part.ARTIFACT, ".".join(rest), callee, refused)
        case ("outputs", *_):
            return NoPart(3, _OUTPUT_WORDS, refused)
    return NoPart(2, _PART_WORDS, refused)


def _plain(step: Step, part: Part, callee: Callee, refused: bool) -> Outcome:
    absent = {Part.RESULT: _lacks_result, Part.EXIT_CODE: _lacks_result, Part.IP: _lacks_address}
    lacks = absent.get(part)
    if lacks is None or not isinstance(callee, Found):
        return ReadsStep(step, part, "", callee)
    if all(lacks(target) for target in callee.targets):
        return NoOutput(step, part, part.value, (), callee, refused)
    return ReadsStep(step, part, "", callee)


def _lacks_result(target: Target) -> bool:
    return is_judged(target) and not has_result(target.template)


def _lacks_address(target: Target) -> bool:
    return is_judged(target) and not is_daemon(target.template)


def _aggregate(step: Step, callee: Callee, refused: bool) -> Outcome:
    """Resolve ``outputs.parameters`` without a name: the list of a loop's outputs.

    Argo's validator refuses it for ``withSequence``, where the controller would
    give it (argo-workflows issue 10990); that is no fault of the workflow's.
    """
    if step.loops:
        return ReadsStep(step, Part.PARAMETERS, "", callee)
    known = output_names(callee, Part.PARAMETER)
    return NoOutput(step, Part.PARAMETERS, "", known, callee, refused)


def _named(step: Step, part: Part, name: str, callee: Callee, refused: bool) -> Outcome:
    declared = declared_outputs(callee, part, name)
    if not isinstance(callee, Found) or declared or "{{" in name:
        return ReadsStep(step, part, name, callee, declared)
    if not all(is_judged(target) for target in callee.targets):
        return ReadsStep(step, part, name, callee)
    return NoOutput(step, part, name, output_names(callee, part), callee, refused)

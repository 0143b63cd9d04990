"""What a simple tag speaks of, in the scope that holds where it stands.

The scopes are those of Argo's validator and controller, told apart: what the
validator refuses is ``refused``; what it lets pass though the controller will
never replace it is not (``workflow/validate/validate.go``,
``workflow/controller/{steps,dag,operator}.go`` of v4.1.2). Labels and annotations
may be set at submission, and parameters of a library by the workflow that uses
it, so these are never missed.
"""

from msgspec import Struct

from fanout_lint.analysis.order import Order
from fanout_lint.analysis.outcomes import (
    NoInput,
    NoItem,
    NoOwnOutput,
    NoPart,
    NoPod,
    NoRetry,
    NoRoot,
    OnlyInside,
    Outcome,
    ReadsInput,
    ReadsItem,
    ReadsOther,
    ReadsStep,
    Where,
)
from fanout_lint.analysis.project import Project
from fanout_lint.analysis.roots import near_root
from fanout_lint.analysis.scope_steps import resolve_step
from fanout_lint.analysis.scope_workflow import GlobalNames, resolve_workflow
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import (
    POD_KINDS,
    Arguments,
    Artifact,
    LoopKind,
    Manifest,
    Parameter,
    Step,
    Template,
)
from fanout_lint.syntax.nodes import Mapping, Sequence
from fanout_lint.unknown import UNKNOWN, Unknown

_KNOWN_INSIDE = (ReadsInput, ReadsItem, ReadsOther, ReadsStep)
_OTHER_ROOTS = frozenset(
    ("node", "duration", "status", "exitCode", "resourcesDuration", "cronworkflow", "request")
)


class Scope(Struct, frozen=True):
    """Answers what names mean at a site; one for a whole project."""

    project: Project
    order: Order
    given: GlobalNames

    def resolve(self, names: tuple[str, ...], site: Site, text: str) -> Outcome:
        """Return what ``names`` speak of at *site*; *text* is the tag as it is written.

        It is empty for a name in an expression, which Argo's validator does not look at.
        """
        outcome = self._resolve(names, site, text)
        if text and site.outer is not None and isinstance(outcome, _KNOWN_INSIDE):
            return self._from_outside(names, site, text) or outcome
        return outcome

    def _resolve(self, names: tuple[str, ...], site: Site, text: str) -> Outcome:
        match names[0]:
            case "inputs":
                return resolve_input(names, site)
            case "steps" | "tasks":
                return resolve_step(self.project, self.order, names, site, text)
            case "item":
                return resolve_item(names, site)
            case "workflow":
                return resolve_workflow(self.given, names, site)
            case "outputs":
                return _resolve_own_output(names, site)
            case "pod":
                return _resolve_pod(names, site)
            case "retries" | "lastRetry":
                return _resolve_retry(site)
            case root if root in _OTHER_ROOTS:
                return UNKNOWN
        nearest = near_root(names, site)
        return UNKNOWN if nearest is None else NoRoot(nearest, _is_strict(site))

    def _from_outside(self, names: tuple[str, ...], site: Site, text: str) -> OnlyInside | None:
        """Return why a tag that an inline template knows is refused, ``None`` if it is not.

        Argo's validator looks every tag of a step up in the scope of the step, those in the
        template that is written inside it among them
        (``validate.go:validateSteps``, ``validateDAG`` of v4.1.2).
        """
        at = site.outer
        while at is not None and at.template is not None and at.step is not None:
            if not self._is_known(names, at, at.template, at.step, text):
                return OnlyInside(at.template)
            at = at.outer
        return None

    def _is_known(
        self, names: tuple[str, ...], site: Site, template: Template, step: Step, text: str
    ) -> bool:
        """Whether the validator knows *names* at *site*, which is that of *step*, or passes them.

        It knows the input parameters of the step's inline template there as well.
        """
        match names[0]:
            case "inputs" if len(names) > 2 and has_default(site.manifest, "inputs") is False:
                is_artifact = names[1] == "artifacts"
                inline = step.inline.inputs if step.inline is not None else None
                return _declared(template.inputs, names, is_artifact) is not None or (
                    inline is not None
                    and not is_artifact
                    and _declared(inline, names, is_artifact) is not None
                )
            case "steps" | "tasks":
                outcome = resolve_step(self.project, self.order, names, site, text)
                return not getattr(outcome, "refused", False)
            case "item":
                return not getattr(resolve_item(names, site), "refused", False)
            case "pod":
                return False
        return True


def _is_strict(site: Site) -> bool:
    """Whether a loop will replace the site's tags, all of them or none."""
    return site.region in (Region.STEP, Region.HOOK) and looped_step(site) is not None


def looped_step(site: Site) -> Step | None:
    """Return the step whose loop reaches *site*: its own, or one that its inline template is in."""
    at: Site | None = site
    while at is not None:
        if at.step is not None and at.step.loop is not None:
            return at.step
        at = at.outer
    return None


def _enclosing(site: Site) -> list[Template]:
    """Return the templates that *site* is written in, the innermost first."""
    templates = []
    at: Site | None = site
    while at is not None:
        if at.template is not None:
            templates.append(at.template)
        at = at.outer
    return templates


def has_default(manifest: Manifest, *fields: str) -> bool | Unknown:
    """Whether ``templateDefaults`` gives templates one of *fields*, or may."""
    defaults = manifest.template_defaults
    if defaults is not None and any(field in defaults.entries for field in fields):
        return True
    return UNKNOWN if manifest.workflow_template_ref is not None or manifest.is_library else False


def resolve_input(names: tuple[str, ...], site: Site) -> Outcome:
    templates = _enclosing(site)
    if not templates or site.region in (Region.SPEC, Region.DEFAULTS):
        return UNKNOWN
    if has_default(site.manifest, "inputs") is True:
        return UNKNOWN
    if len(names) < 2 or names[1] not in ("parameters", "artifacts"):
        known = ("parameters", "artifacts")
        return NoInput(templates[0], ".".join(names[1:]), 1, known, False, is_checked(site))
    is_artifact = names[1] == "artifacts"
    if len(names) == 2:
        return ReadsOther() if not is_artifact else UNKNOWN
    for template in templates:
        found = _declared(template.inputs, names, is_artifact)
        if found is not None:
            return ReadsInput(template, found)
    known_names = tuple(
        name for template in templates for name in _names(template.inputs, is_artifact)
    )
    name = ".".join(names[2:])
    return NoInput(templates[0], name, 2, known_names, is_artifact, is_checked(site))


def _declared(
    inputs: Arguments, names: tuple[str, ...], is_artifact: bool
) -> Parameter | Artifact | None:
    if not is_artifact:
        return inputs.parameter(".".join(names[2:]))
    rest = ".".join(names[2:])
    return inputs.artifact(rest) or (
        inputs.artifact(rest.removesuffix(".path")) if rest.endswith(".path") else None
    )


def _names(arguments: Arguments, is_artifact: bool) -> tuple[str, ...]:
    declared = arguments.artifacts if is_artifact else arguments.parameters
    return tuple(part.name.value for part in declared)


def is_checked(site: Site) -> bool:
    """Whether Argo's validator resolves the texts of this part at all."""
    return (
        site.region in (Region.BODY, Region.STEP, Region.HOOK, Region.OUTPUTS)
        or (site.region is Region.TEMPLATE and site.field == "target")
        or (site.region is Region.METRICS and site.template is not None and not site.template.steps)
    )


def _resolve_own_output(names: tuple[str, ...], site: Site) -> Outcome:
    """Resolve ``outputs.parameters.x.path``; what else begins so belongs to metrics."""
    template = site.template
    if template is None or len(names) < 4 or names[-1] != "path" or template.steps:
        return UNKNOWN
    if names[1] not in ("parameters", "artifacts") or site.region is Region.METRICS:
        return UNKNOWN
    if has_default(site.manifest, "outputs") is True:
        return UNKNOWN
    is_artifact = names[1] == "artifacts"
    name = ".".join(names[2:-1])
    declared = template.outputs.artifact(name) if is_artifact else template.outputs.parameter(name)
    if declared is not None or "{{" in name:
        return ReadsOther()
    return NoOwnOutput(name, _names(template.outputs, is_artifact), is_artifact)


def _resolve_pod(names: tuple[str, ...], site: Site) -> Outcome:
    template = site.template
    if names[1:] != ("name",):
        return NoPart(1, ("name",), is_checked(site)) if len(names) > 1 else UNKNOWN
    if template is None or template.kind is None or site.region in (Region.SPEC, Region.DEFAULTS):
        return UNKNOWN
    if any(enclosing.kind in POD_KINDS for enclosing in _enclosing(site)):
        return ReadsOther()
    return NoPod(template, is_checked(site)) if is_checked(site) else UNKNOWN


def _resolve_retry(site: Site) -> Outcome:
    """Resolve ``retries``, which exists where a retryStrategy is in force.

    A workflow's own strategy holds for all its templates, those of libraries too.
    """
    template = site.template
    if template is None or site.region is not Region.BODY or template.kind is None:
        return UNKNOWN
    if any(enclosing.node.get("retryStrategy") is not None for enclosing in _enclosing(site)):
        return ReadsOther()
    manifest = site.manifest
    if manifest.spec.get("retryStrategy") is not None or has_default(manifest, "retryStrategy"):
        return UNKNOWN
    return NoRetry()


def resolve_item(names: tuple[str, ...], site: Site) -> Outcome:
    step = looped_step(site)
    key = names[1] if len(names) > 1 else ""
    if step is not None and site.region not in (Region.SPEC, Region.DEFAULTS):
        return ReadsItem(step, key)
    of_leaf = site.template is not None and not site.template.steps
    if site.region in (Region.SPEC, Region.DEFAULTS):
        return UNKNOWN
    if site.region is Region.METRICS and not of_leaf:
        return UNKNOWN
    looped = _loop_before(site)
    if site.region in (Region.STEP, Region.HOOK):
        leaked = looped is not None and site.step is not None and _leaks(site, key)
        return NoItem(Where.STEP, looped, bool(key) and not leaked)
    if site.region is Region.OUTPUTS and site.template is not None and site.template.steps:
        return NoItem(Where.OUTPUTS, looped, bool(key) and not _leaks(site, key))
    in_body = site.region in (Region.BODY, Region.OUTPUTS, Region.METRICS)
    where = Where.BODY if in_body else Where.ELSEWHERE
    return NoItem(where, None, bool(key) and where == Where.BODY)


def _loop_before(site: Site) -> Step | None:
    """Return the last looped step before *site* in its template."""
    last = None
    for step in site.template.steps if site.template is not None else ():
        if step is site.step:
            break
        if step.loop is not None:
            last = step
    return last


def _leaks(site: Site, key: str) -> bool:
    """Whether Argo's validator takes ``item.key`` for one of an earlier loop of the template.

    It keeps one scope for all steps (``validate.go:addItemsToScope``); for tasks it
    makes a copy each time.
    """
    for step in site.template.steps if site.template is not None else ():
        if step is site.step:
            return False
        loop = None if step.is_task else step.loop
        if loop is None:
            continue
        if loop.kind is LoopKind.PARAM or _has_item_key(loop.value, key):
            return True
    return False


def _has_item_key(items: object, key: str) -> bool:
    if not isinstance(items, Sequence):
        return False
    return any(isinstance(item, Mapping) and key in item.entries for item in items.items)

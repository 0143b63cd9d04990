"""The names that an expression can read in each pass of Argo, with what is known of their values.

Flat names as Argo has them, for :func:`environment_of`: a text that is not known is
UNKNOWN_STRING, and UNKNOWN stands for all that may be there or not, a whole subtree too.
A name that is surely absent is not among them
(``workflow/controller/{operator,steps,dag,scope}.go`` and ``workflow/common/util.go`` of v4.1.2).
"""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.outcomes import NoRetry, Part
from fanout_lint.analysis.outputs import has_result, is_judged, output_names
from fanout_lint.analysis.project import Found
from fanout_lint.analysis.scope_workflow import declared_parameters
from fanout_lint.analysis.scopes import has_default
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING
from fanout_lint.model.workflow import Step, Template

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Links, Use

Names = dict[str, object]


class Lack(Enum):
    """Why a step has not run: its loop had no items, or ``when`` skipped it and all its runs."""

    EMPTY = "empty"
    SKIPPED = "skipped"


Lacking = Mapping[Step, Lack]

_PLAIN = ("name", "namespace", "uid", "mainEntrypoint", "serviceAccountName")
_VARYING = (
    "labels",
    "annotations",
    "outputs",
    "status",
    "failures",
    "duration",
    "priority",
    "scheduledTime",
    "creationTimestamp",
)
_NODE_PARTS = ("id", "status", "startedAt", "finishedAt")
_UNSURE_PARTS = ("ip", "exitCode", "hostNodeName", "outputs.artifacts")
_OF_A_RUN = ("pod", "node", "outputs", "retries", "lastRetry")


def global_names(links: "Links", site: Site) -> Names:
    """Return the names of the workflow as a whole."""
    names: Names = {f"workflow.{name}": UNKNOWN_STRING for name in _PLAIN}
    names |= {f"workflow.{name}": UNKNOWN for name in _VARYING}
    declared = declared_parameters(links.project, site.manifest)
    if not isinstance(declared, tuple):
        names["workflow.parameters"] = UNKNOWN
        return names
    for name in ("workflow.parameters", "workflow.parameters.json"):
        names[name] = UNKNOWN_STRING
    for arguments in declared:
        for parameter in arguments.parameters:
            names[f"workflow.parameters.{parameter.name.value}"] = UNKNOWN_STRING
    return names


def retry_names() -> Names:
    """Return what ``retryStrategy.expression`` can read, and nothing else."""
    parts = ("exitCode", "status", "duration", "message")
    names = ("retries", *(f"lastRetry.{part}" for part in parts))
    return dict.fromkeys(names, UNKNOWN_STRING)


def local_names(caller: str, uses: "tuple[Use, ...]") -> Names:
    """Return the names of one run of a template; *caller* is ``steps`` or ``tasks``."""
    names: Names = dict.fromkeys(_OF_A_RUN, UNKNOWN)
    if any(isinstance(use.outcome, NoRetry) for use in uses):
        del names["retries"], names["lastRetry"]
    return names | {f"{caller}.name": UNKNOWN_STRING}


def input_names(template: Template, site: Site) -> Names:
    """Return the inputs of *template*."""
    if has_default(site.manifest, "inputs") is True:
        return {"inputs": UNKNOWN}
    names: Names = {"inputs.parameters": UNKNOWN_STRING}
    for parameter in template.inputs.parameters:
        names[f"inputs.parameters.{parameter.name.value}"] = UNKNOWN_STRING
    for artifact in template.inputs.artifacts:
        names[f"inputs.artifacts.{artifact.name.value}"] = UNKNOWN
    return names


def without_artifacts(names: Names, template: Template) -> Names:
    """Return *names* as a tag finds them: Argo replaces texts, and an artifact is none.

    The path of an input's file is a text (``workflow/controller/scope.go:getParametersAny``
    and ``workflow/common/util.go:ProcessArgs`` of v4.1.2).
    """
    files = {
        f"inputs.artifacts.{artifact.name.value}"
        for artifact in template.inputs.artifacts
        if artifact.path is not None
    }
    return {
        name: value
        for name, value in names.items()
        if name in files
        or not (name.startswith("inputs.artifacts.") or name.endswith(".outputs.artifacts"))
    }


def step_names(links: "Links", site: Site, uses: "tuple[Use, ...]", lacking: Lacking) -> Names:
    """Return the steps or tasks that have ended where *site* is replaced, with their parts.

    What a step may be without, because it was skipped or its loop had no items, is unknown
    to an expression that provides for it with ``??`` or ``?.``; any other fails without it.
    """
    template = site.template
    names: Names = {}
    if template is None:
        return names
    guarded = {use.reference.names[1] for use in uses if use.is_guarded and _is_of_step(use)}
    for step in template.steps:
        ended = _has_ended(links, template, step, site)
        if ended is None:
            names[f"{step.root}.{step.label}"] = UNKNOWN
        elif ended and step in lacking:
            names |= _remains(links, template, step, site, lacking[step])
        elif ended:
            names |= _parts(links, template, step, site, is_guarded=step.label in guarded)
    return names


def _is_of_step(use: "Use") -> bool:
    return len(use.reference.names) > 1 and use.reference.names[0] in ("steps", "tasks")


def _has_ended(links: "Links", template: Template, step: Step, site: Site) -> bool | None:
    """Whether *step* has ended when *site* is replaced; ``None`` where that is luck."""
    reader = site.step
    if reader is None:
        return True
    if reader is step:
        return None if site.region is Region.HOOK else False
    if step.is_task:
        ended = step.label in links.scope.order.ancestors(template, reader)
    else:
        ended = step.group < reader.group
    return None if site.region is Region.HOOK and not ended else ended


def _parts(links: "Links", template: Template, step: Step, site: Site, is_guarded: bool) -> Names:
    prefix = f"{step.root}.{step.label}"
    callee = step_call(links.project, site.manifest, template, step).callee
    if not isinstance(callee, Found) or not all(map(is_judged, callee.targets)):
        return {prefix: UNKNOWN}
    if template.is_inline or step.inline is not None:
        return {prefix: UNKNOWN}
    value = UNKNOWN if is_guarded else UNKNOWN_STRING
    names: Names = {f"{prefix}.{part}": UNKNOWN_STRING for part in _NODE_PARTS}
    names |= {f"{prefix}.{part}": UNKNOWN for part in _UNSURE_PARTS}
    results = [has_result(target.template) for target in callee.targets]
    if any(results):
        names[f"{prefix}.outputs.result"] = value if all(results) else UNKNOWN
    if step.loops:
        names[f"{prefix}.outputs.parameters"] = value
    for name in output_names(callee, Part.PARAMETER):
        everywhere = all(target.template.outputs.parameter(name) for target in callee.targets)
        names[f"{prefix}.outputs.parameters.{name}"] = value if everywhere else UNKNOWN
    return names


def _remains(links: "Links", template: Template, step: Step, site: Site, lack: Lack) -> Names:
    """Return the parts of a step that has not run.

    Its parameters are the producer's defaults, or nil; a loop whose runs ``when`` skipped
    has none in a steps template, and empty lists in a dag (seen in v4.1.2).
    """
    prefix = f"{step.root}.{step.label}"
    callee = step_call(links.project, site.manifest, template, step).callee
    if not isinstance(callee, Found) or not all(map(is_judged, callee.targets)):
        return {prefix: UNKNOWN}
    if template.is_inline or step.inline is not None or len(callee.targets) != 1:
        return {prefix: UNKNOWN}
    names: Names = {f"{prefix}.{part}": UNKNOWN_STRING for part in _NODE_PARTS}
    if step.loops and lack is Lack.SKIPPED:
        if step.is_task:
            names |= dict.fromkeys(
                (f"{prefix}.outputs.result", f"{prefix}.outputs.parameters"), "[]"
            )
        return names
    for output in callee.targets[0].template.outputs.parameters:
        source = output.value_from
        has_default = source is not None and source.default is not None
        value = UNKNOWN_STRING if has_default else None
        names[f"{prefix}.outputs.parameters.{output.name.value}"] = value
    if callee.targets[0].template.outputs.artifacts:
        names[f"{prefix}.outputs.artifacts"] = UNKNOWN
    return names

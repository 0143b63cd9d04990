"""Tags that speak of the workflow as a whole: ``workflow.parameters.x``, ``workflow.name``."""

from msgspec import Struct, field

from fanout_lint.analysis.calls import calls
from fanout_lint.analysis.outcomes import (
    NoGlobal,
    NoWorkflowField,
    NoWorkflowParameter,
    Outcome,
    ReadsGlobal,
    ReadsOther,
    ReadsWorkflowParameter,
)
from fanout_lint.analysis.project import Found, Project
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import Arguments, Manifest, Template
from fanout_lint.unknown import UNKNOWN, Unknown

_FIELDS = (
    "name",
    "namespace",
    "uid",
    "parameters",
    "labels",
    "annotations",
    "outputs",
    "mainEntrypoint",
    "serviceAccountName",
    "status",
    "failures",
    "priority",
    "creationTimestamp",
    "scheduledTime",
    "duration",
)
_EXEMPT = ("creationTimestamp", "scheduledTime", "duration")
_OPEN = frozenset(("labels", "annotations"))
_PLAIN = frozenset(("name", "namespace", "uid", "mainEntrypoint", "serviceAccountName"))


class GlobalNames(Struct, frozen=True, eq=False):
    """Answers which ``globalName``s a run may give; remembers what it has worked out."""

    project: Project
    _known: dict[tuple[Manifest, bool], frozenset[str] | Unknown] = field(default_factory=dict)

    def of(self, manifest: Manifest, is_artifact: bool) -> frozenset[str] | Unknown:
        """Return those that a run of *manifest* may give; unknown where one is a tag."""
        key = (manifest, is_artifact)
        if key not in self._known:
            self._known[key] = _global_names(self.project, manifest, is_artifact)
        return self._known[key]


def resolve_workflow(given: GlobalNames, names: tuple[str, ...], site: Site) -> Outcome:
    """Return what a tag that begins with ``workflow`` speaks of."""
    field = names[1] if len(names) > 1 else ""
    checked = site.region in (Region.BODY, Region.STEP, Region.HOOK, Region.OUTPUTS)
    if field == "parameters":
        return _parameter(given.project, names, site, checked)
    if field == "outputs":
        return _output(given, names, site, checked)
    if field in _OPEN:
        return UNKNOWN
    if field in _PLAIN and len(names) == 2:
        return ReadsOther()
    if field in _FIELDS and field not in _PLAIN:
        return UNKNOWN
    if site.region is Region.DEFAULTS or len(names) < 2:
        return UNKNOWN
    exempt = field.startswith(_EXEMPT) or (
        field.startswith("parameters") and site.manifest.is_library
    )
    return NoWorkflowField(2 if field in _PLAIN else 1, _FIELDS, checked and not exempt)


def declared_parameters(project: Project, manifest: Manifest) -> tuple[Arguments, ...] | Unknown:
    """Return all places that declare parameters of the workflow; unknown where others may.

    A library's templates see the parameters of the workflow that uses them.
    """
    libraries = project.spec_libraries(manifest)
    if manifest.is_library or not isinstance(libraries, tuple):
        return UNKNOWN
    return (manifest.arguments, *(library.arguments for library in libraries))


def _parameter(project: Project, names: tuple[str, ...], site: Site, checked: bool) -> Outcome:
    own = site.manifest.arguments
    name = ".".join(names[2:])
    if len(names) > 2 and (parameter := own.parameter(name)):
        return ReadsWorkflowParameter(parameter)
    declared = declared_parameters(project, site.manifest)
    if not isinstance(declared, tuple):
        return UNKNOWN
    every = [parameter for arguments in declared for parameter in arguments.parameters]
    if name in ("", "json") and every:
        return ReadsOther()
    for parameter in every:
        if parameter.name.value == name:
            return ReadsWorkflowParameter(parameter)
    if "{{" in name:
        return UNKNOWN
    known = tuple(parameter.name.value for parameter in every)
    return NoWorkflowParameter("" if name == "json" else name, known, checked)


def _output(known: GlobalNames, names: tuple[str, ...], site: Site, checked: bool) -> Outcome:
    kinds = {"parameters": False, "artifacts": True}
    if len(names) < 3 or names[2] not in kinds:
        return NoWorkflowField(2, tuple(kinds), checked)
    if len(names) == 3:
        return UNKNOWN
    is_artifact = kinds[names[2]]
    name = ".".join(names[3:])
    given = known.of(site.manifest, is_artifact)
    if not isinstance(given, frozenset) or "{{" in name:
        return UNKNOWN
    if name in given:
        return ReadsGlobal(name, is_artifact)
    if site.manifest.is_library:
        return UNKNOWN
    return NoGlobal(name, tuple(sorted(given)), is_artifact, checked)


def _global_names(
    project: Project, manifest: Manifest, is_artifact: bool
) -> frozenset[str] | Unknown:
    given: set[str] = set()
    seen: set[Manifest] = set()
    waiting = [manifest]
    libraries = project.spec_libraries(manifest)
    if not isinstance(libraries, tuple):
        return UNKNOWN
    waiting.extend(libraries)
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for call in calls(project, current):
            if isinstance(call.callee, Unknown):
                return UNKNOWN
            if isinstance(call.callee, Found):
                waiting.extend(target.manifest for target in call.callee.targets)
        for template in current.templates:
            names = _given(template, is_artifact)
            if any("{{" in name for name in names):
                return UNKNOWN
            given.update(names)
    return frozenset(given)


def _given(template: Template, is_artifact: bool) -> list[str]:
    outputs = template.outputs.artifacts if is_artifact else template.outputs.parameters
    names = [output.global_name.value for output in outputs if output.global_name is not None]
    for step in template.steps:
        if step.inline is not None:
            names.extend(_given(step.inline, is_artifact))
    return names

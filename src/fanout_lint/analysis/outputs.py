"""What a step or task has to read once it has ended: the outputs of the template it calls."""

from fanout_lint.analysis.outcomes import Part
from fanout_lint.analysis.project import Callee, Found, Target
from fanout_lint.model.workflow import Artifact, Manifest, Parameter, Template, TemplateKind
from fanout_lint.syntax.nodes import child_scalar, child_sequence, mappings

_RESULT_KINDS = frozenset(
    (
        TemplateKind.CONTAINER,
        TemplateKind.SCRIPT,
        TemplateKind.DATA,
        TemplateKind.HTTP,
        TemplateKind.PLUGIN,
    )
)


def has_result(template: Template) -> bool:
    """Whether it gives ``outputs.result`` and an exit code (``workflow_types.go:HasOutput``)."""
    if template.kind in _RESULT_KINDS:
        return True
    containers = mappings(child_sequence(template.body, "containers"))
    return template.kind is TemplateKind.CONTAINER_SET and any(
        getattr(child_scalar(container, "name"), "value", None) == "main"
        for _, container in containers
    )


def is_daemon(template: Template) -> bool:
    daemon = child_scalar(template.node, "daemon")
    return daemon is not None and daemon.resolved is True


def is_judged(target: Target) -> bool:
    """Whether the outputs of *target* are all written at the template itself."""
    return target.template.kind is not None and not _defaults_outputs(target.manifest)


def _defaults_outputs(manifest: Manifest) -> bool:
    defaults = manifest.template_defaults
    return defaults is not None and "outputs" in defaults.entries


def declared_outputs(callee: Callee, part: Part, name: str) -> tuple[Parameter | Artifact, ...]:
    """Return the outputs called *name* of the templates that may be called."""
    if not isinstance(callee, Found):
        return ()
    found: list[Parameter | Artifact] = []
    for target in callee.targets:
        outputs = target.template.outputs
        output: Parameter | Artifact | None = (
            outputs.artifact(name) if part is Part.ARTIFACT else outputs.parameter(name)
        )
        if output is not None:
            found.append(output)
    return tuple(found)


def output_names(callee: Callee, part: Part) -> tuple[str, ...]:
    """Return the names of the outputs of *part*'s kind, those of all templates together."""
    if not isinstance(callee, Found):
        return ()
    names: dict[str, None] = {}
    for target in callee.targets:
        outputs = target.template.outputs
        parts = outputs.artifacts if part is Part.ARTIFACT else outputs.parameters
        names.update(dict.fromkeys(output.name.value for output in parts))
    return tuple(names)

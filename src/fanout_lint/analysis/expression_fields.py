"""The fields of a manifest that are expressions by themselves, without braces.

``stopStrategy.expression`` is left to the conditions of cron workflows, with which it
shares its names.
"""

from collections.abc import Iterable, Iterator
from enum import Enum

from fanout_lint.analysis.sites import Region, Site, Text
from fanout_lint.model.workflow import Arguments, Hook, Manifest, Step, Template, TemplateKind
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
)

ROOTS = frozenset(
    (
        "inputs", "outputs", "workflow", "steps", "tasks", "item", "pod", "node", "retries",
        "lastRetry", "duration", "status", "exitCode", "resourcesDuration", "cronworkflow",
    )
)  # fmt: skip
"""The first words of all names that Argo gives an expression somewhere."""


class Field(Enum):
    """Where an expression stands; the value is what users call it."""

    TAG = "{{=…}}"
    OUTPUT = "valueFrom.expression"
    ARTIFACT = "fromExpression"
    RETRY = "retryStrategy.expression"
    HOOK = "the expression of a hook"
    DATA = "data.transformation"
    HTTP = "http.successCondition"
    LABEL = "workflowMetadata.labelsFrom"


_NAMES = frozenset({"expression", "fromExpression", "successCondition"})
"""What each such field is called; most manifests have none."""


def fields(manifest: Manifest) -> Iterator[tuple[Field, Text]]:
    """Yield the expressions of *manifest* that stand without braces, in no order."""
    if manifest.written.isdisjoint(_NAMES):
        return
    spec = manifest.spec
    site = Site(manifest, Region.SPEC, None, None, "retryStrategy")
    yield from _child(Field.RETRY, spec.get("retryStrategy"), site)
    site = Site(manifest, Region.SPEC, None, None, "workflowMetadata")
    labels = child_mapping(child_mapping(spec, "workflowMetadata"), "labelsFrom")
    for entry in labels.entries.values() if labels is not None else ():
        yield from _child(Field.LABEL, entry.value, site)
    for hook in manifest.hooks:
        yield from _hook(hook, Site(manifest, Region.SPEC, None, None, "hooks"))
    defaults = Site(manifest, Region.DEFAULTS, None, None, "templateDefaults")
    if manifest.template_defaults is not None:
        yield from _child(Field.RETRY, manifest.template_defaults.get("retryStrategy"), defaults)
    for template in manifest.templates:
        yield from _template(manifest, template, None)


def has_fields(manifests: Iterable[Manifest]) -> bool:
    """Whether any of *manifests* has such a field."""
    return any(True for manifest in manifests for _ in fields(manifest))


def _template(
    manifest: Manifest, template: Template, outer: Site | None
) -> Iterator[tuple[Field, Text]]:
    site = Site(manifest, Region.BODY, template, None, "retryStrategy", outer)
    yield from _child(Field.RETRY, template.node.get("retryStrategy"), site)
    if template.kind is TemplateKind.DATA:
        site = Site(manifest, Region.BODY, template, None, "data", outer)
        for _, change in mappings(child_sequence(template.body, "transformation")):
            yield from _child(Field.DATA, change, site)
    if template.kind is TemplateKind.HTTP:
        site = Site(manifest, Region.BODY, template, None, "http", outer)
        yield from _child(Field.HTTP, template.body, site, "successCondition")
    if template.steps:
        site = Site(manifest, Region.OUTPUTS, template, None, "outputs", outer)
        for output in template.outputs.parameters:
            if output.value_from is not None and output.value_from.expression is not None:
                yield Field.OUTPUT, Text(output.value_from.expression, site, ("parameters",))
        yield from _artifacts(template.outputs, site)
    for step in template.steps:
        yield from _step(manifest, template, step, outer)


def _step(
    manifest: Manifest, template: Template, step: Step, outer: Site | None
) -> Iterator[tuple[Field, Text]]:
    site = Site(manifest, Region.STEP, template, step, "arguments", outer)
    yield from _artifacts(step.arguments, site)
    for hook in step.hooks:
        yield from _hook(hook, Site(manifest, Region.HOOK, template, step, "hooks", outer))
    if step.inline is not None:
        inner = Site(manifest, Region.STEP, template, step, "inline", outer)
        yield from _template(manifest, step.inline, inner)


def _hook(hook: Hook, site: Site) -> Iterator[tuple[Field, Text]]:
    if hook.expression is not None:
        yield Field.HOOK, Text(hook.expression, site, (hook.name.value, "expression"))
    yield from _artifacts(hook.arguments, site)


def _artifacts(arguments: Arguments, site: Site) -> Iterator[tuple[Field, Text]]:
    for artifact in arguments.artifacts:
        if artifact.source_expression is not None:
            yield Field.ARTIFACT, Text(artifact.source_expression, site, ("artifacts",))


def _child(
    field: Field, node: Node | None, site: Site, name: str = "expression"
) -> Iterator[tuple[Field, Text]]:
    scalar: Scalar | None = child_scalar(node, name) if type(node) is Mapping else None
    if scalar is not None and scalar.value != "":
        yield field, Text(scalar, site, (name,))

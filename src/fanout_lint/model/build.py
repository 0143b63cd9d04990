"""A document to the manifests in it.

A document is a manifest, or a Kubernetes ``List`` of them. Argo's lint does not
look into lists (``workflow/common/parse.go:ParseObjects`` of v4.1.2); clusters do.
"""

from collections.abc import Iterator

from fanout_lint.model.parts import arguments, hooks, template_ref, text
from fanout_lint.model.template import build_template
from fanout_lint.model.workflow import Kind, Manifest, Template
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    child_mapping,
    child_sequence,
    mappings,
)
from fanout_lint.syntax.parse import Document

_KINDS = {kind.value: kind for kind in Kind}
_MAX_LIST_DEPTH = 3


def build(document: Document) -> tuple[Manifest, ...]:
    """Return the manifests of *document*, none where it holds nothing of Argo's."""
    return tuple(_manifest(document, root) for root in argo_objects(document.root))


def argo_objects(root: Node, depth: int = 0) -> Iterator[Mapping]:
    """Yield the maps that are one of the four kinds, items of lists included."""
    if type(root) is not Mapping:
        return
    kind = text(root, "kind")
    if kind is None:
        return
    if kind.value in ("List", "WorkflowList", "WorkflowTemplateList") and depth < _MAX_LIST_DEPTH:
        for _, item in mappings(child_sequence(root, "items")):
            yield from argo_objects(item, depth + 1)
    elif kind.value in _KINDS and _is_argo(root):
        yield root


def _is_argo(root: Mapping) -> bool:
    """Say whether the API group is Argo's; Argo itself does not ask where none is stated."""
    version = text(root, "apiVersion")
    return version is None or version.value.startswith("argoproj.io/")


def _manifest(document: Document, root: Mapping) -> Manifest:
    kind = _KINDS[str(getattr(root.get("kind"), "value", ""))]
    metadata = child_mapping(root, "metadata")
    spec = child_mapping(root, "spec")
    if kind is Kind.CRON_WORKFLOW:
        spec = child_mapping(spec, "workflowSpec")
    if spec is None:
        spec = Mapping(root.source, root.span, {})
    reference = child_mapping(spec, "workflowTemplateRef")
    return Manifest(
        path=document.source.path,
        root=root,
        written=document.keys,
        kind=kind,
        name=text(metadata, "name"),
        generate_name=text(metadata, "generateName"),
        namespace=text(metadata, "namespace"),
        spec=spec,
        entrypoint=text(spec, "entrypoint"),
        on_exit=text(spec, "onExit"),
        hooks=hooks(spec),
        arguments=arguments(child_mapping(spec, "arguments")),
        templates=_templates(spec),
        template_defaults=child_mapping(spec, "templateDefaults"),
        workflow_template_ref=None if reference is None else template_ref(reference),
    )


def _templates(spec: Mapping) -> tuple[Template, ...]:
    return tuple(
        build_template(node, is_inline=False)
        for _, node in mappings(child_sequence(spec, "templates"))
    )

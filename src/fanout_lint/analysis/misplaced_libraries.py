"""References to a library that is in the project, where the reference does not find it.

Argo looks a WorkflowTemplate up in the namespace that the workflow runs in, and a
ClusterWorkflowTemplate only where ``clusterScope: true`` says so (``workflow/
templateresolution/context.go:GetTemplateFromRef`` of v4.1.2).
"""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import namespace_of
from fanout_lint.model.workflow import Kind, Manifest, TemplateRef
from fanout_lint.syntax.nodes import Node


class Why(Enum):
    """Why the reference does not find the library."""

    NAMESPACE = "other-namespace"
    CLUSTER = "lacks-cluster-scope"  #: It is a ClusterWorkflowTemplate.
    NAMESPACED = "wrong-cluster-scope"  #: It is none.


class Misplaced(Struct, frozen=True, eq=False):
    """A library out of reach. ``others`` are the further references of the manifest to it."""

    manifest: Manifest
    reference: TemplateRef
    others: tuple[TemplateRef, ...]
    library: Manifest
    why: Why

    @property
    def words(self) -> Node:
        """What is at fault: the name, or the ``clusterScope`` that should not be there."""
        scope = self.reference.node.get("clusterScope")
        if self.why is Why.NAMESPACED and scope is not None:
            return scope
        return self.reference.node if self.reference.name is None else self.reference.name

    @property
    def there(self) -> str:
        return namespace_of(self.library) or ""

    @property
    def here(self) -> str:
        return namespace_of(self.manifest) or ""


def find_misplaced(facts: Facts) -> Iterator[Misplaced]:
    """Yield each library once for each manifest of the focus that misses it."""
    for manifest in facts.focus:
        references = [
            call.reference
            for call in facts.calls
            if call.manifest is manifest and call.reference is not None
        ]
        if manifest.workflow_template_ref is not None:
            references.append(manifest.workflow_template_ref)
        groups: dict[tuple[Manifest, bool], list[TemplateRef]] = {}
        for reference in references:
            for library in facts.project.out_of_reach(reference, manifest)[:1]:
                groups.setdefault((library, reference.is_cluster_scope), []).append(reference)
        for (library, _), (first, *others) in groups.items():
            yield Misplaced(manifest, first, tuple(others), library, _why(first, library))


def _why(reference: TemplateRef, library: Manifest) -> Why:
    if library.kind is Kind.CLUSTER_WORKFLOW_TEMPLATE:
        return Why.CLUSTER
    return Why.NAMESPACED if reference.is_cluster_scope else Why.NAMESPACE

"""References to libraries that are not there, or that the reference does not find.

Argo looks a WorkflowTemplate up in the namespace that the workflow runs in, and a
ClusterWorkflowTemplate only where ``clusterScope: true`` says so (``workflow/
templateresolution/context.go:GetTemplateFromRef`` of v4.1.2).
"""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import NotFound, namespace_of
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
        groups: dict[tuple[Manifest, bool], list[TemplateRef]] = {}
        for reference in _references(facts, manifest):
            for library in facts.project.out_of_reach(reference, manifest)[:1]:
                groups.setdefault((library, reference.is_cluster_scope), []).append(reference)
        for (library, _), (first, *others) in groups.items():
            yield Misplaced(manifest, first, tuple(others), library, _why(first, library))


class MissingLibrary(Struct, frozen=True, eq=False):
    """A ``reference`` of ``manifest`` to no library there is; ``known`` are the names there are.

    ``elsewhere`` is one of that name in another namespace or of the other scope.
    """

    manifest: Manifest
    reference: TemplateRef
    known: tuple[str, ...]
    elsewhere: Manifest | None


def missing_libraries(facts: Facts) -> Iterator[MissingLibrary]:
    """Yield the references of the focus to libraries that certainly do not exist."""
    for manifest in facts.focus:
        for reference in _references(facts, manifest):
            found = facts.project.library(reference, namespace_of(manifest))
            if isinstance(found, NotFound):
                elsewhere = next(iter(facts.project.out_of_reach(reference, manifest)), None)
                yield MissingLibrary(manifest, reference, found.known, elsewhere)


def _references(facts: Facts, manifest: Manifest) -> Iterator[TemplateRef]:
    """Yield what *manifest* says to call by ``templateRef`` and ``workflowTemplateRef``."""
    for call in facts.calls:
        if call.manifest is manifest and call.reference is not None:
            yield call.reference
    if manifest.workflow_template_ref is not None:
        yield manifest.workflow_template_ref


def _why(reference: TemplateRef, library: Manifest) -> Why:
    if library.kind is Kind.CLUSTER_WORKFLOW_TEMPLATE:
        return Why.CLUSTER
    return Why.NAMESPACED if reference.is_cluster_scope else Why.NAMESPACE

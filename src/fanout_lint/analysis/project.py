"""All manifests that belong together, and what a reference to a template finds among them.

Argo looks a ``templateRef`` up by namespace and name (``workflow/templateresolution/
context.go:GetTemplateFromRef`` of v4.1.2). Files often leave the namespace to
``kubectl -n``, so here a manifest without one may stand in any namespace; only two
namespaces that are both stated, and differ, keep a reference and a template apart.
A placeholder (``${NAMESPACE}``) states none.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.config.settings import ExternalTemplate
from fanout_lint.model.workflow import Kind, Manifest, Step, Template, TemplateRef
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from fanout_lint.analysis.calls import Call


class Lack(Enum):
    """Why a reference finds no template."""

    NO_MANIFEST = "no-manifest"
    NO_TEMPLATE = "no-template"


class Target(Struct, frozen=True):
    """A template and the manifest that holds it."""

    template: Template
    manifest: Manifest


class Found(Struct, frozen=True):
    """What a reference may mean: one target, or several of one name. Never empty."""

    targets: tuple[Target, ...]


class NotFound(Struct, frozen=True):
    """A reference to what certainly does not exist; ``known`` are the names there are."""

    lack: Lack
    known: tuple[str, ...]


Callee = Found | NotFound | Unknown


def targets_of(callee: Callee) -> tuple[Target, ...]:
    """Return what *callee* may mean, nothing where that is not known or not there."""
    return callee.targets if isinstance(callee, Found) else ()


class Externals(Struct, frozen=True):
    """Templates that are known to exist elsewhere."""

    templates: tuple[ExternalTemplate, ...] = ()

    def match(self, reference: TemplateRef, namespace: str | None) -> bool:
        """Whether *reference*, seen from *namespace*, is one of them."""
        if not self.templates:
            return False
        from fnmatch import fnmatchcase

        name = reference.name.value if reference.name is not None else ""
        return any(
            external.is_cluster == reference.is_cluster_scope
            and fnmatchcase(name, external.name)
            and (
                external.namespace is None
                or namespace is None
                or fnmatchcase(namespace, external.namespace)
            )
            for external in self.templates
        )


Overlays = Callable[[str], frozenset[str] | None]
"""The kustomizations that build a file in, by its path; ``None`` where none names it."""


class Project(Struct, frozen=True, eq=False, dict=True):
    """The manifests of all files that belong together.

    ``is_complete`` says that what no file declares exists nowhere.
    """

    manifests: tuple[Manifest, ...]
    is_complete: bool = False
    externals: Externals = Externals()
    overlays: Overlays | None = None

    @cached_property
    def written(self) -> frozenset[str]:
        """Every key that some manifest has, at whatever depth."""
        return frozenset().union(*(manifest.written for manifest in self.manifests))

    @cached_property
    def _libraries(self) -> dict[tuple[Kind, str], list[Manifest]]:
        libraries: dict[tuple[Kind, str], list[Manifest]] = {}
        for manifest in self.manifests:
            if manifest.is_library and manifest.name is not None:
                libraries.setdefault((manifest.kind, manifest.name.value), []).append(manifest)
        return libraries

    def libraries(self, reference: TemplateRef, namespace: str | None) -> tuple[Manifest, ...]:
        """Return the manifests that *reference* may mean, seen from *namespace*."""
        if reference.name is None:
            return ()
        if reference.is_cluster_scope:
            kind = Kind.CLUSTER_WORKFLOW_TEMPLATE
            return tuple(self._libraries.get((kind, reference.name.value), ()))
        found = self._libraries.get((Kind.WORKFLOW_TEMPLATE, reference.name.value), [])
        if namespace is None:
            return tuple(found)
        stated = [manifest for manifest in found if namespace_of(manifest) == namespace]
        return tuple(stated or [manifest for manifest in found if namespace_of(manifest) is None])

    def library(
        self, reference: TemplateRef, namespace: str | None
    ) -> tuple[Manifest, ...] | NotFound | Unknown:
        """Return the manifests that *reference* means, never an empty tuple."""
        if reference.name is None or "{{" in reference.name.value:
            return UNKNOWN
        if found := self.libraries(reference, namespace):
            return found
        if not self.is_complete or self.externals.match(reference, namespace):
            return UNKNOWN
        kind = kind_of(reference)
        name = reference.name.value
        known = sorted(other for of_kind, other in self._libraries if of_kind is kind)
        known = [other for other in known if other != name]
        return NotFound(Lack.NO_MANIFEST, tuple(known))

    def out_of_reach(self, reference: TemplateRef, manifest: Manifest) -> tuple[Manifest, ...]:
        """Return what *reference* in *manifest* would mean, were it not elsewhere.

        They are manifests of the right name, with the template that is asked for, but in
        another namespace or of the other scope. Empty where *reference* finds one, or it
        is known to exist elsewhere.
        """
        name, namespace = reference.name, namespace_of(manifest)
        if name is None or "{{" in name.value or self.libraries(reference, namespace):
            return ()
        if self.externals.match(reference, namespace):
            return ()
        return tuple(
            library
            for kind in (Kind.WORKFLOW_TEMPLATE, Kind.CLUSTER_WORKFLOW_TEMPLATE)
            for library in self._libraries.get((kind, name.value), ())
            if _has(library, reference.template)
            and (
                library.kind is not kind_of(reference)
                or self._keep_namespaces(library.path, manifest.path)
            )
        )

    def _keep_namespaces(self, *paths: str) -> bool:
        """Whether the namespaces are those that are written: a kustomization may set others."""
        return self.overlays is None or all(self.overlays(path) is None for path in paths)

    def find_reference(self, reference: TemplateRef, manifest: Manifest) -> Callee:
        """Return what a ``templateRef`` written in *manifest* calls."""
        libraries = self.library(reference, namespace_of(manifest))
        if not isinstance(libraries, tuple):
            return libraries
        if reference.template is None or "{{" in reference.template.value:
            return UNKNOWN
        return self._find_in(libraries, reference.template.value)

    def _find_in(self, manifests: Iterable[Manifest], name: str) -> Callee:
        """Return the templates called *name* in *manifests*."""
        named = [self._named(manifest) for manifest in manifests]
        targets = tuple([target for each in named for target in each.get(name, ())])
        if targets:
            return Found(targets)
        return NotFound(Lack.NO_TEMPLATE, tuple(known for each in named for known in each))

    def _named(self, manifest: Manifest) -> dict[str, list[Target]]:
        """Return the templates of *manifest* by their names."""
        named = self._by_name.get(manifest)
        if named is None:
            named = self._by_name[manifest] = {}
            for template in manifest.templates:
                if template.name is not None:
                    named.setdefault(template.name.value, []).append(Target(template, manifest))
        return named

    @cached_property
    def _by_name(self) -> dict[Manifest, dict[str, list[Target]]]:
        return {}

    @cached_property
    def calls(self) -> "dict[tuple[Manifest, Template | None], tuple[Call, ...]]":
        """The calls that :mod:`~fanout_lint.analysis.calls` has found, since many ask for the same.

        With a template, its own; else all of the manifest.
        """
        return {}

    @cached_property
    def step_calls(self) -> "dict[tuple[Manifest, Template, Step], Call]":
        """Likewise, the call that each step makes."""
        return {}

    def find_local(self, name: str, manifest: Manifest) -> Callee:
        """Return what a template name written in *manifest* calls.

        In a workflow made from a ``workflowTemplateRef``, names are those of the
        referenced manifest.
        """
        if "{{" in name:
            return UNKNOWN
        reference = manifest.workflow_template_ref
        if reference is None:
            return self._find_in((manifest,), name)
        libraries = self.library(reference, namespace_of(manifest))
        if not isinstance(libraries, tuple):
            return UNKNOWN
        return self._find_in((manifest, *libraries), name)

    def namesakes(self, manifest: Manifest) -> tuple[Manifest, ...]:
        """Return the other manifests of *manifest*'s kind, namespace and name, for libraries.

        Two that no kustomization can build together are no namesakes.
        """
        if not manifest.is_library or manifest.name is None:
            return ()
        return tuple(
            other
            for other in self._libraries.get((manifest.kind, manifest.name.value), ())
            if other is not manifest
            and _namespace(other) == _namespace(manifest)
            and self._may_meet(manifest, other)
        )

    def _may_meet(self, one: Manifest, other: Manifest) -> bool:
        if self.overlays is None or one.path == other.path:
            return True
        first, second = self.overlays(one.path), self.overlays(other.path)
        return first is None or second is None or bool(first & second)

    def spec_libraries(self, manifest: Manifest) -> tuple[Manifest, ...] | Unknown:
        """Return the manifests that ``workflowTemplateRef`` names; empty where there is none."""
        if manifest.workflow_template_ref is None:
            return ()
        libraries = self.library(manifest.workflow_template_ref, namespace_of(manifest))
        return libraries if isinstance(libraries, tuple) else UNKNOWN


def has_tag(reference: TemplateRef) -> bool:
    """Whether what *reference* means is decided at run time."""
    words = (reference.name, reference.template)
    return any("{{" in each.value for each in words if each is not None)


def namespace_of(manifest: Manifest) -> str | None:
    """Return the namespace that *manifest* is sure to stand in; ``None`` where that is open.

    A ClusterWorkflowTemplate stands in none, whatever it says.
    """
    stated = _namespace(manifest)
    if stated is None or manifest.kind is Kind.CLUSTER_WORKFLOW_TEMPLATE:
        return None
    is_name = stated.replace("-", "").isalnum() and stated == stated.lower()
    return stated if is_name else None


def _namespace(manifest: Manifest) -> str | None:
    return None if manifest.namespace is None else manifest.namespace.value


def kind_of(reference: TemplateRef) -> Kind:
    """Return the kind of manifest that *reference* looks for."""
    return Kind.CLUSTER_WORKFLOW_TEMPLATE if reference.is_cluster_scope else Kind.WORKFLOW_TEMPLATE


def _has(library: Manifest, template: Scalar | None) -> bool:
    """Whether *library* has a template called *template*; any will do where that is open."""
    if template is None or "{{" in template.value:
        return True
    return library.template(template.value) is not None

"""Calls that find no template."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import Call, CallKind
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.project import Lack, NotFound
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import Manifest, TemplateRef
from fanout_lint.rulebook.words import offer


def check(facts: Facts) -> Iterator[Hit]:
    for call in facts.calls:
        if isinstance(call.callee, NotFound):
            yield from _missing(call, call.callee)
        elif call.words is not None and call.reference is None and "{{item" in call.words.value:
            place = Place(call.manifest.path, call.words.span)
            yield hit(place, "item", name=call.words.value)
    for manifest in facts.focus:
        reference = manifest.workflow_template_ref
        if reference is None:
            continue
        found = facts.project.library(reference, _namespace(manifest))
        if isinstance(found, NotFound):
            yield from _no_library(manifest, reference, found)


def _missing(call: Call, missing: NotFound) -> Iterator[Hit]:
    if missing.lack is Lack.NO_MANIFEST and call.reference is not None:
        yield from _no_library(call.manifest, call.reference, missing)
        return
    if call.words is None:
        return
    name = call.words.value
    words = {"name": name, "offer": offer(name, missing.known)}
    # Only spec.onExit is validated; hooks and a step's own onExit are looked up when they run.
    late = call.kind is CallKind.HOOK or (call.kind is CallKind.EXIT and call.step is not None)
    face = "hook" if late else "local"
    if call.reference is not None:
        face = "hook-reference" if late else "reference"
        library = call.reference.name.value if call.reference.name is not None else ""
        kind = "ClusterWorkflowTemplate" if call.reference.is_cluster_scope else "WorkflowTemplate"
        words["library"] = f"{kind} '{library}'"
    yield hit(Place(call.manifest.path, call.words.span), face, **words)


def _no_library(manifest: Manifest, reference: TemplateRef, missing: NotFound) -> Iterator[Hit]:
    if reference.name is None:
        return
    name = reference.name.value
    kind = "ClusterWorkflowTemplate" if reference.is_cluster_scope else "WorkflowTemplate"
    words = {"kind": kind, "name": name, "offer": offer(name, missing.known)}
    yield hit(Place(manifest.path, reference.name.span), "library", **words)


def _namespace(manifest: Manifest) -> str | None:
    return None if manifest.namespace is None else manifest.namespace.value

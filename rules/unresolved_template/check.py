"""Calls that find no template."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.misplaced_libraries import Misplaced, find_misplaced
from fanout_lint.analysis.project import Lack, NotFound, has_tag, kind_of, namespace_of
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, TemplateRef
from fanout_lint.rulebook.words import offer

_MOST = 20


def check(facts: Facts) -> Iterator[Hit]:
    if not facts.project.is_complete:  # There the name is told as one that does not exist.
        yield from map(_misplaced, find_misplaced(facts))
    for call in facts.calls:
        if isinstance(call.callee, NotFound):
            yield from _missing(facts, call, call.callee)
        elif call.words is not None and call.reference is None and "{{item" in call.words.value:
            place = Place(call.manifest.path, call.words.span)
            yield hit(place, "item", name=call.words.value)
        elif call.reference is not None and has_tag(call.reference):
            yield from _dangling(facts, call, call.reference)
    for manifest in facts.focus:
        reference = manifest.workflow_template_ref
        if reference is None:
            continue
        found = facts.project.library(reference, namespace_of(manifest))
        if isinstance(found, NotFound):
            yield from _no_library(facts, manifest, reference, found)


def _misplaced(misplaced: Misplaced) -> Hit:
    library = misplaced.library
    others = (node_place(other.name or other.node) for other in misplaced.others[:_MOST])
    related = (
        Related(node_place(library.namespace or library.root), "it stands here"),
        *(Related(place, "and here", again=True) for place in others),
    )
    words = {
        "name": _name(misplaced.reference),
        "there": misplaced.there,
        "here": misplaced.here,
    }
    return hit(node_place(misplaced.words), misplaced.why.value, related, **words)


def _missing(facts: Facts, call: Call, missing: NotFound) -> Iterator[Hit]:
    if missing.lack is Lack.NO_MANIFEST and call.reference is not None:
        yield from _no_library(facts, call.manifest, call.reference, missing)
        return
    if call.words is None:
        return
    name = call.words.value
    words = {"name": name, "offer": offer(name, missing.known)}
    face = "hook" if call.is_late else "local"
    if call.reference is not None:
        face = "hook-reference" if call.is_late else "reference"
        words["library"] = _library(call.reference)
    yield hit(Place(call.manifest.path, call.words.span), face, **words)


def _no_library(
    facts: Facts, manifest: Manifest, reference: TemplateRef, missing: NotFound
) -> Iterator[Hit]:
    if reference.name is None:
        return
    name = reference.name.value
    related = tuple(
        Related(node_place(library.namespace or library.root), "one of another namespace or scope")
        for library in facts.project.out_of_reach(reference, manifest)[:1]
    )
    words = {"kind": kind_of(reference).value, "name": name, "offer": offer(name, missing.known)}
    yield hit(Place(manifest.path, reference.name.span), "library", related, **words)


def _dangling(facts: Facts, call: Call, reference: TemplateRef) -> Iterator[Hit]:
    from fanout_lint.analysis.dynamic_references import dangling

    found = dangling(facts, call)
    if found is None:
        return
    second = () if found.value is None else (Related(found.value, "this value"),)
    words = {"name": found.template, "offer": offer(found.template, found.known)}
    library = f"{kind_of(reference).value} '{found.library}'"
    place = words_place(found.words, 0, len(found.words.value))
    yield hit(place, "dynamic", second, library=library, **words)


def _name(reference: TemplateRef) -> str:
    return "" if reference.name is None else reference.name.value


def _library(reference: TemplateRef) -> str:
    return f"{kind_of(reference).value} '{_name(reference)}'"

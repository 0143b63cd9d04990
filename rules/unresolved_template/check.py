"""Calls that find no template."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.project import Lack, NotFound, has_tag, kind_of
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import TemplateRef
from fanout_lint.rulebook.words import offer

if TYPE_CHECKING:
    from fanout_lint.analysis.libraries import Misplaced, MissingLibrary

_MOST = 20
_REFERENCES = frozenset(("templateRef", "workflowTemplateRef"))


def check(facts: Facts) -> Iterator[Hit]:
    if not facts.project.written.isdisjoint(_REFERENCES):
        yield from _libraries(facts)
    for call in facts.calls:
        if isinstance(call.callee, NotFound):
            yield from _missing(call, call.callee)
        elif call.words is not None and call.reference is None and "{{item" in call.words.value:
            place = Place(call.manifest.path, call.words.span)
            yield hit(place, "item", name=call.words.value)
        elif call.reference is not None and has_tag(call.reference):
            yield from _dangling(facts, call, call.reference)


def _libraries(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.libraries import find_misplaced, missing_libraries

    if not facts.project.is_complete:  # There the name is told as one that does not exist.
        yield from map(_misplaced, find_misplaced(facts))
    yield from map(_no_library, missing_libraries(facts))


def _misplaced(misplaced: "Misplaced") -> Hit:
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


def _no_library(missing: "MissingLibrary") -> Hit:
    reference, elsewhere = missing.reference, missing.elsewhere
    related: tuple[Related, ...] = ()
    if elsewhere is not None:
        place = node_place(elsewhere.namespace or elsewhere.root)
        related = (Related(place, "one of another namespace or scope"),)
    name = _name(reference)
    words = {"kind": kind_of(reference).value, "name": name, "offer": offer(name, missing.known)}
    return hit(node_place(reference.name or reference.node), "library", related, **words)


def _missing(call: Call, missing: NotFound) -> Iterator[Hit]:
    if call.words is None or missing.lack is Lack.NO_MANIFEST:
        return
    words = {"name": call.words.value, "offer": offer(call.words.value, missing.known)}
    face = "hook" if call.is_late else "local"
    if call.reference is not None:
        face = "hook-reference" if call.is_late else "reference"
        words["library"] = f"{kind_of(call.reference).value} '{_name(call.reference)}'"
    yield hit(Place(call.manifest.path, call.words.span), face, **words)


def _dangling(facts: Facts, call: Call, reference: TemplateRef) -> Iterator[Hit]:
    from fanout_lint.analysis.dynamic_references import dangling
    from fanout_lint.analysis.strings import words_place

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

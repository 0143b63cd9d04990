"""Arguments of a workflow that nobody but a submitter can supply."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.borrowed_parameters import borrowed
from fanout_lint.analysis.facts import Facts, span_place
from fanout_lint.analysis.supplies import Unsupplied, unsupplied
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.rulebook.words import listed

if TYPE_CHECKING:
    from fanout_lint.model.workflow import Manifest


def check(facts: Facts) -> Iterator[Hit]:
    submitted: dict[Manifest, list[Unsupplied]] = {}
    for each in unsupplied(facts):
        is_own = each.holder is each.manifest
        if is_own and not each.is_certain and not each.has_default:
            submitted.setdefault(each.manifest, []).append(each)
        elif not (is_own and each.is_certain and each.manifest.entrypoint):
            yield _hit(each)  # The others missing-argument tells.
    for group in submitted.values():
        yield _together(group)
    for one in borrowed(facts):
        words = {"name": one.name, "library": one.library.label}
        related = (Related(span_place(one.library, one.span), "this reads it"),)
        yield hit(span_place(one.call.manifest, one.call.span), "borrowed", related, **words)


def _together(group: list[Unsupplied]) -> Hit:
    """Return one finding for all arguments that whoever submits a workflow must give."""
    first, *others = group
    names = [each.parameter.name.value for each in group]
    related = tuple(
        Related(_declared(each), f"'{each.parameter.name.value}' has no value either", True)
        for each in others
    )
    words = {"name": names[0], "names": f"{listed(names)} {'have' if others else 'has'}"}
    return hit(_declared(first), "submitter", related, **words)


def _hit(each: Unsupplied) -> Hit:
    name = each.parameter.name.value
    reference = each.manifest.workflow_template_ref
    if each.holder is each.manifest or reference is None:
        return hit(_declared(each), "cron" if each.is_certain else "default", name=name)
    face = "cron-of-library" if each.is_certain else "submitter-of-library"
    place = reference.name.span if reference.name is not None else reference.node.span
    related = (Related(_declared(each), f"'{name}' has no value here"),)
    return hit(span_place(each.manifest, place), face, related, name=name)


def _declared(each: Unsupplied) -> Place:
    return span_place(each.holder, each.parameter.name.span)

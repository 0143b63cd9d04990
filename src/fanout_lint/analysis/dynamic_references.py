"""What a ``templateRef`` with tags in it turns out to call, where the files show the values.

Argo's lint passes such a reference by; it is looked up when the step runs
(``workflow/validate/validate.go:validateTemplateHolder`` of v4.1.2). Most values come from
whoever submits: those are not known here, and nothing is said of them.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.given import given_values
from fanout_lint.analysis.items import Item, ItemKind
from fanout_lint.analysis.project import Lack, NotFound
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.findings import Place
from fanout_lint.model.workflow import TemplateRef
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import sole_tag


class Dangling(Struct, frozen=True):
    """A template that some run is sure to look for in ``library``, where it is not.

    ``words`` have the tag. ``known`` are the templates that are there; ``value`` is what
    names it, where one value does.
    """

    words: Scalar
    template: str
    library: str
    known: tuple[str, ...]
    value: Place | None


def dangling(facts: Facts, call: Call) -> Dangling | None:
    """Return what *call* looks up in vain, ``None`` where it may find all.

    A step with ``when`` may be skipped for just such a value, so it is not judged.
    """
    reference, step, template = call.reference, call.step, call.template
    if reference is None or reference.name is None or reference.template is None:
        return None
    if step is None or step.when is not None or template is None or template.is_inline:
        return None
    site = Site(call.manifest, Region.STEP, template, step, "templateRef")
    for name, called, value in _aims(facts, reference, reference.name, reference.template, site):
        aim = TemplateRef(
            reference.node,
            reference.name.with_text(name),
            reference.template.with_text(called),
            reference.is_cluster_scope,
        )
        found = facts.project.find_reference(aim, call.manifest)
        if isinstance(found, NotFound) and found.lack is Lack.NO_TEMPLATE:
            words = reference.template if "{{" in reference.template.value else reference.name
            return Dangling(words, called, name, found.known, value)
    return None


def _aims(
    facts: Facts, reference: TemplateRef, name: Scalar, called: Scalar, site: Site
) -> Iterator[tuple[str, str, Place | None]]:
    """Yield the names that *reference* surely has in some run, each with the value behind it."""
    constants = facts.links.constants
    for item, texts in _runs(facts, site):
        pair = constants.text(name, site, texts), constants.text(called, site, texts)
        if pair[0] is not None and pair[1] is not None:
            yield pair[0], pair[1], None if item is None else Place(item.path, item.span)
    if "{{" in name.value:
        return
    tag = sole_tag(called)
    if tag is None or tag.is_expression or called.value != called.value.strip():
        return
    for given in given_values(facts, called, site):
        if given.is_sure:
            yield name.value, given.literal.text, node_place(given.literal.node)


def _runs(facts: Facts, site: Site) -> Iterator[tuple[Item | None, Mapping[str, str] | None]]:
    step = site.step
    if step is None or not step.loops:
        yield None, None
        return
    fanout = facts.fanout_of(site.manifest, step)
    if fanout is None or len(fanout.lists) != 1 or fanout.width != len(fanout.lists[0]):
        return
    for item in fanout.lists[0]:
        if item.kind is ItemKind.MAP:
            yield item, {key: text for key, text in item.values if "\\" not in text}
        elif item.kind not in (ItemKind.LIST, ItemKind.NULL) and "\\" not in item.text:
            yield item, {"": item.text}

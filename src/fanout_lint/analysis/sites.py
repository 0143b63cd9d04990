"""Every text of a manifest that holds a tag, and the part of Argo that will replace it.

What a tag may speak of depends on where it stands: in the body of a template, in
a step, in a hook, in outputs. A :class:`Site` says that, and is shared by all
texts of one part.
"""

from collections.abc import Collection, Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.model.workflow import CALLERS, Manifest, Step, Template, TemplateKind
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, Sequence


class Region(Enum):
    """The part of a manifest that a text stands in."""

    BODY = "body"  #: The body and most other fields of a template that runs no others.
    TEMPLATE = "template"  #: Inputs; every field of a steps or dag template beside its steps.
    STEP = "step"
    HOOK = "hook"
    OUTPUTS = "outputs"
    METRICS = "metrics"
    SPEC = "spec"  #: A field of the workflow spec beside its templates.
    DEFAULTS = "defaults"  #: ``templateDefaults``, whose tags belong to templates not yet known.


class Site(Struct, frozen=True, eq=False):
    """Where a text stands.

    ``field`` is the field of the step, template or spec that holds it. For a
    template written inside a step, ``outer`` is the site of that step.
    """

    manifest: Manifest
    region: Region
    template: Template | None
    step: Step | None
    field: str
    outer: "Site | None" = None


class Text(Struct, frozen=True, eq=False):
    """A scalar that holds ``{{``, and its site. ``trail`` are the fields below ``site.field``."""

    scalar: Scalar
    site: Site
    trail: tuple[str, ...]


def texts(manifest: Manifest) -> Iterator[Text]:
    """Yield every text of *manifest* that Argo substitutes and that holds a tag, in order."""
    source, span = manifest.root.source.text, manifest.root.span
    # A brace is written as it is, or with an escape, or behind an alias somewhere else.
    if all(source.find(each, span.start, span.end) < 0 for each in ("{{", "\\", "*")):
        return
    for entry in manifest.spec.entries.values():
        if entry.name == "templates" or not (tagged := _tagged(entry.value)):
            continue
        region = Region.DEFAULTS if entry.name == "templateDefaults" else Region.SPEC
        yield from _at(Site(manifest, region, None, None, entry.name), tagged)
    for template in manifest.templates:
        yield from template_texts(manifest, template, None)


def template_texts(manifest: Manifest, template: Template, outer: Site | None) -> Iterator[Text]:
    """Yield the texts of *template*, and of the templates written inside it."""
    runs_others = template.kind in CALLERS
    for entry in template.node.entries.values():
        name = entry.name
        if runs_others and name in (TemplateKind.STEPS.value, TemplateKind.DAG.value):
            target = entry.value.get("target") if type(entry.value) is Mapping else None
            if target is not None and (tagged := _tagged(target)):
                yield from _at(
                    Site(manifest, Region.TEMPLATE, template, None, "target", outer), tagged
                )
            for step in template.steps:
                yield from _step_texts(manifest, template, step, outer)
        elif tagged := _tagged(entry.value):
            region = _template_region(name, runs_others)
            yield from _at(Site(manifest, region, template, None, name, outer), tagged)


def _template_region(field: str, runs_others: bool) -> Region:
    if field == "outputs":
        return Region.OUTPUTS
    if field == "metrics":
        return Region.METRICS
    if field == "inputs":
        # The validator puts made-up arguments in the place of what stands here.
        return Region.TEMPLATE
    return Region.TEMPLATE if runs_others else Region.BODY


def _step_texts(
    manifest: Manifest, template: Template, step: Step, outer: Site | None
) -> Iterator[Text]:
    for entry in step.node.entries.values():
        is_inline = entry.name == "inline" and step.inline is not None
        tagged = () if is_inline else _tagged(entry.value)
        if not is_inline and not tagged:
            continue
        region = Region.HOOK if entry.name == "hooks" else Region.STEP
        site = Site(manifest, region, template, step, entry.name, outer)
        if is_inline and step.inline is not None:
            yield from template_texts(manifest, step.inline, site)
        else:
            yield from _at(site, tagged)


_Tagged = Collection[tuple[Scalar, tuple[str, ...]]]
"""Scalars that hold ``{{``, each with the fields above it."""


def _at(site: Site, tagged: _Tagged) -> Iterator[Text]:
    for scalar, trail in tagged:
        yield Text(scalar, site, trail)


def _tagged(node: Node) -> _Tagged:
    """Return what holds a tag in *node*, in order."""
    if type(node) is Scalar:
        return ((node, ()),) if "{{" in node.value else ()
    found: list[tuple[Scalar, tuple[str, ...]]] = []
    stack: list[tuple[Node, tuple[str, ...]]] = [(node, ())]
    while stack:
        current, trail = stack.pop()
        if type(current) is Scalar:
            found.append((current, trail))
        elif type(current) is Sequence:
            stack.extend(
                (item, trail)
                for item in reversed(current.items)
                if type(item) is not Scalar or "{{" in item.value
            )
        elif type(current) is Mapping:
            for entry in reversed(current.entries.values()):
                value = entry.value
                if type(value) is not Scalar or "{{" in value.value:
                    stack.append((value, (*trail, entry.name)))
                if "{{" in entry.name:
                    stack.append((entry.key, trail))
    return found

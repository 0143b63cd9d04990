"""Names that Argo looks up as a whole: ``valueFrom.parameter``, and ``from`` of an artifact.

The text loses ``{{`` at its start and ``}}`` at its end, then blanks, and what is left
must be the name of an input or of a step's output (``util/template/resolve_var.go:
ResolveVar``, ``workflow/controller/scope.go`` of v4.1.2). Before that, when the template
starts, tags of inputs and of the workflow are filled in as everywhere.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.origins import Literal
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import CALLERS, Manifest, Step, Template
from fanout_lint.syntax.nodes import Node, Scalar
from fanout_lint.tags.scan import Tag, as_tag, scan

_NAME = r"(?:steps|tasks|inputs)\."
_READS_STEP = r"(?:steps|tasks)\b"


class Lookup(Struct, frozen=True, eq=False):
    """A name that is looked up. ``step`` takes the artifact; ``None`` for an output."""

    scalar: Scalar
    site: Site
    step: Step | None
    is_artifact: bool
    default: Node | None


class Fault(Struct, frozen=True):
    """Why nothing is found: the face of the rule's message, and its words.

    ``looked`` is the name that Argo quotes, ``span`` the part of the text at fault where
    that is not all of it.
    """

    face: str
    looked: str
    expression: str = ""
    span: tuple[int, int] | None = None


def lookups(manifest: Manifest, template: Template) -> Iterator[Lookup]:
    """Yield the names that the outputs of *template* and the arguments of its steps look up."""
    if template.kind not in CALLERS:
        return
    for step in template.steps:
        site = Site(manifest, Region.STEP, template, step, "arguments")
        for artifact in step.arguments.artifacts:
            if artifact.source is not None:
                yield Lookup(artifact.source, site, step, True, None)
    site = Site(manifest, Region.OUTPUTS, template, None, "outputs")
    for parameter in template.outputs.parameters:
        source = parameter.value_from
        if source is not None and source.parameter is not None:
            yield Lookup(source.parameter, site, None, False, source.default)
    for artifact in template.outputs.artifacts:
        if artifact.source is not None:
            yield Lookup(artifact.source, site, None, True, None)


def fault_of(facts: Facts, lookup: Lookup) -> Fault | None:
    """Return why *lookup* finds nothing, ``None`` where it may find something."""
    fault = _fault(facts, lookup)
    if fault is None or lookup.default is None or fault.face == "filled-likely":
        return fault
    return Fault("default", fault.looked, fault.expression, fault.span)


def _fault(facts: Facts, lookup: Lookup) -> Fault | None:
    text = lookup.scalar.value
    looked = text.removeprefix("{{").removesuffix("}}").strip()
    tags = scan(lookup.scalar)
    if not tags:
        is_name = re.match(_NAME, looked) or (lookup.is_artifact and looked.startswith("workflow."))
        return None if is_name or "{{" in text else Fault("bare", looked)
    if any(tag.is_nested for tag in tags):
        return None
    first = tags[0]
    if len(tags) > 1 or text.strip() != text[first.start : first.end]:
        is_step = (not tag.is_expression and re.match(_READS_STEP, tag.text) for tag in tags)
        # Other tags are filled in before; what they leave may be a name.
        return Fault("around", looked) if any(is_step) else None
    if first.is_expression:
        return None
    if text != text.strip() and re.match(_NAME, first.text):
        return None if lookup.step and lookup.step.loop else Fault("blank", looked)
    return None if lookup.is_artifact else _filled(facts, lookup, first, looked)


def _filled(facts: Facts, lookup: Lookup, tag: Tag, looked: str) -> Fault | None:
    span = (tag.text_start, tag.text_start + len(tag.text))
    if tag.text.startswith("workflow.parameters.") or tag.text.startswith("inputs.parameters."):
        origins = facts.links.origins.of(lookup.scalar, lookup.site)
        texts = [origin.text for origin in origins if isinstance(origin, Literal)]
        if any(re.match(_NAME, text) for text in texts):
            return None
        is_sure = len(texts) == len(origins)
        face = "filled" if is_sure else "filled-likely"
        return Fault(face, looked, as_expression(tag.text), span)
    if tag.text.startswith("workflow.outputs."):
        return Fault("global", looked, "", span)
    if tag.text.startswith("workflow."):
        return Fault("filled", looked, as_expression(tag.text), span)
    return None


def as_expression(reference: str) -> str:
    """Return what ``valueFrom.expression`` takes for the tag of *reference*.

    Only inputs and outputs of steps are known there; the rest is filled in beforehand.
    """
    if not re.match(_NAME, reference):
        return f"'{as_tag(reference)}'"
    names = reference.split(".")
    return names[0] + "".join(
        f".{name}" if name.isidentifier() else f"['{name}']" for name in names[1:]
    )

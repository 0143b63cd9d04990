"""What each template reads, by the words of its tags and expressions alone.

Nothing is resolved here: a name counts as read where any text may read it, so that what is
not read is surely not. ``inputs.parameters`` without a name behind it reads all of them.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.expression_fields import fields
from fanout_lint.analysis.outcomes import Absent, NoRoot
from fanout_lint.analysis.sites import Site, Text
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.tags.scan import Tag

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Use

_INPUTS = "inputs.parameters"
_OUTPUTS = "outputs.parameters"


class Mentions(Struct, frozen=True, eq=False):
    """The texts of tags and expressions, by the outermost template that holds them.

    A text is that of a simple tag, or ``=`` and a whole scalar with something more in it.
    ``shared`` are those of each manifest's spec, which may be put into any of its templates.
    """

    of_templates: dict[Template, list[str]]
    shared: dict[Manifest, list[str]]

    def reads_input(self, manifest: Manifest, template: Template, name: str) -> bool:
        """Whether *template*, or one inside it, may read the input parameter *name*."""
        texts = (*self.of_templates.get(template, ()), *self.shared.get(manifest, ()))
        return any(_names(text, "inputs", _INPUTS, name) for text in texts)

    def reads_workflow_parameter(self, template: Template, name: str) -> bool:
        """Whether a simple tag in *template* reads the workflow's parameter *name*."""
        return f"workflow.parameters.{name}" in self.of_templates.get(template, ())

    def reads_output(self, template: Template, step: str, name: str) -> bool:
        """Whether anything in *template* may read the output parameter *name* of *step*."""
        return any(
            (step in text or "steps[" in text or "tasks[" in text)
            and "outputs" in text
            and _names(text, "outputs", _OUTPUTS, name)
            for text in self.of_templates.get(template, ())
        )


def outermost(site: Site) -> Template | None:
    """Return the template of *site* that stands in no other, ``None`` for a site of the spec."""
    while site.outer is not None:
        site = site.outer
    return site.template


def misnaming(uses: "Iterable[Use]", *roots: str) -> frozenset[Template | None]:
    """Return the outermost templates in which a name below *roots*, or a root itself, is wrong.

    What nothing reads there is most likely what was meant, and told with the wrong name.
    """
    return frozenset(
        outermost(use.site)
        for use in uses
        if isinstance(use.outcome, Absent)
        and (use.reference.names[0] in roots or isinstance(use.outcome, NoRoot))
    )


def find_mentions(manifests: Iterable[Manifest], tagged: Iterable[tuple[Tag, Text]]) -> Mentions:
    """Return the texts of *manifests*, whose tags are *tagged*."""
    of_templates: dict[Template, list[str]] = {}
    shared: dict[Manifest, list[str]] = {}

    def keep(site: Site, text: str) -> None:
        template = outermost(site)
        if template is None:
            shared.setdefault(site.manifest, []).append(text)
        else:
            of_templates.setdefault(template, []).append(text)

    for tag, text in tagged:
        is_plain = not tag.is_expression and not tag.is_nested
        keep(text.site, tag.text if is_plain else f"={text.scalar.value}")
    for manifest in manifests:
        for _, text in fields(manifest):
            keep(text.site, f"={text.scalar.value}")
        for template in manifest.templates:
            of_templates.setdefault(template, []).extend(_lookups(template))
    return Mentions(of_templates, shared)


def _lookups(template: Template) -> Iterator[str]:
    """Yield what the outputs of *template* and of those inside it take, braces or not."""
    for output in template.outputs.parameters:
        source = output.value_from
        for text in (source.parameter, source.expression) if source is not None else ():
            if text is not None:
                yield f"={text.value}"
    for step in template.steps:
        if step.inline is not None:
            yield from _lookups(step.inline)


def _names(text: str, root: str, parameters: str, name: str) -> bool:
    """Whether *text* reads *name* below *parameters*, or all that is there."""
    text = text.replace("?.", ".")
    at = text.find(root)
    while at >= 0:
        end = at + len(parameters)
        if text[at:end] == parameters:
            if _reads(text, end, name):
                return True
        elif not text.startswith((f"{root}.artifacts", f"{root}.result"), at):
            return True
        at = text.find(root, at + len(root))
    return False


def _reads(text: str, end: int, name: str) -> bool:
    """Whether what stands behind the word that ends at *end* is *name*, or no name at all."""
    sign = text[end : end + 1]
    if sign == "." and text[end + 1 : end + 2].strip("{ "):
        rest = text[end + 1 :]
    elif sign == "[" and text[end + 1 :].lstrip(" \\")[:1] in ("'", '"', "`"):
        rest = text[end + 1 :].lstrip(" \\'\"`")
    else:
        return True
    if not rest.startswith(name):
        return False
    sign = rest[len(name) : len(name) + 1]
    # In an expression a hyphen may be a minus, and a dot asks for a part of the value.
    return not (sign.isalnum() or sign == "_" or (sign in ("-", ".") and text[0] != "="))

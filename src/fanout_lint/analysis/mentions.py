"""What each template reads, by the words of its tags and expressions alone.

Nothing is resolved here: a name counts as read where any text may read it, so that what is
not read is surely not. ``inputs.parameters`` without a name behind it reads all of them.
"""

import re
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


Names = frozenset[str] | None
"""Names that are read; ``None`` where all there are may be."""


class Mention(Struct, frozen=True):
    """The text of a tag or an expression, and the parameters that it may read."""

    text: str
    inputs: Names
    outputs: Names


class Mentions(Struct, frozen=True, eq=False):
    """The texts of tags and expressions, by the outermost template that holds them.

    A text is that of a simple tag, or ``=`` and a whole scalar with something more in it.
    ``shared`` are those of each manifest's spec, which may be put into any of its templates.
    """

    of_templates: dict[Template, list[Mention]]
    shared: dict[Manifest, list[Mention]]

    def inputs_read(self, manifest: Manifest, template: Template) -> Names:
        """Return the input parameters that *template*, or one inside it, may read."""
        held = (*self.of_templates.get(template, ()), *self.shared.get(manifest, ()))
        return all_of(mention.inputs for mention in held)

    def texts(self, template: Template) -> frozenset[str]:
        """Return the texts that *template* holds."""
        return frozenset(mention.text for mention in self.of_templates.get(template, ()))

    def outputs_read(self, template: Template, step: str) -> Names:
        """Return the output parameters of *step* that anything in *template* may read."""
        return all_of(
            mention.outputs
            for mention in self.of_templates.get(template, ())
            if step in mention.text or "steps[" in mention.text or "tasks[" in mention.text
        )


def all_of(several: Iterable[Names]) -> Names:
    """Return the names of all of *several*."""
    found: set[str] = set()
    for names in several:
        if names is None:
            return None
        found |= names
    return frozenset(found)


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
    of_templates: dict[Template, list[Mention]] = {}
    shared: dict[Manifest, list[Mention]] = {}
    kept: set[tuple[Template | Manifest, str]] = set()

    def keep(site: Site, text: str) -> None:
        template = outermost(site)
        key = (template or site.manifest, text)
        if key in kept:  # A script may hold a hundred expressions, and is kept for each.
            return
        kept.add(key)
        if template is None:
            shared.setdefault(site.manifest, []).append(_mention(text))
        else:
            of_templates.setdefault(template, []).append(_mention(text))

    for tag, text in tagged:
        is_plain = not tag.is_expression and not tag.is_nested
        keep(text.site, tag.text if is_plain else f"={text.scalar.value}")
    for manifest in manifests:
        for _, text in fields(manifest):
            keep(text.site, f"={text.scalar.value}")
        for template in manifest.templates:
            of_templates.setdefault(template, []).extend(map(_mention, _lookups(template)))
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


def _mention(text: str) -> Mention:
    inputs = _names(text, "inputs", "inputs.parameters")
    return Mention(text, inputs, _names(text, "outputs", "outputs.parameters"))


def _names(text: str, root: str, parameters: str) -> Names:
    """Return the names that *text* reads below *parameters*."""
    if root not in text:
        return frozenset()
    found: set[str] = set()
    text = text.replace("?.", ".")
    at = text.find(root)
    while at >= 0:
        end = at + len(parameters)
        if text[at:end] == parameters:
            word = _word(text, end)
            if word is None:
                return None
            # In an expression a hyphen may be a minus, and a dot asks for a part of the value.
            parts = re.finditer(r"[-.]|$", word) if text[0] == "=" else ()
            found |= {word, *(word[: part.start()] for part in parts)}
        elif not text.startswith((f"{root}.artifacts", f"{root}.result"), at):
            return None
        at = text.find(root, at + len(root))
    return frozenset(found)


def _word(text: str, end: int) -> str | None:
    """Return what stands behind the word that ends at *end*; ``None`` where that is no name."""
    sign = text[end : end + 1]
    if sign == "." and text[end + 1 : end + 2].strip("{ "):
        rest = text[end + 1 :]
        found = re.match(r"[\w.-]*" if text[0] == "=" else r".*", rest, re.DOTALL)
    elif sign == "[" and text[end + 1 :].lstrip(" \\")[:1] in ("'", '"', "`"):
        rest = text[end + 1 :].lstrip(" \\'\"`")
        found = re.match(r"[^'\"`\\]*", rest)
    else:
        return None
    return found[0] if found else ""

"""Every expression of a manifest: in tags with ``=``, and in fields that are expressions.

Each is read once: parsed, its names resolved in the scope of simple tags, and followed
through the passes of Argo to what becomes of it (:mod:`fanout_lint.analysis.fates`).
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.analysis.expression_fields import Field, fields
from fanout_lint.analysis.expression_uses import subtracted_names, uses_of
from fanout_lint.analysis.fates import Case, Fate
from fanout_lint.analysis.follow_tag import fate_of
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.outcomes import Absent
from fanout_lint.analysis.sites import Site, Text
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Place
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
from fanout_lint.languages.expression.references import HyphenatedName
from fanout_lint.languages.problem import Problem
from fanout_lint.model.workflow import Manifest
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import Tag, scan

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Links, Use


_LATE_NAME = r"(?<![\w.])(?:(?:steps|tasks)\b(?!\.name\b)|lastRetry\b|retries\b|item\b)"


class Expression(Struct, frozen=True, eq=False):
    """An expression and what is known of it.

    ``written`` begins at ``start`` of the scalar's value; places in ``root`` and ``fault``
    are offsets into it. ``hyphenated`` are names with a hyphen that are read as
    subtractions; they are not in ``uses``. ``root`` is ``None`` where it cannot be parsed:
    then ``fault`` says why, unless it is only too deep for us.
    """

    text: Text
    field: Field
    written: str
    start: int
    root: Node | None
    fault: Problem | None
    hyphenated: tuple[HyphenatedName, ...]
    uses: "tuple[Use, ...]"
    fate: Fate

    @property
    def site(self) -> Site:
        return self.text.site

    def place(self, start: int, end: int) -> Place:
        """Return where ``written[start:end]`` stands."""
        return words_place(self.text.scalar, self.start + start, self.start + end)

    @property
    def misnames(self) -> bool:
        """Whether it reads something that is not there, so that the fault lies in a name."""
        return bool(self.hyphenated) or any(isinstance(use.outcome, Absent) for use in self.uses)

    @property
    def whole(self) -> Place:
        return self.place(0, len(self.written))


def find_expressions(
    links: "Links", manifests: Iterable[Manifest], tagged: Iterable[tuple[Tag, Text]]
) -> Iterator[Expression]:
    """Yield the expressions of the tags, then those of the fields of *manifests*."""
    bare = [
        (field, text)
        for manifest in manifests
        for field, text in fields(manifest)
        if is_plain_text(text.scalar)
    ]
    without_braces = {id(text.scalar) for _, text in bare}
    for tag, text in tagged:
        if not tag.is_expression or id(tag.scalar) in without_braces:
            continue
        if not tag.is_nested and _is_exact(tag):
            start = tag.start + len("{{=")
            written = tag.scalar.value[start : tag.end - len("}}")]
            yield _read(links, text, Field.TAG, written, start)
    for field, text in bare:
        if "{{" not in text.scalar.value or _keeps_braces(text.scalar):
            yield _read(links, text, field, text.scalar.value, 0)


def _is_exact(tag: Tag) -> bool:
    """Whether Argo evaluates the characters that are written: not where JSON would undo them."""
    return is_plain_text(tag.scalar) and "\\u00" not in tag.scalar.value[tag.start : tag.end]


def _keeps_braces(scalar: Scalar) -> bool:
    """Whether a tag in a field that is an expression is there still when it is evaluated.

    Names of the workflow and inputs are replaced before; those of steps and retries never are.
    """
    tags = scan(scalar)
    return any(re.search(_LATE_NAME, tag.text) is not None for tag in tags if not tag.is_nested)


def _read(links: "Links", text: Text, field: Field, written: str, start: int) -> Expression:
    root, fault = _parsed(written)
    if root is None:
        return Expression(text, field, written, start, None, fault, (), (), Fate.of_fault(fault))
    uses = uses_of(links, text, written, start, root)
    fate = fate_of(Case(links, text.site, field, root, uses))
    hyphenated = subtracted_names(root)
    told = tuple(
        replace(use, fate=fate)
        for use in uses
        if not any(
            start + name.start <= use.reference.tag.text_start < start + name.end
            for name in hyphenated
        )
    )
    return Expression(text, field, written, start, root, None, hyphenated, told, fate)


def _parsed(written: str) -> tuple[Node | None, Problem | None]:
    try:
        return parse(written), None
    except ExpressionSyntaxError as error:
        return None, Problem(error.message, error.start, error.end)
    except ExpressionTooDeepError:
        return None, None

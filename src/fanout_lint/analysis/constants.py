"""Texts that are the same in every run, tags in them included.

A tag is constant where all that leads to it is written in the files and nobody
outside can give another value: a literal argument, or what a script prints that
prints one fixed text.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from fanout_lint.analysis.origins import Composed, Literal, Origins, Read
from fanout_lint.analysis.outcomes import Part, ReadsItem, ReadsStep
from fanout_lint.analysis.producers import Producers
from fanout_lint.analysis.project import Found
from fanout_lint.analysis.scopes import Scope
from fanout_lint.analysis.sites import Site
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import Tag, scan

if TYPE_CHECKING:
    from fanout_lint.analysis.whole_expressions import WholeExpression


class Filled(Struct, frozen=True):
    """A text with what is written for its tags; ``is_fixed`` if nobody can give other values."""

    text: str
    is_fixed: bool


class Constants(Struct, frozen=True, eq=False):
    """Answers which texts are constant, for a whole project.

    ``expressions`` keeps what :mod:`~fanout_lint.analysis.whole_expressions` has worked out.
    """

    scope: Scope
    origins: Origins
    producers: Producers
    expressions: "dict[Composed, WholeExpression | None]" = field(default_factory=dict)

    def text(self, scalar: Scalar, site: Site, item: Mapping[str, str] | None = None) -> str | None:
        """Return *scalar*'s text with its tags replaced; ``None`` where one may vary.

        *item* has the texts of ``{{item}}`` (under ``""``) and ``{{item.key}}`` in one
        run of a loop.
        """
        if "{{" not in scalar.value:
            return scalar.value
        pieces: list[str] = []
        at = 0
        for tag in scan(scalar):
            value = self._tag(tag, site, item)
            if value is None:
                return None
            pieces.append(scalar.value[at : tag.start] + value)
            at = tag.end
        return "".join(pieces) + scalar.value[at:]

    def filled(self, scalar: Scalar, site: Site) -> Filled | None:
        """Return *scalar*'s text with what the files give for its tags, defaults included.

        ``None`` where a tag has no value, or several, in them.
        """
        pieces: list[str] = []
        at, is_fixed = 0, True
        for tag in scan(scalar):
            value = self._tag(tag, site, None)
            if value is None:
                value, is_fixed = self._default(tag, site), False
            if value is None:
                return None
            pieces.append(scalar.value[at : tag.start] + value)
            at = tag.end
        return Filled("".join(pieces) + scalar.value[at:], is_fixed)

    def _default(self, tag: Tag, site: Site) -> str | None:
        if tag.is_expression or tag.is_nested:
            return None
        found = self.origins.of(tag.alone, site)
        literal = found[0] if len(found) == 1 else None
        if not isinstance(literal, Literal) or type(literal.node) is not Scalar:
            return None
        return literal.text

    def _tag(self, tag: Tag, site: Site, item: Mapping[str, str] | None) -> str | None:
        if tag.is_expression or tag.is_nested:
            return None
        reference = refer(tag)
        outcome = self.scope.resolve(reference.names, site, tag.scalar.value)
        if isinstance(outcome, ReadsItem):
            return None if item is None else item.get(outcome.key)
        found = self.origins.of(tag.alone, site)
        if len(found) != 1:
            return None
        match found[0]:
            case Literal(text=text, is_default=False):
                return text
            case Read(outcome=ReadsStep(step=step, part=Part.RESULT) as read) if not step.loops:
                return self._result(read)
        return None

    def _result(self, read: ReadsStep) -> str | None:
        if read.step.when is not None or not isinstance(read.callee, Found):
            return None
        texts = {self.producers.printed_text(target) for target in read.callee.targets}
        return texts.pop() if len(texts) == 1 else None

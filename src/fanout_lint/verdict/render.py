"""A hit to a finding: the rule's texts filled with the hit's words, and its weight.

Words are put in as they are; making them safe to show is the report's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fanout_lint.findings import Confidence, Finding, Hit, Severity, Stage
from fanout_lint.rulebook.contract import Message, RuleCard
from fanout_lint.rulebook.run import INTERNAL_ERROR
from fanout_lint.rulebook.select import Selection

if TYPE_CHECKING:
    from string import Template

_UNSAID = Message("$where failed: $error", "", Severity.ERROR, Stage.RUNTIME, Confidence.CERTAIN)


def render(hit: Hit, cards: Mapping[str, RuleCard], selection: Selection, pointer: str) -> Finding:
    """Return the finding of *hit*.

    A hit that its rule has no text for (no such rule, no such face, a word that
    is missing) is our own fault, and becomes an ``internal-error`` at the same place.
    """
    try:
        said = cards[hit.rule].messages[hit.face]
        message, help_text = _filled(said.message, hit), _filled(said.help, hit)
    except (KeyError, ValueError) as error:
        return _untold(hit, f"{type(error).__name__}: {error}", cards, pointer)
    return Finding(
        rule=hit.rule,
        severity=selection.severities.get(hit.rule, said.severity),
        stage=said.stage,
        confidence=said.confidence,
        place=hit.place,
        message=message,
        help=help_text,
        related=hit.related,
        edits=hit.edits,
        pointer=pointer,
    )


def _filled(template: str, hit: Hit) -> str:
    """Return *template* with the words of *hit*, without the line break that YAML may leave."""
    if "$" not in template:
        return template.strip()
    return _template(template).substitute(hit.words).strip()


def _template(text: str) -> "Template":
    from string import Template  # A run without findings has no use for it.

    return Template(text)


def _untold(hit: Hit, error: str, cards: Mapping[str, RuleCard], pointer: str) -> Finding:
    card = cards.get(INTERNAL_ERROR)
    said = card.messages[""] if card is not None else _UNSAID
    words = {"where": f"the message of {hit.rule!r} (face {hit.face!r})", "error": error}
    return Finding(
        rule=INTERNAL_ERROR,
        severity=said.severity,
        stage=said.stage,
        confidence=said.confidence,
        place=hit.place,
        message=_template(said.message).safe_substitute(words).strip(),
        help=_template(said.help).safe_substitute(words).strip(),
        pointer=pointer,
    )

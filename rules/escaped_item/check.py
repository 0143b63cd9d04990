"""Values of items that arrive with backslashes before their quotes."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import ReadsItem
from fanout_lint.findings import Hit, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.uses, _cause):
        outcome = use.outcome
        if not isinstance(outcome, ReadsItem):
            continue
        from fanout_lint.analysis.escaped_items import escaped_value

        fanout = facts.fanout_of(use.site.manifest, outcome.step)
        found = None if fanout is None else escaped_value(facts, fanout, outcome.key)
        if found is not None:
            from fanout_lint.analysis.strings import shortened

            face = "written" if found.text else "made"
            related = (Related(found.place, "this value has quotes or line breaks"), *others)
            words = {"text": use.reference.text, "value": shortened(found.text)}
            yield hit(use.place(), face, related, **words)


def _cause(use: Use) -> Hashable | None:
    """Return the value that is read; between quotes its escapes are right, in JSON."""
    outcome, tag = use.outcome, use.reference.tag
    if not isinstance(outcome, ReadsItem) or not outcome.key:
        return None
    is_quoted = tag.scalar.value[: tag.start].endswith(('"', "'"))
    return None if is_quoted else (outcome.step, outcome.key)

"""Items read where no loop reaches."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.foreign import holds_manifest, is_foreign
from fanout_lint.analysis.outcomes import NoItem, Where
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        outcome = use.outcome
        if not isinstance(outcome, NoItem):
            continue
        step = use.site.step
        words = {
            "text": use.reference.text,
            "end": use.end,
            "noun": step.word if step is not None else "",
            "step": step.label if step is not None else "",
        }
        face = _face(outcome) if use.fate is None else "expression"
        yield hit(use.place(), face, _loop_before(use, outcome) + others, **words)


def _face(outcome: NoItem) -> str:
    if outcome.where is Where.OUTPUTS:
        return "outputs"
    face = "step" if outcome.where is Where.STEP else "body"
    return f"{face}-refused" if outcome.refused else face


def _cause(use: Use) -> Hashable | None:
    """Return what uses of one mistake share; ``None`` for what another language may mean."""
    outcome = use.outcome
    if not isinstance(outcome, NoItem) or outcome.where is Where.ELSEWHERE:
        return None
    if use.site.step is not None and use.site.step.loops:
        return None  # A loop that is none: the rule empty-loop tells it.
    scalar = use.text.scalar
    if not outcome.refused and (holds_manifest(scalar) or is_foreign(scalar)):
        return None
    return (use.site.template, use.site.step, outcome.where, outcome.refused)


def _loop_before(use: Use, outcome: NoItem) -> tuple[Related, ...]:
    loop = outcome.looped.loop if outcome.looped is not None else None
    if loop is None or outcome.looped is None:
        return ()
    said = f"the loop of '{outcome.looped.label}' ends before"
    return (Related(Place(use.site.manifest.path, loop.key.span), said),)

"""Items read where no loop reaches."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import NoItem, ReadsItem, Where
from fanout_lint.analysis.sites import Region
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        step = use.site.step
        words = {
            "text": use.reference.text,
            "end": use.end,
            "noun": step.word if step is not None else "",
            "step": step.label if step is not None else "",
        }
        yield hit(use.place(), _face(use), _loop_before(use) + others, **words)


def _face(use: Use) -> str:
    outcome = use.outcome
    if not isinstance(outcome, NoItem):
        return "hook"
    if use.fate is not None:
        return "expression"
    if outcome.where == Where.OUTPUTS:
        return "outputs"
    face = "step" if outcome.where == Where.STEP else "body"
    return f"{face}-refused" if outcome.refused else face


def _cause(use: Use) -> Hashable | None:
    """Return what uses of one mistake share; ``None`` for what another language may mean."""
    outcome = use.outcome
    if isinstance(outcome, ReadsItem):
        return (use.site.step, "hook") if _is_in_hook_of_task(use, outcome) else None
    if not isinstance(outcome, NoItem) or outcome.where == Where.ELSEWHERE:
        return None
    if use.site.step is not None and use.site.step.loops:
        return None  # A loop that is none: the rule empty-loop tells it.
    from fanout_lint.analysis.foreign import holds_manifest, is_foreign

    scalar = use.text.scalar
    if not outcome.refused and (holds_manifest(scalar) or is_foreign(scalar)):
        return None
    return (use.site.template, use.site.step, outcome.where, outcome.refused)


def _is_in_hook_of_task(use: Use, read: ReadsItem) -> bool:
    """Whether the item of a looped task is read in its own hook.

    A dag takes its hooks from the task as it is written, not from its runs, be it for the
    whole loop or for one of them (``workflow/controller/dag.go:executeDAGTask`` of v4.1.2);
    a steps template takes those of the runs.
    """
    return use.site.region is Region.HOOK and use.site.step is read.step and read.step.is_task


def _loop_before(use: Use) -> tuple[Related, ...]:
    looped = use.outcome.looped if isinstance(use.outcome, NoItem) else None
    if looped is None or looped.loop is None:
        return ()
    said = f"the loop of '{looped.label}' ends before"
    return (Related(Place(use.site.manifest.path, looped.loop.key.span), said),)

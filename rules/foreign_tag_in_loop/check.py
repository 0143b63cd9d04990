"""Tags in looped steps that nothing will replace."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.endings import Chance, emptiness
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import NoPod, NoRoot, ReadsStep
from fanout_lint.analysis.scopes import looped_step
from fanout_lint.analysis.sites import Region
from fanout_lint.findings import Hit, Place, Related, hit

_KNOWN = frozenset(("item", "steps", "tasks", "inputs", "workflow", "outputs"))
_LISTS = frozenset(("withItems", "withParam", "withSequence"))
_ELSEWHERE = frozenset(("retries", "lastRetry", "pod", "node"))


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.uses, _cause):
        step = looped_step(use.site)
        if step is None or step.loop is None:
            continue
        words = {"noun": step.word, "text": use.reference.text, "step": step.label}
        place = Place(use.site.manifest.path, step.loop.key.span)
        related = (Related(place, f"'{step.label}' is a loop"), *others)
        yield hit(use.place(), _face(use), related, **words)
    yield from _conditions(facts)


def _conditions(facts: Facts) -> Iterator[Hit]:
    """Find hooks that ask for their own loop: a steps template names each run, never the loop.

    ``workflow/controller/steps.go:executeStepGroup`` of v4.1.2. The whole loop is known in a dag.
    """

    def cause(use: Use) -> Hashable | None:
        step, read = use.site.step, use.outcome
        if use.fate is None or use.site.region is not Region.HOOK or use.is_guarded:
            return None
        if step is None or step.is_task or use.text.trail[1:] != ("expression",):
            return None
        if not isinstance(read, ReadsStep) or read.step is not step or step.loop is None:
            return None
        fanout = facts.fanout_of(use.site.manifest, step)
        return None if fanout is None or emptiness(fanout) is Chance.SURE else step

    for use, others in by_cause(facts.reads, cause):
        loop = use.site.step.loop if use.site.step is not None else None
        if loop is None:
            continue
        words = {"text": use.reference.text, "step": use.reference.names[1]}
        place = Place(use.site.manifest.path, loop.key.span)
        related = (Related(place, f"'{words['step']}' is a loop"), *others)
        yield hit(use.place(), "own-condition", related, **words)


def _face(use: Use) -> str:
    if isinstance(use.outcome, ReadsStep):
        return "own-hook"
    return "not-here" if use.reference.names[0] in _ELSEWHERE else "foreign"


def _cause(use: Use) -> Hashable | None:
    site = use.site
    if site.region not in (Region.STEP, Region.HOOK) or site.step is None:
        return None
    if site.step.loop is None or site.outer is not None:
        return None
    if site.field in _LISTS and not site.step.is_task:
        return None  # Steps set their list aside before they replace all tags: steps.go:expandStep.
    outcome = use.outcome
    if isinstance(outcome, ReadsStep):
        own = site.region is Region.HOOK and outcome.step is site.step and site.field == "hooks"
        return (site.step, use.reference.text) if own and _is_argument(use) else None
    root = use.reference.names[0]
    if root in _KNOWN or isinstance(outcome, NoRoot) or use.reference.tag.is_nested:
        return None
    if isinstance(outcome, NoPod) and outcome.refused:  # Another rule tells it.
        return None
    return (site.step, use.reference.text)


def _is_argument(use: Use) -> bool:
    """Hooks are set aside while references are resolved, and come back when the loop expands."""
    return use.text.trail[1:2] == ("arguments",)

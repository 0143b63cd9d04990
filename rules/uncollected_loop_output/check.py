"""Parts of a loop that Argo does not collect."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.absence import goes_without
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sites import Region
from fanout_lint.findings import Hit, Place, Related, hit

_FACES = {Part.ARTIFACT: "artifact", Part.EXIT_CODE: "exit-code", Part.IP: "address"}


def check(facts: Facts) -> Iterator[Hit]:
    def cause(use: Use) -> Hashable | None:
        outcome = use.outcome
        if not isinstance(outcome, ReadsStep) or outcome.part not in _FACES:
            return None
        if outcome.step.loop is None or _is_own_hook(use, outcome):
            return None
        return (outcome.step, outcome.name, _face(facts, use, outcome))

    for use, others in by_cause(facts.uses, cause):
        outcome = use.outcome
        loop = outcome.step.loop if isinstance(outcome, ReadsStep) else None
        if not isinstance(outcome, ReadsStep) or loop is None:
            continue
        words = {
            "text": use.reference.text,
            "root": use.reference.names[0],
            "fan": outcome.step.label,
            "noun": outcome.step.word,
            "waits": facts.waits,
        }
        place = Place(use.site.manifest.path, loop.key.span)
        related = (Related(place, f"'{outcome.step.label}' is a loop"), *others)
        yield hit(use.place(), _face(facts, use, outcome), related, **words)


def _face(facts: Facts, use: Use, read: ReadsStep) -> str:
    if read.part is Part.ARTIFACT and goes_without(facts, use):
        return "optional-artifact"
    return _FACES[read.part]


def _is_own_hook(use: Use, outcome: ReadsStep) -> bool:
    """A hook of the loop itself: another rule speaks of that."""
    return use.site.region is Region.HOOK and use.site.step is outcome.step

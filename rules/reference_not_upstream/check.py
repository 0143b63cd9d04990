"""Steps and tasks that are read before they have ended."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import NotUpstream, Upstream
from fanout_lint.findings import Hit, Place, Related, hit

_FACES = {
    (Upstream.SAME_GROUP, False): "group",
    (Upstream.SAME_GROUP, True): "group-refused",
    (Upstream.LATER, True): "later",
    (Upstream.LATER, False): "later-unchecked",
    (Upstream.ITSELF, True): "itself",
    (Upstream.ITSELF, False): "itself-unchecked",
    (Upstream.OWN_HOOK, True): "own-hook",
    (Upstream.NO_ANCESTOR, False): "ancestor",
    (Upstream.NO_ANCESTOR, True): "ancestor-refused",
}


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        outcome = use.outcome
        if not isinstance(outcome, NotUpstream):
            continue
        face = _FACES[outcome.why, outcome.refused] if use.fate is None else "expression"
        words = {
            "reader": outcome.reader.label,
            "name": outcome.step.label,
            "noun": outcome.step.word,
            "end": use.end,
        }
        yield hit(use.place(), face, _second_place(use, outcome) + others, **words)


def _cause(use: Use) -> Hashable | None:
    outcome = use.outcome
    if not isinstance(outcome, NotUpstream):
        return None
    return (outcome.step, outcome.reader)


def _second_place(use: Use, outcome: NotUpstream) -> tuple[Related, ...]:
    name = outcome.step.name
    if name is None or outcome.why in (Upstream.ITSELF, Upstream.OWN_HOOK):
        return ()
    place = Place(use.site.manifest.path, name.span)
    said = {
        Upstream.SAME_GROUP: f"'{name.value}' starts together with '{outcome.reader.label}'",
        Upstream.LATER: f"'{name.value}' stands here",
        Upstream.NO_ANCESTOR: f"'{outcome.reader.label}' does not wait for '{name.value}'",
    }
    return (Related(place, said[outcome.why]),)

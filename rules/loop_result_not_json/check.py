"""Runs of a loop whose printed result is no JSON value."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.endings import Chance, emptiness
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.producers import Producer
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.scripts.verdict import NotJson
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for use, _ in by_cause(facts.uses, _cause):
        read = use.outcome
        if not isinstance(read, ReadsStep):
            continue
        fanout = facts.fanout_of(use.site.manifest, read.step)
        if fanout is None or emptiness(fanout) is Chance.SURE:
            continue
        for target in read.targets:
            yield from _target(facts, use, read, target)


def _cause(use: Use) -> Hashable | None:
    read = use.outcome
    if isinstance(read, ReadsStep) and read.part is Part.RESULT and read.step.loop is not None:
        return read.step
    return None


def _target(facts: Facts, use: Use, read: ReadsStep, target: Target) -> Iterator[Hit]:
    producer = facts.links.producers.of(target)
    verdict = facts.links.producers.printed_json(target)
    if not isinstance(producer, Producer) or not isinstance(verdict, NotJson):
        return
    words = {"text": use.reference.text, "fan": read.step.label, "detail": verdict.detail}
    reader = Related(use.place(), "this reads the results of all runs")
    if target.manifest not in facts.focus:
        return
    if verdict.guilty is None:
        key = target.template.node.key(target.template.kind.value) if target.template.kind else None
        if verdict.sure and key is not None:
            yield hit(Place(target.manifest.path, key.span), "nothing", (reader,), **words)
        return
    place = producer.place(verdict.guilty)
    if place is not None:
        yield hit(place, "words" if verdict.sure else "words-likely", (reader,), **words)

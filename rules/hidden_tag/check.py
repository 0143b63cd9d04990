"""Texts without a tag in the file that Argo takes for one where they are used."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.calls import Call, step_call
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.producers import Producer
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.sites import Region
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import LoopKind

_PASSED_ON = ("arguments", LoopKind.PARAM.value)


def check(facts: Facts) -> Iterator[Hit]:
    for fanout in facts.fanouts:
        if fanout.loop.kind is LoopKind.PARAM and fanout.lists:
            yield from _items(facts, fanout)
    for use, again in by_cause(facts.uses, _printer):
        read, site = use.outcome, use.site
        if isinstance(read, ReadsStep):
            assert site.template is not None  # A step's text stands in a template.
            assert site.step is not None
            reader = step_call(facts.project, site.manifest, site.template, site.step)
            for maker in read.targets:
                yield from _printed(facts, use, maker, reader, again)


def _items(facts: Facts, fanout: FanOut) -> Iterator[Hit]:
    """Yield the items with a tag that JSON's escapes have hidden; any other is seen at once."""
    from fanout_lint.analysis.hidden_tags import hidden_tags

    for target in fanout.call.targets[:1]:
        for items in fanout.lists:
            for item in items:
                for name in hidden_tags(facts.links.scope, item.text, target):
                    words = {"text": name, "callee": target.template.label}
                    yield hit(Place(item.path, item.span), "escaped", **words)


def _printer(use: Use) -> Hashable | None:
    """Return the step whose printed text is passed on where *use* stands."""
    read, site = use.outcome, use.site
    if not isinstance(read, ReadsStep) or read.part is not Part.RESULT or read.step.loops:
        return None
    is_passed_on = site.region is Region.STEP and site.field in _PASSED_ON
    return read.step if is_passed_on else None


def _printed(
    facts: Facts, use: Use, maker: Target, reader: Call, again: tuple[Related, ...]
) -> Iterator[Hit]:
    from fanout_lint.analysis.hidden_tags import hidden_tags, may_hide_tags

    read = use.outcome
    if not isinstance(read, ReadsStep) or not may_hide_tags(maker.template.body):
        return
    text = facts.links.producers.printed_text(maker)
    for target in reader.targets[:1] if text is not None else ():
        for name in dict.fromkeys(hidden_tags(facts.links.scope, text or "", target)):
            words = {"text": name, "step": read.step.label, "callee": target.template.label}
            yield hit(use.place(), "printed", (*_where(facts, maker), *again), **words)


def _where(facts: Facts, maker: Target) -> tuple[Related, ...]:
    producer = facts.links.producers.of(maker)
    if not isinstance(producer, Producer):
        return ()
    places = [producer.place(write) for write in producer.output.writes[:1]]
    return tuple(Related(place, "it is printed here") for place in places if place is not None)

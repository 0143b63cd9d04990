"""Steps whose stdout is read as a list, and is none."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.outcomes import Part
from fanout_lint.analysis.producers import Producer
from fanout_lint.analysis.scripts.verdict import NotJson, Reason
from fanout_lint.analysis.sources import Source, list_sources
from fanout_lint.findings import Hit, Related, hit

_WAYS_OUT = {
    Reason.PYTHON: "print(json.dumps(…)) writes JSON",
    Reason.JSON_LINES: "jq -s collects the values into one list",
    Reason.LOST_QUOTES: "put the whole list into single quotes",
    Reason.OBJECT: "print a list",
    Reason.SCALAR: "print a list",
}


def check(facts: Facts) -> Iterator[Hit]:
    for source in list_sources(facts):
        verdict = source.verdict
        if source.read.part is Part.RESULT and isinstance(verdict, NotJson):
            found = _hit(source, verdict)
            if found is not None:
                yield found


def _hit(source: Source, verdict: NotJson) -> Hit | None:
    words = {
        "detail": verdict.detail,
        "step": source.fanout.step.label,
        "way_out": _WAYS_OUT.get(verdict.reason, "print one JSON list and nothing else"),
    }
    suffix = "" if verdict.sure else "-likely"
    consumer = Related(source.reader, f"'{source.fanout.step.label}' takes the list from here")
    if verdict.guilty is None:
        return hit(source.script_place, f"nothing{suffix}", (consumer,), **words)
    place = source.producer.place(verdict.guilty)
    if place is None:
        return None
    face = "not-a-list" if verdict.listing is None else "noise"
    related = (*_others(source.producer, verdict), consumer)
    return hit(place, face + suffix, related, **words)


def _others(producer: Producer, verdict: NotJson) -> Iterator[Related]:
    if verdict.listing is not None and (place := producer.place(verdict.listing)) is not None:
        yield Related(place, "the list is printed here")
    for write in verdict.others[:5]:
        if (place := producer.place(write)) is not None:
            yield Related(place, "this prints something else, too", again=True)

"""What withParam reads, where that is never a list, or a file that holds none."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.literals import parameter_text
from fanout_lint.analysis.origins import Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.scripts.verdict import NotJson
from fanout_lint.analysis.sources import Source, list_sources
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Parameter

_NEVER = {
    Part.STATUS: "a status",
    Part.ID: "a node's id",
    Part.IP: "an address",
    Part.EXIT_CODE: "an exit code",
    Part.STARTED_AT: "a time",
    Part.FINISHED_AT: "a time",
    Part.HOST_NODE_NAME: "a host's name",
}


def check(facts: Facts) -> Iterator[Hit]:
    for fanout in facts.fanouts:
        for origin in fanout.origins:
            if isinstance(origin, Read) and isinstance(origin.outcome, ReadsStep):
                yield from _part(fanout, origin, origin.outcome)
    for source in list_sources(facts):
        if source.read.part is Part.PARAMETER and isinstance(source.verdict, NotJson):
            yield from _file(source, source.verdict)
    yield from _defaults(facts)


def _part(fanout: FanOut, origin: Read, read: ReadsStep) -> Iterator[Hit]:
    place = Place(origin.site.manifest.path, origin.reference.span)
    loop = Place(fanout.manifest.path, fanout.loop.key.span)
    related = (Related(loop, "the loop"),) if origin.way else ()
    if read.part is Part.ARTIFACT and not read.step.loops:
        yield hit(place, "artifact", related)
    elif read.part in _NEVER and not (read.step.loops and read.part in (Part.IP, Part.EXIT_CODE)):
        words = {"what": _NEVER[read.part], "step": read.step.label}
        yield hit(place, "part", related, **words)


def _file(source: Source, verdict: NotJson) -> Iterator[Hit]:
    if verdict.guilty is None:
        return
    place = source.producer.place(verdict.guilty)
    if place is not None:
        words = {"path": source.path, "detail": verdict.detail}
        consumer = f"'{source.fanout.step.label}' takes the list from here"
        face = "file" if verdict.sure else "file-likely"
        yield hit(place, face, (Related(source.reader, consumer),), **words)


def _defaults(facts: Facts) -> Iterator[Hit]:
    """Judge the defaults of output parameters that lists are read from."""
    told: set[int] = set()
    for fanout in facts.fanouts:
        for origin in fanout.origins:
            read = origin.outcome if isinstance(origin, Read) else None
            if not isinstance(read, ReadsStep) or read.step.loops:
                continue
            for declared in read.declared:
                found = _default(fanout, declared) if isinstance(declared, Parameter) else None
                if found is not None and id(declared) not in told:
                    told.add(id(declared))
                    yield found


def _default(fanout: FanOut, declared: Parameter) -> Hit | None:
    source = declared.value_from
    default = source.default if source is not None else None
    if source is None or default is None or source.path is None:
        return None
    text = parameter_text(default)
    if "{{" in text or text == "[]":  # The default of most.
        return None
    from fanout_lint.languages.gojson import JsonError, JsonKind, parse_json

    value = parse_json(text)
    if not isinstance(value, JsonError) and value.kind in (JsonKind.LIST, JsonKind.NULL):
        return None
    reason = value.message if isinstance(value, JsonError) else f"it is a JSON {value.kind.value}"
    loop = Place(fanout.manifest.path, fanout.loop.key.span)
    related = (Related(loop, f"'{fanout.step.label}' loops over it"),)
    words = {"path": source.path.value, "reason": reason}
    return hit(Place(default.source.path, default.span), "default", related, **words)

"""Loops over outputs of resources that are words or lines, and no JSON list."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.filters import Yield, filter_of, list_yield
from fanout_lint.analysis.outcomes import Part
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Parameter, TemplateKind

_WHAT = {
    "lines": "results that are printed a line each",
    "words": "values with blanks between them",
    "string": "a text",
    "number": "a number",
    "boolean": "true or false",
    "object": "a map",
}


def check(facts: Facts) -> Iterator[Hit]:
    told: set[int] = set()
    for manifest in facts.focus:
        for fanout, _, read, target in facts.links.list_reads(manifest):
            if read.part is not Part.PARAMETER or target.template.kind is not TemplateKind.RESOURCE:
                continue
            output = target.template.outputs.parameter(read.name)
            if output is not None and id(output) not in told:
                told.add(id(output))
                yield from _judge(fanout, output)


def _judge(fanout: FanOut, output: Parameter) -> Iterator[Hit]:
    found = filter_of(output)
    reading = found.read() if found is not None else None
    if found is None or reading is None or not reading.ok:
        return
    verdict = list_yield(found, reading)
    if verdict is Yield.PERHAPS:
        return
    place = words_place(found.text, 0, len(found.text.value))
    loop = Place(fanout.manifest.path, fanout.loop.value.span)
    related = (Related(loop, f"'{fanout.step.label}' takes its list here"),)
    what = _WHAT.get(reading.type or "", "one text")
    face = "never" if verdict is Yield.NO_LIST else "hardly"
    yield hit(place, face, related, what=what, fan=fanout.step.label)

"""Filters of resource outputs that fail, or give their own text."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.filters import Filter, filter_of
from fanout_lint.analysis.strings import in_words, shortened, words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.model.workflow import TemplateKind


def check(facts: Facts) -> Iterator[Hit]:
    for _, template in facts.templates:
        if template.kind is TemplateKind.RESOURCE:
            for output in template.outputs.parameters:
                found = filter_of(output)
                yield from _judge(found) if found is not None else ()


def _judge(found: Filter) -> Iterator[Hit]:
    reading = found.read()
    for problem in reading.problems[:1]:
        place = words_place(found.text, problem.start, problem.end)
        yield hit(place, "jq" if found.is_jq else "path", reason=in_words(problem.message))
    text = found.text.value
    if reading.type == "text" and not found.is_jq and text.strip()[:1] in (".", "$"):
        path = text.strip().lstrip("$")
        whole = words_place(found.text, 0, len(text))
        yield hit(whole, "no-braces", text=shortened(text), path=path)

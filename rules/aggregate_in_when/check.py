"""Conditions that take the list of all runs of a loop for one text."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.languages.when import read_when

_SAMPLES = {
    Part.RESULT: ('["a"]', "[1]", '[{"a":1}]', '["a","b"]'),
    Part.PARAMETER: ('["a"]', '["a","b"]'),
    Part.PARAMETERS: ('[{"a":"b"}]', '[{"a":"b"},{"a":"c"}]'),
}
"""What the list of all runs may be; of one run or several, of texts or other values."""


def check(facts: Facts) -> Iterator[Hit]:
    for use in facts.uses:
        read = use.outcome
        if use.site.field != "when" or use.site.step is None or not isinstance(read, ReadsStep):
            continue
        if read.step.loop is None or read.part not in _SAMPLES:
            continue
        tag, value = use.reference.tag, use.text.scalar.value
        if not re.search(r"[=!<>]", value[: tag.start] + value[tag.end :]):
            continue
        with_list = [value[: tag.start] + one + value[tag.end :] for one in _SAMPLES[read.part]]
        if "{{" in with_list[0]:
            continue
        fails = all(not read_when(text).ok for text in with_list)
        if not fails and ("=~" in value or "[]" in value):
            continue  # A pattern may look for one value, and a list without runs is this text.
        yield _hit(use, read, fails)


def _hit(use: Use, read: ReadsStep, fails: bool) -> Hit:
    tag = use.reference.tag
    words = {"tag": tag.text, "fan": read.step.label}
    place = words_place(use.text.scalar, tag.start, tag.end)
    if not fails:
        return hit(place, "compared", **words)
    word = use.site.step.word if use.site.step is not None else "step"
    return hit(place, "fails", **words, word=word)

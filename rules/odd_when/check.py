"""Conditions of steps and tasks that are always so, or do otherwise than they seem to."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.conditions import Condition, worked_items, worked_values
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.strings import in_words, shortened, words_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.languages.when import RemarkKind
from fanout_lint.tags.scan import scan

_FACES = {
    RemarkKind.TEXT_AND_NUMBER: "never-equal",
    RemarkKind.TEXT_AND_BOOL: "never-equal",
    RemarkKind.BIT_SIGN: "bits",
    RemarkKind.FAILS_IF_REACHED: "reached",
}
_WORD = r"\b(?!true\b|false\b)[A-Za-z_]"
_MADE_BY_A_STEP = re.compile(r"(?:steps|tasks)\.\S+(?: (?:steps|tasks)\.\S+)*+")


def check(facts: Facts) -> Iterator[Hit]:
    for condition in facts.conditions:
        if condition.analysis.fault is None:
            yield from _lost_backslashes(condition)
            yield from _condition(facts, condition)


_PATTERN = re.compile(r"""[=!]~\s*+(?:'([^']*+)'|"([^"]*+)")""")
_CLASS = r"(?<!\\)(?:\\\\)*+\\([dDwWsSbB])"


def _lost_backslashes(condition: Condition) -> Iterator[Hit]:
    """Tell of a pattern whose ``\\d`` is a ``d``: a backslash in a text takes a sign as it is."""
    tags = scan(condition.text)
    for pattern in _PATTERN.finditer(condition.text.value):
        if any(tag.start <= pattern.start() < tag.end for tag in tags):
            continue
        lost = re.compile(_CLASS).search(condition.text.value, pattern.start(), pattern.end())
        if lost is not None:
            place = words_place(condition.text, lost.start(1) - 1, lost.end())
            yield hit(place, "backslash", letter=lost[1])


def _condition(facts: Facts, condition: Condition) -> Iterator[Hit]:
    analysis = condition.analysis
    word = condition.step.word
    for remark in analysis.remarks:
        place = words_place(condition.text, remark.start, remark.end)
        yield hit(place, _FACES[remark.kind], reason=in_words(remark.message), word=word)
    if analysis.remarks:
        return
    whole = words_place(condition.text, 0, len(condition.text.value))
    if analysis.value is not None:
        value = str(analysis.value).lower()
        if analysis.tags:
            yield hit(whole, "always" if analysis.value else "never", word=word)
        elif re.search(_WORD, condition.text.value) or re.search("[&|]", condition.text.value):
            yield hit(whole, "no-tag", value=value)
        return
    yield from _known(facts, condition, whole)


def _known(facts: Facts, condition: Condition, whole: Place) -> Iterator[Hit]:
    """Tell of a condition that is false for all that is known to be put into it."""
    items = worked_items(facts, condition)
    if items and all(one.reading.value == "false" for one in items):
        first = items[0]
        related: tuple[Related, ...] = ()
        if first.item is not None:
            related = (Related(Place(first.item.path, first.item.span), "the first item"),)
        words = {"count": str(len(items)), "text": f"'{shortened(first.text)}'"}
        yield hit(whole, "skips-loop", related, **words)
    if not _MADE_BY_A_STEP.fullmatch(" ".join(tag.text for tag in scan(condition.text))):
        return  # An argument that is always the same is a switch for people to set.
    for worked in worked_values(facts, condition):
        if worked.given is None and worked.reading.value == "false":
            text = f"'{shortened(worked.text)}'"
            yield hit(whole, "fixed", text=text, word=condition.step.word)

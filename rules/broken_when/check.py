"""Conditions of steps and tasks that fail, for all values or for those that are known."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from fanout_lint.analysis.conditions import (
    Condition,
    Worked,
    bare_item,
    failing,
    whole_expression,
)
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.items import Item
from fanout_lint.analysis.strings import in_words, shortened, words_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.languages.when import FaultKind, WhenFault
from fanout_lint.model.workflow import LoopKind

_FACES = {
    FaultKind.SYNTAX: "syntax",
    FaultKind.SINGLE_EQUALS: "single-equals",
    FaultKind.UNQUOTED: "unquoted",
    FaultKind.TYPES: "types",
    FaultKind.PATTERN: "pattern",
    FaultKind.NO_CONDITION: "no-condition",
}
_MEANT_AS_TAG = r"(?:steps|tasks|inputs|workflow|item)(?:\.[\w-]+)+"
_COMPARED_WITH_TEXT = r"[=!]=\s*'?[A-Za-z_](?!rue\b|alse\b)|\bin\s*\("


def check(facts: Facts) -> Iterator[Hit]:
    by_value: dict[tuple[int, str], Hit] = {}
    for condition in facts.conditions:
        fault = condition.analysis.fault
        if fault is not None:
            yield _fault(condition, fault)
            continue
        whole = whole_expression(facts, condition)
        if whole is not None and whole.kind not in ("", "a boolean"):
            words = {"what": whole.kind, "word": condition.step.word}
            yield hit(whole.place(whole.root), "not-boolean", **words)
        elif (worked := failing(facts, condition)) is None:
            yield from _fragile(condition)
        elif worked.item is not None:
            yield _item(condition, worked, worked.item)
        elif worked.given is None:
            yield _value(condition, worked)
        else:
            _gather(by_value, condition, worked)
    yield from by_value.values()


def _gather(by_value: dict[tuple[int, str], Hit], condition: Condition, worked: Worked) -> None:
    """Keep one hit for each value that breaks conditions, with the places of the others."""
    found = _value(condition, worked)
    key = (id(worked.given.literal.node) if worked.given is not None else 0, found.face)
    first = by_value.setdefault(key, found)
    if first is not found:
        again = Related(found.place, "and here", again=True)
        by_value[key] = replace(first, related=(*first.related, again))


def _fault(condition: Condition, fault: WhenFault) -> Hit:
    text = condition.text
    word = condition.step.word
    start, end = fault.start, fault.end
    is_bare = fault.kind is FaultKind.UNQUOTED
    bare = re.compile(_MEANT_AS_TAG).match(text.value, start) if is_bare else None
    if bare is not None:
        return hit(words_place(text, start, bare.end()), "no-tag", text=bare[0], word=word)
    face = _FACES[fault.kind]
    if face == "single-equals" and text.value[start:end] != "=":
        face = "syntax"
    return hit(words_place(text, start, end), face, reason=in_words(fault.message), word=word)


def _item(condition: Condition, worked: Worked, item: Item) -> Hit:
    related = (Related(Place(item.path, item.span), "this item"),)
    words = _words(worked) | {"item": f"'{shortened(item.text)}'"}
    return hit(_tag_place(condition), "item", related, **words)


def _value(condition: Condition, worked: Worked) -> Hit:
    words = _words(worked) | {"word": condition.step.word}
    given = worked.given
    if given is None:
        return hit(_tag_place(condition), "fixed", **words)
    face = "value" if given.is_sure else "default"
    related = (Related(node_place(given.literal.node), "this value"),)
    return hit(
        _tag_place(condition), face, related, value=f"'{shortened(given.literal.text)}'", **words
    )


def _words(worked: Worked) -> dict[str, str]:
    reason = in_words(worked.reading.problems[0].message)
    return {"text": f"'{shortened(worked.text)}'", "reason": reason}


def _tag_place(condition: Condition) -> Place:
    """Return the place of the tags: of the first that is not in quotes, as it is the culprit."""
    bare = [tag for tag in condition.analysis.tags if not tag.is_quoted]
    tag = (bare or list(condition.analysis.tags))[0]
    return words_place(condition.text, tag.start, tag.end)


def _fragile(condition: Condition) -> Iterator[Hit]:
    """Tell of a bare item beside a text, where nobody can see the items."""
    fanout = condition.fanout
    if fanout is None or fanout.lists or fanout.loop.kind is not LoopKind.PARAM:
        return
    tag = bare_item(condition)
    if tag is not None and re.search(_COMPARED_WITH_TEXT, condition.text.value):
        yield hit(words_place(condition.text, tag.start, tag.end), "fragile", tag=tag.text)

"""Conditions of steps and tasks that fail, for all values or for those that are known."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from fanout_lint.analysis.conditions import (
    Condition,
    Worked,
    conditions,
    whole_expression,
    worked_items,
    worked_values,
)
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.strings import in_words, shortened, words_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.languages.when import FaultKind, WhenFault
from fanout_lint.model.workflow import LoopKind
from fanout_lint.tags.scan import scan

_FACES = {
    FaultKind.SYNTAX: "syntax",
    FaultKind.SINGLE_EQUALS: "single-equals",
    FaultKind.UNQUOTED: "unquoted",
    FaultKind.TYPES: "types",
    FaultKind.PATTERN: "pattern",
    FaultKind.NO_CONDITION: "no-condition",
}
_MEANT_AS_TAG = re.compile(r"(?:steps|tasks|inputs|workflow|item)(?:\.[\w-]+)+")
_COMPARED_WITH_TEXT = re.compile(r"[=!]=\s*'?[A-Za-z_](?!rue\b|alse\b)|\bin\s*\(")


def check(facts: Facts) -> Iterator[Hit]:
    by_value: dict[tuple[int, str], Hit] = {}
    for condition in conditions(facts):
        fault = condition.analysis.fault
        if fault is not None:
            yield _fault(condition, fault)
            continue
        found = _no_boolean(facts, condition) or _item(facts, condition)
        if found is not None:
            yield found
        elif (worked := _failing(facts, condition)) is None:
            yield from _fragile(condition)
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
    bare = _MEANT_AS_TAG.match(text.value, start) if fault.kind is FaultKind.UNQUOTED else None
    if bare is not None:
        return hit(words_place(text, start, bare.end()), "no-tag", text=bare[0], word=word)
    face = _FACES[fault.kind]
    if face == "single-equals" and text.value[start:end] != "=":
        face = "syntax"
    return hit(words_place(text, start, end), face, reason=in_words(fault.message), word=word)


def _no_boolean(facts: Facts, condition: Condition) -> Hit | None:
    """Tell an expression that gives a number, a list or a map, whatever its value."""
    whole = whole_expression(facts, condition)
    if whole is None or whole.kind in ("", "a boolean"):
        return None
    place = whole.place(whole.root)
    return hit(place, "not-boolean", what=whole.kind, word=condition.step.word)


def _item(facts: Facts, condition: Condition) -> Hit | None:
    for worked in worked_items(facts, condition):
        if worked.item is not None and not worked.reading.ok:
            related = (Related(Place(worked.item.path, worked.item.span), "this item"),)
            words = _words(worked)
            item = f"'{shortened(worked.item.text)}'"
            return hit(_tag_place(condition), "item", related, item=item, **words)
    return None


def _failing(facts: Facts, condition: Condition) -> Worked | None:
    """Return the condition with the first value that makes it fail."""
    for worked in worked_values(facts, condition):
        if not worked.reading.ok:
            return worked
    return None


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
    text = condition.text
    bare = {tag.start for tag in condition.analysis.tags if not tag.is_quoted}
    for tag in scan(text):
        is_item = not tag.is_expression and tag.text.split(".")[0] == "item"
        if is_item and tag.start in bare and _COMPARED_WITH_TEXT.search(text.value):
            yield hit(words_place(text, tag.start, tag.end), "fragile", tag=tag.text)
            return

"""Items that a loop takes for its list."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.items import Item, ItemKind
from fanout_lint.analysis.origins import Read
from fanout_lint.analysis.outcomes import ReadsItem
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import LoopKind

_WHAT = {
    ItemKind.NUMBER: "a number",
    ItemKind.BOOLEAN: "a boolean",
    ItemKind.MAP: "a map",
}


def check(facts: Facts) -> Iterator[Hit]:
    for use in facts.uses:
        in_list = use.site.field in (LoopKind.PARAM.value, LoopKind.SEQUENCE.value)
        if in_list and isinstance(use.outcome, ReadsItem) and use.outcome.step is use.site.step:
            yield hit(use.place(), "own", text=use.reference.text)
    for fanout in facts.fanouts:
        for origin in fanout.origins:
            if isinstance(origin, Read) and isinstance(origin.outcome, ReadsItem):
                yield from _inner(facts, fanout, origin, origin.outcome)


def _inner(facts: Facts, fanout: FanOut, origin: Read, read: ReadsItem) -> Iterator[Hit]:
    """Judge a list that is an item, or a key of one, of a loop further out."""
    outer = facts.fanout_of(origin.site.manifest, read.step)
    if outer is None or outer is fanout:
        return
    for items in outer.lists:
        for item in items:
            what = _wrong(item, read.key)
            if what is not None:
                place = Place(fanout.manifest.path, fanout.loop.value.span)
                related = (Related(place, f"'{fanout.step.label}' loops over it"),)
                words = {"outer": outer.step.label, "what": what}
                yield hit(Place(item.path, item.span), "plain", related, **words)
                return


def _wrong(item: Item, key: str) -> str | None:
    """Return what *item* is when it surely is no JSON list."""
    if key:
        text = dict(item.values).get(key)
        return None if text is None else _no_list(text)
    if item.kind is ItemKind.TEXT:
        return _no_list(item.text)
    return _WHAT.get(item.kind)


def _no_list(text: str) -> str | None:
    if "{{" in text or not text:
        return None
    from fanout_lint.languages.gojson import JsonError, JsonKind, parse_json

    value = parse_json(text)
    if isinstance(value, JsonError):
        return "a text"
    return None if value.kind in (JsonKind.LIST, JsonKind.NULL) else f"a JSON {value.kind.value}"

"""Keys that a loop uses and its items do not have."""

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.items import Item, ItemKind
from fanout_lint.analysis.outcomes import ReadsItem
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import LoopKind
from fanout_lint.rulebook.words import offer

if TYPE_CHECKING:
    from fanout_lint.analysis.made_items import Lacking

_BOOLEANS = {
    "true": ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"),
    "false": ("n", "N", "no", "No", "NO", "off", "Off", "OFF"),
}
_WHAT = {
    ItemKind.LIST: "a list",
    ItemKind.TEXT: "a text",
    ItemKind.NUMBER: "a number",
    ItemKind.BOOLEAN: "a boolean",
    ItemKind.NULL: "null",
}


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        outcome = use.outcome
        if not isinstance(outcome, ReadsItem):
            continue
        fanout = facts.fanout_of(use.site.manifest, outcome.step)
        loop = outcome.step.loop
        if loop is not None and loop.kind is LoopKind.SEQUENCE:
            place = Place(use.site.manifest.path, loop.key.span)
            related = (Related(place, "a sequence gives numbers as texts"), *others)
            words = {"what": "a number of a sequence", "text": use.reference.text}
            yield hit(use.place(), _staged("plain", use, loop.kind), related, **words)
        if fanout is None:
            continue
        for items in fanout.lists:
            lacking = [item for item in items if outcome.key not in item.keys]
            if lacking:
                yield _hit(use, fanout, outcome.key, items, lacking, others)
                break
        from fanout_lint.analysis.made_items import made_without

        made = made_without(facts, fanout, outcome.key)
        if made is not None and not fanout.lists:
            yield _made(use, fanout, outcome.key, made, others)


def _cause(use: Use) -> Hashable | None:
    outcome = use.outcome
    if not isinstance(outcome, ReadsItem) or not outcome.key or use.is_guarded:
        return None
    return (outcome.step, outcome.key)


def _made(use: Use, fanout: FanOut, key: str, made: "Lacking", others: tuple[Related, ...]) -> Hit:
    """Tell items that a script or another loop makes."""
    place = Place(fanout.manifest.path, fanout.loop.value.span)
    related = (Related(place, "the list comes from here"), *others)
    words = {"key": key, "text": use.reference.text, "maker": made.maker}
    if made.what:
        return hit(use.place(), "made-plain", related, **words, what=made.what)
    face = "made" if made.is_sure else "made-likely"
    return hit(use.place(), face, related, **words, offer=offer(key, made.known))


def _staged(face: str, use: Use, kind: LoopKind) -> str:
    """Return the face for a key that no item has; Argo's lint sees that of all but ``withParam``.

    ``workflow/validate/validate.go:addItemsToScope`` of v4.1.2; it does not read expressions.
    """
    is_near = use.site.outer is None or use.site.step is None
    is_seen = kind is not LoopKind.PARAM and use.fate is None and is_near
    return f"{face}-refused" if is_seen else face


def _hit(
    use: Use,
    fanout: FanOut,
    key: str,
    items: tuple[Item, ...],
    lacking: list[Item],
    others: tuple[Related, ...],
) -> Hit:
    first = lacking[0]
    related = (Related(Place(first.path, first.span), f"this item has no key '{key}'"), *others)
    words = {"key": key, "text": use.reference.text}
    face, more = _face(key, items, lacking)
    if len(lacking) == len(items):
        face = _staged(face, use, fanout.loop.kind)
    return hit(use.place(), face, related, **words, **more)


def _face(key: str, items: tuple[Item, ...], lacking: list[Item]) -> tuple[str, dict[str, str]]:
    """Return the face of the finding and the words that it needs beside the key."""
    first = lacking[0]
    if first.kind is not ItemKind.MAP:
        return "plain", {"what": _WHAT[first.kind]}
    for boolean, spellings in _BOOLEANS.items():
        if key in spellings and boolean in first.keys:
            return "boolean", {"boolean": boolean, "written": key}
    outer, dot, inner = key.partition(".")
    if dot and outer in first.keys:
        return "nested", {"outer": outer, "inner": inner}
    known = offer(key, dict.fromkeys(name for item in items for name in item.keys))
    if len(lacking) == len(items):
        return "all", {"offer": known}
    counts = {"count": str(len(lacking)), "total": str(len(items))}
    return "some", {"offer": known, **counts}

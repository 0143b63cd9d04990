"""Memoized templates whose cache or key cannot work."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.items import Item, ItemKind
from fanout_lint.analysis.loops_above import (
    LoopAbove,
    is_fixed_input,
    is_same_in_all_runs,
    loops_above,
    may_hold_back,
)
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Template
from fanout_lint.syntax.nodes import Scalar, child_mapping, child_scalar

_KEY = r"[a-zA-Z0-9][-a-zA-Z0-9]*\Z"
"""What a cache key may be (``workflow/controller/cache/cache.go`` of v4.1.2)."""
_OF_ONE_RUN = r"\{\{\s*workflow\.(?:uid|name)\s*\}\}"


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        memoize = child_mapping(template.node, "memoize")
        if memoize is None:
            continue
        if memoize.get("cache") is None:
            word = template.node.key("memoize")
            yield hit(Place(manifest.path, (word or memoize).span), "no-cache")
        key = child_scalar(memoize, "key")
        if key is not None:
            yield from _key(facts, template, key)


def _key(facts: Facts, template: Template, key: Scalar) -> Iterator[Hit]:
    if "{{" not in key.value and key.value and not re.match(_KEY, key.value):
        yield hit(node_place(key), "charset", key=key.value)
        return
    for loop in loops_above(facts, template):
        fanout = loop.fanout
        if is_same_in_all_runs(loop, key):
            if not _may_differ(facts, template, loop):
                continue
            place = Place(fanout.manifest.path, fanout.loop.key.span)
            related = (Related(place, "the loop"),)
            face = "shared-in-run" if _is_missed_by_all(facts, loop, key) else "shared-key"
            yield hit(node_place(key), face, related, fan=fanout.step.label)
            return
        for items in fanout.lists:
            wrong = next((item for item in items if _is_refused(item)), None)
            if wrong is not None and _takes_whole_item(facts, template, key):
                related = (Related(Place(wrong.path, wrong.span), "this item"),)
                words = {"fan": fanout.step.label, "key": wrong.text}
                yield hit(node_place(key), "item-charset", related, **words)
                return


def _may_differ(facts: Facts, template: Template, loop: LoopAbove) -> bool:
    """Whether the template reads an input that the loop changes.

    What reads none, such as a set-up that all items need once, is meant to be shared.
    """
    if template.inputs.artifacts:
        return True
    read = facts.mentions.inputs_read(loop.way[-1].targets[0].manifest, template)
    return any(
        not is_fixed_input(loop, parameter.name.value)
        and (read is None or parameter.name.value in read)
        for parameter in template.inputs.parameters
    )


def _is_missed_by_all(facts: Facts, loop: LoopAbove, key: Scalar) -> bool:
    """Whether all items may start before the first has put its outputs into the cache.

    That is so where no other workflow has this key, and nothing holds an item back.
    """
    return (
        re.search(_OF_ONE_RUN, key.value) is not None
        and len(loop.way) == 1
        and not may_hold_back(facts, loop)
    )


def _is_refused(item: Item) -> bool:
    plain = item.kind is ItemKind.TEXT and "{{" not in item.text
    return plain and re.search(r"[^-a-zA-Z0-9]", item.text) is not None


_INPUT = r"\{\{\s*inputs\.parameters\.([-\w]+)\s*\}\}"
_WHOLE_ITEM = r"\s*\{\{\s*item\s*\}\}\s*"


def _takes_whole_item(facts: Facts, template: Template, key: Scalar) -> bool:
    """Whether an input that is the bare item stands in the key by itself."""
    names = re.findall(_INPUT, key.value)
    for call in facts.links.callers.of(template):
        for name in names:
            given = call.arguments.parameter(name)
            value = given.value if given is not None else None
            if isinstance(value, Scalar) and re.fullmatch(_WHOLE_ITEM, value.value):
                return True
    return False

"""The values of names that are the same in every run, and those that each item of a loop gives.

A result that a script prints as JSON is known as a value where its text is not: how many
blanks there are is no matter to ``fromJSON``.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.expression_names import Names
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.fates import Case
from fanout_lint.analysis.items import Item, ItemKind
from fanout_lint.analysis.outcomes import ReadsItem, ReadsStep
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.references import member_path
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING
from fanout_lint.model.workflow import LoopKind, Step
from fanout_lint.tags.scan import as_tag

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Links, Use

_MOST_ITEMS = 50
_KEY = 2  #: The names in ``item.key``.


def with_values(case: Case, names: Names) -> Names:
    """Return *names* with the values of those that are the same in every run."""
    values: Names = {}
    for use in case.uses:
        path = ".".join(use.reference.names)
        if names.get(path) is UNKNOWN_STRING and path not in values:
            value = case.values.get(path)
            if value is None:
                value = _kept_constant(case, use)
            if value is not None:
                values[path] = value
    return names | values


def _kept_constant(case: Case, use: "Use") -> str | None:
    names = use.reference.names
    if names not in case.constants:
        case.constants[names] = _constant(case, use, ".".join(names))
    return case.constants[names]


def _constant(case: Case, use: "Use", path: str) -> str | None:
    tag = use.text.scalar.with_text(as_tag(path))
    text = case.links.constants.text(tag, case.site)
    if text is not None or not isinstance(use.outcome, ReadsStep):
        return text
    return _json(case.links, use.outcome) if path in _only_parsed(case.root) else None


def _json(links: "Links", read: ReadsStep) -> str | None:
    """Return JSON for what *read* gives, where that is one known value."""
    return None if read.step.when is not None else json_of(links.producers.shape_of(read))


def json_of(shape: object) -> str | None:
    """Return the JSON text of *shape*, ``None`` where a part of it is not known."""
    import json

    try:
        return json.dumps(_value(shape))
    except _UnknownPartError:
        return None


class _UnknownPartError(Exception):
    pass


def _value(shape: object) -> object:
    from fanout_lint.analysis.scripts.shape import ListShape, ObjectShape, ScalarShape
    from fanout_lint.unknown import Unknown

    match shape:
        case ListShape(items=tuple() as items):
            return [_value(item) for item in items]
        case ScalarShape(value=value) if not isinstance(value, Unknown):
            return value
        case ObjectShape(fields=fields, open=False) if all(field.sure for field in fields):
            return {field.name: _value(field.shape) for field in fields}
    raise _UnknownPartError


def _only_parsed(root: nodes.Node) -> frozenset[str]:
    """Return the paths that nothing but ``fromJSON`` reads."""
    parsed: set[str] = set()
    others: set[str] = set()
    for node in nodes.walk(root):
        is_parser = isinstance(node, nodes.Builtin) and node.name == "fromJSON"
        for child in nodes.children(node):
            path = member_path(child)
            if path is not None and not isinstance(node, nodes.Member):
                (parsed if is_parser else others).add(path)
    return frozenset(parsed - others)


def item_names(case: Case, step: Step) -> Iterator[tuple[Item | None, Names]]:
    """Yield the names of each item of *step*'s loop; a single pair without an item if unknown."""
    fanout = case.links.fanout_of(case.site.manifest, step)
    items = _items(fanout) if fanout is not None else ()
    if not items:
        is_sequence = step.loop is not None and step.loop.kind is LoopKind.SEQUENCE
        yield None, {"item": UNKNOWN_STRING} if is_sequence else _keys(case)
    for item in items:
        yield item, _of_item(item)


def _keys(case: Case) -> Names:
    """Return the keys of an unknown item that the expression cannot do without: all are texts."""
    names: Names = {}
    for use in case.uses:
        read = use.outcome
        if not isinstance(read, ReadsItem):
            continue
        if not read.key or use.is_guarded or len(use.reference.names) != _KEY:
            return {"item": UNKNOWN}
        names[f"item.{read.key}"] = UNKNOWN_STRING
    return names or {"item": UNKNOWN}


def _items(fanout: FanOut) -> tuple[Item, ...]:
    if len(fanout.lists) != 1 or fanout.width != len(fanout.lists[0]):
        return ()
    items = fanout.lists[0]
    return items if len(items) <= _MOST_ITEMS else ()


def _of_item(item: Item) -> Names:
    if item.kind is ItemKind.MAP:
        values = dict(item.values)
        names: Names = {"item": UNKNOWN_STRING}
        for key in item.keys:
            value = values.get(key)
            # A value keeps the escapes that JSON wrote it with.
            is_known = value is not None and "\\" not in value
            names[f"item.{key}"] = value if is_known else UNKNOWN_STRING
        return names
    if item.kind in (ItemKind.LIST, ItemKind.NULL):
        return {"item": UNKNOWN_STRING if item.kind is ItemKind.LIST else UNKNOWN}
    return {"item": item.text}

"""The items that a loop is written with, whether as YAML or as JSON inside a string."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.literals import json_text
from fanout_lint.findings import Place
from fanout_lint.source.text import Span
from fanout_lint.syntax.ink import span_in
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from fanout_lint.languages.gojson import JsonError, JsonValue


class ItemKind(Enum):
    """The kinds of item (``pkg/apis/workflow/v1alpha1/item.go`` of v4.1.2), called as JSON's."""

    MAP = "object"
    LIST = "list"
    TEXT = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


class Item(Struct, frozen=True):
    """One item: its kind, its keys when it is a map, its text otherwise, and where it stands.

    ``values`` has the texts of a map's scalars, as ``{{item.key}}`` gives them.
    """

    kind: ItemKind
    text: str
    keys: tuple[str, ...]
    path: str
    span: Span
    values: tuple[tuple[str, str], ...] = ()


def shown(item: Item) -> str:
    """Return *item* as a message can quote it: of a map the scalars, of a list dots."""
    if item.kind is ItemKind.MAP:
        return "{" + ", ".join(f"{name}: {text}" for name, text in item.values) + "}"
    return item.text or ("[…]" if item.kind is ItemKind.LIST else "")


def yaml_items(items: Sequence) -> tuple[Item, ...]:
    """Return the items of a ``withItems`` list."""
    return tuple(_yaml_item(node) for node in items.items)


def _yaml_item(node: Node) -> Item:
    path = node.source.path
    if type(node) is Mapping:
        values = tuple(
            (name, _item_text(entry.value))
            for name, entry in node.entries.items()
            if type(entry.value) is Scalar
        )
        return Item(ItemKind.MAP, "", tuple(node.entries), path, node.span, values)
    if type(node) is not Scalar:
        return Item(ItemKind.LIST, "", (), path, node.span)
    resolved = node.resolved
    if isinstance(resolved, str):
        return Item(ItemKind.TEXT, resolved, (), path, node.span)
    kind = ItemKind.NULL if resolved is None else ItemKind.NUMBER
    if isinstance(resolved, bool):
        kind = ItemKind.BOOLEAN
    return Item(kind, json_text(node), (), path, node.span)


def _item_text(node: Scalar) -> str:
    return node.value if isinstance(node.resolved, str) else json_text(node)


def json_items(scalar: Scalar) -> "tuple[Item, ...] | JsonValue | JsonError":
    """Return the items of the JSON list in *scalar*; else what it is, or why it is no JSON."""
    from fanout_lint.languages.gojson import JsonError, JsonKind, parse_json

    value = parse_json(scalar.value)
    if isinstance(value, JsonError) or value.kind is not JsonKind.LIST:
        return value
    return tuple(_json_items(scalar, value))


def located_items(value: "JsonValue", place: Place) -> tuple[Item, ...]:
    """Return the items of the list *value*, which all stand at *place*."""
    return tuple(_json_item(item, place.path, place.span) for item in value.items)


def _json_items(scalar: Scalar, value: "JsonValue") -> Iterator[Item]:
    for item in value.items:
        yield _json_item(item, scalar.source.path, span_in(scalar, item.start, item.end))


def _json_item(item: "JsonValue", path: str, span: Span) -> Item:
    keys = tuple(dict.fromkeys(member.key for member in item.members))
    values = tuple(
        (member.key, member.value.text)
        for member in item.members
        if ItemKind(member.value.kind.value) not in (ItemKind.MAP, ItemKind.LIST)
    )
    return Item(ItemKind(item.kind.value), item.text, keys, path, span, values)

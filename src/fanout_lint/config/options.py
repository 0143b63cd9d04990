"""A rule's option to its value, judged by the schema that the rule's README has for it."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

from fanout_lint.syntax.nodes import Node, Scalar, Sequence

_TYPES: Final = {
    "integer": "a whole number",
    "number": "a number",
    "string": "a text",
    "boolean": "true or false",
    "array": "a list",
}


def option_value(
    name: str, node: Node, schema: Mapping[str, Any], fault: Callable[[Node, str], None]
) -> object:
    """Return the value of the option *name*, a tuple for a list.

    What *schema* does not allow is told to *fault*, with the node that is wrong.
    """
    if schema["type"] == "array":
        if not isinstance(node, Sequence):
            fault(node, f"the option {name!r} takes a list")
            return ()
        items = schema.get("items", {"type": "string"})
        return tuple(option_value(name, item, items, fault) for item in node.items)
    value = node.resolved if isinstance(node, Scalar) else None
    if schema["type"] == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)
    wrong = _wrong(value, schema)
    if wrong is not None:
        written = f", not {node.value[:60]}" if isinstance(node, Scalar) else ""
        fault(node, f"the option {name!r} takes {wrong}{written}")
    return value


def _wrong(value: object, schema: Mapping[str, Any]) -> str | None:
    kind = schema["type"]
    if not _is_of(kind, value):
        return _TYPES[kind]
    if "enum" in schema and value not in schema["enum"]:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value):
            return f"{_TYPES[kind]} of at least {schema['minimum']}"
        if value > schema.get("maximum", value):
            return f"{_TYPES[kind]} of at most {schema['maximum']}"
    return None


def _is_of(kind: str, value: object) -> bool:
    match value:
        case bool():
            return kind == "boolean"
        case int():
            return kind in ("integer", "number")
        case float():
            return kind == "number" and isfinite(value)
        case str():
            return kind == "string"
        case _:
            return False

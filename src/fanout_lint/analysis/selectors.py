"""Label selectors written as maps: what Kubernetes refuses in ``matchLabels`` and beside it.

``LabelSelectorAsSelector`` of apimachinery makes them into the parts that a condition has.
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.languages.labelselector import SelectorError, parse_selector
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
)

_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")


class Refusal(Struct, frozen=True, eq=False):
    """Why a selector is refused, and the node at fault."""

    node: Node
    message: str


def refusals(selector: Mapping) -> Iterator[Refusal]:
    """Yield what is wrong with *selector*; nothing where a tag stands."""
    labels = child_mapping(selector, "matchLabels")
    for entry in labels.entries.values() if labels is not None else ():
        if type(entry.value) is Scalar and is_plain_text(entry.value):
            yield from _pair(entry.key, entry.value)
    for _, expression in mappings(child_sequence(selector, "matchExpressions")):
        yield from _expression(expression)


def _pair(key: Scalar, value: Scalar) -> Iterator[Refusal]:
    if "{{" in key.value + value.value:
        return
    yield from _key(key)
    yield from _value(value)


def _key(key: Scalar) -> Iterator[Refusal]:
    if _is_refused(key.value, ""):
        yield Refusal(key, f"'{key.value}' is no name of a label")


def _value(value: Scalar) -> Iterator[Refusal]:
    if value.value and _is_refused("key", value.value):
        yield Refusal(value, f"'{value.value}' is no value of a label")


def _is_refused(key: str, value: str) -> bool:
    try:
        parts = parse_selector(f"{key}={value}")
    except SelectorError:
        return True
    return len(parts) != 1 or parts[0].key != key or parts[0].values != (value,)


def _expression(expression: Mapping) -> Iterator[Refusal]:
    key, operator = child_scalar(expression, "key"), child_scalar(expression, "operator")
    values = child_sequence(expression, "values")
    count = len(values.items) if values is not None else 0
    if key is None or operator is None or "{{" in key.value + operator.value:
        return
    yield from _key(key)
    if operator.value not in _OPERATORS:
        known = ", ".join(_OPERATORS)
        yield Refusal(
            operator, f"'{operator.value}' is no operator of a selector; there are {known}"
        )
    elif operator.value in ("In", "NotIn") and count == 0:
        yield Refusal(operator, f"'{operator.value}' needs values")
    elif operator.value in ("Exists", "DoesNotExist") and count > 0:
        yield Refusal(operator, f"'{operator.value}' takes no values")
    for value in values.items if values is not None else ():
        if type(value) is Scalar and is_plain_text(value) and "{{" not in value.value:
            yield from _value(value)

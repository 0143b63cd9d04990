"""Values written in the manifest, as the text that Argo makes of them.

A parameter's value is an ``AnyString``: numbers are read as ``float64`` and written
without an exponent, booleans as ``true`` and ``false``, a list or a map becomes the
empty text without a word (``pkg/apis/workflow/v1alpha1/anystring.go`` of v4.1.2).
"""

from math import isfinite

from fanout_lint.syntax.nodes import Node, Scalar, scalars


def parameter_text(node: Node) -> str:
    """Return the text that Argo makes of a parameter's value."""
    if type(node) is not Scalar:
        return ""
    resolved = node.resolved
    if isinstance(resolved, str):
        return resolved
    if resolved is None or isinstance(resolved, bool):
        return json_text(node)
    if isinstance(resolved, int) and abs(resolved) <= _EXACT:
        return str(resolved)
    if not isfinite(resolved):
        return node.value
    return _without_exponent(float(resolved))


_EXACT = 2**53
"""A ``float64`` holds every whole number up to this one."""


def _without_exponent(number: float) -> str:
    """Return the shortest text that reads as *number*, as Go's ``FormatFloat(v, 'f', -1, 64)``."""
    from decimal import Decimal

    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def json_text(node: Scalar) -> str:
    """Return the JSON text of a scalar that is no string: numbers as Go writes them."""
    resolved = node.resolved
    if resolved is None:
        return "null"
    if isinstance(resolved, bool):
        return "true" if resolved else "false"
    if isinstance(resolved, float):
        if not isfinite(resolved):
            return node.value  # JSON has no such number; the shape stage says so.
        # Written only for numbers with a point, so its import is not paid for by others.
        from fanout_lint.languages.expression.json_text import json_float

        return json_float(resolved)
    return str(resolved)


def is_plain_text(node: Node) -> bool:
    """Whether the value's characters are those of the file, so that places in it can be shown."""
    return type(node) is Scalar and isinstance(node.resolved, str)


def has_tag(node: Node) -> bool:
    """Whether a tag stands anywhere in *node*."""
    return any("{{" in scalar.value for scalar in scalars(node))

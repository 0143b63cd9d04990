"""Values written in the manifest, as the text that Argo makes of them.

A parameter's value is an ``AnyString``: numbers and booleans become their JSON
text, a list or a map becomes the empty text without a word
(``pkg/apis/workflow/v1alpha1/anystring.go`` of v4.1.2).
"""

from fanout_lint.syntax.nodes import Mapping, Node, Scalar, Sequence


def parameter_text(node: Node) -> str:
    """Return the text that Argo makes of a parameter's value."""
    if type(node) is not Scalar:
        return ""
    resolved = node.resolved
    if isinstance(resolved, str):
        return resolved
    return json_text(node)


def json_text(node: Scalar) -> str:
    """Return the JSON text of a scalar that is no string: numbers as Go writes them."""
    resolved = node.resolved
    if resolved is None:
        return "null"
    if isinstance(resolved, bool):
        return "true" if resolved else "false"
    if isinstance(resolved, float):
        # Written only for numbers with a point, so its import is not paid for by others.
        from fanout_lint.languages.expression.json_text import json_float

        return json_float(resolved)
    return str(resolved)


def is_plain_text(node: Node) -> bool:
    """Whether the value's characters are those of the file, so that places in it can be shown."""
    return type(node) is Scalar and isinstance(node.resolved, str)


def has_tag(node: Node) -> bool:
    """Whether a tag stands anywhere in *node*."""
    stack = [node]
    while stack:
        current = stack.pop()
        if type(current) is Scalar:
            if "{{" in current.value:
                return True
        elif type(current) is Sequence:
            stack.extend(current.items)
        elif type(current) is Mapping:
            stack.extend(entry.value for entry in current.entries.values())
    return False

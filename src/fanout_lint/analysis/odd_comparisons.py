"""Comparisons in expressions that never hold, or always do.

All that Argo gives an expression is a text, and ``==`` converts nothing: ``'3' == 3`` is
false without an error. In a filter of ``jsonpath`` a word without quotes is the name of
nothing, and ``/…/`` around a pattern are a part of it (evilmonkeyinc/jsonpath v0.8.1).
"""

import re
from collections.abc import Iterator

from fanout_lint.analysis.oddity import Odd, Oddity
from fanout_lint.languages.expression import nodes

_WORD = r"[A-Za-z_][\w-]*+"
_NO_WORDS = frozenset(("true", "false", "null", "nil"))


def unequal(written: str, node: nodes.Binary, texts: dict[int, str]) -> Iterator[Odd]:
    """Yield *node* where it compares a text with what no text equals.

    *texts* are the names that stand for a text, by where they begin in *written*.
    """
    match node:
        case nodes.Binary(operator="==" | "!=" as operator, left=left, right=right):
            value = "false" if operator == "==" else "true"
        case nodes.Binary(operator="in", left=left, right=right):
            value = "false"
        case _:
            return
    pairs = [(left, right)] if node.operator == "in" else [(left, right), (right, left)]
    for side, other in pairs:
        name = texts.get(side.start)
        if name is None or written[side.start : side.end].strip() != name:
            continue
        is_other = _is_list_of_numbers(other) if node.operator == "in" else _is_no_text(other)
        if is_other:
            shown = written[other.start : other.end].strip()
            shown = f"any of {shown}" if node.operator == "in" else shown
            yield Odd(Oddity.UNEQUAL, node.start, node.end, name, shown, value)


def _is_no_text(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Unary):
        return isinstance(node.operand, nodes.Integer | nodes.Float)
    return isinstance(node, nodes.Integer | nodes.Float | nodes.Boolean)


def _is_list_of_numbers(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Array)
        and len(node.items) > 0
        and all(_is_no_text(item) for item in node.items)
    )


def never_passed(call: nodes.Call) -> Iterator[Odd]:
    """Yield the path of *call*, which is of ``jsonpath``, where its filter lets nothing pass."""
    from fanout_lint.languages.jsonpath_expression import JsonPathError, JsonPathUnknown
    from fanout_lint.languages.jsonpath_expression.scripts import Budget
    from fanout_lint.languages.jsonpath_expression.tokens import Filter, parse_path

    if len(call.arguments) != 2 or not isinstance(path := call.arguments[1], nodes.String):
        return
    try:
        tokens = parse_path(path.value, Budget())
    except (JsonPathError, JsonPathUnknown):
        return
    for token in tokens:
        if isinstance(token.step, Filter):
            for bad in _unmet(token.step.script.operation):
                yield Odd(Oddity.FILTER, path.start, path.end, "jsonpath", bad)


def _unmet(operation: object) -> Iterator[str]:
    """Yield the words of *operation* that keep all of it from holding."""
    from fanout_lint.languages.jsonpath_expression.scripts import Operation

    if not isinstance(operation, Operation):
        return
    if operation.operator == "&&":
        yield from _unmet(operation.left)
        yield from _unmet(operation.right)
    right = operation.right
    if not isinstance(right, str):
        return
    if operation.operator == "==" and re.fullmatch(_WORD, right) and right not in _NO_WORDS:
        yield right
    if operation.operator == "=~" and len(right) > 1 and right[0] == right[-1] == "/":
        yield right

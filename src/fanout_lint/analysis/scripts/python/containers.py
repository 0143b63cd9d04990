"""Lists, tuples, sets and maps as they are written, and what is taken out of them."""

import ast
from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.python.operations import (
    chained,
    plain,
)
from fanout_lint.analysis.scripts.python.render import (
    object_of,
)
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    DictObject,
    Elements,
    Iterable,
    Key,
    ListObject,
    Named,
    Str,
    Tuple,
    Value,
    join,
    join_values,
    known,
)
from fanout_lint.analysis.scripts.text import ANY_TEXT

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.expressions import Evaluator


def display(evaluator: "Evaluator", node: ast.List | ast.Tuple | ast.Set | ast.Dict) -> Value:
    if isinstance(node, ast.Dict):
        return dict_display(evaluator, node)
    elements = spread(evaluator, list(node.elts))
    if isinstance(node, ast.Tuple):
        if elements.items is None:
            return Iterable("tuple", elements)
        return Tuple(elements.items)
    return evaluator.machine.new_list(
        node, elements, "list" if isinstance(node, ast.List) else "set"
    )


def spread(evaluator: "Evaluator", nodes: list[ast.expr]) -> Elements:
    total = known(())
    for node in nodes:
        value = evaluator.value(node)
        more = evaluator.elements(value) if isinstance(node, ast.Starred) else known((value,))
        total = chained(total, more)
    return total


def dict_display(evaluator: "Evaluator", node: ast.Dict) -> Value:
    entries: dict[Key, Value] = {}
    other: Value | None = None
    perhaps: frozenset[object] = frozenset()
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = evaluator.value(value_node)
        if key_node is None:
            spread = object_of(value, evaluator.machine.state)
            if isinstance(spread, DictObject):
                entries |= spread.entries
                perhaps |= spread.perhaps
                other = spread.other if spread.other is not None else other
            else:
                other = OPAQUE
            continue
        key = plain(evaluator.value(key_node))
        if key is None:
            other = value if other is None else join(other, value)
        else:
            entries[key[0]] = value
    return evaluator.machine.new(node, DictObject(entries, other, perhaps))


def subscript(evaluator: "Evaluator", node: ast.Subscript) -> Value:
    value = evaluator.value(node.value)
    if isinstance(node.slice, ast.Slice):
        for part in (node.slice.lower, node.slice.upper, node.slice.step):
            evaluator.value(part)
        return sliced(evaluator, node, value)
    index = plain(evaluator.value(node.slice))
    match value:
        case Tuple(items) if index is not None and isinstance(index[0], int):
            return items[index[0]] if -len(items) <= index[0] < len(items) else OPAQUE
        case Named("os.environ"):
            return Str(ANY_TEXT)
        case Named("sys.argv") | Str():
            return Str(ANY_TEXT)
    item = object_of(value, evaluator.machine.state)
    if isinstance(item, DictObject):
        if index is not None and index[0] in item.entries:
            return item.entries[index[0]]
        others = [*item.entries.values(), *([] if item.other is None else [item.other])]
        return join_values(tuple(others)) if index is None else item.other or OPAQUE
    if isinstance(item, ListObject):
        found = item.elements.items
        if found is not None and index is not None and isinstance(index[0], int):
            return found[index[0]] if -len(found) <= index[0] < len(found) else OPAQUE
        return item.elements.item
    return OPAQUE


def sliced(evaluator: "Evaluator", node: ast.Subscript, value: Value) -> Value:
    if isinstance(value, Str) or value == Named("sys.argv"):
        return Str(ANY_TEXT) if isinstance(value, Str) else OPAQUE
    item = object_of(value, evaluator.machine.state)
    if isinstance(item, ListObject):
        return evaluator.machine.new_list(node, Elements(item.elements.item), item.kind)
    return (
        Iterable("tuple", Elements(join_values(value.items)))
        if isinstance(value, Tuple)
        else OPAQUE
    )

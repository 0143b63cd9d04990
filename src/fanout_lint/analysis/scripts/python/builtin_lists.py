"""Functions that make and measure lists and maps."""

import ast
from typing import TYPE_CHECKING, Final

from fanout_lint.analysis.scripts.python.operations import chained, plain
from fanout_lint.analysis.scripts.python.render import (
    object_of,
)
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    DictObject,
    Elements,
    Iterable,
    Key,
    Scalar,
    Str,
    Tuple,
    Typed,
    Value,
    join_values,
    kind_of,
    known,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fanout_lint.analysis.scripts.python.functions import Arguments, Caller


_BIGGEST_RANGE: Final = 300


def range_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    numbers = [plain(value) for value in arguments.positional]
    values = [n[0] for n in numbers if n is not None and isinstance(n[0], int)]
    if len(values) == len(numbers) and 1 <= len(values) <= 3 and not arguments.open:
        try:
            made = range(*values)
            length = len(made)
        except (ValueError, OverflowError):
            return Iterable("range", Elements(Typed("int")))
        if length <= _BIGGEST_RANGE:
            return Iterable("range", known(tuple(Scalar(number) for number in made)))
        return Iterable("range", Elements(Typed("int"), None, length))
    return Iterable("range", Elements(Typed("int")))


def listed(kind: str) -> "Callable[[Caller, Arguments, ast.Call], Value]":
    def listed(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
        if not arguments.positional:
            return caller.machine.new_list(node, known(()), kind)
        elements = caller.evaluator.elements(arguments.positional[0])
        if kind == "set" and elements.items is not None:
            distinct = tuple(dict.fromkeys(elements.items))
            elements = Elements(join_values(distinct), None, min(1, len(distinct)))
        return caller.machine.new_list(node, elements, kind)

    return listed


def sorted_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0]) if arguments.positional else None
    if elements is None:
        return OPAQUE
    items = elements.items
    plains = [plain(item) for item in items or ()]
    if items is not None and not arguments.keywords and all(plains):
        try:
            pairs = sorted(zip(plains, items, strict=True), key=lambda pair: pair[0])  # type: ignore[arg-type,return-value]
        except TypeError:
            return caller.machine.new_list(
                node, Elements(elements.item, None, elements.least, elements.optional)
            )
        return caller.machine.new_list(node, known(tuple(item for _, item in pairs)))
    if items is not None and len(items) < 2:
        return caller.machine.new_list(node, elements)
    caller.handed_over(arguments)
    return caller.machine.new_list(
        node, Elements(elements.item, None, elements.least, elements.optional)
    )


def reversed_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0])
    items = elements.items
    turned = known(items[::-1]) if items is not None else elements
    return Iterable("list_reverseiterator", turned)


def tuple_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    if not arguments.positional:
        return Tuple(())
    elements = caller.evaluator.elements(arguments.positional[0])
    return Tuple(elements.items) if elements.items is not None else Iterable("tuple", elements)


def dict_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    entries: dict[Key, Value] = {}
    other: Value | None = OPAQUE if arguments.open else None
    perhaps: frozenset[object] = frozenset()
    for value in arguments.positional[:1]:
        item = object_of(value, caller.machine.state)
        if isinstance(item, DictObject):
            entries, other, perhaps = dict(item.entries), item.other, item.perhaps
            continue
        pairs = caller.evaluator.elements(value)
        for pair in pairs.items if pairs.items is not None else ():
            key = plain(pair.items[0]) if isinstance(pair, Tuple) and len(pair.items) == 2 else None
            if key is None or not isinstance(pair, Tuple):
                other = OPAQUE
            else:
                entries[key[0]] = pair.items[1]
        other = OPAQUE if pairs.items is None else other
    entries.update(arguments.keywords)
    return caller.machine.new(node, DictObject(entries, other, perhaps))


def len_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    value = arguments.positional[0] if arguments.positional else OPAQUE
    text = text_of(value)
    if text is not None:
        return Scalar(len(text))
    if isinstance(value, Str):
        return Typed("int")
    items = caller.evaluator.elements(value).items
    return Typed("int") if items is None else Scalar(len(items))


def enumerate_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0])
    start = plain(arguments.get(1, "start") or Scalar(0))
    if elements.items is not None and start is not None and isinstance(start[0], int):
        pairs = [Tuple((Scalar(start[0] + i), v)) for i, v in enumerate(elements.items)]
        return Iterable("enumerate", known(tuple(pairs)))
    pair = Tuple((Typed("int"), elements.item))
    return Iterable("enumerate", Elements(pair, None, elements.least))


def zip_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    columns = [caller.evaluator.elements(value) for value in arguments.positional]
    items = [column.items for column in columns]
    if arguments.open:
        return Iterable("zip", Elements())
    if all(column is not None for column in items):
        rows = zip(*[column for column in items if column is not None], strict=False)
        return Iterable("zip", known(tuple(Tuple(tuple(row)) for row in rows)))
    row = Tuple(tuple(column.item for column in columns))
    return Iterable("zip", Elements(row, None, min((c.least for c in columns), default=0)))


def map_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    """Do ``map(function, …)`` at once, though it runs only when it is used up."""
    from fanout_lint.analysis.scripts.python.functions import Arguments as Made

    function = arguments.positional[0] if arguments.positional else OPAQUE
    columns = [caller.evaluator.elements(value) for value in arguments.positional[1:]]
    if len(columns) != 1:
        caller.handed_over(arguments)
        return Iterable("map", Elements())
    elements = columns[0]
    if elements.items is not None and len(elements.items) <= _BIGGEST_RANGE:
        results: list[Value] = []
        for index, item in enumerate(elements.items):
            caller.machine.turns = (*caller.machine.turns, index)
            results.append(caller.apply(function, Made([item], {}), node))
            caller.machine.turns = caller.machine.turns[:-1]
        return Iterable("map", known(tuple(results)))
    found: list[Value] = []

    def turn() -> Value:
        found.append(caller.apply(function, Made([elements.item], {}), node))
        return OPAQUE

    caller.machine.repeated(turn)
    return Iterable("map", Elements(found[-1] if found else OPAQUE, None, elements.least))


def filter_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    caller.handed_over(arguments)
    elements = caller.evaluator.elements(arguments.positional[-1])
    return Iterable("filter", Elements(elements.item))


def sum_call(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    elements = caller.evaluator.elements(arguments.positional[0])
    kind = kind_of(elements.item)
    return Typed(kind) if kind in ("int", "float") else OPAQUE


def product(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    columns = [caller.evaluator.elements(value) for value in arguments.positional]
    rows = known((Tuple(()),))
    for column in columns:
        if rows.items is None or column.items is None or len(rows.items) * len(column.items) > 300:
            return Iterable("itertools.product", Elements(Tuple(tuple(c.item for c in columns))))
        made = [
            Tuple((*row.items, item))
            for row in rows.items
            if isinstance(row, Tuple)
            for item in column.items
        ]
        rows = known(tuple(made))
    return Iterable("itertools.product", rows)


def chain(caller: "Caller", arguments: "Arguments", node: ast.Call) -> Value:
    total = known(())
    for value in arguments.positional:
        total = chained(total, caller.evaluator.elements(value))
    return Iterable("itertools.chain", Elements() if arguments.open else total)

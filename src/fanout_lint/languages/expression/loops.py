"""Functions that run a predicate for each item: ``all``, ``filter``, ``map``, ``reduce`` …

Follows ``compiler/compiler.go:BuiltinNode`` of expr-lang 1.17.8: which of them stop early
decides which items are never looked at.
"""

from collections.abc import Callable, Iterator
from typing import Final, Protocol

from msgspec import Struct

from fanout_lint.languages.expression.access import map_key
from fanout_lint.languages.expression.builtin_lists import sort_direction, sorted_items
from fanout_lint.languages.expression.nodes import Builtin, Node
from fanout_lint.languages.expression.operations import add, items_of, shown_type, text_bytes
from fanout_lint.languages.expression.values import (
    UNKNOWN,
    GoError,
    SizedNumber,
    TypedMap,
    Unknown,
    Unordered,
    has_unknown,
)


class Loop(Struct):
    """The list that is gone through, and how far."""

    items: list[object]
    keyed: bool  #: A map: it has a length, but no items that could be asked for.
    index: int = 0
    accumulated: object = None

    def steps(self, first: int = 0, step: int = 1) -> Iterator[int]:
        """Go through the items from *first*, backwards when *step* is -1."""
        for place in range(first, len(self.items))[::step]:
            self.index = place
            yield place

    def item(self) -> object:
        if self.keyed:
            raise GoError("the items of a map are keys(…) or values(…)")
        return self.items[self.index]


class LoopMachine(Protocol):
    """What a loop needs of the machine that runs it."""

    def value(self, node: Node) -> object: ...
    def truth(self, value: object) -> bool | None: ...
    def remember(self, size: int) -> None: ...
    def begin(self, loop: Loop) -> None: ...
    def end(self) -> None: ...
    def push(self, value: object) -> None: ...
    def pop(self, count: int) -> list[object]: ...
    def forget(self) -> None: ...


def _loop(value: object, name: str) -> Loop:
    if isinstance(value, str):
        return Loop([SizedNumber("uint8", byte) for byte in text_bytes(value)], False)
    if isinstance(value, dict):
        return Loop(list(value), True)
    if isinstance(value, TypedMap):
        return Loop(list(value.items), True)
    items = items_of(value)
    if items is None:
        raise GoError(f"{name} goes through a list, not through {shown_type(value)}")
    return Loop(items, False)


_Run = Callable[[LoopMachine, Builtin, Loop], object]

#: Those that answer the same in whatever order the items come.
_ORDERLESS: Final = frozenset({"all", "any", "none", "one", "count", "filter", "map"})


def _looping(run: _Run) -> Callable[[LoopMachine, Builtin], object]:
    def start(machine: LoopMachine, node: Builtin) -> object:
        value = machine.value(node.arguments[0])
        unordered = isinstance(value, Unordered)
        if isinstance(value, Unknown) or (unordered and node.name not in _ORDERLESS):
            if node.name.startswith("findLast"):
                machine.forget()
            return UNKNOWN
        loop = _loop(value, node.name)
        machine.begin(loop)
        result = run(machine, node, loop)
        machine.end()
        if unordered and isinstance(result, list) and len(result) > 1:
            return Unordered(result)
        return result

    return start


def _asked(machine: LoopMachine, node: Builtin, loop: Loop) -> bool | None:
    """Return what the predicate, or the item itself without one, says of the current item."""
    value = machine.value(node.arguments[1]) if len(node.arguments) > 1 else loop.item()
    return machine.truth(value)


def _quantified(stop: bool, result: bool) -> _Run:
    """``all``, ``any`` and ``none``: *result* at the first item of which *stop* is true."""

    def run(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
        for _ in loop.steps():
            truth = _asked(machine, node, loop)
            if truth is None:
                return UNKNOWN
            if truth is stop:
                return result
        return not result

    return run


def _one(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    count = _count(machine, node, loop)
    return UNKNOWN if isinstance(count, Unknown) else count == 1


def _count(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    count, unknown = 0, False
    for _ in loop.steps():
        truth = _asked(machine, node, loop)
        if truth is None and node.threshold is not None:
            return UNKNOWN
        unknown = unknown or truth is None
        count += truth is True
        if truth and node.threshold is not None and count >= node.threshold:
            return count
    return UNKNOWN if unknown else count


def _result(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    return loop.item() if node.mapped is None else machine.value(node.mapped)


def _filter(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    count, unknown = 0, False
    for _ in loop.steps():
        truth = _asked(machine, node, loop)
        unknown = unknown or truth is None
        if truth:
            machine.push(_result(machine, node, loop))
            count += 1
    machine.remember(count)
    found = machine.pop(count)
    return UNKNOWN if unknown else found


def _map(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    for _ in loop.steps():
        machine.push(machine.value(node.arguments[1]))
    machine.remember(len(loop.items))
    return machine.pop(len(loop.items))


def _sum(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    loop.accumulated = 0
    for _ in loop.steps():
        item = machine.value(node.arguments[1]) if len(node.arguments) > 1 else loop.item()
        loop.accumulated = add(item, loop.accumulated)
    return loop.accumulated


def _finder(step: int, *, index: bool) -> _Run:
    """Find from the front or, with *step* -1, from the back, which litters the stack."""

    def run(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
        for place in loop.steps(step=step):
            if step < 0:
                machine.push(True)
            truth = _asked(machine, node, loop)
            if truth is None:
                machine.forget()
                return UNKNOWN
            if truth:
                return place if index else _result(machine, node, loop)
        if node.throws:
            raise GoError("nothing in the list is of this kind, so that there is no such item")
        if step < 0:
            machine.push(False)
        return None

    return run


def _group(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    groups: dict[object, object] = {}
    unknown = False
    loop.accumulated = UNKNOWN
    for _ in loop.steps():
        key = machine.value(node.arguments[1])
        unknown = unknown or has_unknown(key)
        if isinstance(key, Unknown):
            continue
        entry = map_key(key)
        group = groups.setdefault(entry, [])
        if isinstance(group, list):
            group.append(loop.item())
    return UNKNOWN if unknown else TypedMap("interface {}", "[]interface {}", groups)


def _sort(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    descending = False
    if len(node.arguments) == 3:
        order = machine.value(node.arguments[2])
        if isinstance(order, Unknown):
            return UNKNOWN
        descending = sort_direction(order)
    keys: list[object] = []
    loop.accumulated = UNKNOWN
    for _ in loop.steps():
        keys.append(machine.value(node.arguments[1]))
        loop.item()
    machine.remember(len(keys))
    if has_unknown(keys):
        return UNKNOWN
    return sorted_items(loop.items, keys, descending=descending)


def _reduce(machine: LoopMachine, node: Builtin, loop: Loop) -> object:
    first = 0
    if len(node.arguments) == 3:
        loop.accumulated = machine.value(node.arguments[2])
    elif not loop.items:
        raise GoError("reduce needs an initial value where the list is empty")
    else:
        loop.accumulated = loop.item()
        first = 1
    for _ in loop.steps(first):
        loop.accumulated = machine.value(node.arguments[1])
    return loop.accumulated


LOOPS: Final[dict[str, Callable[[LoopMachine, Builtin], object]]] = {
    "all": _looping(_quantified(stop=False, result=False)),
    "any": _looping(_quantified(stop=True, result=True)),
    "none": _looping(_quantified(stop=True, result=False)),
    "one": _looping(_one),
    "filter": _looping(_filter),
    "map": _looping(_map),
    "count": _looping(_count),
    "sum": _looping(_sum),
    "find": _looping(_finder(1, index=False)),
    "findIndex": _looping(_finder(1, index=True)),
    "findLast": _looping(_finder(-1, index=False)),
    "findLastIndex": _looping(_finder(-1, index=True)),
    "groupBy": _looping(_group),
    "sortBy": _looping(_sort),
    "reduce": _looping(_reduce),
}

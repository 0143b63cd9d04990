"""Runs a filter on a document, as gojq does, within a budget of steps.

Every query gives a stream of values. Where a path is asked for (``path(…)``, ``del``,
assignments) each value carries the keys that lead to it.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from fanout_lint.languages.jq.environment import BROKEN, Closure, Item, Scope, computed
from fanout_lint.languages.jq.faults import JqBreak, JqError, JqRaised, JqUnknown
from fanout_lint.languages.jq.formats import apply_format
from fanout_lint.languages.jq.functions import FUNCTIONS
from fanout_lint.languages.jq.nodes import (
    UPDATES,
    Array,
    Binary,
    Bind,
    Break,
    Call,
    Cut,
    Define,
    Fold,
    Format,
    Identity,
    If,
    Index,
    Iterate,
    Label,
    Literal,
    Missing,
    Node,
    Object,
    Sign,
    Text,
    Try,
    Variable,
)
from fanout_lint.languages.jq.operators import OPERATORS, add, negate, plus, raised
from fanout_lint.languages.jq.paths import cut, index
from fanout_lint.languages.jq.patterns import bind, is_constant
from fanout_lint.languages.jq.streams import STREAMS
from fanout_lint.languages.jq.updates import update
from fanout_lint.languages.jq.values import is_true, kind_of, preview, sorted_keys

Items: TypeAlias = Iterator[Item]

#: How many steps a filter may take.
MAX_STEPS = 200_000


class Evaluation:
    """One run of a filter."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise JqUnknown

    def values(self, node: Node, scope: Scope, item: Item) -> Iterator[object]:
        """Yield what *node* gives on the value of *item*, paths left aside."""
        for _, value in self.run(node, scope, (None, item[1])):
            yield value

    def guarded(self, node: Node, call: Callable[..., object], *arguments: object) -> object:
        """Return what *call* gives; a failure gets the place of *node* unless it has one."""
        try:
            return call(*arguments)
        except JqError as error:
            if error.start < 0:
                error.start, error.end = node.start, node.end
            raise

    def run(self, node: Node, scope: Scope, item: Item) -> Items:
        self.spend()
        match node:
            case Identity():
                yield item
            case Literal(value=value):
                yield computed(item, value)
            case Variable(name=name):
                yield computed(item, _named(scope, "$" + name))
            case Call():
                yield from self._call(node, scope, item)
            case Index():
                yield from self._index(node, scope, item)
            case Cut():
                yield from self._cut(node, scope, item)
            case Iterate(target=target):
                for found in self.run(target, scope, item):
                    yield from self.children(node, found)
            case Binary():
                yield from self._binary(node, scope, item)
            case Define(function=function, body=body):
                yield from self.run(body, scope.with_function(function), item)
            case Bind() | Fold() | Label() | Break() | Try() | If():
                yield from self._control(node, scope, item)
            case Missing():
                raise JqUnknown
            case _:
                for value in self._made(node, scope, item):
                    yield computed(item, value)

    def _made(self, node: Node, scope: Scope, item: Item) -> Iterator[object]:
        """Yield the values of nodes that make new ones."""
        match node:
            case Format(name=name):
                yield self.guarded(node, apply_format, name, item[1])
            case Text(parts=parts):
                yield from self._text(node, parts, scope, item)
            case Array(body=body):
                yield list(self.values(body, scope, item)) if body else []
            case Object():
                for pairs in self._entries(node, 0, scope, item):
                    yield self.guarded(node, _object, pairs)
            case Sign(sign=sign, operand=operand):
                for value in self.values(operand, scope, item):
                    yield self.guarded(node, negate if sign == "-" else plus, value)

    def _control(self, node: Node, scope: Scope, item: Item) -> Items:
        match node:
            case If(condition=condition, body=body, otherwise=otherwise):
                for value in self.values(condition, scope, item):
                    branch = body if is_true(value) else otherwise
                    yield from self.run(branch, scope, item) if branch else iter((item,))
            case Try(body=body, handler=handler):
                yield from self._try(body, handler, scope, item)
            case Label(name=name, body=body):
                mark = object()
                inner = scope.with_name("label " + name, mark)
                try:
                    yield from self.run(body, inner, item)
                except JqBreak as end:
                    if end.label is not mark:
                        raise
            case Break(name=name):
                raise JqBreak(_named(scope, "label " + name))
            case Bind(source=source, patterns=patterns, body=body):
                if len(patterns) > 1:
                    raise JqUnknown
                for value in self.values(source, scope, item):
                    for inner in bind(self, patterns[0], value, scope, node):
                        yield from self.run(body, inner, item)
            case Fold():
                if item[0] is not None:
                    raise JqUnknown
                yield from self._fold(node, scope, item)

    def _try(self, body: Node, handler: Node | None, scope: Scope, item: Item) -> Items:
        stream = self.run(body, scope, item)
        while True:
            try:
                found = next(stream)
            except StopIteration:
                return
            except JqRaised as error:
                failure = error
                break
            yield found
        if handler:
            yield from self.run(handler, scope, computed(item, failure.value))

    def children(self, node: Node, item: Item) -> Items:
        """Yield the items of an array, or the values of an object in the order of its keys."""
        path, value = item
        pairs: list[tuple[object, object]]
        match value:
            case list():
                pairs = [*enumerate(value)]
            case dict():
                pairs = [(key, value[key]) for key in sorted_keys(value)]
            case _:
                error = raised(f"{kind_of(value)} ({preview(value)}) has nothing to iterate over")
                error.start, error.end = node.start, node.end
                raise error
        for key, child in pairs:
            self.spend()
            yield extended(path, key), child

    def _index(self, node: Index, scope: Scope, item: Item) -> Items:
        if is_constant(node.key):
            key = next(self.values(node.key, scope, item))
            for path, value in self.run(node.target, scope, item):
                yield extended(path, key), self.guarded(node, index, value, key)
            return
        for key in self.values(node.key, scope, item):
            for path, value in self.run(node.target, scope, item):
                yield extended(path, key), self.guarded(node, index, value, key)

    def _cut(self, node: Cut, scope: Scope, item: Item) -> Items:
        for first in self._bounds(node.first, scope, item):
            for last in self._bounds(node.last, scope, item):
                for path, value in self.run(node.target, scope, item):
                    key = {"start": first, "end": last}
                    yield extended(path, key), self.guarded(node, cut, value, first, last)

    def _bounds(self, bound: Node | None, scope: Scope, item: Item) -> Iterator[object]:
        return self.values(bound, scope, item) if bound else iter((None,))

    def _text(
        self, node: Node, parts: tuple[str | Node, ...], scope: Scope, item: Item
    ) -> Iterator[str]:
        """Yield the texts of a string; its first insertion varies fastest."""
        if not parts:
            yield ""
            return
        *before, last = parts
        assert isinstance(node, Text)
        endings: Iterator[str] = (
            iter((last,))
            if isinstance(last, str)
            else (
                str(self.guarded(node, apply_format, node.format or "@text", value))
                for value in self.values(last, scope, item)
            )
        )
        for ending in endings:
            for beginning in self._text(node, tuple(before), scope, item):
                yield str(self.guarded(node, add, beginning, ending))

    def _entries(
        self, node: Object, place: int, scope: Scope, item: Item
    ) -> Iterator[tuple[tuple[object, object], ...]]:
        """Yield the pairs of an object from entry *place* on; the last entry varies fastest."""
        if place == len(node.entries):
            yield ()
            return
        entry = node.entries[place]
        for key in self.values(entry.key, scope, item):
            values = (
                self.values(entry.value, scope, item)
                if entry.value
                else iter((self.guarded(entry.key, index, item[1], key),))
            )
            for value in values:
                for rest in self._entries(node, place + 1, scope, item):
                    yield ((key, value), *rest)

    def _binary(self, node: Binary, scope: Scope, item: Item) -> Items:
        operator = node.operator
        if operator == "|":
            for found in self.run(node.left, scope, item):
                yield from self.run(node.right, scope, found)
        elif operator == ",":
            yield from self.run(node.left, scope, item)
            yield from self.run(node.right, scope, item)
        elif operator == "//":
            yield from self._alternative(node, scope, item)
        elif operator in ("and", "or"):
            for value in self._logic(node, scope, item):
                yield computed(item, value)
        elif operator in UPDATES:
            for changed in update(self, node, scope, item):
                yield computed(item, changed)
        else:
            for right in self.values(node.right, scope, item):
                for left in self.values(node.left, scope, item):
                    found_value = self.guarded(node, OPERATORS[operator], left, right)
                    yield computed(item, found_value)

    def _alternative(self, node: Binary, scope: Scope, item: Item) -> Items:
        found_any = False
        for found in self.run(node.left, scope, item):
            if is_true(found[1]):
                found_any = True
                yield found
        if not found_any:
            yield from self.run(node.right, scope, item)

    def _logic(self, node: Binary, scope: Scope, item: Item) -> Iterator[bool]:
        for left in self.values(node.left, scope, item):
            if is_true(left) is (node.operator == "or"):
                yield node.operator == "or"
            else:
                for right in self.values(node.right, scope, item):
                    yield is_true(right)

    def _fold(self, node: Fold, scope: Scope, item: Item) -> Items:
        for state in self.values(node.first, scope, item):
            for value in self.values(node.source, scope, item):
                for inner in bind(self, node.pattern, value, scope, node):
                    for updated in self.run(node.update, inner, (None, state)):
                        state = updated[1]
                        if node.word == "reduce":
                            continue
                        if node.extract:
                            yield from self.run(node.extract, inner, updated)
                        else:
                            yield updated
            if node.word == "reduce":
                yield (None, state)

    def _call(self, node: Call, scope: Scope, item: Item) -> Items:
        name = f"{node.name}/{len(node.arguments)}"
        closure = scope.names.get(name)
        if isinstance(closure, Closure):
            yield from self._enter(closure, node, scope, item)
        elif name in STREAMS:
            yield from STREAMS[name](self, node, scope, item)
        elif name in FUNCTIONS:
            for arguments in self.arguments(node, scope, item):
                value = self.guarded(node, FUNCTIONS[name], item[1], *arguments)
                yield _located(name, item, arguments, value)
        else:
            raise JqUnknown

    def arguments(self, node: Call, scope: Scope, item: Item) -> Iterator[tuple[object, ...]]:
        """Yield the values of all arguments; the first varies fastest."""
        return self._tuples(node.arguments, scope, item)

    def _tuples(
        self, nodes: tuple[Node, ...], scope: Scope, item: Item
    ) -> Iterator[tuple[object, ...]]:
        if not nodes:
            yield ()
            return
        for last in self.values(nodes[-1], scope, item):
            for before in self._tuples(nodes[:-1], scope, item):
                yield (*before, last)

    def _enter(self, closure: Closure, node: Call, scope: Scope, item: Item) -> Items:
        """Run a closure's body; parameters with ``$`` are run first, the first outermost."""
        inner = closure.scope
        for parameter, argument in zip(closure.parameters, node.arguments, strict=True):
            name = parameter.removeprefix("$") + "/0"
            inner = inner.with_name(name, Closure((), argument, scope))
        yield from self._with_values(closure, node, 0, inner, scope, item)

    def _with_values(
        self, closure: Closure, node: Call, place: int, inner: Scope, scope: Scope, item: Item
    ) -> Items:
        if place == len(closure.parameters):
            yield from self.run(closure.body, inner, item)
            return
        parameter = closure.parameters[place]
        if not parameter.startswith("$"):
            yield from self._with_values(closure, node, place + 1, inner, scope, item)
            return
        for value in self.values(node.arguments[place], scope, item):
            bound = inner.with_name(parameter, value)
            yield from self._with_values(closure, node, place + 1, bound, scope, item)


def _named(scope: Scope, name: str) -> object:
    if name not in scope.names:
        raise JqUnknown
    return scope.names[name]


def _object(pairs: tuple[tuple[object, object], ...]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if kind_of(key) != "string" or not isinstance(key, str):
            raise raised(f"a key is a string, not {kind_of(key)} ({preview(key)})")
        made[key] = value
    return made


def extended(path: tuple[object, ...] | None, key: object) -> tuple[object, ...] | None:
    if path is BROKEN:
        raise JqUnknown
    return None if path is None else (*path, key)


def _located(name: str, item: Item, arguments: tuple[object, ...], value: object) -> Item:
    path = item[0]
    if path is None or path is BROKEN:
        return computed(item, value)
    match name, arguments:
        case "getpath/1", (list() as keys,):
            return (*path, *keys), value
        case "first/0", _:
            return (*path, 0), value
        case "last/0", _:
            return (*path, -1), value
        case "nth/1", (key,):
            return (*path, key), value
    return computed(item, value)

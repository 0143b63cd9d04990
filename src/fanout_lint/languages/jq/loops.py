"""jq's functions that go on and on: ``while``, ``until``, ``range``, ``limit`` and kin."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from fanout_lint.languages.jq.environment import Item, Scope, computed
from fanout_lint.languages.jq.faults import JqRaised, JqUnknown
from fanout_lint.languages.jq.nodes import Call, Node
from fanout_lint.languages.jq.operators import add, raised
from fanout_lint.languages.jq.updates import Runner, Stream
from fanout_lint.languages.jq.values import compare, is_true, kind_of, whole


def depth_first(
    runner: Runner, item: Item, below: Callable[[Item], Iterator[Item]]
) -> Iterator[Item]:
    """Yield *item* and all that *below* gives of it and of that in turn, depth first."""
    yield item
    waiting = [below(item)]
    while waiting:
        runner.spend()
        try:
            found = next(waiting[-1])
        except StopIteration:
            waiting.pop()
            continue
        yield found
        waiting.append(below(found))


def _while(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    condition, step = node.arguments

    def kept(found: Item) -> Iterator[Item]:
        for value in runner.values(condition, scope, found):
            if is_true(value):
                yield found

    def below(found: Item) -> Iterator[Item]:
        for child in runner.run(step, scope, found):
            yield from kept(child)

    for first in kept(item):
        yield from depth_first(runner, first, below)


def _until(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    condition, step = node.arguments
    waiting: list[Iterator[Item]] = [iter((item,))]
    while waiting:
        runner.spend()
        try:
            found = next(waiting[-1])
        except StopIteration:
            waiting.pop()
            continue
        verdicts = [*map(is_true, runner.values(condition, scope, found))]
        if len(verdicts) != 1:
            raise JqUnknown
        if verdicts[0]:
            yield found
        else:
            waiting.append(runner.run(step, scope, found))


def _repeat(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    while True:
        runner.spend()
        yield from runner.run(node.arguments[0], scope, item)


def _range(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    counts = len(node.arguments)
    for values in _nested(runner, node.arguments, scope, item):
        if any(kind_of(value) != "number" for value in values):
            raise _placed(node, raised("range takes numbers alone"))
        first, last, step = (
            (0, values[0], 1) if counts == 1 else (*values, 1) if counts == 2 else values
        )
        yield from _steps(runner, item, first, last, step)


def _placed(node: Node, error: JqRaised) -> JqRaised:
    error.start, error.end = node.start, node.end
    return error


def _nested(
    runner: Runner, nodes: tuple[Node, ...], scope: Scope, item: Item
) -> Iterator[tuple[object, ...]]:
    """Yield the values of *nodes*; the last varies fastest."""
    if not nodes:
        yield ()
        return
    for first in runner.values(nodes[0], scope, item):
        for rest in _nested(runner, nodes[1:], scope, item):
            yield (first, *rest)


def _steps(runner: Runner, item: Item, value: object, last: object, step: object) -> Iterator[Item]:
    while compare(step, 0) * compare(value, last) < 0:
        runner.spend()
        yield computed(item, value)
        value = add(value, step)


def _counted(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[tuple[int, Node]]:
    """Yield each count that the first argument gives, with the query that is counted."""
    counter, query = node.arguments
    for count in runner.values(counter, scope, item):
        if kind_of(count) != "number" or not isinstance(count, int | float):
            raise JqUnknown
        if count < 0 or count != count:
            raise _placed(node, raised(f"{node.name} takes no count below 0"))
        number = whole(count, up=True)
        yield (number if number is not None else 0), query


def _limit(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for count, query in _counted(runner, node, scope, item):
        if count and item[0] is not None:
            raise JqUnknown
        yield from islice(runner.run(query, scope, item), count)


def _skip(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for count, query in _counted(runner, node, scope, item):
        if count and item[0] is not None:
            raise JqUnknown
        yield from islice(runner.run(query, scope, item), count, None)


def _nth(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for count, query in _counted(runner, node, scope, item):
        if count and item[0] is not None:
            raise JqUnknown
        yield from islice(runner.run(query, scope, item), count, count + 1)


LOOPS: Mapping[str, Stream] = {
    "while/2": _while,
    "until/2": _until,
    "repeat/1": _repeat,
    **{f"range/{count}": _range for count in (1, 2, 3)},
    "limit/2": _limit,
    "skip/2": _skip,
    "nth/2": _nth,
}

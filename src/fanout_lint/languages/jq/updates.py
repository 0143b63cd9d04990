"""jq's assignments: ``=``, ``|=`` and the kin of ``+=``."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

from fanout_lint.languages.jq.environment import BROKEN, Item, Scope
from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.nodes import Binary, Call, Node
from fanout_lint.languages.jq.operators import OPERATORS
from fanout_lint.languages.jq.paths import delete_paths, get_path, set_path


class Runner(Protocol):
    """What runs the queries inside."""

    def run(self, node: Node, scope: Scope, item: Item) -> Iterator[Item]: ...

    def values(self, node: Node, scope: Scope, item: Item) -> Iterator[object]: ...

    def guarded(self, node: Node, call: Callable[..., object], *arguments: object) -> object: ...

    def spend(self) -> None: ...

    def children(self, node: Node, item: Item) -> Iterator[Item]: ...

    def arguments(self, node: Call, scope: Scope, item: Item) -> Iterator[tuple[object, ...]]: ...


#: A function whose arguments are queries: it runs them itself.
Stream: TypeAlias = Callable[[Runner, Call, Scope, Item], Iterator[Item]]


def paths_of(runner: Runner, node: Node, scope: Scope, value: object) -> Iterator[list[object]]:
    """Yield the paths that *node* goes on *value*."""
    for path, _ in runner.run(node, scope, ((), value)):
        if path is None or path is BROKEN:
            raise JqUnknown
        yield [*path]


def update(runner: Runner, node: Binary, scope: Scope, item: Item) -> Iterator[object]:
    value = item[1]
    if node.operator == "|=":
        yield modify(
            runner,
            node,
            node.left,
            scope,
            value,
            lambda present: runner.values(node.right, scope, (None, present)),
        )
        return
    for right in runner.values(node.right, scope, item):
        if node.operator == "=":
            changed = value
            for path in paths_of(runner, node.left, scope, value):
                changed = runner.guarded(node, set_path, changed, path, right)
            yield changed
        else:
            operation = OPERATORS[node.operator.removesuffix("=")]
            yield modify(
                runner, node, node.left, scope, value, _operated(runner, node, operation, right)
            )


def _operated(
    runner: Runner, node: Node, operation: Callable[[object, object], object], right: object
) -> Callable[[object], Iterator[object]]:
    def operated(present: object) -> Iterator[object]:
        yield runner.guarded(node, operation, present, right)

    return operated


def modify(
    runner: Runner,
    node: Node,
    target: Node,
    scope: Scope,
    value: object,
    change: Callable[[object], Iterator[object]],
) -> object:
    """Return *value* with the first that *change* gives at each path, or without the path."""
    deleted: list[object] = []
    changed = value
    for path in paths_of(runner, target, scope, value):
        runner.spend()
        present = runner.guarded(node, get_path, changed, path)
        for new in change(present):
            changed = runner.guarded(node, set_path, changed, path, new)
            break
        else:
            deleted.append(path)
    return runner.guarded(node, delete_paths, changed, deleted)

"""jq's functions whose arguments are queries of their own: ``map``, ``select``, ``recurse`` …"""

from collections.abc import Iterator, Mapping
from itertools import islice

from fanout_lint.languages.jq.environment import Item, Scope, computed
from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.functions import FUNCTIONS, sum_of, values_of
from fanout_lint.languages.jq.loops import LOOPS, depth_first
from fanout_lint.languages.jq.matches import MATCHES
from fanout_lint.languages.jq.nodes import Call, Identity, Iterate
from fanout_lint.languages.jq.paths import delete_paths, get_path, set_path
from fanout_lint.languages.jq.sorting import by_keys
from fanout_lint.languages.jq.updates import Runner, Stream, modify, paths_of
from fanout_lint.languages.jq.values import compare, is_true, kind_of, to_text


def _empty(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    return iter(())


def _unknown(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    raise JqUnknown


def _path(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for path in paths_of(runner, node.arguments[0], scope, item[1]):
        yield computed(item, path)


def _select(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for value in runner.values(node.arguments[0], scope, item):
        if is_true(value):
            yield item


def _of_kind(*kinds: str, inverted: bool = False) -> Stream:
    def select(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
        if (kind_of(item[1]) in kinds) is not inverted:
            yield item

    return select


def _finites(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    if FUNCTIONS["isfinite/0"](item[1]):
        yield item


def _map(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    found: list[object] = []
    for child in runner.children(node, (None, item[1])):
        found += runner.values(node.arguments[0], scope, child)
    yield computed(item, found)


def _map_values(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    target = Iterate(Identity(node.start, node.start), node.start, node.end)
    yield computed(
        item,
        modify(
            runner,
            node,
            target,
            scope,
            item[1],
            lambda present: runner.values(node.arguments[0], scope, (None, present)),
        ),
    )


def _with_entries(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    found: list[object] = []
    entries = runner.guarded(node, FUNCTIONS["to_entries/0"], item[1])
    for entry in values_of("with_entries", entries):
        found += runner.values(node.arguments[0], scope, (None, entry))
    yield computed(item, runner.guarded(node, FUNCTIONS["from_entries/0"], found))


def _add(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    found = [*runner.values(node.arguments[0], scope, item)]
    yield computed(item, runner.guarded(node, sum_of, found))


def _recurse_all(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    def below(found: Item) -> Iterator[Item]:
        is_deep = kind_of(found[1]) in ("array", "object")
        return runner.children(node, found) if is_deep else iter(())

    return depth_first(runner, item, below)


def _recurse(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    return depth_first(runner, item, lambda found: runner.run(node.arguments[0], scope, found))


def _recurse_while(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    step, condition = node.arguments

    def below(found: Item) -> Iterator[Item]:
        for child in runner.run(step, scope, found):
            for value in runner.values(condition, scope, child):
                if is_true(value):
                    yield child

    return depth_first(runner, item, below)


def _first(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    return islice(runner.run(node.arguments[0], scope, item), 1)


def _last(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    if item[0] is not None:
        raise JqUnknown
    found: list[Item] = []
    for one in runner.run(node.arguments[0], scope, item):
        found = [one]
    return iter(found)


def _isempty(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for _ in runner.values(node.arguments[0], scope, item):
        yield computed(item, False)
        return
    yield computed(item, True)


def _quantified(wanted: bool) -> Stream:
    """Return ``any`` (*wanted* true) or ``all``, which stop at the first that decides."""

    def quantified(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
        for verdict in _verdicts(runner, node, scope, item):
            if verdict is wanted:
                yield computed(item, wanted)
                return
        yield computed(item, not wanted)

    return quantified


def _verdicts(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[bool]:
    inner = (None, item[1])
    match node.arguments:
        case ():
            yield from (is_true(child[1]) for child in runner.children(node, inner))
        case (condition,):
            for child in runner.children(node, inner):
                yield from map(is_true, runner.values(condition, scope, child))
        case (source, condition):
            for found in runner.run(source, scope, inner):
                yield from map(is_true, runner.values(condition, scope, found))


def _by(name: str) -> Stream:
    def sort(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
        children = runner.children(node, (None, item[1]))
        keys = [[*runner.values(node.arguments[0], scope, child)] for child in children]
        yield computed(item, runner.guarded(node, by_keys, name, item[1], keys))

    return sort


def _paths(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for path, value in _recurse_all(runner, node, scope, ((), item[1])):
        kept = iter((True,))
        if node.arguments:
            verdicts = runner.values(node.arguments[0], scope, (None, value))
            kept = iter([True for verdict in verdicts if is_true(verdict)])
        for _ in kept:
            if path:
                yield computed(item, [*path])


def _del(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    paths = [*paths_of(runner, node.arguments[0], scope, item[1])]
    yield computed(item, runner.guarded(node, delete_paths, item[1], paths))


def _pick(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    picked: object = None
    for path in paths_of(runner, node.arguments[0], scope, item[1]):
        found = runner.guarded(node, get_path, item[1], path)
        picked = runner.guarded(node, set_path, picked, path, found)
    yield computed(item, picked)


def _walk(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for value in _walked(runner, node, scope, item[1], 0):
        yield computed(item, value)


def _walked(
    runner: Runner, node: Call, scope: Scope, value: object, depth: int
) -> Iterator[object]:
    if depth > 100:
        raise JqUnknown
    runner.spend()
    if isinstance(value, list):
        value = [new for one in value for new in _walked(runner, node, scope, one, depth + 1)]
    elif isinstance(value, dict):
        made: dict[str, object] = {}
        for key, one in value.items():
            for new in islice(_walked(runner, node, scope, one, depth + 1), 1):
                made[key] = new
        value = made
    yield from runner.values(node.arguments[0], scope, (None, value))


def _in(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    *sources, candidates = node.arguments
    for candidate in runner.values(candidates, scope, item):
        wanted = runner.values(sources[0], scope, item) if sources else iter((item[1],))
        for one in wanted:
            if compare(one, candidate) == 0:
                yield computed(item, True)
                return
    yield computed(item, False)


def _indexed(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    """Give an object of all rows by the text of what the last argument gives for each."""
    *sources, key_query = node.arguments
    inner = (None, item[1])
    rows = runner.run(sources[0], scope, inner) if sources else runner.children(node, inner)
    made: dict[str, object] = {}
    for row in rows:
        for key in runner.values(key_query, scope, row):
            made = {**made, to_text(key): row[1]}
    yield computed(item, made)


def _combinations(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    rows = [values_of("combinations", row) for row in values_of("combinations", item[1])]
    if not isinstance(item[1], list):
        raise JqUnknown
    chosen: list[list[object]] = [[]]
    for row in rows:
        chosen = [[*one, value] for one in chosen for value in row]
        if len(chosen) > 5_000:
            raise JqUnknown
    for one in chosen:
        yield computed(item, one)


STREAMS: Mapping[str, Stream] = {
    **MATCHES,
    **LOOPS,
    "empty/0": _empty,
    "path/1": _path,
    "select/1": _select,
    "arrays/0": _of_kind("array"),
    "objects/0": _of_kind("object"),
    "iterables/0": _of_kind("array", "object"),
    "booleans/0": _of_kind("boolean"),
    "numbers/0": _of_kind("number"),
    "strings/0": _of_kind("string"),
    "nulls/0": _of_kind("null"),
    "values/0": _of_kind("null", inverted=True),
    "scalars/0": _of_kind("array", "object", inverted=True),
    "map/1": _map,
    "map_values/1": _map_values,
    "with_entries/1": _with_entries,
    "add/1": _add,
    "recurse/0": _recurse_all,
    "recurse/1": _recurse,
    "recurse/2": _recurse_while,
    "first/1": _first,
    "last/1": _last,
    "isempty/1": _isempty,
    **{f"any/{count}": _quantified(True) for count in range(3)},
    **{f"all/{count}": _quantified(False) for count in range(3)},
    **{f"{name}_by/1": _by(name) for name in ("sort", "group", "unique", "min", "max")},
    "paths/0": _paths,
    "paths/1": _paths,
    "del/1": _del,
    "pick/1": _pick,
    "walk/1": _walk,
    "IN/1": _in,
    "IN/2": _in,
    "INDEX/1": _indexed,
    "INDEX/2": _indexed,
    "combinations/0": _combinations,
    "finites/0": _finites,
    "env/0": _unknown,
}

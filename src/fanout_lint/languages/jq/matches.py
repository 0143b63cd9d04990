"""jq's functions of regular expressions, which are Go's: ``test``, ``match``, ``sub`` and kin."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from fanout_lint.languages.goregexp import (
    Machine,
    RegexpError,
    Spans,
    TooMuchWork,
    compile_goregexp,
)
from fanout_lint.languages.jq.environment import Item, Scope, computed
from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.nodes import Call, Node
from fanout_lint.languages.jq.operators import add, raised
from fanout_lint.languages.jq.updates import Runner, Stream
from fanout_lint.languages.jq.values import kind_of, preview

_MAX_MATCHES = 5_000

Found: TypeAlias = "tuple[Machine, list[Spans]]"


def _compiled(pattern: object, flags: object, text: object) -> Machine:
    if kind_of(text) != "string" or kind_of(pattern) != "string":
        raise raised(f"a regular expression is matched with a string, not {kind_of(text)}")
    if flags is not None and kind_of(flags) != "string":
        raise raised(f"flags are a string, not {kind_of(flags)}")
    letters = str(flags or "")
    if set(letters) - set("gim"):
        raise raised(f"the flags 'g', 'i' and 'm' are known, and {letters!r} are not")
    prefix = ("(?s)" if "m" in letters else "") + ("(?i)" if "i" in letters else "")
    try:
        machine = compile_goregexp(prefix + str(pattern))
    except RegexpError as error:
        raise raised(f"the regular expression {preview(pattern)}: {error}") from error
    if machine is None:
        raise JqUnknown
    return machine


def _matches(value: object, pattern: object, flags: object) -> Found:
    """Return the matches of *pattern*, all with the flag ``g``."""
    machine = _compiled(pattern, flags, value)
    text = str(value)
    found: list[Spans] = []
    place, previous_end = 0, -1
    while place <= len(text):
        try:
            spans = machine.search(text, place)
        except TooMuchWork as error:
            raise JqUnknown from error
        if spans is None:
            break
        start, end = spans[:2]
        if end != place or start != previous_end:
            found.append(spans)
        place = place + 1 if end == place else end
        previous_end = end
        if "g" not in str(flags or "") or len(found) > _MAX_MATCHES:
            break
    if len(found) > _MAX_MATCHES:
        raise JqUnknown
    return machine, found


def _captures(machine: Machine, spans: Spans, text: str) -> list[dict[str, object]]:
    captures: list[dict[str, object]] = []
    for number, name in enumerate(machine.names):
        start, end = spans[2 * number], spans[2 * number + 1]
        capture: dict[str, object] = {"offset": start, "length": end - start}
        capture |= {"string": text[start:end] if start >= 0 else None, "name": name or None}
        captures.append(capture)
    return captures[1:]


def _named(machine: Machine, spans: Spans, text: str) -> dict[str, object]:
    captures = _captures(machine, spans, text)
    return {str(one["name"]): one["string"] for one in captures if one["name"]}


def _calls(
    runner: Runner, node: Call, scope: Scope, item: Item, also: str = ""
) -> Iterator[tuple[str, Machine, list[Spans]]]:
    """Yield text, machine and matches for each pattern and flags that the arguments give."""
    pattern_node, *flag_nodes = node.arguments
    for pattern in runner.values(pattern_node, scope, item):
        choices = runner.values(flag_nodes[0], scope, item) if flag_nodes else iter((None,))
        for flags in choices:
            wanted = runner.guarded(node, add, flags, also) if also else flags
            found = runner.guarded(node, _matches, item[1], pattern, wanted)
            assert isinstance(found, tuple)
            yield str(item[1]), *found


def _test(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for _, _, found in _calls(runner, node, scope, item):
        yield computed(item, bool(found))


def _match(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for text, machine, found in _calls(runner, node, scope, item):
        for spans in found:
            start, end = spans[:2]
            value: dict[str, object] = {"offset": start, "length": end - start}
            captures: list[object] = [*_captures(machine, spans, text)]
            value |= {"string": text[start:end], "captures": captures}
            yield computed(item, value)


def _capture(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for text, machine, found in _calls(runner, node, scope, item):
        for spans in found:
            yield computed(item, _named(machine, spans, text))


def _scan(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for text, machine, found in _calls(runner, node, scope, item, "g"):
        for spans in found:
            captures = [one["string"] for one in _captures(machine, spans, text)]
            yield computed(item, captures or text[spans[0] : spans[1]])


def _pieces(text: str, found: list[Spans]) -> list[object]:
    starts = [0, *(spans[1] for spans in found)]
    ends = [*(spans[0] for spans in found), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _splits(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for text, _, found in _calls(runner, node, scope, item, "g"):
        for piece in _pieces(text, found):
            yield computed(item, piece)


def _split(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
    for text, _, found in _calls(runner, node, scope, item, "g"):
        yield computed(item, _pieces(text, found))


def _sub(everywhere: str) -> Stream:
    def substitute(runner: Runner, node: Call, scope: Scope, item: Item) -> Iterator[Item]:
        pattern, replacement, *flags = node.arguments
        matching = Call(node.name, (pattern, *flags), node.start, node.end)
        for text, machine, found in _calls(runner, matching, scope, item, everywhere):
            for value in _substituted(runner, replacement, scope, text, machine, found):
                yield computed(item, value)

    return substitute


def _substituted(
    runner: Runner, replacement: Node, scope: Scope, text: str, machine: Machine, found: list[Spans]
) -> Iterator[object]:
    """Yield *text* with its matches replaced, once for each value that *replacement* gives."""
    results: list[object] = []
    place = 0
    for spans in found:
        captures = _named(machine, spans, text)
        news = [*runner.values(replacement, scope, (None, captures))]
        if results and len(news) != len(results):
            raise JqUnknown
        results = results or [None] * len(news)
        for number, new in enumerate(news):
            new = runner.guarded(replacement, add, text[place : spans[0]], new)
            results[number] = runner.guarded(replacement, add, results[number], new)
        place = spans[1]
        if not results:
            raise JqUnknown
    if not found:
        yield text
    for result in results:
        yield runner.guarded(replacement, add, result, text[place:])


MATCHES: Mapping[str, Stream] = {
    **{f"test/{count}": _test for count in (1, 2)},
    **{f"match/{count}": _match for count in (1, 2)},
    **{f"capture/{count}": _capture for count in (1, 2)},
    **{f"scan/{count}": _scan for count in (1, 2)},
    **{f"splits/{count}": _splits for count in (1, 2)},
    "split/2": _split,
    **{f"sub/{count}": _sub("") for count in (2, 3)},
    **{f"gsub/{count}": _sub("g") for count in (2, 3)},
}

"""How many runs a loop has: at least, at most, and as the files are written.

The list that a loop's outputs make holds one entry for each run that succeeded
(``workflow/controller/operator.go:processAggregateNodeOutputs`` of v4.1.2), so a loop
over it is never wider than the loop that made it.
"""

from msgspec import Struct

from fanout_lint.analysis.literals import has_tag
from fanout_lint.analysis.origins import Composed, Literal, Origin, Origins
from fanout_lint.analysis.sites import Site
from fanout_lint.analysis.waiting import ways_before
from fanout_lint.languages.gonumber import atoi
from fanout_lint.model.workflow import Step
from fanout_lint.syntax.nodes import Mapping, Node, child_scalar

_NO_SUCCESS = frozenset(("Failed", "Errored", "Omitted"))


class Width(Struct, frozen=True):
    """``most`` and ``shown`` are ``None`` where they are not known.

    ``shown`` is how many there are with the lists and numbers that the files show,
    which a submitter may replace by others. An empty list is there to be replaced.
    """

    least: int = 0
    most: int | None = None
    shown: int | None = None

    @property
    def exact(self) -> int | None:
        return self.least if self.least == self.most else None


NOT_KNOWN = Width()


def exactly(count: int) -> Width:
    return Width(count, count, count)


def written_width(origins: tuple[Origin, ...], lengths: tuple[int, ...]) -> Width:
    """Return the width of a loop whose list comes from *origins*, the written ones so long."""
    if not lengths or len(lengths) != len(origins):
        return NOT_KNOWN
    first = origins[0]
    if len(origins) == 1 and isinstance(first, Literal | Composed) and not first.is_default:
        return exactly(lengths[0])
    return Width(0, None, max(lengths) or None)


def collected_width(made: Width, producer: Step, consumer: Step) -> Width:
    """Return the width of *consumer*, which loops over what the loop *producer* has made."""
    if _all_succeeded(producer, consumer):
        return made
    return Width(0, made.most, made.shown)


def _all_succeeded(producer: Step, consumer: Step) -> bool:
    """Whether *consumer* only starts when every run of *producer* has succeeded."""
    if producer.when is not None or producer.continue_on is not None:
        return False
    if not consumer.is_task or any(name.value == producer.label for name in consumer.dependencies):
        return True
    ways = ways_before(consumer, producer, (producer.label,))
    return bool(ways) and all(way.isdisjoint(_NO_SUCCESS) for way in ways)


def sequence_width(value: Node, origins: Origins, site: Site) -> Width:
    """Return the width of a ``withSequence`` written as *value*."""
    if type(value) is not Mapping:
        return NOT_KNOWN
    from fanout_lint.languages.sequence import expand

    numbers: dict[str, str | int | None] = {}
    is_sure = True
    for name in ("count", "start", "end"):
        node = child_scalar(value, name)
        resolved = None if node is None else node.resolved
        numbers[name] = resolved if isinstance(resolved, str | int) else None
        if node is not None and has_tag(node):
            found = origins.of(node, site)
            if len(found) != 1 or not isinstance(found[0], Literal):
                return NOT_KNOWN
            if atoi(found[0].text) is None:
                return NOT_KNOWN
            numbers[name] = found[0].text
            is_sure = is_sure and not found[0].is_default
    layout = child_scalar(value, "format")
    if layout is not None and has_tag(layout):
        return NOT_KNOWN
    shown = None if layout is None else layout.resolved
    text = str(shown or "") if isinstance(shown, str | int) else ""
    expansion = expand(numbers["count"], numbers["start"], numbers["end"], text)
    if expansion.count is None or expansion.faults:
        return NOT_KNOWN
    return exactly(expansion.count) if is_sure else Width(0, None, expansion.count or None)

"""Tasks of a dag that wait for one another."""

from collections.abc import Iterator

from fanout_lint.analysis.dependencies import Edge, circles
from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Related, hit

_MOST = 12


def check(facts: Facts) -> Iterator[Hit]:
    for _, template in facts.templates:
        for circle in circles(template):
            yield _hit(circle)


def _hit(circle: tuple[Edge, ...]) -> Hit:
    first, *others = circle
    if not others:
        return hit(first.place, "itself", task=first.task.label)
    related = tuple(
        Related(edge.place, f"'{edge.task.label}' waits for '{edge.other.label}'")
        for edge in others[:_MOST]
    )
    names = [edge.task.label for edge in circle]
    if len(names) > _MOST:
        names[_MOST:] = ["…"]
    return hit(first.place, "circle", related, way=" → ".join([*names, first.task.label]))

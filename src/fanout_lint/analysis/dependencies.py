"""The edges between the tasks of a dag, each with the word that makes it, and their circles."""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Place
from fanout_lint.languages.depends.words import find_words
from fanout_lint.model.workflow import Step, Template


class Edge(Struct, frozen=True, eq=False):
    """*task* waits for *other*; ``place`` is the word that says so."""

    task: Step
    other: Step
    place: Place


def edges(template: Template) -> Iterator[Edge]:
    """Yield what each task of *template* waits for, where that is there, in order."""
    by_name: dict[str, Step] = {}
    for task in template.steps:
        by_name.setdefault(task.label, task)
    for task in template.steps:
        for name in task.dependencies:
            if name.value in by_name:
                place = words_place(name, 0, len(name.value))
                yield Edge(task, by_name[name.value], place)
        depends = task.depends
        for word in find_words(depends.value) if depends is not None else ():
            if depends is not None and word.task in by_name:
                yield Edge(
                    task, by_name[word.task], words_place(depends, word.start, word.task_end)
                )


def circles(template: Template) -> Iterator[tuple[Edge, ...]]:
    """Yield circles of tasks that wait for one another, none of them sharing a task.

    Each begins with its first task in the text, and is as short as one through it can be.
    """
    following: dict[Step, list[Edge]] = {}
    for edge in _knotted(list(edges(template))):
        following.setdefault(edge.task, []).append(edge)
    told: set[Step] = set()
    for task in template.steps:
        if task not in told and (circle := _circle(task, following, told)):
            told.update(edge.task for edge in circle)
            yield circle


def _knotted(all_edges: list[Edge]) -> list[Edge]:
    """Return the edges that are left when tasks that wait for none that is left are gone."""
    waits: dict[Step, int] = {}
    waiting: dict[Step, list[Step]] = {}
    for edge in all_edges:
        waits[edge.task] = waits.get(edge.task, 0) + 1
        waits.setdefault(edge.other, 0)
        waiting.setdefault(edge.other, []).append(edge.task)
    free = [task for task, count in waits.items() if count == 0]
    for task in free:
        for follower in waiting.get(task, ()):
            waits[follower] -= 1
            if waits[follower] == 0:
                free.append(follower)
    return [edge for edge in all_edges if waits[edge.task] > 0 and waits[edge.other] > 0]


def _circle(start: Step, following: dict[Step, list[Edge]], told: set[Step]) -> tuple[Edge, ...]:
    """Return the shortest way from *start* back to it, past no task that was *told*."""
    reached: dict[Step, Edge] = {}
    waiting = [start]
    for task in waiting:
        for edge in following.get(task, ()):
            if edge.other is start:
                return _way(start, edge, reached)
            if edge.other not in reached and edge.other not in told:
                reached[edge.other] = edge
                waiting.append(edge.other)
    return ()


def _way(start: Step, last: Edge, reached: dict[Step, Edge]) -> tuple[Edge, ...]:
    way = [last]
    while way[-1].task is not start:
        way.append(reached[way[-1].task])
    return tuple(reversed(way))

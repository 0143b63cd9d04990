"""A condition over the ends of tasks, asked under every way in which they can end.

A way is a set of results, since a loop is ``Failed`` and ``AnySucceeded`` at once. Which
ways there are follows from ``workflow/controller/dag.go:evaluateDependsLogic`` of v4.1.2.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from fanout_lint.languages.depends.logic import (
    Choice,
    Condition,
    Ended,
    Literal,
    Not,
    Opaque,
    Pair,
)

Way = frozenset[str]

MAX_COMBINATIONS = 4096

_TASK_WAYS: tuple[Way, ...] = tuple(
    frozenset(way.split())
    for way in (
        "Succeeded",
        "Failed",
        "Errored",
        "Skipped",
        "Omitted",
        "Daemoned",
        "Daemoned Succeeded",
    )
)
_LOOP_WAYS: tuple[Way, ...] = _TASK_WAYS + tuple(
    frozenset(way.split())
    for way in (
        "Succeeded AnySucceeded",
        "Daemoned AnySucceeded",
        "Daemoned Succeeded AnySucceeded",
        "Failed AnySucceeded",
        "Failed AllFailed",
        "Errored AnySucceeded",
        "Errored AllFailed",
    )
)


def ways_of(is_loop: bool) -> tuple[Way, ...]:
    return _LOOP_WAYS if is_loop else _TASK_WAYS


def holds(condition: Condition, ways: Mapping[str, Way]) -> bool | None:
    """Return whether the condition holds when each task ended so; ``None``: unknown."""
    found = _evaluate(condition, ways)
    return found if isinstance(found, bool) else None


def _evaluate(condition: Condition, ways: Mapping[str, Way]) -> bool | str | None:
    match condition:
        case Ended(task, results):
            return not results.isdisjoint(ways.get(task, frozenset()))
        case Literal(value):
            return value
        case Opaque():
            return None
        case Not(operand):
            found = _evaluate(operand, ways)
            return None if found is None else not found
        case Choice(test, when_true, when_false):
            chosen = _evaluate(test, ways)
            if chosen is None:
                return None
            return _evaluate(when_true if chosen else when_false, ways)
        case Pair(sign, left, right):
            return _pair(sign, _evaluate(left, ways), _evaluate(right, ways))


def _pair(sign: str, left: bool | str | None, right: bool | str | None) -> bool | str | None:
    decisive = {"&&": False, "||": True}.get(sign)
    if decisive is not None and (left is decisive or right is decisive):
        return decisive
    if left is None or right is None:
        return None
    if sign in ("&&", "||"):
        return not decisive
    if sign in ("==", "!="):
        return (left == right) is (sign == "==")
    if not (isinstance(left, str) and isinstance(right, str)):
        return None
    match sign:
        case "+":
            return left + right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
    return None


def simplify(condition: Condition) -> Condition:
    """Join ``a.Succeeded || a.Skipped`` to one question about *a*."""
    match condition:
        case Not(operand):
            return Not(simplify(operand))
        case Choice(test, when_true, when_false):
            return Choice(simplify(test), simplify(when_true), simplify(when_false))
        case Pair(sign, left, right):
            left, right = simplify(left), simplify(right)
            match sign, left, right:
                case "||", Ended(task, some), Ended(same, others) if task == same:
                    return Ended(task, some | others)
            return Pair(sign, left, right)
    return condition


def ways_that_allow(
    condition: Condition,
    tasks: Sequence[str],
    loops: Collection[str],
    ends: Mapping[str, tuple[Way, ...]] | None = None,
) -> Mapping[str, tuple[Way, ...]] | None:
    """Return, per task, the ways it can end in some case where the condition holds.

    *ends* are the only ways in which some of the tasks end. Every entry is empty when the
    condition never holds. ``None`` when there are too many cases, or when one cannot be
    decided.
    """
    condition = simplify(condition)
    questions = tuple(dict.fromkeys(_questions(condition)))
    possible = {task: (ends or {}).get(task, ways_of(task in loops)) for task in tasks}
    groups = [_grouped(task, possible[task], questions) for task in tasks]
    total = 1
    for group in groups:
        total *= len(group)
    if total > MAX_COMBINATIONS:
        return None
    allowed: dict[str, set[Way]] = {task: set() for task in tasks}
    for case in product(*groups):
        answer = holds(condition, {task: ways[0] for task, ways in zip(tasks, case, strict=True)})
        if answer is None:
            return None
        if answer:
            for task, ways in zip(tasks, case, strict=True):
                allowed[task].update(ways)
    return {task: tuple(way for way in possible[task] if way in allowed[task]) for task in tasks}


def _grouped(
    task: str, possible: tuple[Way, ...], questions: Sequence[Ended]
) -> list[tuple[Way, ...]]:
    """Group the ways that no question can tell apart."""
    groups: dict[tuple[bool, ...], list[Way]] = {}
    asked = [question.results for question in questions if question.task == task]
    for way in possible:
        answers = tuple(not results.isdisjoint(way) for results in asked)
        groups.setdefault(answers, []).append(way)
    return [tuple(ways) for ways in groups.values()]


def _questions(condition: Condition) -> Iterator[Ended]:
    match condition:
        case Ended():
            yield condition
        case Not(operand):
            yield from _questions(operand)
        case Choice(test, when_true, when_false):
            yield from _questions(test)
            yield from _questions(when_true)
            yield from _questions(when_false)
        case Pair(_, left, right):
            yield from _questions(left)
            yield from _questions(right)

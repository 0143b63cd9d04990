"""A condition over the ends of tasks: what a ``depends`` text comes down to."""

from msgspec import Struct


class Ended(Struct, frozen=True):
    """True when the task ended in one of *results*."""

    task: str
    results: frozenset[str]


class Literal(Struct, frozen=True):
    value: str


class Opaque(Struct, frozen=True):
    """A value that is not followed: a list, a map, a part of one, a task as a whole."""


class Not(Struct, frozen=True):
    operand: "Condition"


class Pair(Struct, frozen=True):
    """Two operands with ``&&``, ``||``, ``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` or ``+``."""

    sign: str
    left: "Condition"
    right: "Condition"


class Choice(Struct, frozen=True):
    test: "Condition"
    when_true: "Condition"
    when_false: "Condition"


Condition = Ended | Literal | Opaque | Not | Pair | Choice


MAX_HEIGHT = 400


def is_too_high(condition: Condition) -> bool:
    """Whether a walk that calls itself would go too deep, as for 1000 tasks with ``&&``."""
    waiting = [(condition, 1)]
    while waiting:
        part, height = waiting.pop()
        if height > MAX_HEIGHT:
            return True
        match part:
            case Not(operand):
                waiting.append((operand, height + 1))
            case Pair(_, left, right):
                waiting += [(left, height + 1), (right, height + 1)]
            case Choice(test, when_true, when_false):
                waiting += [(inner, height + 1) for inner in (test, when_true, when_false)]
    return False

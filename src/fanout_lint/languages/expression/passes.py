"""What one pass of Argo makes of an expression: a value, the expression as it was, or an error.

Argo replaces a text several times on its way to a pod, each time with more names. A pass
that does not know all names may leave the expression for a later one; how strict it is
depends on the pass (``util/template/expression_template.go:expressionReplaceStrict`` of
v4.1.2).
"""

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from fanout_lint.languages.expression.json_text import UnknownText
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.reading import inserted, type_name, value_of
from fanout_lint.languages.expression.values import UNKNOWN, GoError, Unknown
from fanout_lint.languages.problem import Problem


class Pass(Enum):
    """How strict a replacement is: which names without a value it refuses to leave as they are."""

    OPEN = "open"  #: None: template bodies.
    STEPS = "steps"  #: Those of steps and tasks: a step or task before its loop is expanded.
    STRICT = "strict"  #: All: a step or task with the values of one item.


class Inserted(Struct, frozen=True):
    """*value* takes its place, which may be unknown; *type* is its type, where that is known."""

    value: object
    type: str | None


class Left(Struct, frozen=True):
    """It stays as it is: for *problem*, for the lack of *missing*, or because its value is nil."""

    problem: Problem | None
    missing: str = ""


class Failed(Struct, frozen=True):
    """The pass fails; *missing* is the strict name that has no value, else empty."""

    problem: Problem | None
    missing: str = ""


Passed: TypeAlias = Inserted | Left | Failed | Unknown

#: Names that come late: an expression that reads one waits for it, whatever else it could give
#: (``util/template/expression_template.go:variablesToCheck``).
LATE = frozenset({"item", "retries", "workflow.status", "workflow.failures"}) | frozenset(
    f"lastRetry.{name}" for name in ("exitCode", "status", "duration", "message")
)


def is_strict(name: str, strictness: Pass) -> bool:
    """Whether the pass refuses to go on without a value of *name*."""
    if strictness is Pass.STEPS:
        return name.split(".")[0] in ("steps", "tasks")
    return strictness is Pass.STRICT


def is_present(tree: Mapping[str, object], name: str) -> bool | None:
    """Whether *name* has a place in *tree*, nil included; ``None`` when that is unknown."""
    if name in tree:
        return True
    current: object = tree
    for part in name.split("."):
        if current is UNKNOWN:
            return None
        if not isinstance(current, Mapping) or part not in current:
            return False
        current = current[part]
    return True


def run_pass(
    root: Node, read: tuple[str, ...], tree: Mapping[str, object], strictness: Pass
) -> Passed:
    """Return what a pass makes of the expression *root* where *tree* has all names.

    *read* are the :func:`~fanout_lint.languages.expression.references.identifiers` of *root*.
    """
    present = {name: is_present(tree, name) for name in read}
    missing = [name for name, known in present.items() if known is False]
    for name in missing:
        if is_strict(name, strictness):
            return Failed(next(iter(value_of(root, tree)[2]), None), name)
    unsure = None in present.values()
    is_open = bool(missing) or strictness is Pass.OPEN
    if is_open and not LATE.isdisjoint(missing):
        return Left(None, next(name for name in missing if name in LATE))
    value, nature, problems = value_of(root, tree)
    if problems:
        return Left(problems[0]) if is_open else Failed(problems[0])
    if unsure or isinstance(value, Unknown):
        return UNKNOWN if unsure else Inserted(value, type_name(value, nature))
    if value is None:
        return Left(None) if is_open else Failed(None)
    try:
        inserted(value)
    except UnknownText:
        pass
    except GoError as error:
        problem = Problem(str(error), 0, 0)
        return Left(problem) if is_open else Failed(problem)
    return Inserted(value, type_name(value, nature))

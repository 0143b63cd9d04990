"""A ``depends`` text into the tasks it waits for, its faults, and when it lets the task run."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from fanout_lint.languages.depends.ends import Way, holds, ways_that_allow
from fanout_lint.languages.depends.logic import Condition
from fanout_lint.languages.depends.parser import parse_logic
from fanout_lint.languages.depends.tokens import KEYWORDS, LogicError, UndecidedError
from fanout_lint.languages.depends.words import (
    RESULTS,
    Logic,
    TaskWord,
    find_words,
    loop_result_words,
    write_out,
)
from fanout_lint.languages.problem import Problem, Reading


class Depends(Struct, frozen=True):
    """What a ``depends`` text says, with no knowledge of which tasks there are.

    ``words`` are all words that Argo takes for tasks, in order. ``fault`` is why the
    condition errs at run time though ``argo lint`` does not look at it. ``condition`` is
    ``None`` when there is a fault, and when the text is too odd to follow.
    """

    text: str
    words: tuple[TaskWord, ...]
    logic: str  #: The expanded text that Argo evaluates.
    fault: Problem | None
    condition: Condition | None

    @property
    def tasks(self) -> tuple[str, ...]:
        """Names of the tasks waited for, each once, in order."""
        return tuple(dict.fromkeys(word.task for word in self.words))

    def runs(self, ways: Mapping[str, Way]) -> bool | None:
        """Return whether the task runs once each task has ended so; ``None``: unknown."""
        return None if self.condition is None else holds(self.condition, ways)

    def ways_that_allow(
        self, loops: Collection[str] = (), ends: Mapping[str, tuple[Way, ...]] | None = None
    ) -> Mapping[str, tuple[Way, ...]] | None:
        """Return, per task, the ways it can end in a case where the condition holds.

        *ends* are the only ways in which some of the tasks end. ``None`` when that cannot
        be known.
        """
        if self.condition is None:
            return None
        return ways_that_allow(self.condition, self.tasks, loops, ends)

    def never_holds(
        self, loops: Collection[str] = (), ends: Mapping[str, tuple[Way, ...]] | None = None
    ) -> bool:
        """Whether the task can certainly never run."""
        allowed = self.ways_that_allow(loops, ends)
        return allowed is not None and not any(allowed.values())


def parse_depends(text: str) -> Depends:
    words = find_words(text)
    logic = write_out(text, words)
    names = {word.task.replace("-", "_"): word.task for word in words}
    fault: Problem | None = None
    condition: Condition | None = None
    try:
        condition = parse_logic(logic.text, names)
    except LogicError as error:
        fault = _placed(error, logic)
    except UndecidedError:
        pass
    return Depends(text, words, logic.text, fault, condition)


_MOST_NAMES = 500  #: With more, expr-lang may refuse the text for its length.


def joins_names(text: str) -> bool:
    """Whether *text* does nothing but join names of tasks with ``&&``, as most do.

    Each name is written out as the usual ends of its task, in which nothing can err, and
    which can all hold at once.
    """
    names = [name.strip(" ") for name in text.split("&&")]
    return len(names) <= _MOST_NAMES and all(
        name.isascii()
        and name[:1].isalpha()
        and name.replace("-", "").isalnum()
        and name not in KEYWORDS
        for name in names
    )


def _placed(error: LogicError, logic: Logic) -> Problem:
    start = logic.origins[error.start]
    if error.end <= error.start:
        return Problem(error.message, start, start)
    return Problem(error.message, start, logic.origins[error.end - 1] + 1)


def read_depends(text: str, tasks: Sequence[str], loops: Collection[str]) -> Reading:
    """Read the ``depends`` of a task of a DAG whose other tasks are *tasks*.

    *loops* are those of them with ``withItems``, ``withParam`` or ``withSequence``.
    Problems are what ``argo lint`` refuses and what fails at run time.
    """
    if not text:
        return Reading()
    found = parse_depends(text)
    problems = list(refused(found, tasks, loops))
    if found.fault is not None and not problems:
        problems.append(found.fault)
    problems.sort(key=lambda problem: (problem.start, problem.end))
    return Reading(tuple(problems), "bool")


def refused(depends: Depends, tasks: Collection[str], loops: Collection[str]) -> Iterator[Problem]:
    """Yield what ``argo lint`` refuses (``workflow/validate/validate.go:validateDAG``)."""
    for word in depends.words:
        if word.task not in tasks:
            yield Problem(f"no task is called `{word.task}`", word.start, word.task_end)
        if word.result is not None and word.result not in RESULTS:
            yield Problem(
                f"a task has no result `{word.result}`; it has {', '.join(RESULTS)}",
                word.result_start,
                word.end,
            )
    for word in loop_result_words(depends.words, loops):
        if word.task in tasks:
            yield Problem(
                f"`.{word.result}` is for loops; `{word.task}` has no items",
                word.result_start,
                word.end,
            )
    for task in tasks:
        if task[:1].isdecimal() and task[:1].isascii():
            yield Problem(
                f"task `{task}`: beside depends, no task's name can begin with a digit",
                0,
                len(depends.text),
            )

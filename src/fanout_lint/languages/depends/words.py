"""A ``depends`` text into the words that name tasks, and into the text that Argo evaluates.

Argo finds task names with a regular expression before it parses anything, so that a
word is a task wherever it stands, in quotes and comments too. A word alone is then
written out as its usual ends, and every ``-`` becomes ``_``
(``workflow/common/ancestry.go:GetTaskDependencies`` and
``workflow/controller/dag.go:evaluateDependsLogic`` of v4.1.2)::

    a && my-task.Failed
    (a.Succeeded || a.Skipped || a.Daemoned) && my_task.Failed
"""

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

RESULTS = (
    "Succeeded",
    "Failed",
    "Errored",
    "Skipped",
    "Omitted",
    "Daemoned",
    "AnySucceeded",
    "AllFailed",
)
LOOP_RESULTS = ("AnySucceeded", "AllFailed")  #: Never true of a task that is no loop.

_WORD = re.compile(r"([a-zA-Z0-9][-a-zA-Z0-9]*)(?:\.([A-Z][a-zA-Z]+))?")
_USUAL_ENDS = ("Succeeded", "Skipped", "Daemoned")


class TaskWord(Struct, frozen=True):
    """A word that Argo takes for the name of a task, with its ``.Result`` if it has one.

    Offsets are into the ``depends`` text; *end* is past the result.
    """

    task: str
    result: str | None
    start: int
    end: int

    @property
    def task_end(self) -> int:
        return self.start + len(self.task)

    @property
    def result_start(self) -> int:
        """Offset of the first character of the result; of the end when there is none."""
        return self.end - len(self.result or "")


class Logic(Struct, frozen=True):
    """The text that is evaluated, and where each of its characters comes from."""

    text: str
    origins: tuple[int, ...]  #: One offset into the ``depends`` text per character, and one more.


def find_words(text: str) -> tuple[TaskWord, ...]:
    return tuple(
        TaskWord(match[1], match[2], match.start(), match.end()) for match in _WORD.finditer(text)
    )


def write_out(text: str, words: tuple[TaskWord, ...]) -> Logic:
    """Return the expression that Argo makes of *text* for the words found in it."""
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for word in words:
        if word.result is not None:
            continue
        pieces.append(text[position : word.start])
        origins.extend(range(position, word.start))
        ends = " || ".join(f"{word.task}.{end}" for end in _USUAL_ENDS)
        pieces.append(f"({ends})")
        origins.extend([word.start] * (len(ends) + 2))
        position = word.end
    pieces.append(text[position:])
    origins.extend(range(position, len(text) + 1))
    return Logic("".join(pieces).replace("-", "_"), tuple(origins))


def loop_result_words(words: tuple[TaskWord, ...], loops: Collection[str]) -> Iterator[TaskWord]:
    """Yield the words for which ``argo lint`` says that a task "does not contain any items".

    A later word that names the same task alone takes the complaint back, as in
    ``a.AnySucceeded || a``: the last kind that was noted for the task wins.
    """
    noted: dict[str, TaskWord | None] = {}
    for word in words:
        if word.result in LOOP_RESULTS:
            if noted.get(word.task) is None:
                noted[word.task] = word
        elif word.result is None:
            noted[word.task] = None
    for task, found in noted.items():
        if found is not None and task not in loops:
            yield found

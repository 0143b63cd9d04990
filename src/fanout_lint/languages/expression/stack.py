"""The stack of operands of expr's machine, of which one flaw can be seen from outside.

``findLast``, ``findLastIndex`` and ``filter(…)[-1]`` leave a truth value on the stack for each
item they look at (``compiler/compiler.go:emitLoopBackwards`` of expr-lang 1.17.8). Whoever
takes the operand before theirs gets that instead: ``1 + findLastIndex(xs, true)`` adds ``true``.
"""

from fanout_lint.languages.expression.values import UNKNOWN


class _Anything:
    """Any number of values: what an evaluation that is not known left behind."""


_ANYTHING = _Anything()


class OperandStack:
    def __init__(self) -> None:
        self._values: list[object] = []

    def push(self, value: object) -> None:
        self._values.append(value)

    def forget(self) -> None:
        """From here down nothing is known."""
        self._values.append(_ANYTHING)

    def pop(self, count: int) -> list[object]:
        """Take *count* values off, the last pushed at the end; unknown ones are UNKNOWN."""
        taken = self._values[len(self._values) - count :] if count else []
        if _ANYTHING not in taken:
            del self._values[len(self._values) - count :]
            return taken
        found: list[object] = []
        while len(found) < count:
            known = self._values[-1] is not _ANYTHING
            found.append(self._values.pop() if known else UNKNOWN)
        return found[::-1]

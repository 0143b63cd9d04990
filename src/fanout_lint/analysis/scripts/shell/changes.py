"""Commands that change variables and are no assignments: ``unset x``, ``(( n += 1 ))``."""

import re
from collections.abc import Sequence
from typing import Final

from fanout_lint.analysis.scripts.shell.tree import (
    Arithmetic,
    Assignment,
    Literal,
    Simple,
    Test,
    Word,
)

_SETS: Final = r"(?:\+\+|--)\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*(?:\+\+|--|(?:[-+*/%]|<<|>>)?=(?!=))"


def unset(start: int, end: int, names: Sequence[Word]) -> Simple:
    """Return ``unset`` with its names, as the program that it looks like."""
    return Simple(start, end, words=((Literal("unset", quoted=False),), *names))


def tested(start: int, end: int, text: str, inside: tuple[Word, ...]) -> Simple | Test:
    """Return a test; of one that counts, the variables with numbers that are not known."""
    names = names_set(text) if text[:2] == "((" else ()
    value = (Arithmetic(quoted=False, runs=commands_in(text)),)
    assignments = tuple(Assignment(name, value) for name in names)
    return Simple(start, end, assignments) if names else Test(start, end, inside)


def commands_in(text: str) -> str:
    """Say whether commands run inside *text*: see :class:`Strange`."""
    if ">(" in text:
        return "beside"
    return "inside" if re.search(r"[$<]\((?!\()|`", text) else ""


def names_set(arithmetic: str) -> tuple[str, ...]:
    """Return the variables that ``(( … ))`` or ``$(( … ))`` changes."""
    return tuple(found[1] or found[2] for found in re.finditer(_SETS, arithmetic))


def names_another(declaration: str) -> bool:
    """Whether ``declare -n`` makes a second name for a variable."""
    return re.match(r"\w+\s.*?-\w*n", declaration) is not None

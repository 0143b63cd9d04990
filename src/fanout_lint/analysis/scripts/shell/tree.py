"""A shell script as a tree of commands; places are 0-based character offsets into its text."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The place of a ``{{…}}`` tag: text that only a run knows."""

    quoted: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """``$name`` or ``${name…}``; *operator* and *operand* as written (``%``, ``,``), else empty."""

    name: str
    quoted: bool
    operator: str = ""
    operand: "Word | None" = None
    index: str = ""


@dataclass(frozen=True, slots=True)
class Substitution:
    """``$(…)`` or backquotes; ``body`` is ``None`` where it cannot be read."""

    body: "Script | None"
    quoted: bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    quoted: bool


@dataclass(frozen=True, slots=True)
class Strange:
    """A part that this reader does not know."""

    quoted: bool


Part: TypeAlias = Literal | Gap | Variable | Substitution | Arithmetic | Strange
Word: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """``descriptor`` is ``None`` where the operator's own default holds; ``here`` is the text of
    a here-document or here-string."""

    operator: str
    descriptor: int | None
    word: Word | None
    here: Word | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """``items`` is set where an array is assigned; ``adds`` for ``+=``."""

    name: str
    value: Word
    adds: bool = False
    items: tuple[Word, ...] | None = None


@dataclass(frozen=True, slots=True)
class Simple:
    start: int
    end: int
    assignments: tuple[Assignment, ...] = ()
    words: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    declares: str = ""  #: ``export``, ``local`` … where the assignments are its arguments.


@dataclass(frozen=True, slots=True)
class Group:
    start: int
    end: int
    body: "Script"
    subshell: bool


@dataclass(frozen=True, slots=True)
class Redirected:
    start: int
    end: int
    body: "Command"
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class If:
    start: int
    end: int
    branches: "tuple[tuple[Script, Script], ...]"
    otherwise: "Script"


@dataclass(frozen=True, slots=True)
class For:
    """``words`` is ``None`` for a loop over unknown counts (``for ((…))``) or ``"$@"``."""

    start: int
    end: int
    variable: str
    words: tuple[Word, ...] | None
    body: "Script"


@dataclass(frozen=True, slots=True)
class While:
    start: int
    end: int
    condition: "Script"
    body: "Script"


@dataclass(frozen=True, slots=True)
class Case:
    start: int
    end: int
    subject: Word
    items: "tuple[tuple[tuple[Word, ...], Script], ...]"


@dataclass(frozen=True, slots=True)
class Function:
    start: int
    end: int
    name: str
    body: "Command"


@dataclass(frozen=True, slots=True)
class Test:
    """``[ … ]``, ``[[ … ]]``, ``(( … ))``: it prints nothing."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """``merged`` says of each but the last command whether stderr goes down the pipe too."""

    start: int
    end: int
    commands: "tuple[Command, ...]"
    merged: tuple[bool, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class AndOr:
    start: int
    end: int
    first: "Command"
    rest: "tuple[tuple[str, Command], ...]"


@dataclass(frozen=True, slots=True)
class Background:
    start: int
    end: int
    body: "Command"


@dataclass(frozen=True, slots=True)
class Unread:
    """A command that this reader cannot read."""

    start: int
    end: int


Command: TypeAlias = (
    Simple
    | Group
    | Redirected
    | If
    | For
    | While
    | Case
    | Function
    | Test
    | Pipeline
    | AndOr
    | Background
    | Unread
)


@dataclass(frozen=True, slots=True)
class Script:
    commands: tuple[Command, ...] = field(default=())

"""A shell script as a tree of commands; places are 0-based character offsets into its text."""

from typing import TypeAlias

from msgspec import Struct, field


class Literal(Struct, frozen=True):
    text: str
    quoted: bool


class Gap(Struct, frozen=True):
    """The place of a ``{{…}}`` tag: text that only a run knows."""

    quoted: bool


class Variable(Struct, frozen=True):
    """``$name`` or ``${name…}``; *operator* and *operand* as written (``%``, ``,``), else empty."""

    name: str
    quoted: bool
    operator: str = ""
    operand: "Word | None" = None
    index: str = ""


class Substitution(Struct, frozen=True):
    """``$(…)`` or backquotes; ``body`` is ``None`` where it cannot be read."""

    body: "Script | None"
    quoted: bool


class Arithmetic(Struct, frozen=True):
    """``$(( … ))``; ``sets`` are the variables that it changes, ``runs`` as in :class:`Strange`."""

    quoted: bool
    sets: tuple[str, ...] = ()
    runs: str = ""


class Strange(Struct, frozen=True):
    """A part that this reader does not know.

    ``runs`` says that commands stand in it: with ``"inside"`` their stdout is taken, with
    ``"beside"``, as in ``>(tee log)``, it is the script's own. ``body`` are those of ``<(…)``.
    """

    quoted: bool
    runs: str = ""
    body: "Script | None" = None


Part: TypeAlias = Literal | Gap | Variable | Substitution | Arithmetic | Strange
Word: TypeAlias = tuple[Part, ...]


class Redirect(Struct, frozen=True):
    """``descriptor`` is ``None`` where the operator's own default holds; ``here`` is the text of
    a here-document or here-string."""

    operator: str
    descriptor: int | None
    word: Word | None
    here: Word | None = None


class Assignment(Struct, frozen=True):
    """``items`` is set where an array is assigned; ``adds`` for ``+=``."""

    name: str
    value: Word
    adds: bool = False
    items: tuple[Word, ...] | None = None


class Simple(Struct, frozen=True):
    start: int
    end: int
    assignments: tuple[Assignment, ...] = ()
    words: tuple[Word, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    declares: str = ""  #: ``export``, ``local`` … where the assignments are its arguments.


class Group(Struct, frozen=True):
    start: int
    end: int
    body: "Script"
    subshell: bool


class Redirected(Struct, frozen=True):
    start: int
    end: int
    body: "Command"
    redirects: tuple[Redirect, ...]


class If(Struct, frozen=True):
    start: int
    end: int
    branches: "tuple[tuple[Script, Script], ...]"
    otherwise: "Script"


class For(Struct, frozen=True):
    """``words`` is ``None`` for a loop over unknown counts (``for ((…))``) or ``"$@"``."""

    start: int
    end: int
    variable: str
    words: tuple[Word, ...] | None
    body: "Script"


class While(Struct, frozen=True):
    start: int
    end: int
    condition: "Script"
    body: "Script"


class Case(Struct, frozen=True):
    start: int
    end: int
    subject: Word
    items: "tuple[tuple[tuple[Word, ...], Script], ...]"


class Function(Struct, frozen=True):
    start: int
    end: int
    name: str
    body: "Command"


class Test(Struct, frozen=True):
    """``[ … ]``, ``[[ … ]]``, ``(( … ))``: it prints nothing. ``inside`` are its substitutions."""

    start: int
    end: int
    inside: tuple[Word, ...] = ()


class Pipeline(Struct, frozen=True):
    """``merged`` says of each but the last command whether stderr goes down the pipe too."""

    start: int
    end: int
    commands: "tuple[Command, ...]"
    merged: tuple[bool, ...]
    negated: bool


class AndOr(Struct, frozen=True):
    start: int
    end: int
    first: "Command"
    rest: "tuple[tuple[str, Command], ...]"


class Background(Struct, frozen=True):
    start: int
    end: int
    body: "Command"


class Unread(Struct, frozen=True):
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


class Script(Struct, frozen=True):
    commands: tuple[Command, ...] = field(default=())

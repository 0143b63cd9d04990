"""A jq filter as a tree. Each node has its place: 0-based character offsets, *end* exclusive."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Identity:
    """``.``"""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, ``null``, ``true`` or ``false``."""

    value: object
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variable:
    """``$name``; *name* has no dollar."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """``name(argument; …)``."""

    name: str
    arguments: "tuple[Node, ...]"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Index:
    """``target.key`` or ``target[key]``; *suffix* unless it stands at the very front."""

    target: "Node"
    key: "Node"
    suffix: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """``target[first:last]``."""

    target: "Node"
    first: "Node | None"
    last: "Node | None"
    suffix: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Iterate:
    """``target[]``."""

    target: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Try:
    """``try body catch handler``; ``body?`` has no handler."""

    body: "Node"
    handler: "Node | None"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Format:
    """``@name``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A string; parts that are no ``str`` are put in by way of *format* (``@text`` if empty)."""

    parts: "tuple[str | Node, ...]"
    format: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Array:
    """``[body]``."""

    body: "Node | None"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of an object; without *value* it is the input's member of that name."""

    key: "Node"
    value: "Node | None"


@dataclass(frozen=True, slots=True)
class Object:
    """``{key: value, …}``."""

    entries: tuple[Entry, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sign:
    """``-operand`` or ``+operand``."""

    sign: str
    operand: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class If:
    """``if condition then body else otherwise end``."""

    condition: "Node"
    body: "Node"
    otherwise: "Node | None"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a value is taken apart by: one variable, a list of patterns, or keys with patterns."""

    name: str = ""
    items: "tuple[Pattern, ...]" = ()
    members: "tuple[Member, ...]" = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A key of an object pattern; *name* is the variable of ``$name``, if that is the key."""

    key: "Node"
    name: str
    pattern: Pattern | None


@dataclass(frozen=True, slots=True)
class Fold:
    """``reduce`` or ``foreach source as pattern (first; update; extract)``."""

    word: str
    source: "Node"
    pattern: Pattern
    first: "Node"
    update: "Node"
    extract: "Node | None"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """``label $name | body``."""

    name: str
    body: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Break:
    """``break $name``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bind:
    """``source as pattern | body``; several patterns are tried in turn."""

    source: "Node"
    patterns: tuple[Pattern, ...]
    body: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; *operator* is ``|``, ``,``, ``//``, ``and``, ``==``, ``|=`` …"""

    operator: str
    left: "Node"
    right: "Node"
    start: int  #: Of the operator alone.
    end: int


@dataclass(frozen=True, slots=True)
class Function:
    """``def name(parameters): body;``."""

    name: str
    parameters: tuple[str, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Define:
    """A function and the query that may call it."""

    function: Function
    body: "Node"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    """No query at all, which parses and then fails."""

    start: int
    end: int


Node: TypeAlias = (
    Identity
    | Literal
    | Variable
    | Call
    | Index
    | Cut
    | Iterate
    | Try
    | Format
    | Text
    | Array
    | Object
    | Sign
    | If
    | Fold
    | Label
    | Break
    | Bind
    | Binary
    | Define
    | Missing
)


@dataclass(frozen=True, slots=True)
class Import:
    """``import`` or ``include`` of *path*."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Program:
    """A whole filter."""

    imports: tuple[Import, ...]
    query: Node

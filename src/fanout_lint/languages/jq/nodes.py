"""A jq filter as a tree. Each node has its place: 0-based character offsets, *end* exclusive."""

from typing import TypeAlias

from msgspec import Struct


class Identity(Struct, frozen=True):
    """``.``"""

    start: int
    end: int


class Literal(Struct, frozen=True):
    """A number, ``null``, ``true`` or ``false``."""

    value: object
    start: int
    end: int


class Variable(Struct, frozen=True):
    """``$name``; *name* has no dollar."""

    name: str
    start: int
    end: int


class Call(Struct, frozen=True):
    """``name(argument; …)``."""

    name: str
    arguments: "tuple[Node, ...]"
    start: int
    end: int


class Index(Struct, frozen=True):
    """``target.key`` or ``target[key]``; *suffix* unless it stands at the very front."""

    target: "Node"
    key: "Node"
    suffix: bool
    start: int
    end: int


class Cut(Struct, frozen=True):
    """``target[first:last]``."""

    target: "Node"
    first: "Node | None"
    last: "Node | None"
    suffix: bool
    start: int
    end: int


class Iterate(Struct, frozen=True):
    """``target[]``."""

    target: "Node"
    start: int
    end: int


class Try(Struct, frozen=True):
    """``try body catch handler``; ``body?`` has no handler."""

    body: "Node"
    handler: "Node | None"
    start: int
    end: int


class Format(Struct, frozen=True):
    """``@name``."""

    name: str
    start: int
    end: int


class Text(Struct, frozen=True):
    """A string; parts that are no ``str`` are put in by way of *format* (``@text`` if empty)."""

    parts: "tuple[str | Node, ...]"
    format: str
    start: int
    end: int


class Array(Struct, frozen=True):
    """``[body]``."""

    body: "Node | None"
    start: int
    end: int


class Entry(Struct, frozen=True):
    """A member of an object; without *value* it is the input's member of that name."""

    key: "Node"
    value: "Node | None"


class Object(Struct, frozen=True):
    """``{key: value, …}``."""

    entries: tuple[Entry, ...]
    start: int
    end: int


class Sign(Struct, frozen=True):
    """``-operand`` or ``+operand``."""

    sign: str
    operand: "Node"
    start: int
    end: int


class If(Struct, frozen=True):
    """``if condition then body else otherwise end``."""

    condition: "Node"
    body: "Node"
    otherwise: "Node | None"
    start: int
    end: int


class Pattern(Struct, frozen=True):
    """What a value is taken apart by: one variable, a list of patterns, or keys with patterns."""

    name: str = ""
    items: "tuple[Pattern, ...]" = ()
    members: "tuple[Member, ...]" = ()


class Member(Struct, frozen=True):
    """A key of an object pattern; *name* is the variable of ``$name``, if that is the key."""

    key: "Node"
    name: str
    pattern: Pattern | None


class Fold(Struct, frozen=True):
    """``reduce`` or ``foreach source as pattern (first; update; extract)``."""

    word: str
    source: "Node"
    pattern: Pattern
    first: "Node"
    update: "Node"
    extract: "Node | None"
    start: int
    end: int


class Label(Struct, frozen=True):
    """``label $name | body``."""

    name: str
    body: "Node"
    start: int
    end: int


class Break(Struct, frozen=True):
    """``break $name``."""

    name: str
    start: int
    end: int


class Bind(Struct, frozen=True):
    """``source as pattern | body``; several patterns are tried in turn."""

    source: "Node"
    patterns: tuple[Pattern, ...]
    body: "Node"
    start: int
    end: int


UPDATES = ("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=")
"""The operators of a :class:`Binary` that change what the left one finds."""


class Binary(Struct, frozen=True):
    """Two operands; *operator* is ``|``, ``,``, ``//``, ``and``, ``==``, ``|=`` …"""

    operator: str
    left: "Node"
    right: "Node"
    start: int  #: Of the operator alone.
    end: int


class Function(Struct, frozen=True):
    """``def name(parameters): body;``."""

    name: str
    parameters: tuple[str, ...]
    body: "Node"


class Define(Struct, frozen=True):
    """A function and the query that may call it."""

    function: Function
    body: "Node"
    start: int
    end: int


class Missing(Struct, frozen=True):
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


class Import(Struct, frozen=True):
    """``import`` or ``include`` of *path*."""

    path: str
    start: int
    end: int


class Program(Struct, frozen=True):
    """A whole filter."""

    imports: tuple[Import, ...]
    query: Node

"""The tree of an expression.

Every node carries its place: 0-based character offsets ``start`` and ``end`` into
the text, which two equal trees need not share. Shapes follow expr-lang 1.17.8
(``ast/node.go``): a name after a dot is a :class:`String` property, ``?.`` makes an
optional :class:`Member` under a :class:`Chain`, and ``x not in y`` is a
:class:`Unary` around a :class:`Binary`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Nil:
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Identifier:
    name: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Integer:
    value: int
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Float:
    value: float
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Boolean:
    value: bool
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class String:
    """A string, or a bare name where a name stands for one (after a dot, as a map's key).

    *quote* is the character that opens it, and empty for a bare name.
    """

    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    quote: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Bytes:
    value: bytes
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """A list of literals, or a set that ``in`` asks; only folding makes it."""

    value: object
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    operator: str  #: ``not``, ``!``, ``-`` or ``+``.
    operand: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: "Node"
    right: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a chain with ``?.`` ends: the whole is nil when a link is."""

    node: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    node: "Node"
    property: "Node"
    optional: bool = False
    method: bool = False  #: A call follows.
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Slicing:
    node: "Node"
    first: "Node | None"
    last: "Node | None"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    callee: "Node"
    arguments: tuple["Node", ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Builtin:
    """A call of a built-in function; the last three fields are made by folding only."""

    name: str
    arguments: tuple["Node", ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    mapped: "Node | None" = None  #: What ``filter`` and ``find`` give for an item, instead of it.
    throws: bool = False  #: ``find`` fails where it finds nothing.
    threshold: int | None = None  #: ``count`` stops there.


@dataclass(frozen=True, slots=True)
class Predicate:
    """The part of ``filter``, ``map`` … that runs for each item, with or without braces."""

    node: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pointer:
    """``#`` (name empty), ``#index`` or ``#acc``."""

    name: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Let:
    name: str
    value: "Node"
    body: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    nodes: tuple["Node", ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Conditional:
    ternary: bool  #: ``a ? b : c``; else ``if a { b } else { c }``.
    condition: "Node"
    then: "Node"
    otherwise: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Array:
    items: tuple["Node", ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pair:
    key: "Node"
    value: "Node"
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Map:
    pairs: tuple[Pair, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Node: TypeAlias = (
    Nil
    | Identifier
    | Integer
    | Float
    | Boolean
    | String
    | Bytes
    | Constant
    | Unary
    | Binary
    | Chain
    | Member
    | Slicing
    | Call
    | Builtin
    | Predicate
    | Pointer
    | Let
    | Sequence
    | Conditional
    | Array
    | Pair
    | Map
)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below *node*, in the order in which expr walks them."""
    match node:
        case Unary(operand=only) | Chain(node=only) | Predicate(node=only):
            return (only,)
        case Binary(left=left, right=right):
            return (left, right)
        case Member(node=base, property=name):
            return (base, name)
        case Slicing(node=base, first=first, last=last):
            return (base, *(end for end in (first, last) if end is not None))
        case Call(callee=callee, arguments=arguments):
            return (callee, *arguments)
        case Builtin(arguments=arguments, mapped=mapped):
            return arguments if mapped is None else (*arguments, mapped)
        case Let(value=value, body=body):
            return (value, body)
        case Sequence(nodes=nodes) | Array(items=nodes):
            return nodes
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Map(pairs=pairs):
            return pairs
        case Pair(key=key, value=value):
            return (key, value)
    return ()


def walk(root: Node) -> Iterator[Node]:
    """Yield every node, each after those below it, as expr's ``ast.Walk`` visits them."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, opened = stack.pop()
        if opened:
            yield node
            continue
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(children(node)))


def measure(root: Node) -> tuple[int, int]:
    """Return how deep *root* is, and how many nodes a walk of it meets.

    A node may be shared (``a ?: b`` holds ``a`` twice), so that a walk can be far longer than the
    text; the count here is made without one.
    """
    measured: dict[int, tuple[int, int]] = {}
    stack: list[Node] = [root]
    while stack:
        node = stack[-1]
        below = [measured.get(id(child)) for child in children(node)]
        if None in below:
            stack.extend(child for child in children(node) if id(child) not in measured)
            continue
        stack.pop()
        known = [pair for pair in below if pair is not None]
        deepest = max((depth for depth, _ in known), default=0)
        measured[id(node)] = (deepest + 1, sum(size for _, size in known) + 1)
    return measured[id(root)]

"""The tree of an expression.

Every node carries its place: 0-based character offsets ``start`` and ``end`` into
the text, which two equal trees need not share. Shapes follow expr-lang 1.17.8
(``ast/node.go``): a name after a dot is a :class:`String` property, ``?.`` makes an
optional :class:`Member` under a :class:`Chain`, and ``x not in y`` is a
:class:`Unary` around a :class:`Binary`.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, TypeAlias

from msgspec import Struct

_PLACES = frozenset({"start", "end", "quote"})


class Placed(Struct, frozen=True, eq=False):
    """A node: equal to another of its kind with equal parts, wherever the two stand."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.parts() == other.parts()

    def __hash__(self) -> int:
        return hash((type(self), *self.parts()))

    def parts(self) -> tuple[Any, ...]:
        """Return the values of the fields but for those that say where it stands."""
        fields = self.__struct_fields__
        return tuple(getattr(self, name) for name in fields if name not in _PLACES)


class Nil(Placed, frozen=True, eq=False):
    start: int = 0
    end: int = 0


class Identifier(Placed, frozen=True, eq=False):
    name: str
    start: int = 0
    end: int = 0


class Integer(Placed, frozen=True, eq=False):
    value: int
    start: int = 0
    end: int = 0


class Float(Placed, frozen=True, eq=False):
    value: float
    start: int = 0
    end: int = 0


class Boolean(Placed, frozen=True, eq=False):
    value: bool
    start: int = 0
    end: int = 0


class String(Placed, frozen=True, eq=False):
    """A string, or a bare name where a name stands for one (after a dot, as a map's key).

    *quote* is the character that opens it, and empty for a bare name.
    """

    value: str
    start: int = 0
    end: int = 0
    quote: str = ""


class Bytes(Placed, frozen=True, eq=False):
    value: bytes
    start: int = 0
    end: int = 0


class Constant(Placed, frozen=True, eq=False):
    """A list of literals, or a set that ``in`` asks; only folding makes it."""

    value: object
    start: int = 0
    end: int = 0


class Unary(Placed, frozen=True, eq=False):
    operator: str  #: ``not``, ``!``, ``-`` or ``+``.
    operand: "Node"
    start: int = 0
    end: int = 0


class Binary(Placed, frozen=True, eq=False):
    operator: str
    left: "Node"
    right: "Node"
    start: int = 0
    end: int = 0


class Chain(Placed, frozen=True, eq=False):
    """Where a chain with ``?.`` ends: the whole is nil when a link is."""

    node: "Node"
    start: int = 0
    end: int = 0


class Member(Placed, frozen=True, eq=False):
    node: "Node"
    property: "Node"
    optional: bool = False
    method: bool = False  #: A call follows.
    start: int = 0
    end: int = 0


class Slicing(Placed, frozen=True, eq=False):
    node: "Node"
    first: "Node | None"
    last: "Node | None"
    start: int = 0
    end: int = 0


class Call(Placed, frozen=True, eq=False):
    callee: "Node"
    arguments: tuple["Node", ...]
    start: int = 0
    end: int = 0


class Builtin(Placed, frozen=True, eq=False):
    """A call of a built-in function; the last three fields are made by folding only."""

    name: str
    arguments: tuple["Node", ...]
    start: int = 0
    end: int = 0
    mapped: "Node | None" = None  #: What ``filter`` and ``find`` give for an item, instead of it.
    throws: bool = False  #: ``find`` fails where it finds nothing.
    threshold: int | None = None  #: ``count`` stops there.


class Predicate(Placed, frozen=True, eq=False):
    """The part of ``filter``, ``map`` … that runs for each item, with or without braces."""

    node: "Node"
    start: int = 0
    end: int = 0


class Pointer(Placed, frozen=True, eq=False):
    """``#`` (name empty), ``#index`` or ``#acc``."""

    name: str
    start: int = 0
    end: int = 0


class Let(Placed, frozen=True, eq=False):
    name: str
    value: "Node"
    body: "Node"
    start: int = 0
    end: int = 0


class Sequence(Placed, frozen=True, eq=False):
    nodes: tuple["Node", ...]
    start: int = 0
    end: int = 0


class Conditional(Placed, frozen=True, eq=False):
    ternary: bool  #: ``a ? b : c``; else ``if a { b } else { c }``.
    condition: "Node"
    then: "Node"
    otherwise: "Node"
    start: int = 0
    end: int = 0


class Array(Placed, frozen=True, eq=False):
    items: tuple["Node", ...]
    start: int = 0
    end: int = 0


class Pair(Placed, frozen=True, eq=False):
    key: "Node"
    value: "Node"
    start: int = 0
    end: int = 0


class Map(Placed, frozen=True, eq=False):
    pairs: tuple[Pair, ...]
    start: int = 0
    end: int = 0


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


_NONE: tuple[Node, ...] = ()


def _slice_parts(node: Slicing) -> tuple[Node, ...]:
    return (node.node, *(end for end in (node.first, node.last) if end is not None))


def _builtin_parts(node: Builtin) -> tuple[Node, ...]:
    return node.arguments if node.mapped is None else (*node.arguments, node.mapped)


# A table, because trees are walked more than anything else is done with them.
_CHILDREN: dict[type, Callable[[Any], tuple[Node, ...]]] = {
    Unary: lambda node: (node.operand,),
    Binary: attrgetter("left", "right"),
    Chain: lambda node: (node.node,),
    Member: attrgetter("node", "property"),
    Slicing: _slice_parts,
    Call: lambda node: (node.callee, *node.arguments),
    Builtin: _builtin_parts,
    Predicate: lambda node: (node.node,),
    Let: attrgetter("value", "body"),
    Sequence: attrgetter("nodes"),
    Conditional: attrgetter("condition", "then", "otherwise"),
    Array: attrgetter("items"),
    Map: attrgetter("pairs"),
    Pair: attrgetter("key", "value"),
}


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below *node*, in the order in which expr walks them."""
    parts = _CHILDREN.get(type(node))
    return _NONE if parts is None else parts(node)


def walk(root: Node) -> Iterator[Node]:
    """Yield every node, each after those below it, as expr's ``ast.Walk`` visits them."""
    from_above: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        from_above.append(node)
        if (parts := _CHILDREN.get(type(node))) is not None:
            stack.extend(parts(node))
    return reversed(from_above)


def measure(root: Node) -> tuple[int, int]:
    """Return how deep *root* is, and how many nodes a walk of it meets.

    A node may be shared (``a ?: b`` holds ``a`` twice), so that a walk can be far longer than the
    text; the count here is made without one.
    """
    measured: dict[int, tuple[int, int]] = {}
    stack: list[Node] = [root]
    while stack:
        node = stack[-1]
        below = children(node)
        waiting = [child for child in below if id(child) not in measured]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        deepest, size = 0, 1
        for child in below:
            depth, count = measured[id(child)]
            deepest = max(deepest, depth)
            size += count
        measured[id(node)] = (deepest + 1, size)
    return measured[id(root)]

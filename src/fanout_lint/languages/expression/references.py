"""What an expression reads: dotted paths, with a place for each part.

:func:`identifiers` answers as Argo does, which waits for these paths before it evaluates a
step's expression (``util/template/expression_template.go:getIdentifiers`` of v4.1.2).
:func:`references` says more: what a rule needs to resolve ``steps['a-b'].outputs.result``.
"""

from msgspec import Struct

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.nodes import Node


class Segment(Struct, frozen=True):
    """One part of a path. *start* and *end* enclose the name, quotes included."""

    text: str
    start: int
    end: int
    quote: str = ""  #: Which quote an index in brackets has; empty after a dot.
    optional: bool = False  #: ``?.`` stands before it.


class Reference(Struct, frozen=True):
    """A path that begins at a name of the environment, as long as it can be told from the text."""

    segments: tuple[Segment, ...]  #: Never empty; a leading ``$env`` is left out.
    guarded: bool  #: Stands left of ``??``, so that nil is provided for.
    called: bool  #: Parentheses follow.
    open: bool  #: More follows that the text does not tell: ``[…]`` with something to compute.

    @property
    def path(self) -> str:
        return ".".join(segment.text for segment in self.segments)

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end


class HyphenatedName(Struct, frozen=True):
    """``inputs.parameters.my-list``: written as one path, read as a subtraction."""

    segments: tuple[str, ...]  #: The path that was meant: inputs, parameters, my-list.
    hyphenated: int  #: Which segment first holds the hyphen.
    start: int
    end: int


def member_path(node: Node) -> str | None:
    """Return the dotted path that *node* is, ``None`` where it is more than a path."""
    parts: list[str] = []
    while isinstance(node, nodes.Member | nodes.Chain):
        if isinstance(node, nodes.Member):
            if not isinstance(node.property, nodes.String):
                return None
            parts.append(node.property.value)
        node = node.node
    return ".".join([node.name, *reversed(parts)]) if isinstance(node, nodes.Identifier) else None


def identifiers(root: Node) -> tuple[str, ...]:
    """Return the paths that Argo waits for, each once, in the order in which it meets them."""
    tree = tuple(nodes.walk(root))
    guarded = _guarded_members(tree)
    found: dict[str, None] = {}
    for node in tree:
        if isinstance(node, nodes.Identifier):
            found[node.name] = None
        elif isinstance(node, nodes.Member) and id(node) not in guarded:
            path = _plain_path(node)
            if path is not None:
                found[path] = None
    return tuple(found)


def _guarded_members(tree: tuple[Node, ...]) -> set[int]:
    guarded: set[int] = set()
    covered: set[int] = set()  # All that stands left of some ``??``; seen from above first.
    for node in reversed(tree):
        if isinstance(node, nodes.Binary) and node.operator == "??":
            if id(node) not in covered:
                covered.update(map(id, nodes.walk(node.left)))
        elif (
            isinstance(node, nodes.Member) and node.optional and isinstance(node.node, nodes.Member)
        ):
            guarded.add(id(node.node))
    return guarded | covered


def _plain_path(member: nodes.Member) -> str | None:
    parts: list[str] = []
    current: Node = member
    while isinstance(current, nodes.Member):
        if current.optional or not isinstance(current.property, nodes.String):
            return None
        parts.append(current.property.value)
        current = current.node
    if not isinstance(current, nodes.Identifier):
        return None
    return ".".join([current.name, *reversed(parts)])


def references(root: Node) -> tuple[Reference, ...]:
    """Return every path that *root* reads from the environment, by place; locals left out."""
    found: list[Reference] = []
    stack: list[tuple[Node, frozenset[str], bool, bool]] = [(root, frozenset(), False, False)]
    while stack:
        node, known, guarded, called = stack.pop()
        match node:
            case nodes.Identifier() | nodes.Member() | nodes.Chain():
                reference, rest = _reference(node, known, guarded=guarded, called=called)
                if reference is not None:
                    found.append(reference)
                stack.extend((one, known, guarded, False) for one in rest)
            case nodes.Let(name=name, value=value, body=body):
                stack.append((value, known, guarded, False))
                stack.append((body, known | {name}, guarded, False))
            case nodes.Binary(operator="??", left=left, right=right):
                stack.append((left, known, True, False))
                stack.append((right, known, guarded, False))
            case nodes.Call(callee=callee, arguments=arguments):
                stack.append((callee, known, guarded, True))
                stack.extend((one, known, guarded, False) for one in arguments)
            case _:
                stack.extend((one, known, guarded, False) for one in nodes.children(node))
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end)))


def _reference(
    node: Node, known: frozenset[str], *, guarded: bool, called: bool
) -> tuple[Reference | None, list[Node]]:
    """Return the path that *node* is, if any, and the nodes beside it still to be searched."""
    links: list[nodes.Member] = []
    current: Node = node
    while isinstance(current, nodes.Member | nodes.Chain):
        if isinstance(current, nodes.Member):
            links.append(current)
        current = current.node
    rest: list[Node] = [
        link.property for link in links if not isinstance(link.property, nodes.String)
    ]
    if not isinstance(current, nodes.Identifier):
        return None, [*rest, current]
    if current.name in known:
        return None, rest
    segments = [Segment(current.name, current.start, current.end)]
    for link in reversed(links):
        name = link.property
        if not isinstance(name, nodes.String):
            break
        segments.append(Segment(name.value, name.start, name.end, name.quote, link.optional))
    is_open = len(segments) <= len(links)
    if current.name == "$env":
        segments = segments[1:]
    if not segments:
        return None, rest
    return Reference(tuple(segments), guarded, called and not is_open, is_open), rest


_MAX_HYPHENS = 20


def hyphenated_names(root: Node) -> tuple[HyphenatedName, ...]:
    """Return the subtractions that were surely meant as names: no blank, and a dotted path left."""
    found: list[HyphenatedName] = []
    inner: set[int] = set()
    for node in reversed(list(nodes.walk(root))):
        if id(node) in inner or not isinstance(node, nodes.Binary):
            continue
        if (operands := _adjacent_operands(node)) is None:
            continue
        if isinstance(node.left, nodes.Binary):
            inner.add(id(node.left))
        paths = [_plain_segments(operand) for operand in operands]
        if any(not path for path in paths) or len(paths[0]) < 2:
            continue
        segments = list(paths[0])
        for path in paths[1:]:
            segments[-1] += "-" + path[0]
            segments.extend(path[1:])
        hyphenated = len(paths[0]) - 1
        start = operands[0].start
        found.append(HyphenatedName(tuple(segments), hyphenated, start, node.end))
    return tuple(sorted(found, key=lambda one: one.start))


def _adjacent_operands(node: nodes.Binary) -> list[Node] | None:
    """Return ``a``, ``b``, ``c`` of ``a-b-c`` when no blank stands between them."""
    operands: list[Node] = []
    current: Node = node
    while isinstance(current, nodes.Binary) and current.operator == "-":
        if current.right.start != current.left.end + 1 or len(operands) > _MAX_HYPHENS:
            break
        operands.append(current.right)
        current = current.left
    while isinstance(current, nodes.Binary | nodes.Unary):  # `1 + a.b` of `1 + a.b-c`
        end = current.end
        current = current.right if isinstance(current, nodes.Binary) else current.operand
        if current.end != end:
            return None
    return [current, *reversed(operands)] if operands else None


def _plain_segments(node: Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Identifier):
        return (node.name,)
    path: list[str] = []
    current: Node = node
    while isinstance(current, nodes.Member):
        if not isinstance(current.property, nodes.String):
            return ()
        path.append(current.property.value)
        current = current.node
    if not isinstance(current, nodes.Identifier):
        return ()
    return (current.name, *reversed(path))

"""What expr computes before it runs anything, since that changes what fails and what does not.

``x and false`` is false though ``x`` would fail, ``n in ['a', 'b']`` fails when ``n`` is a number,
``len(filter(xs, p))`` never builds a list. The rewritings are those of ``optimizer/`` of
expr-lang 1.17.8, in its order.
"""

from collections.abc import Callable
from operator import is_
from typing import TypeAlias

from msgspec.structs import replace

from fanout_lint.languages.expression import fold_constants, fold_loops, nodes
from fanout_lint.languages.expression.fold_constants import FoldError
from fanout_lint.languages.expression.natures import Nature, of
from fanout_lint.languages.expression.nodes import Node
from fanout_lint.languages.expression.recursion import deep_calls
from fanout_lint.languages.problem import Problem

Rewriting: TypeAlias = Callable[[Node, dict[int, Nature]], Node]

_MAX_ROUNDS = 50


class FoldedTree:
    """A tree rewritten, with the natures of its nodes by ``id``."""

    def __init__(self, root: Node, natures: dict[int, Nature]) -> None:
        self.root = root
        self.natures = dict(natures)
        self._kept: list[Node] = []  # A node that is freed would give its id to another.

    def rewrite(self, rewriting: Rewriting) -> bool:
        """Apply *rewriting* to each node from below; returns whether anything changed."""
        before = self.root
        self.root = self._rewritten(self.root, rewriting)
        return self.root is not before

    def _rewritten(self, node: Node, rewriting: Rewriting) -> Node:
        below = nodes.children(node)
        if not below:  # A literal or a name; no rewriting is about one.
            return node
        current = self._with_children(node, below, rewriting)
        result = rewriting(current, self.natures)
        if result is current:
            return current
        self._kept.append(result)
        if id(result) not in self.natures:
            nature = fold_constants.literal_nature(result)
            known = self.natures.get(id(current))
            self.natures[id(result)] = nature or of(known.type if known else None)
        return result

    def _with_children(self, node: Node, below: tuple[Node, ...], rewriting: Rewriting) -> Node:
        if isinstance(node, nodes.Builtin) and node.mapped is not None:
            below = below[:-1]
        changed = [self._rewritten(child, rewriting) for child in below]
        if all(map(is_, changed, below)):
            return node
        rebuilt = _rebuilt(node, changed)
        self._kept.append(rebuilt)
        if (nature := self.natures.get(id(node))) is not None:
            self.natures[id(rebuilt)] = nature
        return rebuilt


def _rebuilt(node: Node, below: list[Node]) -> Node:
    match node:
        case nodes.Unary():
            return replace(node, operand=below[0])
        case nodes.Chain() | nodes.Predicate():
            return replace(node, node=below[0])
        case nodes.Binary():
            return replace(node, left=below[0], right=below[1])
        case nodes.Member():
            return replace(node, node=below[0], property=below[1])
        case nodes.Slicing():
            ends = iter(below[1:])
            first = next(ends) if node.first is not None else None
            last = next(ends) if node.last is not None else None
            return replace(node, node=below[0], first=first, last=last)
        case nodes.Call():
            return replace(node, callee=below[0], arguments=tuple(below[1:]))
        case nodes.Builtin():
            return replace(node, arguments=tuple(below))
        case nodes.Let():
            return replace(node, value=below[0], body=below[1])
        case nodes.Sequence():
            return replace(node, nodes=tuple(below))
        case nodes.Array():
            return replace(node, items=tuple(below))
        case nodes.Conditional():
            return replace(node, condition=below[0], then=below[1], otherwise=below[2])
        case nodes.Map():
            return replace(node, pairs=tuple(p for p in below if isinstance(p, nodes.Pair)))
        case nodes.Pair():
            return replace(node, key=below[0], value=below[1])
    raise TypeError(f"{type(node).__name__} has nothing below it")


def fold(root: Node, natures: dict[int, Nature]) -> FoldedTree | Problem:
    """Rewrite *root*, whose *natures* the checker found; a Problem where expr refuses to."""
    tree = FoldedTree(root, natures)
    heads = _heads(root)  # Most trees have nothing to fold, and each rewriting walks the whole.
    try:
        with deep_calls():
            if "in" in heads:
                tree.rewrite(fold_constants.text_set)
            if heads:
                for _ in range(_MAX_ROUNDS):
                    if not tree.rewrite(fold_constants.constant):
                        break
            if not heads.isdisjoint(fold_loops.HEADS):
                for rewriting in fold_loops.REWRITINGS:
                    tree.rewrite(rewriting)
    except FoldError as error:
        return Problem(error.message, error.node.start, error.node.end)
    return tree


def _heads(root: Node) -> set[str]:
    """Return the operators and built-in functions in *root*, and ``[`` where there is a list.

    Nothing is rewritten but calls of them and lists; ``filter(xs, p)[0]`` holds such a call.
    """
    heads: set[str] = set()
    for node in nodes.walk(root):
        if type(node) is nodes.Binary or type(node) is nodes.Unary:
            heads.add(node.operator)
        elif type(node) is nodes.Builtin:
            heads.add(node.name)
        elif type(node) is nodes.Array:
            heads.add("[")
    return heads

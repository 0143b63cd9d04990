"""Loops over lists that expr joins or shortens (``optimizer/`` of expr-lang 1.17.8)."""

from collections.abc import Callable

from msgspec.structs import replace

from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.natures import Nature
from fanout_lint.languages.expression.nodes import Builtin, Node
from fanout_lint.languages.expression.values import wrap_int64


def _range_test(node: Node, natures: dict[int, Nature]) -> Node:
    """``n in 1..9`` becomes ``n >= 1 and n <= 9``."""
    match node:
        case nodes.Binary(
            operator="in",
            left=left,
            right=nodes.Binary(
                operator="..", left=nodes.Integer() as first, right=nodes.Integer() as last
            ),
        ):
            nature = natures.get(id(left))
            if nature is not None and nature.type == "int":
                low = nodes.Binary(">=", left, first, node.start, node.end)
                high = nodes.Binary("<=", left, last, node.start, node.end)
                return nodes.Binary("and", low, high, node.start, node.end)
    return node


def _mapped_filter(node: Node, _: dict[int, Nature]) -> Node:
    """``map(filter(xs, p), q)`` becomes one loop."""
    match node:
        case Builtin(
            name="map",
            arguments=(
                Builtin(name="filter", mapped=None) as base,
                nodes.Predicate(node=mapped) as predicate,
            ),
        ):
            pointers = (one for one in nodes.walk(predicate) if isinstance(one, nodes.Pointer))
            if not any(one.name == "index" for one in pointers):
                return replace(base, mapped=mapped, start=node.start, end=node.end)
    return node


def _counted_filter(node: Node, _: dict[int, Nature]) -> Node:
    """``len(filter(xs, p))`` becomes ``count(xs, p)``."""
    match node:
        case Builtin(name="len", arguments=(Builtin(name="filter", arguments=(_, _) as given),)):
            return Builtin("count", given, node.start, node.end)
    return node


def _found_in_filter(place: int, function: str, finder: str) -> Callable[..., Node]:
    """``first(filter(xs, p))`` and ``filter(xs, p)[0]`` become ``find(xs, p)``."""

    def rewrite(node: Node, _: dict[int, Nature]) -> Node:
        match node:
            case nodes.Member(
                node=Builtin(name="filter", arguments=(_, _)) as base,
                property=nodes.Integer(value=index),
                optional=False,
            ) if index == place:
                return replace(base, name=finder, throws=True, start=node.start, end=node.end)
            case Builtin(
                name=name, arguments=(Builtin(name="filter", arguments=(_, _)) as base,)
            ) if name == function:
                return replace(base, name=finder, start=node.start, end=node.end)
        return node

    return rewrite


_COMBINED = {
    ("all", "and"): "and",
    ("all", "&&"): "&&",
    ("any", "or"): "or",
    ("any", "||"): "||",
    ("none", "and"): "or",
    ("none", "&&"): "||",
}


def _joined_predicates(node: Node, natures: dict[int, Nature]) -> Node:
    """``all(xs, p) && all(xs, q)`` becomes ``all(xs, p && q)``."""
    match node:
        case nodes.Binary(
            operator=operator,
            left=Builtin(name=name, arguments=(first, nodes.Predicate(node=one))),
            right=Builtin(name=other_name, arguments=(second, nodes.Predicate(node=other))),
        ) if name == other_name and (name, operator) in _COMBINED:
            if _nature_type(first, natures) != _nature_type(second, natures) or first != second:
                return node
            both = nodes.Binary(_COMBINED[name, operator], one, other, node.start, node.end)
            inner = _joined_predicates(both, natures)
            predicate = nodes.Predicate(inner, node.start, node.end)
            return Builtin(name, (first, predicate), node.start, node.end)
    return node


def _nature_type(node: Node, natures: dict[int, Nature]) -> str:
    nature = natures.get(id(node))
    return (nature.type if nature is not None else None) or "interface {}"


def _summed_range(node: Node, _: dict[int, Nature]) -> Node:
    """``sum(1..9)`` and the like become a number."""
    match node:
        case Builtin(
            name="sum" | "reduce" as name,
            arguments=(
                nodes.Binary(
                    operator="..",
                    left=nodes.Integer(value=first),
                    right=nodes.Integer(value=last),
                ),
                *rest,
            ),
        ) if last >= first:
            count = wrap_int64(last - first + 1)
            product = wrap_int64(count * wrap_int64(first + last))
            total = product // 2 if product >= 0 else -(-product // 2)
            value = _range_sum(total, count, rest) if name == "sum" else _range_fold(total, rest)
            if value is not None:
                return nodes.Integer(wrap_int64(value), node.start, node.end)
    return node


def _range_sum(total: int, count: int, rest: list[Node]) -> int | None:
    if not rest:
        return total
    match rest[0]:
        case nodes.Predicate(node=nodes.Pointer(name="")):
            return total
        case nodes.Predicate(
            node=nodes.Binary(
                operator=operator, left=nodes.Pointer(name=""), right=nodes.Integer(value=number)
            )
        ):
            results = {"*": number * total, "+": total + count * number}
            return results.get(operator, total - count * number if operator == "-" else None)
        case nodes.Predicate(
            node=nodes.Binary(
                operator=operator, left=nodes.Integer(value=number), right=nodes.Pointer(name="")
            )
        ):
            results = {"*": number * total, "+": total + count * number}
            return results.get(operator, count * number - total if operator == "-" else None)
    return None


def _range_fold(total: int, rest: list[Node]) -> int | None:
    match rest:
        case [
            nodes.Predicate(
                node=nodes.Binary(
                    operator="+", left=nodes.Pointer(name=one), right=nodes.Pointer(name=other)
                )
            ),
            *initial,
        ] if {one, other} == {"", "acc"}:
            if not initial:
                return total
            if isinstance(initial[0], nodes.Integer):
                return initial[0].value + total
    return None


def _summed_list(node: Node, _: dict[int, Nature]) -> Node:
    """``sum([a, b, c])`` becomes ``a + (b + c)``."""
    match node:
        case Builtin(name="sum", arguments=(nodes.Array(items=items),)) if len(items) >= 2:
            total = items[-1]
            for item in reversed(items[:-1]):
                total = nodes.Binary("+", item, total, node.start, node.end)
            return total
    return node


def _summed_map(node: Node, _: dict[int, Nature]) -> Node:
    """``sum(map(xs, p))`` becomes ``sum(xs, p)``."""
    match node:
        case Builtin(name="sum", arguments=(Builtin(name="map", arguments=(_, _) as given),)):
            return Builtin("sum", given, node.start, node.end)
    return node


def _count_to_any(node: Node, _: dict[int, Nature]) -> Node:
    """``count(xs, p) > 0`` becomes ``any(xs, p)``."""
    match node:
        case nodes.Binary(
            operator=operator,
            left=Builtin(name="count", arguments=(_, _) as given),
            right=nodes.Integer(value=number),
        ) if (operator, number) in ((">", 0), (">=", 1)):
            return Builtin("any", given, node.start, node.end)
    return node


def _bounded_count(node: Node, _: dict[int, Nature]) -> Node:
    """``count(xs, p) > 5`` stops at the sixth."""
    match node:
        case nodes.Binary(
            operator=">" | ">=" | "<" | "<=" as operator,
            left=Builtin(name="count", arguments=(_, _)) as count,
            right=nodes.Integer(value=number),
        ) if number >= 0:
            threshold = number + (operator in (">", "<="))
            if threshold > 1 and count.threshold != threshold:
                return replace(node, left=replace(count, threshold=threshold))
    return node


REWRITINGS: tuple[Callable[[Node, dict[int, Nature]], Node], ...] = (
    _range_test,
    _mapped_filter,
    _counted_filter,
    _found_in_filter(-1, "last", "findLast"),
    _found_in_filter(0, "first", "find"),
    _joined_predicates,
    _summed_range,
    _summed_list,
    _summed_map,
    _count_to_any,
    _bounded_count,
)

HEADS = frozenset({"..", "filter", "all", "any", "none", "sum", "count"})
"""The operators and functions of which each rewriting needs one."""

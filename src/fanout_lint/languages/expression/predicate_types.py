"""Types of the functions that run a predicate for each item: ``filter``, ``map``, ``reduce`` …

Follows ``checker/checker.go:builtinNode`` of expr-lang 1.17.8.
"""

from collections.abc import Callable
from typing import TypeAlias

from fanout_lint.languages.expression.builtin_names import PREDICATE_ARGUMENTS
from fanout_lint.languages.expression.natures import (
    BOOL,
    INT,
    LIST,
    UNKNOWN_NATURE,
    Nature,
    list_of,
    of,
)
from fanout_lint.languages.expression.nodes import Builtin, Node

Found: TypeAlias = tuple[Nature, tuple[Node, str] | None]

_ASKING = {"all", "none", "any", "one", "filter", "count", "find", "findIndex"}
_ASKING |= {"findLast", "findLastIndex"}


def predicate_nature(
    node: Builtin,
    collection_of: Callable[[Node], Nature],
    predicate_of: Callable[[Node, Nature, dict[str, Nature]], Nature],
) -> Found | None:
    """Return what *node* gives, or a node and what is wrong with it; ``None`` for other functions.

    *collection_of* visits the first argument, *predicate_of* the second.
    """
    if node.name not in PREDICATE_ARGUMENTS:
        return None
    collection = collection_of(node.arguments[0])
    if not collection.is_array and not collection.is_unknown:
        message = f"{node.name} goes through a list, and this is {collection.shown()}"
        return UNKNOWN_NATURE, (node.arguments[0], message)
    if len(node.arguments) == 1:
        return _without_predicate(node.name, collection), None
    predicate = node.arguments[1]
    names = {"map": {"index": INT}, "reduce": {"index": INT, "acc": UNKNOWN_NATURE}}
    given = predicate_of(predicate, collection, names.get(node.name, {})).predicate
    if len(node.arguments) == 3:
        order = collection_of(node.arguments[2])
        if node.name == "sortBy" and not order.is_string and not order.is_unknown:
            message = f"the order is 'asc' or 'desc', and this is {order.shown()}"
            return UNKNOWN_NATURE, (node.arguments[2], message)
    if given is None or given.is_nil:
        return UNKNOWN_NATURE, (predicate, f"{node.name} needs a value for each item, not nil")
    if node.name in _ASKING and not given.is_bool and not given.is_unknown:
        message = f"{node.name} asks for true or false, and this is {given.shown()}"
        return UNKNOWN_NATURE, (predicate, message)
    return _result(node.name, collection, given), None


def _without_predicate(name: str, collection: Nature) -> Nature:
    return INT if name == "count" else collection.inner()


def _result(name: str, collection: Nature, given: Nature) -> Nature:
    match name:
        case "all" | "none" | "any" | "one":
            return BOOL
        case "count" | "findIndex" | "findLastIndex":
            return INT
        case "filter":
            return LIST if collection.is_unknown else list_of(collection.inner())
        case "map":
            return list_of(given)
        case "find" | "findLast":
            return collection.inner()
        case "groupBy":
            return of("map[interface {}][]interface {}")
        case "sortBy":
            return collection
        case "sum":
            return of(given.type)
    return given

"""What names mean at a place of a filter while it runs."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

from fanout_lint.languages.jq.nodes import Function, Node

#: Path of a value that no path leads to.
BROKEN = ("broken",)

#: A value with the path that leads to it: ``None`` where nobody asks for paths.
Item: TypeAlias = "tuple[tuple[object, ...] | None, object]"


def computed(item: Item, value: object) -> Item:
    """Return *value* as something that was made out of *item*, and that no path leads to."""
    return (None if item[0] is None else BROKEN, value)


class Closure(Struct):
    """A function, or an argument, with the names that its body sees."""

    parameters: tuple[str, ...]
    body: Node
    scope: "Scope"


class Scope(Struct, frozen=True):
    """Values by ``$name``, closures by ``name/arity`` and labels by ``label name``."""

    names: Mapping[str, object] = field(default_factory=dict)

    def with_name(self, name: str, value: object) -> "Scope":
        return Scope({**self.names, name: value})

    def with_function(self, function: Function) -> "Scope":
        closure = Closure(function.parameters, function.body, self)
        name = f"{function.name}/{len(function.parameters)}"
        closure.scope = self.with_name(name, closure)
        return closure.scope

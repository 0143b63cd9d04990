"""What an expression gives to a loop that takes it for its list.

``withParam: "{{=…}}"`` gets a list as JSON. So it needs no ``toJson``, and a text that
``toJson`` has gone over is a JSON string, no list.
"""

from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.expression_shapes import written_as_json
from fanout_lint.analysis.items import Item, located_items
from fanout_lint.analysis.scripts.shape import (
    ListShape,
    ScalarKind,
    ScalarShape,
    parse_json,
)
from fanout_lint.analysis.whole_expressions import WholeExpression, noun_of
from fanout_lint.findings import Place
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.gojson import JsonError, JsonKind, JsonValue
from fanout_lint.languages.gojson import parse_json as read_json

_MOST_DEPTH = 50


class NoList(Enum):
    """Why an expression gives no JSON list."""

    EMPTY = "empty"  #: A text without a character, which is no loop.
    VALUE = "expression"  #: A number, a map …
    TEXT = "expression-text"  #: A text that is always the same, and no list.
    TWICE = "json-twice"  #: ``toJson`` of a text.
    JOINED = "joined"  #: Words that ``join`` has put together: hardly ever a list.


class NotAList(Struct, frozen=True):
    """Why, where, and what is given instead, in a user's words; ``reason`` is JSON's."""

    why: NoList
    place: Place
    what: str
    reason: str = ""


def items_of(whole: WholeExpression) -> tuple[Item, ...] | None:
    """Return the items of the list, ``None`` where they vary or it is no list."""
    value = None if whole.text is None else read_json(whole.text)
    if not isinstance(value, JsonValue) or value.kind is not JsonKind.LIST:
        return None
    return located_items(value, whole.place(whole.root))


def list_shape(whole: WholeExpression) -> ListShape | None:
    """Return what is known of the list, ``None`` where it may be none."""
    if whole.text is not None:
        found = parse_json(whole.text)
    else:
        argument = written_as_json(whole.root)
        found = whole.shapes.of(whole.root if argument is None else argument)
    return found if isinstance(found, ListShape) else None


def list_fault(whole: WholeExpression) -> NotAList | None:
    """Return why it is no list, ``None`` where it is or may be one."""
    if whole.text is None:
        return _fault(whole, whole.root)
    if whole.text == "":
        return NotAList(NoList.EMPTY, whole.place(whole.root), "")
    value = read_json(whole.text)
    if isinstance(value, JsonError):
        what = f"the text '{whole.text}'"
        return NotAList(NoList.TEXT, whole.place(whole.root), what, value.message)
    if value.kind in (JsonKind.LIST, JsonKind.NULL):
        return None
    return _fault(whole, whole.root) or NotAList(
        NoList.VALUE, whole.place(whole.root), f"a JSON {value.kind.value}"
    )


def _fault(whole: WholeExpression, node: nodes.Node, depth: int = 0) -> NotAList | None:
    if depth > _MOST_DEPTH:
        return None
    match node:
        case nodes.Conditional(then=first, otherwise=second):
            return _surer(_fault(whole, first, depth + 1), _fault(whole, second, depth + 1))
        case nodes.Binary(operator="??", left=first, right=second):
            return _surer(_fault(whole, first, depth + 1), _fault(whole, second, depth + 1))
    argument = written_as_json(node)
    if argument is not None:
        return _written(whole, node, argument)
    if _joins(node):
        return NotAList(NoList.JOINED, whole.place(node), whole.words(node))
    shape = whole.shapes.of(node)
    if isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING:
        return None  # The text may be a list in JSON.
    what = noun_of(shape)
    return NotAList(NoList.VALUE, whole.place(node), what) if what else None


def _written(whole: WholeExpression, node: nodes.Node, argument: nodes.Node) -> NotAList | None:
    shape = whole.shapes.of(argument)
    if isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING:
        return NotAList(NoList.TWICE, whole.place(node), whole.words(argument))
    what = noun_of(shape)
    return NotAList(NoList.VALUE, whole.place(node), f"{what} in JSON") if what else None


def _surer(one: NotAList | None, other: NotAList | None) -> NotAList | None:
    """Return what is wrong whichever of two it is: the doubtful one, if one is."""
    if one is None or other is None:
        return None
    return other if other.why is NoList.JOINED else one


def _joins(node: nodes.Node) -> bool:
    match node:
        case nodes.Builtin(name="join"):
            return True
        case nodes.Call(
            callee=nodes.Member(
                node=nodes.Identifier(name="sprig"), property=nodes.String(value="join")
            )
        ):
            return True
    return False

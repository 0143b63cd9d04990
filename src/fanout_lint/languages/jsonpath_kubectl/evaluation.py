"""What a kubectl template prints for a resource.

Missing keys print nothing, as ``kubectl get`` allows them. Go walks maps in an order
of chance: where ``.*`` or ``..`` meets a map of several keys, a template is run in
several orders, and what hangs on the order is not told (:class:`TemplateUnknown`).

Whole numbers reach a template as ``int64`` from kubectl's own decoder, and as
``float64`` from any plain one. Where that makes a difference, nothing is told.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fanout_lint.languages.expression.values import SizedNumber
from fanout_lint.languages.jsonpath_kubectl.nodes import (
    Action,
    Field,
    Filter,
    Identifier,
    Literal,
    Node,
    Recursive,
    Slice,
    Template,
    TemplateError,
    Union,
    Wildcard,
    Words,
)

if TYPE_CHECKING:
    from random import Random

MAX_STEPS = 100_000

Values = list[object]


class TemplateUnknown(Exception):
    """What the template prints is not told."""


class _Failure(Exception):
    """A step fails at *node*; *values* is what Go goes on with where it ignores failures."""

    def __init__(self, message: str, node: Node, values: Values) -> None:
        super().__init__(message)
        self.node = node
        self.values = values


#: No value at all, as ``reflect.ValueOf(nil)``; ``None`` is a null inside the document.
_NOTHING = object()


class Evaluation:
    """Runs one template on one document.

    ``range`` and ``end`` count as they do in ``util/jsonpath/jsonpath.go:FindResults``:
    each body of a range is run by a nested call, up to the ``end`` that it meets.
    """

    def __init__(self, template: Template, chance: "Random | None" = None) -> None:
        self.template = template
        self.chance = chance  #: What shuffles the keys of maps; sorted without it.
        self.left = MAX_STEPS
        self.begun = self.inside = self.ended = 0
        self.last_end = -1
        self.by_chance = False
        self.results: list[Values] = []

    def run(self, document: object) -> list[Values]:
        """Return the values of each part that is printed; TemplateError where it fails."""
        try:
            return self._find(document, 0)
        except _Failure as failure:
            node = failure.node
            raise TemplateError(str(failure), node.start, node.end) from failure
        except RecursionError as error:
            raise TemplateUnknown from error

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TemplateUnknown

    def _find(self, document: object, first: int) -> list[Values]:
        found: list[Values] = []
        place = first
        while place < len(self.template):
            self._spend()
            part = self.template[place]
            results: Values = [part.text] if isinstance(part, Words) else []
            if isinstance(part, Action):
                results = self._action([document], part)
            if 0 < self.ended <= self.inside:
                self.ended -= 1
                self.last_end = place
                break
            if self.begun > 0:
                self.begun -= 1
                found += self._range(results, place)
                place = max(place, self.last_end)
            else:
                found.append(results)
            place += 1
        return found

    def _range(self, values: Values, place: int) -> list[Values]:
        self.inside += 1
        found: list[Values] = []
        for value in values:
            if value is _NOTHING:
                raise self._panic(place)
            found += self._find(_NOTHING if value is None else value, place + 1)
        if not values:
            self._find(_NOTHING, place + 1)
        self.inside -= 1
        return found

    def _panic(self, place: int) -> Exception:
        part = self.template[place]
        if isinstance(part, Action) and part.steps:
            return _Failure("kubectl crashes on a range over nothing", part.steps[0], [])
        return TemplateUnknown()

    def _action(self, values: Values, action: Action) -> Values:
        for step in action.steps:
            values = self._step(values, step)
        return values

    def _step(self, values: Values, step: Node) -> Values:
        self._spend()
        match step:
            case Words(text=text):
                return [text]
            case Field(name=name):
                return [
                    value[name] for value in values if isinstance(value, dict) and name in value
                ]
            case Literal(value=value):
                return [value] * len(values)
            case Slice():
                return self._slice(values, step)
            case Filter():
                return self._filter(values, step)
            case Wildcard():
                return [child for value in values for child in self._children(value)]
            case Recursive():
                return self._recursive(values)
            case Union(members=members):
                return self._union(values, step, members)
            case Identifier():
                return self._identifier(values, step)

    def _union(self, values: Values, step: Node, members: tuple[Action, ...]) -> Values:
        try:
            return [found for member in members for found in self._action(values, member)]
        except _Failure as failure:
            failure.values = values
            raise

    def _identifier(self, values: Values, step: Identifier) -> Values:
        if step.name == "range":
            self.begun += 1
            return values
        if step.name != "end":
            message = f"{step.name!r} is no word of a template; a field starts with '.'"
            raise _Failure(message, step, values)
        if self.inside <= 0:
            raise _Failure("'end' has no 'range' before it", step, [])
        self.ended += 1
        return []

    def _children(self, value: object) -> Values:
        match value:
            case dict():
                self.by_chance = self.by_chance or len(value) > 1
                keys = sorted(value)
                if self.chance:
                    self.chance.shuffle(keys)
                return [value[key] for key in keys]
            case list():
                return value
            case str():
                raw = value.encode("utf-8", "surrogateescape")
                return [SizedNumber("uint8", byte) for byte in raw]
        return []

    def _recursive(self, values: Values) -> Values:
        found: Values = []
        for value in values:
            self._spend()
            if children := self._children(value):
                found.append(value)
                found += self._recursive(children)
        return found

    def _slice(self, values: Values, step: Slice) -> Values:
        found: Values = []
        for value in values:
            if value is None:
                continue
            if not isinstance(value, list):
                raise _Failure(f"{_named(value)} is no list", step, values)
            bounds = _bounds(step, len(value))
            if bounds is None:
                return found
            first, last = bounds
            if not 0 <= first < len(value) or not 0 <= last <= len(value):
                index = first if not 0 <= first < len(value) else last - 1
                message = f"there is no item {index} in a list of {len(value)}"
                raise _Failure(message, step, values)
            if first > last:
                raise _Failure(f"item {first} comes after item {last}", step, values)
            if step.step is not None and step.step <= 0:
                raise _Failure("the step of a slice is above 0", step, values)
            found += value[first : last : step.step or 1]
        return found

    def _filter(self, values: Values, step: Filter) -> Values:
        found: Values = []
        for value in values:
            if not isinstance(value, list):
                raise _Failure(f"{_named(value)} is no list to be filtered", step, values)
            for item in value:
                if self._passes(item, step, values, found):
                    found.append(item)
        return found

    def _passes(self, item: object, step: Filter, values: Values, found: Values) -> bool:
        self._spend()
        if step.operator == "exists":
            try:
                return bool(self._action([item], step.left))
            except _Failure as failure:
                return bool(failure.values)
        sides: Values = []
        for side in (step.left, step.right):
            try:
                results = self._action([item], side)
            except _Failure as failure:
                failure.values = values
                raise
            if not results:
                return False
            if len(results) > 1:
                message = "a filter compares one value with one, and here are more"
                raise _Failure(message, step, values)
            sides += results
        try:
            return _compare(step, *sides)
        except _Incomparable as error:
            raise _Failure(str(error), step, found) from error


def _named(value: object) -> str:
    match value:
        case None:
            return "null"
        case dict():
            return "an object"
        case str():
            return f"the text {value[:30]!r}"
        case bool():
            return "a boolean"
        case int() | float() | SizedNumber():
            return "a number"
    return "nothing"


def _bounds(step: Slice, length: int) -> tuple[int, int] | None:
    """Return the bounds of *step* in a list of *length* as kubectl counts them; None: no items."""
    first = step.first or 0
    first += length if first < 0 else 0
    last = length if step.last is None else step.last
    if last < 0 or (last == 0 and step.single):
        last += length
    return None if first == last else (first, last)


class _Incomparable(Exception):
    """Two values that a filter cannot compare."""


_NUMBERS = {"whole number", "fraction", "byte"}


def _kind(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "whole number"
        case float():
            return "fraction"
        case str():
            return "text"
        case SizedNumber():
            return "byte"
    raise _Incomparable(f"a filter cannot compare {_named(value)}")


def _is_literal(side: Action) -> bool:
    """Whether the template itself writes the number of *side*."""
    return bool(side.steps) and isinstance(side.steps[-1], Literal)


def _compare(step: Filter, left: object, right: object) -> bool:
    operator = step.operator
    if operator not in _COMPARISONS:
        raise _Incomparable(f"there is no comparison {operator!r}")
    left_kind, right_kind = _kind(left), _kind(right)
    if {left_kind, right_kind} <= _NUMBERS:
        counted = left_kind == "whole number" and not _is_literal(step.left)
        if counted is not (right_kind == "whole number" and not _is_literal(step.right)):
            raise TemplateUnknown
    if left_kind != right_kind:
        raise _Incomparable(f"a filter cannot compare a {left_kind} with a {right_kind}")
    if left_kind == "boolean" and operator not in ("==", "!="):
        raise _Incomparable("a filter cannot order booleans")
    return _COMPARISONS[operator](_ordered(left), _ordered(right))


def _ordered(value: object) -> tuple[float, bytes]:
    """Return what orders *value* among those of its kind."""
    match value:
        case str():
            return 0, value.encode("utf-8", "surrogateescape")
        case SizedNumber(value=number):
            return number, b""
        case int() | float():
            return value, b""
    return 0, b""


_COMPARISONS: dict[str, Callable[[tuple[float, bytes], tuple[float, bytes]], bool]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}

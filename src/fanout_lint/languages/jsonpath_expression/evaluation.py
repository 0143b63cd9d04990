"""What a JSONPath gives on a document, token by token.

A step that fails inside a wildcard, filter or ``..`` counts as no value there; only
a step that every value passes through makes the whole path fail. Values are
those of ``expression.values``: numbers of the document are floats.
"""

import math
from collections.abc import Iterable

from fanout_lint.languages.expression.values import SizedNumber
from fanout_lint.languages.jsonpath_expression.arithmetic import NUMERIC, remainder
from fanout_lint.languages.jsonpath_expression.faults import (
    JsonPathError,
    JsonPathUnknown,
    ScriptError,
)
from fanout_lint.languages.jsonpath_expression.scripts import (
    Budget,
    Literal,
    Operand,
    Operation,
    Script,
    Selector,
)
from fanout_lint.languages.jsonpath_expression.tokens import (
    Computed,
    Current,
    Filter,
    Index,
    Key,
    Length,
    Range,
    Recursive,
    Root,
    Token,
    Union,
    Wildcard,
)
from fanout_lint.languages.jsonpath_expression.values import (
    Parameters,
    as_boolean,
    as_collection,
    as_integer,
    as_number,
    as_text,
    whole_number,
)

Tokens = tuple[Token, ...]


def kind_name(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return "a text"
    return "a number"


class Evaluation:
    """One document and how many steps may still be taken on it."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def apply(self, root: object, value: object, tokens: Tokens) -> object:
        """Return what *tokens* give on *value*; JsonPathError where the path fails."""
        self.budget.spend()
        if not tokens:
            return value
        token, rest = tokens[0], tokens[1:]
        match token.step:
            case Root():
                return self.apply(root, root, rest)
            case Current():
                return self.apply(root, value, rest)
            case Key(name=name):
                return self.apply(root, self._key(token, value, name), rest)
            case Index(index=index):
                return self.apply(root, self._index(token, value, index), rest)
            case Length():
                return self.apply(root, self._length(token, value), rest)
            case Wildcard():
                values = self._children(token, value, "'*'")
                return self._each(root, values, rest) if rest else list(values)
            case Recursive():
                return self._recursive(root, value, rest)
            case Filter(script=script):
                return self._filter(token, script, root, value, rest)
            case Computed(script=script):
                return self._computed(token, script, root, value, rest)
            case Range() as bounds:
                found = self._range(token, bounds, root, value)
            case Union(members=members):
                found = self._union(token, members, root, value)
        if not rest or isinstance(rest[0].step, Index):
            return self.apply(root, found, rest)
        return self._each(root, found, rest)

    def _fault(self, token: Token, message: str) -> JsonPathError:
        return JsonPathError(message, token.start, token.end)

    def _each(self, root: object, values: Iterable[object], rest: Tokens) -> list[object]:
        """Return what *rest* gives on each value, without failures and nulls."""
        found = (self._or_none(root, value, rest) for value in values)
        return [value for value in found if value is not None]

    def _or_none(self, root: object, value: object, tokens: Tokens) -> object:
        try:
            return self.apply(root, value, tokens)
        except JsonPathError:
            return None

    def _key(self, token: Token, value: object, name: str) -> object:
        if not isinstance(value, dict):
            raise self._fault(token, f"{kind_name(value)} has no key {name!r}")
        if name not in value:
            raise self._fault(token, f"there is no key {name!r}")
        return value[name]

    def _index(self, token: Token, value: object, index: int) -> object:
        items = self._items(token, value)
        place = index + len(items) if index < 0 else index
        if not 0 <= place < len(items):
            message = f"there is no item {index} in a list of {len(items)}"
            raise self._fault(token, message)
        return items[place]

    def _items(self, token: Token, value: object) -> list[object]:
        if not isinstance(value, list):
            raise self._fault(token, f"{kind_name(value)} is not counted by numbers")
        return value

    def _length(self, token: Token, value: object) -> object:
        match value:
            case dict():
                return value.get("length", SizedNumber("int64", len(value)))
            case list():
                return SizedNumber("int64", len(value))
            case str():
                return SizedNumber("int64", len(value.encode("utf-8", "surrogateescape")))
        raise self._fault(token, f"{kind_name(value)} has no length")

    def _children(self, token: Token, value: object, what: str) -> list[object]:
        match value:
            case list():
                return value
            case dict():
                return [value[key] for key in sorted(value, key=_bytes)]
        raise self._fault(token, f"{what} takes a list or an object, not {kind_name(value)}")

    def _recursive(self, root: object, value: object, rest: Tokens) -> list[object]:
        self.budget.spend()
        if value is None:
            return []
        found: list[object] = [value]
        if rest:
            result = self._or_none(root, value, rest)
            found = list(result) if isinstance(result, list) else [result]
            found = [] if result is None else found
        children: Iterable[object] = ()
        if isinstance(value, list):
            children = value
        elif isinstance(value, dict):
            children = (value[key] for key in sorted(value, key=_bytes))
        for child in children:
            found += self._recursive(root, child, rest)
        return found

    def _filter(
        self, token: Token, script: Script, root: object, value: object, rest: Tokens
    ) -> object:
        if not script.text:
            raise self._fault(token, "the filter is empty")
        values = self._children(token, value, "a filter")
        kept = [one for one in values if self._is_kept(script, root, one)]
        if not rest:
            return kept
        if isinstance(rest[0].step, Index):
            return self.apply(value, kept, rest)
        return self._each(root, kept, rest)

    def _is_kept(self, script: Script, root: object, value: object) -> bool:
        try:
            found = self.evaluate(script, root, value)
        except (ScriptError, JsonPathError):
            return False
        match found:
            case str():
                if len(found) > 1 and found[0] == found[-1] and found[0] in "'\"":
                    found = found[1:-1]
                return bool(found)
            case float():
                return found != 0 or math.copysign(1, found) < 0
            case SizedNumber(value=number):
                return number != 0
        return bool(found)

    def _computed(
        self, token: Token, script: Script, root: object, value: object, rest: Tokens
    ) -> object:
        found = self._script_value(token, script, root, value)
        if isinstance(found, str):
            return self.apply(root, self._key(token, value, found), rest)
        number = whole_number(found)
        if number is None:
            message = f"the script gives {kind_name(found)}, not a key or a number"
            raise self._fault(token, message)
        return self.apply(root, self._index(token, value, number), rest)

    def _script_value(self, token: Token, script: Script, root: object, value: object) -> object:
        if not script.text:
            raise self._fault(token, "the script is empty")
        try:
            return self.evaluate(script, root, value)
        except (ScriptError, JsonPathError) as error:
            raise self._fault(token, f"the script fails: {error}") from error

    def _range(self, token: Token, bounds: Range, root: object, value: object) -> list[object]:
        items = self._items(token, value)
        start = self._bound(token, bounds.start, root, value)
        end = self._bound(token, bounds.end, root, value)
        step = self._bound(token, bounds.step, root, value)
        if step == 0:
            raise self._fault(token, "the step of the range is 0")
        first = _clamped(start, len(items), 0)
        last = _clamped(end, len(items), len(items))
        stride = 1 if step is None else step
        places = range(first, last, stride) if stride > 0 else range(last - 1, first - 1, stride)
        return [items[place] for place in places]

    def _bound(
        self, token: Token, bound: int | Script | None, root: object, value: object
    ) -> int | None:
        if not isinstance(bound, Script):
            return bound
        number = whole_number(self._script_value(token, bound, root, value))
        if number is None:
            raise self._fault(token, "a bound of the range is no whole number")
        return number

    def _union(
        self, token: Token, members: tuple[str | int | Script, ...], root: object, value: object
    ) -> list[object]:
        wanted = [self._member(token, member, root, value) for member in members]
        if all(isinstance(one, str) for one in wanted):
            if not isinstance(value, dict):
                raise self._fault(token, f"{kind_name(value)} has no keys")
            return [value[one] for one in wanted if one in value]
        numbers = [one for one in wanted if isinstance(one, int)]
        if len(numbers) < len(wanted):
            raise self._fault(token, "keys and numbers stand side by side")
        items = self._items(token, value)
        places = (number + len(items) if number < 0 else number for number in numbers)
        return [items[place] for place in places if 0 <= place < len(items)]

    def _member(
        self, token: Token, member: str | int | Script, root: object, value: object
    ) -> str | int:
        if not isinstance(member, Script):
            return member
        found = self._script_value(token, member, root, value)
        number = found if isinstance(found, str) else whole_number(found)
        if number is None:
            raise self._fault(token, "a member of the union is no key and no whole number")
        return number

    def evaluate(self, script: Script, root: object, current: object) -> object:
        """Return what *script* gives; ScriptError or JsonPathError where it fails."""
        parameters: Parameters = {"$": root, "@": current, "nil": None, "null": None}
        if script.operation is not None:
            return self._operand(script.operation, parameters)
        if script.text in parameters:
            return parameters[script.text]
        for read in (as_number, as_boolean):
            try:
                return read(script.text, parameters)
            except ScriptError:
                continue
        return script.text

    def _operand(self, operand: Operand, parameters: Parameters) -> object:
        self.budget.spend()
        match operand:
            case Literal(value=value):
                return value
            case Selector(tokens=tokens):
                return self._selected(tokens, parameters)
            case Operation():
                return self._operation(operand, parameters)
        return operand

    def _selected(self, tokens: tuple[object, ...], parameters: Parameters) -> object:
        path = tuple(token for token in tokens if isinstance(token, Token))
        found = self.apply(parameters["$"], parameters["@"], path)
        if isinstance(found, str) and not (len(found) > 1 and found[0] == found[-1] == "'"):
            return f"'{found}'"
        return found

    def _operation(self, operation: Operation, parameters: Parameters) -> object:
        match operation.operator:
            case "!":
                return not self._boolean(operation.right, parameters)
            case "&&" | "||":
                left = self._boolean(operation.left, parameters)
                right = self._boolean(operation.right, parameters)
                return left and right if operation.operator == "&&" else left or right
            case "==" | "!=":
                return self._is_equal(operation, parameters) is (operation.operator == "==")
            case "=~":
                return self._matches(operation, parameters)
            case "in" | "not in":
                return self._is_in(operation, parameters) is (operation.operator == "in")
            case "%":
                left_whole = as_integer(self._operand(operation.left, parameters), parameters)
                right_whole = as_integer(self._operand(operation.right, parameters), parameters)
                return remainder(left_whole, right_whole)
        left_number = as_number(self._operand(operation.left, parameters), parameters)
        right_number = as_number(self._operand(operation.right, parameters), parameters)
        return NUMERIC[operation.operator](left_number, right_number)

    def _boolean(self, operand: Operand, parameters: Parameters) -> bool:
        return as_boolean(self._operand(operand, parameters), parameters)

    def _text(self, operand: Operand, parameters: Parameters) -> str:
        """Return the text of *operand*; a value that is null is the text ``<nil>``."""
        if operand is None:
            raise ScriptError("a text is missing")
        return as_text(self._operand(operand, parameters), parameters)

    def _is_equal(self, operation: Operation, parameters: Parameters) -> bool:
        try:
            left = as_number(self._operand(operation.left, parameters), parameters)
            return left == as_number(self._operand(operation.right, parameters), parameters)
        except (ScriptError, JsonPathError):
            left_text = self._text(operation.left, parameters)
            return left_text == self._text(operation.right, parameters)

    def _matches(self, operation: Operation, parameters: Parameters) -> bool:
        from fanout_lint.languages.goregexp import match, read_goregexp

        text = _unquoted(self._text(operation.left, parameters))
        pattern = _unquoted(self._text(operation.right, parameters))
        if not read_goregexp(pattern).ok:
            raise ScriptError("no regular expression")
        found = match(pattern, text)
        if found is None:
            raise JsonPathUnknown
        return found

    def _is_in(self, operation: Operation, parameters: Parameters) -> bool:
        item: object = _NOTHING
        try:
            left = self._operand(operation.left, parameters)
        except (ScriptError, JsonPathError):
            left = _NOTHING
        for read in (as_number, as_text, as_boolean):
            try:
                item = _NOTHING if left is _NOTHING else read(left, parameters)
                break
            except ScriptError:
                continue
        right = self._operand(operation.right, parameters)
        values = as_collection(right, parameters)
        return any(type(value) is type(item) and value == item for value in values)


_NOTHING = object()


def _bytes(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")


def _clamped(bound: int | None, length: int, otherwise: int) -> int:
    if bound is None:
        return otherwise
    return max(0, min(length, bound + length if bound < 0 else bound))


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text

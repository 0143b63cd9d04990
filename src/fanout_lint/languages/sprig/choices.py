"""sprig's functions that ask what a value is: set or not, of which type, as JSON."""

import re
from collections.abc import Callable, Mapping

from fanout_lint.languages.expression.json_text import UnknownText, marshal, unmarshal
from fanout_lint.languages.expression.values import Function, GoError, type_name
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import deep_equal, is_empty, kind_of


def default(otherwise: object, *given: object) -> object:
    return otherwise if not given or is_empty(given[0]) else given[0]


def coalesce(*values: object) -> object:
    return next((value for value in values if not is_empty(value)), None)


def all_set(*values: object) -> bool:
    return not any(map(is_empty, values))


def any_set(*values: object) -> bool:
    return not all(map(is_empty, values))


def ternary(yes: object, no: object, condition: bool) -> object:
    return yes if condition else no


def fail(message: str) -> object:
    raise SprigError(message)


def must_from_json(text: str) -> object:
    return unmarshal(text)


def from_json(text: str) -> object:
    """Return the value of *text*, or nil where it is no JSON."""
    try:
        return unmarshal(text)
    except GoError as error:
        if "cannot unmarshal" in str(error):
            raise SprigUnknown from error
        return None


def must_to_json(value: object) -> str:
    return marshal(value)


def must_to_pretty_json(value: object) -> str:
    return marshal(value, "  ")


_ESCAPE = r"\\(u003c|u003e|u0026|.)"
_HTML = {"u003c": "<", "u003e": ">", "u0026": "&"}


def to_raw_json(value: object) -> str:
    """Return the JSON of *value* with ``<``, ``>`` and ``&`` as they are."""
    return re.sub(_ESCAPE, lambda found: _HTML.get(found[1], found[0]), marshal(value))


def to_json(value: object) -> str:
    return _or_empty(marshal, value)


def to_pretty_json(value: object) -> str:
    return _or_empty(must_to_pretty_json, value)


def _or_empty(write: Callable[[object], str], value: object) -> str:
    """Return the text that *write* gives, or nothing where Go cannot marshal *value*."""
    try:
        return write(value)
    except UnknownText:
        raise
    except GoError:
        return ""


def type_of(value: object) -> str:
    if isinstance(value, Function):
        raise SprigUnknown
    return type_name(value)


def type_is(target: str, value: object) -> bool:
    return target == type_of(value)


def type_is_like(target: str, value: object) -> bool:
    return type_of(value) in (target, "*" + target)


def kind_is(target: str, value: object) -> bool:
    return target == kind_of(value)


def deep_copy(value: object) -> object:
    if value is None:
        raise SprigUnknown
    return value


CALLS: Mapping[str, Callable[..., object] | None] = {
    "default(any, *any) any": default,
    "empty(any) bool": is_empty,
    "coalesce(*any) any": coalesce,
    "all(*any) bool": all_set,
    "any(*any) bool": any_set,
    "ternary(any, any, bool) any": ternary,
    "fail(string) string": fail,
    "fromJson(string) any": from_json,
    "mustFromJson(string) any": must_from_json,
    "toJson(any) string": to_json,
    "mustToJson(any) string": must_to_json,
    "toPrettyJson(any) string": to_pretty_json,
    "mustToPrettyJson(any) string": must_to_pretty_json,
    "toRawJson(any) string": to_raw_json,
    "mustToRawJson(any) string": to_raw_json,
    "typeOf(any) string": type_of,
    "typeIs(string, any) bool": type_is,
    "typeIsLike(string, any) bool": type_is_like,
    "kindOf(any) string": kind_of,
    "kindIs(string, any) bool": kind_is,
    "deepEqual(any, any) bool": deep_equal,
    "deepCopy(any) any": deep_copy,
    "mustDeepCopy(any) any": deep_copy,
}

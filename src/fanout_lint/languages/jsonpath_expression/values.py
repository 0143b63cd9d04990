"""What scripts make of values: numbers, booleans, texts and collections.

The library turns every operand into a text by Go's ``%v`` and reads that again. A
text out of the document is put into single quotes, to tell it from a bare word.
"""

import math
import re
from collections.abc import Mapping

from fanout_lint.languages.expression.json_text import UnknownText, unmarshal
from fanout_lint.languages.expression.values import GoError, SizedNumber
from fanout_lint.languages.jsonpath_expression.faults import JsonPathUnknown, ScriptError
from fanout_lint.languages.sprig.function import SprigUnknown
from fanout_lint.languages.sprig.kinds import shown
from fanout_lint.languages.sprig.numbers import parse_real

Parameters = Mapping[str, object]

_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})


def _shown(value: object) -> str:
    try:
        return shown(value)
    except SprigUnknown as error:
        raise JsonPathUnknown from error


def named(value: object, parameters: Parameters) -> object:
    """Return what *value* stands for if it is ``$``, ``@``, ``nil`` or ``null``, else itself."""
    return parameters.get(value, value) if isinstance(value, str) else value


def as_number(value: object, parameters: Parameters) -> float:
    if value is None:
        raise ScriptError("a number is missing")
    try:
        number = parse_real(_shown(named(value, parameters)))
    except SprigUnknown as error:
        raise JsonPathUnknown from error
    if number is None:
        raise ScriptError("no number")
    return number


def as_integer(value: object, parameters: Parameters) -> int:
    if value is None:
        raise ScriptError("a number is missing")
    text = _shown(named(value, parameters))
    if not re.fullmatch(r"[+-]?[0-9]{1,30}", text) or not -(2**63) <= int(text) < 2**63:
        raise ScriptError("no whole number")
    return int(text)


def as_boolean(value: object, parameters: Parameters) -> bool:
    found = named(value, parameters)
    if found is None:
        return False
    text = _shown(found)
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ScriptError("no boolean")


def as_text(value: object, parameters: Parameters) -> str:
    if not isinstance(value, str):
        return _shown(value)
    if value in parameters:
        found = parameters[value]
        if not isinstance(found, str):
            return _shown(found)
        return _requoted(found, bare=False)
    return _requoted(value, bare=True)


def _requoted(text: str, *, bare: bool) -> str:
    """Return *text* in single quotes in place of double ones; *bare* words stay as they are."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text
    if len(text) > 1 and text[0] == text[-1] == '"':
        return f"'{text[1:-1]}'"
    return text if bare else f"'{text}'"


def as_collection(value: object, parameters: Parameters) -> list[object]:
    if value is None:
        raise ScriptError("a collection is missing")
    if isinstance(value, str):
        value = parameters[value] if value in parameters else _collection_of(value)
    match value:
        case list():
            return value
        case dict():
            return list(value.values())
    raise ScriptError("no collection")


def _collection_of(text: str) -> object:
    if text[:1] + text[-1:] not in ("[]", "{}"):
        return text
    try:
        return unmarshal(text)
    except UnknownText as error:
        raise JsonPathUnknown from error
    except GoError as error:
        raise ScriptError("no JSON") from error


def whole_number(value: object) -> int | None:
    """Return the integer that *value* is, if it is one; floats without a fraction are."""
    match value:
        case SizedNumber(value=int() as number):
            return number
        case float() if math.isfinite(value) and value == math.trunc(value):
            if not -(2.0**63) <= value < 2.0**63:
                raise JsonPathUnknown
            return int(value)
        case bool():
            return None
        case int():
            return value
    return None

"""jq's functions of values: each takes the input and the values of its arguments."""

import math
import re
from collections.abc import Callable, Mapping

from fanout_lint.languages.jq.faults import JqHalted, JqRaised, JqUnknown
from fanout_lint.languages.jq.formats import apply_format
from fanout_lint.languages.jq.operators import (
    MAX_SIZE,
    OPERATORS,
    add,
    negate,
    plus,
    raised,
)
from fanout_lint.languages.jq.paths import cut, delete_paths, get_path, index, indices_of, set_path
from fanout_lint.languages.jq.sorting import SORTING
from fanout_lint.languages.jq.texts import TEXTS, array_of, refused, text_of
from fanout_lint.languages.jq.untold import UNTOLD
from fanout_lint.languages.jq.values import (
    Opaque,
    compare,
    encode,
    is_true,
    kind_of,
    number_of,
    preview,
    sorted_keys,
    to_float,
    to_text,
    whole,
)

_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"


def values_of(name: str, value: object) -> list[object]:
    """Return the items of an array, or the values of an object by the order of its keys."""
    match value:
        case list():
            return value
        case dict():
            return [value[key] for key in sorted_keys(value)]
    raise refused(name, value)


def _length(value: object) -> object:
    match value:
        case None:
            return 0
        case bool():
            raise refused("length", value)
        case int() | float():
            return abs(value)
        case str() | list() | dict():
            return len(value)
    raise refused("length", value)


def _abs(value: object) -> object:
    if kind_of(value) != "number" or not isinstance(value, int | float):
        raise refused("abs", value)
    return abs(value)


def _keys(value: object) -> object:
    match value:
        case list():
            return [*range(len(value))]
        case dict():
            return [*sorted_keys(value)]
    raise refused("keys", value)


def _has(value: object, key: object) -> object:
    match value, key:
        case (list(), int() | float()) if kind_of(key) == "number":
            place = whole(key)
            return place is not None and 0 <= place < len(value)
        case (dict(), str()):
            return key in value
        case (None, _):
            return False
    raise refused(f"has({preview(key)})", value)


def sum_of(items: list[object]) -> object:
    """Return the sum of *items* by ``+``."""
    if len(items) > MAX_SIZE // 20:
        raise JqUnknown
    total: object = None
    for item in items:
        total = add(total, item)
    return total


def _tonumber(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(_NUMBER, value):
            raise raised(f"{preview(value)} is no number")
        return number_of(value)
    if kind_of(value) != "number":
        raise refused("tonumber", value)
    return value


def _toboolean(value: object) -> object:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise refused("toboolean", value)


def _contains(value: object, part: object) -> object:
    match value, part:
        case (str(), str()):
            return part in value
        case (list(), list()):
            return all(any(_holds(one, wanted) for one in value) for wanted in part)
        case (dict(), dict()):
            return len(value) >= len(part) and all(
                key in value and _holds(value[key], part[key]) for key in part
            )
    kind = kind_of(value)
    if kind == kind_of(part) and (kind in ("number", "null") or value == part):
        return compare(value, part) == 0
    raise refused(f"contains({preview(part)})", value)


def _holds(value: object, part: object) -> bool:
    try:
        return _contains(value, part) is True
    except JqRaised:
        return False


def _indices(name: str) -> Callable[[object, object], object]:
    def indices(value: object, wanted: object) -> object:
        match value, wanted:
            case (None, _):
                return None
            case (list(), _):
                found = indices_of(value, wanted if isinstance(wanted, list) else [wanted])
            case (str(), str()):
                found = indices_of([*value], [*wanted])
            case _:
                raise refused(f"{name}({preview(wanted)})", value)
        if name == "indices":
            return found
        return found[0 if name == "index" else -1] if found else None

    return indices


def _join(value: object, separator: object) -> object:
    items = values_of("join", value)
    if not items:
        return ""
    pieces: list[object] = []
    for place, item in enumerate(items):
        pieces.append(separator if place else "")
        scalar = isinstance(item, bool | int | float)
        pieces.append(encode(item) if scalar else item)
    return sum_of(pieces)


def _fromjson(value: object) -> object:
    import json

    text = text_of("fromjson", value)
    try:
        found: object = json.loads(text, parse_float=_told_number, parse_constant=_no_constant)
    except ValueError as error:
        raise raised(f"{preview(text)} is no JSON") from error
    if encode(found).count("\ufffd") or "\\u" in text:
        raise JqUnknown
    return found


def _told_number(text: str) -> float:
    """Return the number of *text*, if gojq, which keeps its text, would write it like this."""
    number = float(text)
    if encode(number) != text:
        raise JqUnknown
    return number


def _no_constant(text: str) -> float:
    raise ValueError(text)


def _flatten(value: object, depth: object = math.inf) -> object:
    if kind_of(depth) != "number" or not isinstance(depth, int | float):
        raise refused("flatten", depth)
    if depth < 0 or math.isnan(depth):
        raise raised("flatten takes no depth below 0")
    return _flat(values_of("flatten", value), to_float(depth))


def _flat(items: list[object], depth: float) -> list[object]:
    found: list[object] = []
    for item in items:
        if isinstance(item, list) and depth != 0:
            found += _flat(item, depth - 1)
        else:
            found.append(item)
    return found


def _of_number(name: str, answer: Callable[[float], object]) -> Callable[[object], object]:
    def call(value: object) -> object:
        if kind_of(value) != "number" or not isinstance(value, int | float):
            raise refused(name, value)
        return answer(to_float(value))

    return call


def _is_infinite(value: object) -> bool:
    kind_of(value)  # Raises JqUnknown for what is not known.
    return isinstance(value, float) and math.isinf(value)


def _rounded(step: Callable[[float], int]) -> Callable[[float], float]:
    def rounded(number: float) -> float:
        return math.copysign(float(step(number)), number) if math.isfinite(number) else number

    return rounded


def _half_away(number: float) -> int:
    size = abs(number)
    whole_part = math.floor(size)
    whole_part += size - whole_part >= 0.5
    return -whole_part if number < 0 else whole_part


def _sqrt(number: float) -> float:
    return math.nan if number < 0 else math.sqrt(number)


def _transpose(value: object) -> object:
    rows = [array_of("transpose", row) for row in array_of("transpose", value)]
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MAX_SIZE:
        raise JqUnknown
    return [[row[at] if at < len(row) else None for row in rows] for at in range(width)]


def _error(value: object, *messages: object) -> object:
    found = messages[0] if messages else value
    raise JqRaised(f"the filter's own error: {to_text(found)}", found)


def _halt(value: object, *codes: object) -> object:
    if codes and kind_of(codes[0]) != "number":
        raise refused("halt_error", codes[0])
    raise JqHalted("the filter halts, which Argo takes for an error")


def _from_entries(value: object) -> object:
    found: dict[str, object] = {}
    for entry in values_of("from_entries", value):
        key: object = None
        for name in ("key", "Key", "name", "Name"):
            key = index(entry, name)
            if is_true(key):
                break
        label = "value" if _has(entry, "value") else "Value"
        found[text_of("from_entries", key)] = index(entry, label)
    return found


def _operation(sign: str) -> Callable[[object, object, object], object]:
    def call(value: object, left: object, right: object) -> object:
        return OPERATORS[sign](left, right)

    return call


#: Names of the operators' own functions.
_NAMES = "add=+ subtract=- multiply=* divide=/ modulo=% alternative=// equal=== notequal=!="
_NAMES += " greater=> less=< greatereq=>= lesseq=<="

FUNCTIONS: Mapping[str, Callable[..., object]] = {
    **SORTING,
    **TEXTS,
    **UNTOLD,
    "abs/0": _abs,
    **{
        f"_{name}/2": _operation(sign)
        for name, _, sign in (pair.partition("=") for pair in _NAMES.split())
    },
    "_negate/0": negate,
    "_plus/0": plus,
    "length/0": _length,
    "keys/0": _keys,
    "has/1": _has,
    "in/1": lambda value, other: _has(other, value),
    "add/0": lambda value: sum_of(values_of("add", value)),
    "not/0": lambda value: value is None or value is False,
    "tonumber/0": _tonumber,
    "toboolean/0": _toboolean,
    "tostring/0": to_text,
    "tojson/0": encode,
    "fromjson/0": _fromjson,
    "type/0": lambda value: value.kind if isinstance(value, Opaque) else kind_of(value),
    "contains/1": _contains,
    "inside/1": lambda value, other: _contains(other, value),
    "indices/1": _indices("indices"),
    "index/1": _indices("index"),
    "rindex/1": _indices("rindex"),
    "join/1": _join,
    "format/1": lambda value, name: apply_format("@" + text_of("format", name), value),
    "flatten/0": _flatten,
    "flatten/1": _flatten,
    "floor/0": _of_number("floor", _rounded(math.floor)),
    "ceil/0": _of_number("ceil", _rounded(math.ceil)),
    "trunc/0": _of_number("trunc", _rounded(math.trunc)),
    "round/0": _of_number("round", _rounded(_half_away)),
    "rint/0": _of_number("rint", _rounded(round)),
    "nearbyint/0": _of_number("nearbyint", _rounded(round)),
    "fabs/0": _of_number("fabs", abs),
    "sqrt/0": _of_number("sqrt", _sqrt),
    "isnan/0": lambda value: value is not None and _of_number("isnan", math.isnan)(value),
    "isinfinite/0": _is_infinite,
    "isfinite/0": lambda value: kind_of(value) == "number" and not _is_infinite(value),
    "nan/0": lambda value: math.nan,
    "infinite/0": lambda value: math.inf,
    "reverse/0": lambda value: array_of("reverse", value)[::-1],
    "transpose/0": _transpose,
    "first/0": lambda value: index(value, 0),
    "last/0": lambda value: index(value, -1),
    "nth/1": index,
    "getpath/1": get_path,
    "setpath/2": set_path,
    "delpaths/1": delete_paths,
    "_index/2": lambda value, target, key: index(target, key),
    "_slice/3": lambda value, target, last, first: cut(target, first, last),
    "error/0": _error,
    "error/1": _error,
    "halt/0": _halt,
    "halt_error/0": _halt,
    "halt_error/1": _halt,
    "from_entries/0": _from_entries,
    "to_entries/0": lambda value: [
        {"key": key, "value": index(value, key)} for key in values_of("keys", _keys(value))
    ],
}

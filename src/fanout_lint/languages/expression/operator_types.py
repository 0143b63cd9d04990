"""Which types may stand beside an operator, and what comes of them.

Follows ``checker/checker.go:binaryNode`` of expr-lang 1.17.8.
"""

from fanout_lint.languages.expression.natures import (
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NIL,
    STRING,
    TIME,
    UNKNOWN_NATURE,
    Nature,
    assignable,
    comparable,
    key_of,
    list_of,
    maybe,
    of,
)


def binary_nature(operator: str, left: Nature, right: Nature) -> Nature | None:
    """Return the nature of *left* *operator* *right*, ``None`` where expr refuses the types."""
    match operator:
        case "==" | "!=":
            return BOOL if comparable(left, right) else None
        case "or" | "||" | "and" | "&&":
            both = left.is_bool and right.is_bool
            return BOOL if both or maybe(left, right, "bool") else None
        case "<" | ">" | ">=" | "<=":
            return _order(left, right)
        case "+" | "-" | "*":
            return _sum(operator, left, right)
        case "/" | "**" | "^":
            both = left.is_number and right.is_number
            return FLOAT if both or maybe(left, right, "number") else None
        case "%":
            both = left.is_integer and right.is_integer
            return INT if both or maybe(left, right, "integer") else None
        case "in":
            return _membership(left, right)
        case "matches":
            both = (left.is_string or left.type == "[]uint8") and right.is_string
            return BOOL if both or maybe(left, right, "string") else None
        case "contains" | "startsWith" | "endsWith":
            both = left.is_string and right.is_string
            return BOOL if both or maybe(left, right, "string") else None
        case "..":
            both = left.is_integer and right.is_integer
            return list_of(INT) if both or maybe(left, right, "integer") else None
        case "??":
            return _coalesced(left, right)
    return None


def _order(left: Nature, right: Nature) -> Nature | None:
    alike = (
        (left.is_number and right.is_number)
        or (left.is_string and right.is_string)
        or (left.is_time and right.is_time)
        or (left.is_duration and right.is_duration)
    )
    return BOOL if alike or maybe(left, right, "number", "string", "time", "duration") else None


def _sum(operator: str, left: Nature, right: Nature) -> Nature | None:
    if left.is_number and right.is_number:
        floats = {"float32", "float64"}
        return FLOAT if left.type in floats or right.type in floats else INT
    if operator == "+" and left.is_string and right.is_string:
        return STRING
    times = (_short(left), operator, _short(right))
    if times in _TIME_RESULTS:
        return _TIME_RESULTS[times]
    kinds = {"+": ("number", "string", "time", "duration"), "-": ("number", "time", "duration")}
    if maybe(left, right, *kinds.get(operator, ("number", "duration"))):
        return UNKNOWN_NATURE
    return None


def _short(nature: Nature) -> str:
    if nature.is_number:
        return "number"
    return {"time.Time": "time", "time.Duration": "duration"}.get(nature.type or "", "")


_TIME_RESULTS = {
    ("time", "-", "time"): DURATION,
    ("time", "-", "duration"): TIME,
    ("duration", "-", "duration"): DURATION,
    ("number", "*", "duration"): DURATION,
    ("duration", "*", "number"): DURATION,
    ("duration", "*", "duration"): DURATION,
    ("time", "+", "duration"): TIME,
    ("duration", "+", "time"): TIME,
    ("duration", "+", "duration"): DURATION,
}


def _membership(left: Nature, right: Nature) -> Nature | None:
    if right.kind == "struct" and (left.is_string or left.is_unknown):
        return BOOL
    if right.is_map:
        fits = left.is_unknown or assignable(left, of(key_of(right.type or "")))
        return BOOL if fits else None
    if right.is_array:
        return BOOL if comparable(left, right.inner()) else None
    if left.is_unknown and right.is_string:
        return BOOL
    return BOOL if right.is_unknown else None


def _coalesced(left: Nature, right: Nature) -> Nature:
    if left.is_nil:
        return NIL if right.is_nil else right
    if right.is_nil:
        return left
    return left if assignable(right, left) else UNKNOWN_NATURE

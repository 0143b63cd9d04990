"""What built-in functions without a declared type take and give.

Follows the ``Validate`` functions of ``builtin/builtin.go`` of expr-lang 1.17.8.
"""

from fanout_lint.languages.expression.natures import (
    FLOAT,
    INT,
    LIST,
    TIME,
    UNKNOWN_NATURE,
    Nature,
    of,
)


class BuiltinTypeError(Exception):
    """The function refuses its arguments; *position* says which, ``None`` their number."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


_LISTS = ("slice", "array")

#: For each function of one argument: which kinds it takes beside the unknown, and what it gives.
_ONE_ARGUMENT: dict[str, tuple[tuple[str, ...], Nature]] = {
    "len": ((*_LISTS, "map", "string"), INT),
    "ceil": (("number",), FLOAT),
    "floor": (("number",), FLOAT),
    "round": (("number",), FLOAT),
    "int": (("number", "string"), INT),
    "float": (("number", "string"), FLOAT),
    "keys": (("map",), LIST),
    "values": (("map",), LIST),
    "toPairs": (("map",), LIST),
    "fromPairs": (_LISTS, of("map[interface {}]interface {}")),
    "reverse": (_LISTS, LIST),
    "uniq": (_LISTS, LIST),
    "flatten": (_LISTS, LIST),
}


def result_type(name: str, arguments: list[Nature]) -> Nature:
    """Return what *name* gives for *arguments*; raises :class:`BuiltinTypeError`."""
    match name:
        case "max" | "min" | "mean" | "median":
            return _aggregate(name, arguments)
        case "now":
            return _now(arguments)
        case "date":
            return _date(arguments)
        case "take":
            return _take(arguments)
        case "concat":
            if not arguments:
                raise BuiltinTypeError("concat needs at least 1 argument")
            for position, argument in enumerate(arguments):
                _want(name, argument, _LISTS, position)
            return LIST
    if len(arguments) != 1:
        raise BuiltinTypeError(f"{name} takes 1 argument, not {len(arguments)}")
    only = arguments[0]
    match name:
        case "abs":
            _want(name, only, ("number",), 0)
            return UNKNOWN_NATURE if only.is_unknown else of(only.type)
        case "first" | "last":
            _want(name, only, _LISTS, 0)
            return UNKNOWN_NATURE if only.is_unknown else of(_element(only))
    kinds, result = _ONE_ARGUMENT[name]
    _want(name, only, kinds, 0)
    return result


def _element(nature: Nature) -> str | None:
    return Nature(nature.type).inner().type


def _kind(nature: Nature) -> str:
    """Return the kind that ``Validate`` sees; a named number such as a duration is a number."""
    kind = nature.dereferenced().kind
    return "number" if of(kind).is_number else kind


def _want(name: str, argument: Nature, kinds: tuple[str, ...], position: int) -> None:
    if argument.is_unknown or _kind(argument) in kinds:
        return
    raise BuiltinTypeError(f"{name} takes no {argument.shown()}", position)


def _aggregate(name: str, arguments: list[Nature]) -> Nature:
    if not arguments:
        raise BuiltinTypeError(f"{name} needs at least 1 argument")
    for position, argument in enumerate(arguments):
        if argument.is_unknown or _kind(argument) in (*_LISTS, "interface"):
            return of("interface {}")
        _want(name, argument, ("number",), position)
    return of(arguments[0].type)


def _now(arguments: list[Nature]) -> Nature:
    if not arguments or (len(arguments) == 1 and _is_location(arguments[0])):
        return TIME
    raise BuiltinTypeError("now takes no argument, or a timezone(…)")


def _is_location(nature: Nature) -> bool:
    return nature.type == "*time.Location"


def _date(arguments: list[Nature]) -> Nature:
    if not arguments:
        raise BuiltinTypeError("date needs at least 1 argument")
    rest = arguments[1:] if _is_location(arguments[0]) else arguments
    if len(rest) > 3:
        raise BuiltinTypeError(f"date takes at most 3 arguments, not {len(rest)}")
    return TIME


def _take(arguments: list[Nature]) -> Nature:
    if len(arguments) != 2:
        raise BuiltinTypeError(f"take takes 2 arguments, not {len(arguments)}")
    _want("take", arguments[0], _LISTS, 0)
    count = arguments[1]
    kind = count.dereferenced().kind
    if not count.is_unknown and (not kind.startswith("int") or kind == "interface"):
        raise BuiltinTypeError(f"take takes a whole number here, not {count.shown()}", 1)
    return UNKNOWN_NATURE if arguments[0].is_unknown else of(arguments[0].type)

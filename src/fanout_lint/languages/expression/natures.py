"""What expr's checker knows of a part of an expression before it runs.

A nature is a Go type, with what the checker knows beyond it (``checker/nature/nature.go``
of expr-lang 1.17.8). No type at all is *unknown*; so is ``interface {}``, but only the
latter takes part in assignments, which decides what ``a ? b : c`` is taken for.
"""

from typing import Final

from msgspec import Struct

ANY: Final = "interface {}"

_INTEGERS: Final = frozenset(
    f"{sign}int{bits}" for sign in ("", "u") for bits in ("", "8", "16", "32", "64")
)
_FLOATS: Final = frozenset({"float32", "float64"})
_NAMED_KINDS: Final = {
    "time.Time": "struct",
    "time.Location": "struct",
    "time.Duration": "int64",
    "time.Month": "int",
    "time.Weekday": "int",
    ANY: "interface",
    "error": "interface",
    "http.Header": "map",
}
_NILABLE: Final = frozenset({"ptr", "interface", "func", "map", "slice"})


def kind_of(name: str | None) -> str:
    """Return Go's ``reflect.Kind`` of the type *name*, ``invalid`` for no type."""
    if name is None:
        return "invalid"
    if name in _NAMED_KINDS:
        return _NAMED_KINDS[name]
    if name.startswith("[]"):
        return "slice"
    for start, kind in (("[", "array"), ("map[", "map"), ("func(", "func"), ("*", "ptr")):
        if name.startswith(start):
            return kind
    return name


def element_of(name: str) -> str | None:
    """Return the type of what is in a list or map of type *name*."""
    if name.startswith("map["):
        level = 0
        for place, character in enumerate(name):
            level += (character == "[") - (character == "]")
            if character == "]" and level == 0:
                return name[place + 1 :]
    if name == "http.Header":
        return "[]string"
    if name.startswith("["):
        return name[name.index("]") + 1 :]
    return name[1:] if name.startswith("*") else None


def key_of(name: str) -> str:
    """Return the type of the keys of a map of type *name*."""
    if name == "http.Header":
        return "string"
    level = 0
    for place, character in enumerate(name):
        level += (character == "[") - (character == "]")
        if character == "]" and level == 0:
            return name[len("map[") : place]
    return ANY


class Signature(Struct, frozen=True):
    """A function's type: a last parameter ``...T`` takes any number of ``T``."""

    parameters: tuple[str, ...]
    results: tuple[str, ...]
    variadic: bool = False

    def shown(self) -> str:
        parameters = list(self.parameters)
        if self.variadic:
            parameters[-1] = f"...{parameters[-1]}"
        results = ", ".join(self.results)
        shown = f"({results})" if len(self.results) > 1 else results
        return f"func({', '.join(parameters)}) {shown}".rstrip()


class Nature(Struct, frozen=True):
    type: str | None = None
    is_nil: bool = False
    element: "Nature | None" = None  #: Known beyond the type: of a list, or a map's values.
    signature: Signature | None = None  #: Of a function that is known.
    builtin: str = ""  #: Which built-in function a bare name stands for.
    predicate: "Nature | None" = None  #: What a predicate gives.

    @property
    def kind(self) -> str:
        return kind_of(self.type)

    @property
    def is_unknown(self) -> bool:
        return (self.type is None and not self.is_nil) or self.type == ANY

    @property
    def is_integer(self) -> bool:
        return self.type in _INTEGERS

    @property
    def is_number(self) -> bool:
        return self.type in _INTEGERS or self.type in _FLOATS

    @property
    def is_bool(self) -> bool:
        return self.type == "bool"

    @property
    def is_string(self) -> bool:
        return self.type == "string"

    @property
    def is_array(self) -> bool:
        return self.kind in ("slice", "array")

    @property
    def is_map(self) -> bool:
        return self.kind == "map"

    @property
    def is_time(self) -> bool:
        return self.type == "time.Time"

    @property
    def is_duration(self) -> bool:
        return self.type == "time.Duration"

    def inner(self) -> "Nature":
        """Return the nature of what is in a list or map."""
        if self.element is not None:
            return self.element
        if self.type is None:
            return UNKNOWN_NATURE
        return of(element_of(self.type))

    def dereferenced(self) -> "Nature":
        return of(self.type[1:]) if self.kind == "ptr" and self.type else self

    def shown(self) -> str:
        """Return the type in words that a user of Argo knows."""
        if self.is_nil:
            return "nil"
        if self.type is None or self.is_unknown:
            return "unknown"
        simple = {"slice": "list", "array": "list", "map": "map", "func": "function"}
        return simple.get(self.kind, {"float64": "float"}.get(self.type, self.type))


UNKNOWN_NATURE: Final = Nature()
NIL: Final = Nature(is_nil=True)
BOOL: Final = Nature("bool")
INT: Final = Nature("int")
FLOAT: Final = Nature("float64")
STRING: Final = Nature("string")
BYTES: Final = Nature("[]uint8")
LIST: Final = Nature("[]interface {}")
MAP: Final = Nature("map[string]interface {}")
TIME: Final = Nature("time.Time")
DURATION: Final = Nature("time.Duration")


def of(name: str | None) -> Nature:
    return Nature(name)


def list_of(element: Nature) -> Nature:
    return Nature("[]interface {}", element=element)


def assignable(value: Nature, target: Nature) -> bool:
    """Whether expr takes *value* where *target* is wanted (``Nature.AssignableTo``)."""
    if value.is_nil and target.kind in _NILABLE:
        return True
    if value.type is None or target.type is None:
        return False
    if target.type == ANY:
        return True
    if value.kind != target.kind:
        return False
    header = {"http.Header", "map[string][]string"}
    return value.type == target.type or {value.type, target.type} == header


def comparable(left: Nature, right: Nature) -> bool:
    """Whether expr lets ``==`` stand between them (``Nature.ComparableTo``)."""
    return (
        left.is_unknown
        or right.is_unknown
        or left.is_nil
        or right.is_nil
        or (left.is_number and right.is_number)
        or (left.is_array and right.is_array)
        or assignable(left, right)
    )


def maybe(left: Nature, right: Nature, *kinds: str) -> bool:
    """Whether one or both are unknown and the other is of *kinds* (``MaybeCompatible``)."""
    if left.is_unknown:
        return right.is_unknown or _is_any_of(right, kinds)
    return right.is_unknown and _is_any_of(left, kinds)


def _is_any_of(nature: Nature, kinds: tuple[str, ...]) -> bool:
    found = {
        "bool": nature.is_bool,
        "string": nature.is_string,
        "integer": nature.is_integer,
        "number": nature.is_number,
        "map": nature.is_map,
        "array": nature.is_array,
        "time": nature.is_time,
        "duration": nature.is_duration,
    }
    return any(found[kind] for kind in kinds)

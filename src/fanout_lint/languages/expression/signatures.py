"""Types of the functions that an expression can call, and of the methods of Go's times.

Sources: ``builtin/builtin.go`` of expr-lang 1.17.8, Go's ``time`` package, and
``util/expr/env/env.go`` of Argo v4.1.2 for the functions that Argo adds.
"""

from collections.abc import Iterator
from typing import Final

from fanout_lint.languages.expression.natures import ANY, Signature

_LIST: Final = "[]interface {}"


def _signatures(text: str) -> Iterator[tuple[str, Signature]]:
    """Read lines of ``name(types) results``; a type may be written as a short word."""
    words = {"any": ANY, "list": _LIST, "Time": "time.Time", "Duration": "time.Duration"}
    words |= {"Location": "*time.Location", "Month": "time.Month", "Weekday": "time.Weekday"}
    words |= {"bytes": "[]uint8", "float": "float64"}
    for line in text.strip().splitlines():
        names, _, rest = line.strip().partition("(")
        given, _, results = rest.partition(")")
        parameters = tuple(words.get(word, word) for word in given.replace(",", " ").split())
        signature = Signature(parameters, tuple(words.get(word, word) for word in results.split()))
        for name in names.split():
            yield name, signature


def _overloads(text: str) -> dict[str, tuple[Signature, ...]]:
    found: dict[str, tuple[Signature, ...]] = {}
    for name, signature in _signatures(text):
        found[name] = (*found.get(name, ()), signature)
    return found


#: Built-in functions that have types; the first is what the bare name stands for.
OVERLOADS: Final = _overloads(
    """
    type string toJSON(any) string
    trim(string) string
    trim trimPrefix trimSuffix(string string) string
    trimPrefix trimSuffix upper lower toBase64 fromBase64(string) string
    split splitAfter(string string) []string
    split splitAfter(string string int) []string
    replace(string string string int) string
    replace(string string string) string
    repeat(string int) string
    join([]string string) string
    join(list string) string
    join(list) string
    join([]string) string
    indexOf lastIndexOf(string string) int
    hasPrefix hasSuffix(string string) bool
    fromJSON(string) any
    duration(string) Duration error
    timezone(string) Location error
    sort(list string) list
    sort([]int string) list
    sort([]float64 string) list
    sort([]string string) list
    sort(list) list
    sort([]float64) list
    sort([]string) list
    sort([]int) list
    bitand bitor bitxor bitnand bitshl bitshr bitushr(int int) int
    bitnot(int) int
    """
)

#: What Argo adds to the environment, beside ``sprig``.
ARGO_FUNCTIONS: Final = dict(
    _signatures(
        """
        asInt asFloat(any) any
        jsonpath(string string) any
        toJson(any) string
        """
    )
)

#: The type of a built-in function that declares none.
ANY_FUNCTION: Final = Signature((ANY,), (ANY, "error"), variadic=True)

METHODS: Final[dict[str, dict[str, Signature]]] = {
    "time.Time": dict(
        _signatures(
            """
            Add Round Truncate(Duration) Time
            AddDate(int int int) Time
            After Before Equal(Time) bool
            AppendBinary AppendText(bytes) bytes error
            AppendFormat(bytes string) bytes
            Clock() int int int
            Compare(Time) int
            Date() int Month int
            Day Hour Minute Second Nanosecond Year YearDay() int
            Format(string) string
            String GoString() string
            GobEncode MarshalBinary MarshalJSON MarshalText() bytes error
            ISOWeek() int int
            In(Location) Time
            IsDST IsZero() bool
            Local UTC() Time
            Location() Location
            Month() Month
            Sub(Time) Duration
            Unix UnixMicro UnixMilli UnixNano() int64
            Weekday() Weekday
            Zone() string int
            ZoneBounds() Time Time
            """
        )
    ),
    "time.Duration": dict(
        _signatures(
            """
            Abs() Duration
            Hours Minutes Seconds() float
            Microseconds Milliseconds Nanoseconds() int64
            Round Truncate(Duration) Duration
            String() string
            """
        )
    ),
    "*time.Location": dict(_signatures("String() string")),
    "time.Month": dict(_signatures("String() string")),
    "time.Weekday": dict(_signatures("String() string")),
}

"""Names of the functions that expr-lang 1.17.8 has built in."""

from typing import Final

_PREDICATE: Final = ("value", "predicate")

#: The arguments that the parser itself demands (``parser/parser.go:predicates``); ``?`` may lack.
PREDICATE_ARGUMENTS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("all", "none", "any", "one", "filter", "map", "find", "findIndex"), _PREDICATE
    ),
    **dict.fromkeys(("findLast", "findLastIndex", "groupBy"), _PREDICATE),
    **dict.fromkeys(("count", "sum"), ("value", "predicate?")),
    **dict.fromkeys(("sortBy", "reduce"), ("value", "predicate", "value?")),
}

_TEXT = "string trim trimPrefix trimSuffix upper lower split splitAfter replace repeat join"
_TEXT += " indexOf lastIndexOf hasPrefix hasSuffix toJSON fromJSON toBase64 fromBase64"
_NUMBERS = "abs ceil floor round int float max min mean median"
_NUMBERS += " bitand bitor bitxor bitnand bitshl bitshr bitushr bitnot"
_TIME = "now duration date timezone"
_LISTS = "len first last get take keys values toPairs fromPairs reverse uniq concat flatten sort"

BUILTINS: Final = frozenset(PREDICATE_ARGUMENTS) | frozenset(
    f"type {_TEXT} {_NUMBERS} {_TIME} {_LISTS}".split()
)

"""Operators of expr-lang 1.17.8 and how tightly they bind (``parser/operator/operator.go``)."""

from typing import Final

UNARY: Final = {"not": 50, "!": 50, "-": 90, "+": 90}

BINARY: Final = {
    "|": 0,
    "or": 10,
    "||": 10,
    "and": 15,
    "&&": 15,
    "==": 20,
    "!=": 20,
    "<": 20,
    ">": 20,
    ">=": 20,
    "<=": 20,
    "in": 20,
    "matches": 20,
    "contains": 20,
    "startsWith": 20,
    "endsWith": 20,
    "..": 25,
    "+": 30,
    "-": 30,
    "*": 60,
    "/": 60,
    "%": 60,
    "**": 100,
    "^": 100,
    "??": 500,
}

RIGHT_ASSOCIATIVE: Final = frozenset({"**", "^"})
COMPARISONS: Final = frozenset({"<", ">", "<=", ">="})
NEGATABLE: Final = frozenset({"contains", "matches", "startsWith", "endsWith", "in"})
BOOLEAN: Final = frozenset({"and", "or", "&&", "||"})

#: Words that are operators wherever they stand, and so are no names.
WORDS: Final = frozenset(
    {"not", "in", "or", "and", "matches", "contains", "startsWith", "endsWith", "let", "if", "else"}
)

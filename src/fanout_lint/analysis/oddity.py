"""What can be odd about an expression that works, and where."""

from enum import Enum

from msgspec import Struct


class Oddity(Enum):
    """What is odd."""

    BYTES = "bytes"  #: A loop over the bytes of a text.
    BYTE = "byte"  #: A byte of a text, by its index.
    DOTTED = "dotted"
    TIME = "time"  #: The object of a time where a function wants a time.
    TIME_OBJECT = "time-object"
    OBJECT = "object"
    FALLBACK = "fallback"  #: ``jsonpath(…) ?? …``
    FILTER = "filter"  #: A filter of ``jsonpath`` that no item passes.
    TWICE = "twice"  #: ``toJson`` of a text that is JSON already.
    WHOLE = "whole"  #: ``asInt`` of a duration, which has a point.
    UNEQUAL = "unequal"  #: A text compared with a number or a truth value.
    CLASH = "clash"  #: A label whose name another label begins with.
    CLASH_BY_CHANCE = "clash-by-chance"


class Odd(Struct, frozen=True):
    """One oddity, at ``written[start:end]``.

    ``name`` is the path or function that it is about, ``other`` what it is compared with or
    clashes with, and ``value`` what always comes of that.
    """

    what: Oddity
    start: int
    end: int
    name: str
    other: str = ""
    value: str = ""

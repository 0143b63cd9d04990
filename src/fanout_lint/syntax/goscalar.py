"""Plain scalars as Argo's YAML reader types them.

Argo reads manifests with sigs.k8s.io/yaml 1.6.0, whose reader is
go.yaml.in/yaml/v2 (``resolve.go:resolve``). It is YAML 1.1 with a few
differences from PyYAML: ``y`` and ``n`` are booleans, ``0o17`` and ``1e3`` are
numbers, sexagesimal numbers and dates stay texts.
"""

import re
from functools import lru_cache
from typing import Final

Resolved = str | int | float | bool | None

_BOOLEANS: Final = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE"), True),
    **dict.fromkeys(("on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE"), False),
    **dict.fromkeys(("off", "Off", "OFF"), False),
}
NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
"""The plain texts that are null, unless a tag says otherwise."""
_NOT_FINITE: Final = {
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}
_FIRST: Final = frozenset("+-0123456789yYnNtTfFoO~.")
_FLOAT: Final = r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z"
_GO_FLOAT: Final = r"\.[0-9]+(_?[0-9]+)*([eE][-+]?[0-9]+)?\Z"
_INTEGER: Final = (
    r"(?P<sign>[-+]?)(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<bin>[01]+)"
    r"|0[oO]?(?P<oct>[0-7]+)|(?P<dec>0|[1-9][0-9]*))\Z"
)
_MOST_DIGITS: Final = 80
"""No longer text is a number of 64 bits, in whatever base."""
_DATE: Final = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
_BASES: Final = {"hex": 16, "bin": 2, "oct": 8, "dec": 10}
_SHORT_TAG: Final = "tag:yaml.org,2002:"


def resolve(text: str, tag: str | None) -> Resolved:
    """Return the value of the plain scalar *text*, or of any scalar with the explicit *tag*.

    Numbers that Go holds in an int64 or uint64 are ``int``; the float values of
    ``.inf`` and ``.nan`` are given, though JSON has none.
    """
    if tag is not None and not _is_resolvable(tag):
        return text
    if tag in (_SHORT_TAG + "str", _SHORT_TAG + "binary", "!"):
        return text
    value = _resolve_plain(text)
    if tag == _SHORT_TAG + "float" and type(value) is int:
        return float(value)
    return value


def _is_resolvable(tag: str) -> bool:
    return tag.startswith(_SHORT_TAG) and tag[len(_SHORT_TAG) :] in (
        "str",
        "bool",
        "int",
        "float",
        "null",
        "timestamp",
        "binary",
    )


def _resolve_plain(text: str) -> Resolved:
    if text in NULLS:
        return None
    if text[0] not in _FIRST:
        return text
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text in _NOT_FINITE:
        return _NOT_FINITE[text]
    if text[0] == ".":
        has_digit = text[1:2].isdigit()  # A path such as .spec has none.
        return _float(text) if has_digit and re.match(_GO_FLOAT, text) else text
    if text[0] not in "+-0123456789" or (text[4:5] == "-" and re.match(_DATE, text)):
        return text
    return _resolve_number(text)


def _resolve_number(text: str) -> Resolved:
    plain = text.replace("_", "")
    if plain.isascii() and plain.isdecimal() and plain[0] != "0" and len(plain) < 19:
        return int(plain)  # As most are.
    found = re.match(_INTEGER, plain) if len(plain) <= _MOST_DIGITS else None
    if found is not None:
        group = found.lastgroup or "dec"
        # Python refuses to read decimals of thousands of digits; Go's uint64 has 20 at most.
        is_long = group == "dec" and len(found["dec"]) > 20
        number = 2**64 if is_long else int(found[group], _BASES[group])
        if number < 2**63 or (number < 2**64 and not found["sign"]):
            return -number if found["sign"] == "-" else number
        if number == 2**63 and found["sign"] == "-":
            return -number
    if re.match(_FLOAT, plain):
        return _float(plain)
    return text


def _float(text: str) -> float | str:
    value = float(text.replace("_", ""))
    return text if value in (float("inf"), float("-inf")) else value


def key_text(value: Resolved) -> str | None:
    """Return a map's key as JSON would have it, ``None`` where Go refuses such a key."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.9g}"
        case _:
            return str(value)


@lru_cache(maxsize=4096)  # The same hundred keys stand everywhere.
def plain_key(text: str) -> str | None:
    """Return the key that *text* makes, in no quotes and without a tag, as :func:`key_text`."""
    return key_text(resolve(text, None))

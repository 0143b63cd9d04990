"""The table ``[tool.fanout-lint]`` of a pyproject.toml, as nodes with places.

``tomllib`` gives values without places; a scan for headers and keys at the
beginnings of lines finds those. What stands inside an inline table has the place
of the key before it.
"""

import re
from collections.abc import Mapping as Map
from typing import Any, Final

from fanout_lint.errors import ConfigError
from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence

TABLE: Final = ("tool", "fanout-lint")

_MENTIONS: Final = (
    rb"""^[ \t]*\[?[ \t]*["']?tool["']?[ \t]*(?:\][ \t\r]*$|\.[ \t]*["']?fanout-lint\b|=)"""
)
_PART: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n\\]*"|'[^'\n]*')"""
_DOTTED: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_LINE: Final = (
    rf"^[ \t]*(?:\[\[?[ \t]*(?P<header>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=[ \t]*)"
)
_AT: Final = r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)"

Places = dict[tuple[str, ...], tuple[Span, Span]]


class _Written(float):
    """A number, and how it is written."""

    text: str

    def __new__(cls, text: str) -> "_Written":
        number = super().__new__(cls, text)
        number.text = text
        return number


def may_hold_table(data: bytes) -> bool:
    """Whether *data* may have the table; false for nearly all that have not, and never wrongly."""
    return b"fanout-lint" in data and re.search(_MENTIONS, data, re.MULTILINE) is not None


def read_table(source: Source) -> Mapping | None:
    """Return the table, ``None`` where *source* has none.

    :raises ConfigError: when *source* is no TOML.
    """
    import tomllib

    # TOML takes \r\n as a line's end and refuses a lone \r, which would stop it here.
    text = source.text.replace("\r\n", "\n")
    try:
        found: Any = tomllib.loads(text, parse_float=_Written)
        for name in TABLE:
            found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            return None
        places = _places(source.text)
        root = _node(source, found, TABLE, places, (Span(0, 0), Span(0, 0)))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_broken(source, str(error))) from None
    except RecursionError:
        raise ConfigError(f"{source.path}: its tables and lists nest too deeply") from None
    if not isinstance(root, Mapping):
        place = source.position(root.span.start)
        where = f"{source.path}:{place.line}:{place.column}"
        raise ConfigError(f"{where}: [tool.fanout-lint] is a table, not a value")
    return root


def _broken(source: Source, message: str) -> str:
    found = re.search(_AT, message)
    reason = re.sub(_AT, "", message)
    if found is not None and found[1]:
        return f"{source.path}:{found[1]}:{found[2]}: this is no TOML: {reason}"
    return f"{source.path}:{source.line_count()}:1: this is no TOML: {reason}"


def _places(text: str) -> Places:
    """Return where each key stands and where its value begins, as far as lines show it."""
    places: Places = {}
    table: tuple[str, ...] = ()
    for found in re.finditer(_LINE, text, re.MULTILINE):
        group = "header" if found["header"] is not None else "key"
        parts = list(re.finditer(_PART, found[group]))
        names = tuple(part[0].strip("\"'") for part in parts)
        above = () if group == "header" else table
        if group == "header":
            table = names
        end = text.find("\n", found.end())
        value = Span(found.end(), len(text) if end < 0 else end)
        for count, part in enumerate(parts, 1):
            start = found.start(group) + part.start()
            key = Span(start, start + len(part[0]))
            is_whole = count == len(parts) and group == "key"
            places.setdefault((*above, *names[:count]), (key, value if is_whole else key))
    return places


def _node(
    source: Source, value: Any, path: tuple[str, ...], places: Places, above: tuple[Span, Span]
) -> Node:
    key, span = places.get(path, above)
    match value:
        case dict():
            return _mapping(source, value, path, places, (key, span))
        case list():
            items = (_node(source, item, path, places, (key, span)) for item in value)
            return Sequence(source, span, tuple(items))
        case str():
            return Scalar(source, span, value, '"')
        case bool():
            return Scalar(source, span, str(value).lower(), "")
        case _Written():
            return Scalar(source, span, value.text, "")
        case int():
            return Scalar(source, span, str(value), "")
        case _:
            # A date, which no key of ours takes.
            return Scalar(source, span, str(value), "")


def _mapping(
    source: Source,
    table: Map[str, Any],
    path: tuple[str, ...],
    places: Places,
    above: tuple[Span, Span],
) -> Mapping:
    entries = {}
    for name, value in table.items():
        key = places.get((*path, name), above)[0]
        node = _node(source, value, (*path, name), places, above)
        entries[name] = Entry(Scalar(source, key, name, '"'), name, node)
    return Mapping(source, above[1], entries)

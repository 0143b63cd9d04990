"""jq's formats: ``@csv``, ``@base64`` and the like."""

import re
from collections.abc import Callable, Mapping

from fanout_lint.languages.jq.faults import JqUnknown
from fanout_lint.languages.jq.operators import raised
from fanout_lint.languages.jq.values import encode, kind_of, preview, to_text

_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "'": "&apos;", '"': "&quot;"}
_TSV = {"\t": "\\t", "\r": "\\r", "\n": "\\n", "\\": "\\\\", "\0": "\\0"}


def _replaced(table: Mapping[str, str], text: str) -> str:
    return "".join(table.get(character, character) for character in text)


def _html(value: object) -> str:
    return _replaced(_HTML, to_text(value))


def _uri(value: object) -> str:
    from urllib.parse import quote

    return quote(to_text(value).encode("utf-8", "surrogateescape"), safe="~")


def _uri_decoded(value: object) -> str:
    from urllib.parse import unquote_to_bytes

    text = to_text(value)
    if re.search("%(?![0-9a-fA-F]{2})", text):
        raise raised(f"{preview(text)} is no text in URL escapes")
    return _utf8(unquote_to_bytes(text))


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise JqUnknown from error


def _row(name: str, value: object, separator: str, escape: Callable[[str], str]) -> str:
    if kind_of(value) != "array" or not isinstance(value, list):
        raise raised(f"@{name} takes an array, not {kind_of(value)} ({preview(value)})")
    cells = []
    for item in value:
        kind = kind_of(item)
        if kind in ("array", "object"):
            raise raised(f"@{name} takes no {kind} ({preview(item)}) inside its array")
        if isinstance(item, str):
            cells.append(escape(item))
        else:
            cells.append("" if item is None and name != "sh" else encode(item))
    return separator.join(cells)


def _csv(value: object) -> str:
    table = {'"': '""', "\0": "\\0"}
    return _row("csv", value, ",", lambda text: f'"{_replaced(table, text)}"')


def _tsv(value: object) -> str:
    return _row("tsv", value, "\t", lambda text: _replaced(_TSV, text))


def _sh(value: object) -> str:
    row = value if kind_of(value) == "array" else [value]
    table = {"'": "'\\''", "\0": "\\0"}
    return _row("sh", row, " ", lambda text: f"'{_replaced(table, text)}'")


def _base64(value: object) -> str:
    from base64 import b64encode

    return b64encode(to_text(value).encode("utf-8", "surrogateescape")).decode()


def _base64_decoded(value: object) -> str:
    from base64 import b64decode

    text = to_text(value).partition("=")[0].replace("\r", "").replace("\n", "")
    if len(text) % 4 == 1 or not re.fullmatch("[A-Za-z0-9+/]*", text):
        raise raised(f"{preview(text)} is no base 64")
    return _utf8(b64decode(text + "=" * (-len(text) % 4)))


FORMATS: Mapping[str, Callable[[object], str]] = {
    "@text": to_text,
    "@json": encode,
    "@html": _html,
    "@uri": _uri,
    "@urid": _uri_decoded,
    "@csv": _csv,
    "@tsv": _tsv,
    "@sh": _sh,
    "@base64": _base64,
    "@base64d": _base64_decoded,
}


def apply_format(name: str, value: object) -> str:
    """Return *value* in the format *name*; JqRaised where gojq has none of that name."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise raised(f"jq has no format {name}; there are {known}")
    return FORMATS[name](value)

r"""Any text → text that shows what it holds and moves nothing on the screen.

A linted file, and its name, may hold what steers a terminal, ends a line, turns
the reading direction or cannot be seen. Shown as it is, it could forge a line of
the report. Here each such character becomes the escape that Python would write
for it: ``\x1b``, ``\n``, ``\u202e``. Nothing else changes, so a backslash that
stands in the text stays single.

Build servers take commands from what a job prints: ``##[`` or ``##vso[``
anywhere, of which the second ``#`` is escaped here, and a line that starts with
``::``, blanks before it or not (actions/runner,
``src/Runner.Common/ActionCommand.cs``). What is to stand first on a line goes
through :func:`leading` for that.

Every text format sends what it shows through :func:`visible`. JSON has escapes
of its own and needs only :func:`encodable`.
"""

import re
from functools import cache

_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, ESC, CR, LF, NEL among them
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # fillers that show nothing
    r"\u200b\u200e\u200f"  # a space of no width, marks of direction
    r"\u2028-\u202e"  # separators of lines and paragraphs, direction overrides
    r"\u2060-\u206f"  # word joiner, isolates, deprecated controls
    r"\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\ud800-\udfff"  # half of a pair, which no encoding takes
    r"\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_COMMAND = r"(?<=#)#(?=(?i:vso)?\[)"
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


@cache
def _telling() -> re.Pattern[str]:
    """Return what finds the characters to escape; few runs meet any, and it is slow to compile."""
    return re.compile(f"[{_UNSEEN}]|{_COMMAND}")


def visible(text: str) -> str:
    """Return *text* on one line, each character that does not show as its escape."""
    return text if is_plain(text) else _telling().sub(_escape, text)


def leading(shown: str) -> str:
    """Return the visible text *shown* so that a line may start with it and be no command."""
    bare = shown.lstrip()
    if not bare.startswith("::"):
        return shown
    return f"{shown[: len(shown) - len(bare)]}\\x3a{bare[1:]}"


def visible_characters(line: str) -> list[str]:
    """Return how each character of *line* is shown; joined, they are ``visible(line)``."""
    shown = list(line)
    for found in _telling().finditer(line):
        shown[found.start()] = _escape(found)
    return shown


def is_plain(text: str) -> bool:
    """Whether *text* is shown as it is, one column for each character."""
    return text.isascii() and text.isprintable() and "##" not in text


def encodable(text: str) -> str:
    """Return *text* with each lone surrogate as its escape, the rest as it is.

    JSON can write a lone surrogate, but strict readers of JSON refuse the whole
    document for it.
    """
    return re.sub(r"[\ud800-\udfff]", _escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

"""sprig's functions of regular expressions (Go's RE2)."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from fanout_lint.languages.expression.values import UNKNOWN, Slice
from fanout_lint.languages.sprig.function import SprigError, SprigUnknown
from fanout_lint.languages.sprig.kinds import MAX_SIZE

if TYPE_CHECKING:
    from fanout_lint.languages.goregexp import Machine, Spans

_SPECIAL = frozenset(r"\.+*?()|[]{}^$")


def quote_meta(text: str) -> str:
    return "".join("\\" + character if character in _SPECIAL else character for character in text)


def _machine(pattern: str) -> "Machine":
    """Return the machine of *pattern*; SprigError where Go refuses the pattern."""
    from fanout_lint.languages.goregexp import RegexpError, compile_goregexp

    try:
        machine = compile_goregexp(pattern)
    except RegexpError as error:
        raise SprigError(f"the regular expression {pattern!r}: {error}") from error
    if machine is None:
        raise SprigUnknown
    return machine


def _search(machine: "Machine", text: str, place: int) -> "Spans | None":
    from fanout_lint.languages.goregexp import TooMuchWork

    if any("\ud800" <= character <= "\udfff" for character in text):
        raise SprigUnknown
    try:
        return machine.search(text, place)
    except TooMuchWork as error:
        raise SprigUnknown from error


def _matches(machine: "Machine", text: str, limit: int) -> "Iterator[Spans]":
    """Yield the matches as ``regexp.FindAll`` walks them; a negative *limit* is none."""
    place, previous_end = 0, -1
    while limit and place <= len(text):
        found = _search(machine, text, place)
        if found is None:
            return
        start, end = found[:2]
        is_new = end != place or start != previous_end
        place = place + 1 if end == place else end
        previous_end = end
        if is_new:
            limit -= 1
            yield found


def must_regex_match(pattern: str, text: str) -> bool:
    return _search(_machine(pattern), text, 0) is not None


def regex_match(pattern: str, text: str) -> bool:
    """Return whether *text* matches; a pattern that Go refuses matches nothing."""
    try:
        return must_regex_match(pattern, text)
    except SprigError:
        return False


def regex_find(pattern: str, text: str) -> str:
    found = _search(_machine(pattern), text, 0)
    return text[found[0] : found[1]] if found else ""


def regex_find_all(pattern: str, text: str, limit: int) -> object:
    """Return all matches; none at all is a nil slice in Go, which is not told."""
    found = [text[spans[0] : spans[1]] for spans in _matches(_machine(pattern), text, limit)]
    return Slice("string", [*found]) if found else UNKNOWN


def regex_split(pattern: str, text: str, limit: int) -> object:
    machine = _machine(pattern)
    if limit == 0:
        return UNKNOWN
    if pattern and not text:
        return Slice("string", [""])
    pieces: list[object] = []
    start = end = 0
    for spans in _matches(machine, text, limit):
        if limit > 0 and len(pieces) == limit - 1:
            break
        end = spans[0]
        if spans[1] != 0:
            pieces.append(text[start:end])
        start = spans[1]
    if end != len(text):
        pieces.append(text[start:])
    return Slice("string", pieces)


def regex_replace_all_literal(pattern: str, text: str, replacement: str) -> str:
    return _replaced(_machine(pattern), text, lambda _: replacement)


def regex_replace_all(pattern: str, text: str, template: str) -> str:
    machine = _machine(pattern)
    return _replaced(machine, text, lambda spans: _expanded(template, machine, text, spans))


def _replaced(machine: "Machine", text: str, replacement: "Callable[[Spans], str]") -> str:
    pieces: list[str] = []
    place = last_end = size = 0
    while place <= len(text) and (found := _search(machine, text, place)):
        start, end = found[:2]
        pieces.append(text[last_end:start])
        if end > last_end or start == 0:
            pieces.append(replacement(found))
            size += len(pieces[-1])
        if size > MAX_SIZE:
            raise SprigUnknown
        last_end = end
        place = max(place + 1, end)
    return "".join([*pieces, text[last_end:]])


_REFERENCE = r"\$(?:(\$)|(\w+)|\{(\w+)\})?"


def _expanded(template: str, machine: "Machine", text: str, spans: "Spans") -> str:
    """Return *template* with ``$1``, ``${name}`` and ``$$`` filled in; unknown names are empty."""
    if not template.isascii():
        raise SprigUnknown

    def fill(found: re.Match[str]) -> str:
        if found[1]:
            return "$"
        name = found[2] or found[3]
        return _group_text(name, machine, text, spans) if name else found[0]

    return re.sub(_REFERENCE, fill, template)


def _group_text(name: str, machine: "Machine", text: str, spans: "Spans") -> str:
    if name.isdigit() and len(name) < 9 and (name[0] != "0" or len(name) == 1):
        numbers = [int(name)]
    else:
        numbers = [number for number, known in enumerate(machine.names) if known == name]
    for number in numbers:
        if 2 * number < len(spans) and spans[2 * number] >= 0:
            return text[spans[2 * number] : spans[2 * number + 1]]
    return ""


CALLS: Mapping[str, Callable[..., object] | None] = {
    "regexMatch(string, string) bool": regex_match,
    "mustRegexMatch(string, string) bool": must_regex_match,
    "regexFind(string, string) string": regex_find,
    "mustRegexFind(string, string) string": regex_find,
    "regexFindAll(string, string, int) []string": regex_find_all,
    "mustRegexFindAll(string, string, int) []string": regex_find_all,
    "regexReplaceAll(string, string, string) string": regex_replace_all,
    "mustRegexReplaceAll(string, string, string) string": regex_replace_all,
    "regexReplaceAllLiteral(string, string, string) string": regex_replace_all_literal,
    "mustRegexReplaceAllLiteral(string, string, string) string": regex_replace_all_literal,
    "regexSplit(string, string, int) []string": regex_split,
    "mustRegexSplit(string, string, int) []string": regex_split,
    "regexQuoteMeta(string) string": quote_meta,
}

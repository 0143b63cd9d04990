"""sprig's functions of regular expressions (Go's RE2)."""

from collections.abc import Callable, Mapping

_SPECIAL = frozenset(r"\.+*?()|[]{}^$")


def quote_meta(text: str) -> str:
    return "".join("\\" + character if character in _SPECIAL else character for character in text)


CALLS: Mapping[str, Callable[..., object] | None] = {
    "regexMatch(string, string) bool": None,
    "mustRegexMatch(string, string) bool": None,
    "regexFind(string, string) string": None,
    "mustRegexFind(string, string) string": None,
    "regexFindAll(string, string, int) []string": None,
    "mustRegexFindAll(string, string, int) []string": None,
    "regexReplaceAll(string, string, string) string": None,
    "mustRegexReplaceAll(string, string, string) string": None,
    "regexReplaceAllLiteral(string, string, string) string": None,
    "mustRegexReplaceAllLiteral(string, string, string) string": None,
    "regexSplit(string, string, int) []string": None,
    "mustRegexSplit(string, string, int) []string": None,
    "regexQuoteMeta(string) string": quote_meta,
}

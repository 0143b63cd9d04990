"""Regular expressions of Go (RE2), as far as ``matches`` meets them."""

from fanout_lint.languages.expression.values import UNKNOWN, GoError


def pattern_fault(pattern: str) -> str | None:
    """Return why Go refuses *pattern*; ``None`` when it takes it, or when that is not sure."""
    from fanout_lint.languages.goregexp import read_goregexp

    reading = read_goregexp(pattern)
    if reading.ok:
        return None
    return f"this is no regular expression of Go: {reading.problems[0].message}"


def matches(text: str, pattern: str) -> object:
    """Return whether *pattern* occurs in *text*; raises GoError when Go refuses it."""
    from fanout_lint.languages.goregexp import match

    if (fault := pattern_fault(pattern)) is not None:
        raise GoError(fault)
    found = match(pattern, text)
    return UNKNOWN if found is None else found

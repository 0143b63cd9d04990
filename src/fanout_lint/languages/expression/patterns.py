"""Regular expressions of Go (RE2), as far as an expression meets them."""


def pattern_fault(pattern: str) -> str | None:
    """Return why Go refuses *pattern*; ``None`` when it takes it, or when that is not sure."""
    return None

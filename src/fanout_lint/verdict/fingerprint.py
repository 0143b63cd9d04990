"""A name for a finding that holds while other lines come and go.

It is a hash of the rule, the file's path in the project, the pointer into the
document and the flagged text, and never of a line number. Where all these are
the same, a counter tells the findings apart in the order of the text.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from fanout_lint.findings import Finding

_LENGTH = 32
_LONGEST = 1_000
"""How much of a flagged text counts; a whole script need not be hashed."""


def stamp(findings: Iterable[Finding], texts: Mapping[str, tuple[str, str]]) -> tuple[Finding, ...]:
    """Return *findings*, which must be in the order of the text, with their fingerprints.

    *texts* has the path in the project and the text of each file, by its path.
    """
    seen: dict[tuple[str, ...], int] = {}
    stamped = []
    for finding in findings:
        path, text = texts.get(finding.place.path, (finding.place.path, ""))
        span = finding.place.span
        flagged = text[span.start : min(span.end, span.start + _LONGEST)]
        parts = (finding.rule, path, finding.pointer, flagged)
        seen[parts] = number = seen.get(parts, 0) + 1
        stamped.append(replace(finding, fingerprint=_hash((*parts, str(number)))))
    return tuple(stamped)


def _hash(parts: Iterable[str]) -> str:
    import hashlib

    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:_LENGTH]

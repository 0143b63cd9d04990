"""Findings in any order to each once, in the order of a reader."""

from collections.abc import Iterable

from fanout_lint.findings import Finding, reading_order


def gather(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* by file and from top to bottom, without those that say the same twice.

    Of two that say the same of the same place, the one with more related places stays.
    """
    once: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        said = (finding.rule, finding.place, finding.message)
        before = once.get(said)
        if before is None or len(finding.related) > len(before.related):
            once[said] = finding
    return tuple(sorted(once.values(), key=reading_order))

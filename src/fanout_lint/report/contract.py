"""What a run found, ready to be shown in any format.

The engine makes a :class:`Report`; each format module turns one into text. A
finding's offsets become lines and columns here and nowhere else.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from fanout_lint.findings import Finding, Place, Severity
from fanout_lint.source.text import Position, Source


class Summary(Struct, frozen=True):
    """How much was read, and what was found by severity."""

    files: int
    skipped: int
    errors: int
    warnings: int
    infos: int


class Report(Struct, frozen=True):
    """The outcome of one run.

    ``findings`` are in :func:`~fanout_lint.findings.reading_order`. ``sources`` has
    each file that a finding or a related place speaks of, by :attr:`Source.path`; a file
    that could not be decoded may be missing. ``notes`` are whole sentences for
    the person who ran it. ``failures`` say what could not be done though the
    rest was: with any of them the run exits 2.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, Source]
    summary: Summary
    notes: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


class Extent(Struct, frozen=True):
    """A place as lines and columns, from 1, in characters; the end is exclusive."""

    start: Position
    end: Position


_TOP = Extent(Position(1, 1), Position(1, 1))


def extent(report: Report, place: Place) -> Extent:
    """Return where *place* is; the top of the file where its text is not at hand."""
    source = report.sources.get(place.path)
    if source is None:
        return _TOP
    size = len(source.text)
    start = min(max(place.span.start, 0), size)
    end = min(max(place.span.end, start), size)
    return Extent(source.position(start), source.position(end))


def summarise(findings: Iterable[Finding], files: int, skipped: int) -> Summary:
    """Return the counts of *findings* with how many files were read and skipped."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return Summary(
        files, skipped, counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO]
    )

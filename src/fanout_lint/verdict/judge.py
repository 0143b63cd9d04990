"""Hits to findings: what is allowed falls away, the rest gets its words, place and weight."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.findings import Finding, Hit, Stage
from fanout_lint.rulebook.contract import RuleCard
from fanout_lint.rulebook.select import Selection
from fanout_lint.source.text import Source
from fanout_lint.syntax.comments import NONE, Comments
from fanout_lint.syntax.parse import Document


class JudgedFile(Struct, frozen=True):
    """A file as the verdict looks at it.

    ``project_path`` is relative to the project, with ``/``, so that fingerprints
    do not depend on where the run was started; empty, it is the source's path.
    ``asked`` says that findings in the file are shown: others are read for
    references only. ``whole`` says that all of it was read and judged: where
    that failed, an allow comment that hides nothing may be right.
    """

    source: Source
    documents: Sequence[Document] = ()
    comments: Comments = NONE
    project_path: str = ""
    asked: bool = True
    whole: bool = True


def judge(
    hits: Iterable[Hit],
    files: Mapping[str, JudgedFile],
    cards: Mapping[str, RuleCard],
    selection: Selection,
    ran: frozenset[str],
) -> tuple[Finding, ...]:
    """Return the findings that count, in the order of a reader.

    *files* is by :attr:`Source.path`, and has each file that a hit speaks of
    but those that could not be decoded. *ran* names the rules that came to an
    end; an allow comment for another is not judged.
    """
    comments = {path: file.comments for path, file in files.items() if file.comments is not NONE}
    hits = tuple(hits)
    if not hits and not comments:
        return ()
    # A clean run starts without what weighs findings.
    from fanout_lint.verdict.fingerprint import stamp
    from fanout_lint.verdict.gather import gather
    from fanout_lint.verdict.suppress import suppress

    judged = frozenset(path for path, file in files.items() if file.asked and file.whole)
    left = suppress(hits, comments, frozenset(cards), ran, judged)
    texts = {path: (file.project_path or path, file.source.text) for path, file in files.items()}
    return stamp(gather(_findings(left, files, cards, selection)), texts)


def _findings(
    hits: Iterable[Hit],
    files: Mapping[str, JudgedFile],
    cards: Mapping[str, RuleCard],
    selection: Selection,
) -> Iterator[Finding]:
    """Yield the findings of *hits* that are asked for."""
    from fanout_lint.verdict.pointer import Pointers
    from fanout_lint.verdict.render import render

    pointers: dict[str, Pointers] = {}
    for hit in hits:
        file = files.get(hit.place.path)
        if file is not None and not file.asked:
            continue
        if file is not None and hit.place.path not in pointers:
            pointers[hit.place.path] = Pointers(file.documents)
        where = pointers[hit.place.path].of(hit.place.span) if file is not None else ""
        finding = render(hit, cards, selection, where)
        if (finding.rule, finding.stage) in selection.shown:
            is_late = hit.is_late and finding.stage is Stage.ADMISSION
            yield replace(finding, stage=Stage.RUNTIME) if is_late else finding

"""A text and hits at words of it, judged with a rule book made for the purpose."""

from collections.abc import Iterable, Mapping

from fanout_lint.findings import Confidence, Finding, Hit, Place, Related, Severity, Stage
from fanout_lint.rulebook.contract import Message, RuleCard
from fanout_lint.rulebook.select import Selection
from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.comments import read
from fanout_lint.syntax.parse import parse
from fanout_lint.verdict.judge import JudgedFile, judge

PATH = "a.yaml"


def said(
    message: str, severity: Severity = Severity.ERROR, stage: Stage = Stage.RUNTIME
) -> Message:
    """Return a face that says *message*."""
    return Message(message, "", severity, stage, Confidence.CERTAIN)


def made_card(rule: str, **faces: Message) -> RuleCard:
    """Return a card for *rule*; without *faces*, it has one that says its name."""
    messages: Mapping[str, Message] = faces or {"": said(f"this is {rule}")}
    first = next(iter(messages.values()))
    return RuleCard(
        id=rule,
        summary="",
        severity=first.severity,
        stage=first.stage,
        confidence=first.confidence,
        since="0.1.0",
        covers=(),
        needs=(),
        needs_fields=(),
        options={},
        sources=(),
        messages=messages,
        emitted_by=None,
        folder=rule.replace("-", "_"),
    )


CARDS = {
    card.id: card
    for card in (
        made_card("bad-step"),
        made_card("other-rule"),
        made_card(
            "unused-allow",
            unused=said("unused $rule", Severity.WARNING, Stage.UPKEEP),
            near=said("$name, nearest $nearest", Severity.WARNING, Stage.UPKEEP),
            unknown=said("unknown $name", Severity.WARNING, Stage.UPKEEP),
            misspelt=said("misspelt $text", Severity.WARNING, Stage.UPKEEP),
        ),
        made_card("internal-error", **{"": said("$where failed: $error")}),
    )
}


def everything(cards: Mapping[str, RuleCard] = CARDS) -> Selection:
    """Return the selection of all rules."""
    return Selection(
        frozenset((card.id, stage) for card in cards.values() for stage in card.stages)
    )


def place(text: str, words: str, path: str = PATH) -> Place:
    """Return where *words* stand first in *text*."""
    start = text.index(words)
    return Place(path, Span(start, start + len(words)))


def hit_at(text: str, words: str, *related: str, rule: str = "bad-step") -> Hit:
    """Return a hit at *words*, with related places at the others."""
    others = tuple(Related(place(text, other), f"{other} too", again=True) for other in related)
    return Hit(rule, place(text, words), related=others)


def judged_file(text: str, path: str = PATH, asked: bool = True, whole: bool = True) -> JudgedFile:
    """Return *text* as a file to judge."""
    source = Source(path, text)
    documents, _ = parse(source)
    comments = read(source, [document.root for document in documents])
    return JudgedFile(source, documents, comments, asked=asked, whole=whole)


def judged(
    text: str,
    hits: Iterable[Hit],
    selection: Selection | None = None,
    cards: Mapping[str, RuleCard] = CARDS,
    ran: frozenset[str] | None = None,
    whole: bool = True,
) -> tuple[Finding, ...]:
    """Return the findings of *hits* in *text*."""
    chosen = selection or everything(cards)
    return judge(
        hits,
        {PATH: judged_file(text, whole=whole)},
        cards,
        chosen,
        chosen.rules if ran is None else ran,
    )


def told(text: str, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return the message and the words of each finding."""
    return [
        (finding.message, text[finding.place.span.start : finding.place.span.end])
        for finding in findings
    ]

"""Outputs of steps that their ``when`` may skip."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.absence import Skipped, skipped_producer
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.endings import Chance
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    found = {use: each for use in facts.uses if (each := skipped_producer(facts, use)) is not None}

    def cause(use: Use) -> Hashable | None:
        each = found.get(use)
        return None if each is None else (each.read.step, each.read.part, each.read.name)

    for use, others in by_cause(facts.uses, cause):
        yield _hit(facts, use, found[use], others)
    if "expressions" in facts.kinds:
        yield from _in_expressions(facts)


def _in_expressions(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.expression_gaps import expression_gaps

    for gap in expression_gaps(facts):
        if gap.fanout is not None or gap.step.when is None or gap.use.site.step is None:
            continue
        words = {
            "producer": gap.step.label,
            "reader": gap.use.site.step.label,
            "text": gap.use.reference.text,
            "end": gap.fate.end.value,
        }
        place = Place(gap.use.site.manifest.path, gap.step.when.span)
        related = (Related(place, f"this decides whether '{gap.step.label}' runs"),)
        face = "expression" if gap.chance is Chance.SURE else "may-expression"
        yield hit(gap.use.place(), face, related, **words)


def _reader(use: Use) -> str:
    if use.site.step is not None:
        return use.site.step.label
    return use.site.template.label if use.site.template is not None else ""


def _hit(facts: Facts, use: Use, found: Skipped, others: tuple[Related, ...]) -> Hit:
    producer = found.read.step
    words = {
        "producer": producer.label,
        "reader": _reader(use),
        "text": use.reference.text,
        "callee": found.callee,
        "waits": facts.waits,
        "root": use.reference.names[0],
    }
    related: tuple[Related, ...] = ()
    if producer.when is not None:
        place = Place(use.site.manifest.path, producer.when.span)
        related = (Related(place, f"this decides whether '{producer.label}' runs"),)
    face = found.what if found.chance is Chance.SURE else f"may-{found.what}"
    return hit(use.place(), face, related + others, **words)

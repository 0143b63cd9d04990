"""Aggregates of loops that may have no runs."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.absence import Gap, gap_of
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.endings import Chance
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.findings import Hit, Place, Related, hit

_FACES = {
    ("empty", "hang", Chance.SURE): "empty-hang",
    ("empty", "fail", Chance.SURE): "empty-fail",
    ("empty", "export", Chance.SURE): "empty-export",
    ("empty", "hang", Chance.MAY): "may-be-empty",
    ("empty", "fail", Chance.MAY): "may-be-empty-fail",
    ("empty", "export", Chance.MAY): "may-be-empty-export",
    ("skipped", "hang", Chance.SURE): "skipped-hang",
    ("skipped", "hang", Chance.MAY): "may-be-skipped",
}


def check(facts: Facts) -> Iterator[Hit]:
    gaps = {use: gap for use in facts.uses if (gap := gap_of(facts, use)) is not None}

    def cause(use: Use) -> Hashable | None:
        gap = gaps.get(use)
        return None if gap is None else (gap.fanout, gap.why, gap.end, gap.chance)

    for use, others in by_cause(facts.uses, cause):
        yield _hit(facts, use, gaps[use], others)
    if "expressions" in facts.kinds:
        yield from _in_expressions(facts)


def _in_expressions(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.expression_gaps import expression_gaps

    for gap in expression_gaps(facts):
        if gap.fanout is None:
            continue
        names = gap.use.reference.names
        words = {
            "fan": gap.step.label,
            "text": gap.use.reference.text,
            "root": names[0],
            "part": ".".join(names[2:]) or "outputs.parameters",
            "end": gap.fate.end.value,
        }
        decides = gap.fanout.loop.value if gap.lack.value == "empty" else gap.step.when
        place = Place(gap.use.site.manifest.path, (decides or gap.fanout.loop.value).span)
        said = "the list" if gap.lack.value == "empty" else "this decides which items run"
        may = "" if gap.chance is Chance.SURE else "may-be-"
        face = f"expression-{may}{gap.lack.value}"
        yield hit(gap.use.place(), face, (Related(place, said),), **words)


def _hit(facts: Facts, use: Use, gap: Gap, others: tuple[Related, ...]) -> Hit:
    names = use.reference.names
    targets = gap.fanout.call.targets
    words = {
        "fan": gap.fanout.step.label,
        "text": use.reference.text,
        "root": names[0],
        "part": ".".join(names[2:]),
        "callee": targets[0].template.label if targets else "",
        "waits": facts.waits,
    }
    loop = gap.fanout.loop
    key = loop.value if gap.why == "empty" else gap.fanout.step.when or loop.value
    said = "the list" if gap.why == "empty" else "this decides which items run"
    related = (Related(Place(gap.fanout.manifest.path, key.span), said), *others)
    return hit(use.place(), _FACES[gap.why, gap.end, gap.chance], related, **words)

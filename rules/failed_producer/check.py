"""Outputs of steps that are let fail."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.absence import goes_without, survives_absence
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sites import Region
from fanout_lint.analysis.waiting import may_run_after_failure
from fanout_lint.findings import Hit, hit


def check(facts: Facts) -> Iterator[Hit]:
    def cause(use: Use) -> Hashable | None:
        read, site = use.outcome, use.site
        if not isinstance(read, ReadsStep):
            return None
        if site.region is not Region.STEP or site.step is None or site.template is None:
            return None
        if site.step.when is not None or not _needs(facts, use, read):
            return None
        if not may_run_after_failure(site.template, read.step, site.step):
            return None
        return (read.step, read.name)

    for use, others in by_cause(facts.uses, cause):
        read, reader = use.outcome, use.site.step
        if not isinstance(read, ReadsStep) or reader is None:
            continue
        words = {
            "producer": read.step.label,
            "reader": reader.label,
            "text": use.reference.text,
            "callee": read.targets[0].template.label if read.targets else "",
            "waits": facts.waits,
        }
        face = "loop" if read.step.loops else "parameter"
        face = "artifact" if read.part is Part.ARTIFACT else face
        yield hit(use.place(), face, others, **words)


def _needs(facts: Facts, use: Use, read: ReadsStep) -> bool:
    """Whether the reader comes to grief where the output was never written."""
    if read.part is Part.PARAMETER:
        return not survives_absence(facts, use, read)
    if read.part is not Part.ARTIFACT or read.step.loops or not read.declared:
        return False
    is_given = use.site.field == "arguments" and use.text.trail[:1] == ("artifacts",)
    return is_given and not goes_without(facts, use)

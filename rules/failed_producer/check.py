"""Outputs of steps that are let fail."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.absence import survives_absence
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sites import Region
from fanout_lint.analysis.waiting import may_run_after_failure
from fanout_lint.findings import Hit, hit


def check(facts: Facts) -> Iterator[Hit]:
    def cause(use: Use) -> Hashable | None:
        read, site = use.outcome, use.site
        if not isinstance(read, ReadsStep) or read.part is not Part.PARAMETER:
            return None
        if site.region is not Region.STEP or site.step is None or site.template is None:
            return None
        if site.step.when is not None or survives_absence(facts, use, read):
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
        yield hit(use.place(), "loop" if read.step.loops else "parameter", others, **words)

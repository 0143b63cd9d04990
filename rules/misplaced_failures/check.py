"""Uses of workflow.failures where it is not known, or as a list."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.failures import failures_as_list, misplaced_failures
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    told = set()
    for use, why in misplaced_failures(facts):
        told.add(use.text.scalar)
        template = use.site.template
        label = template.label if template is not None else ""
        yield hit(use.place(), why, template=label)
    for fanout, read in failures_as_list(facts):
        scalar = read.reference.tag.scalar
        if scalar in told:
            continue
        place = Place(read.site.manifest.path, read.reference.span)
        loop = Place(fanout.manifest.path, fanout.loop.key.span)
        related = (Related(loop, "this loop takes it for its list"),) if read.way else ()
        yield hit(place, "list", related, step=fanout.step.label)

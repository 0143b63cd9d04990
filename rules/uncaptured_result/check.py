"""Results that Argo does not keep, since it does not find where they are read."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.captures import is_captured
from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.findings import Hit, hit


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        root, name = use.reference.names[:2]
        words = {
            "step": name,
            "text": use.reference.text,
            "found": f"{root}.{name}.outputs.result",
            "right": f"{root}['{name}'].outputs.result",
        }
        yield hit(use.place(), "fails" if use.is_guarded else "waits", others, **words)


def _cause(use: Use) -> Hashable | None:
    read = use.outcome
    if use.fate is None or not isinstance(read, ReadsStep) or read.part is not Part.RESULT:
        return None
    return None if is_captured(use.site, read) else (use.site.template, read.step)

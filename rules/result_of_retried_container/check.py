"""Results of container sets whose commands are run again in the same container."""

from collections.abc import Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.containers import repeats
from fanout_lint.analysis.facts import Facts, Use, node_place
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.findings import Hit, Related, hit
from fanout_lint.model.workflow import Template


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _repeated):
        template = _repeated(use)
        retries = None if template is None else repeats(template)
        if template is not None and retries is not None:
            related = (Related(node_place(retries), "it may run again in its container"), *others)
            words = {"step": use.reference.names[1], "template": template.label}
            yield hit(use.place(), "", related, **words)


def _repeated(use: Use) -> Template | None:
    """Return the container set whose result *use* reads, where its commands may run again."""
    read = use.outcome
    if not isinstance(read, ReadsStep) or read.part is not Part.RESULT:
        return None
    if len(read.targets) != 1:
        return None
    template = read.targets[0].template
    return None if repeats(template) is None else template

"""A list and the collected outputs of its loop, handed on together."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sites import Region
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.parts import is_true
from fanout_lint.model.workflow import LoopKind, Step
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import as_tag

_COLLECTED = frozenset((Part.RESULT, Part.PARAMETERS, Part.PARAMETER))
_BLANKS = re.compile(r"\s+")


def check(facts: Facts) -> Iterator[Hit]:
    told: set[tuple[int, int]] = set()
    for use in facts.uses:
        read, reader = use.outcome, use.site.step
        if not isinstance(read, ReadsStep) or read.part not in _COLLECTED or reader is None:
            continue
        if use.site.region is not Region.STEP or use.site.field != "arguments":
            continue
        face = _leaves_out(read.step)
        key = (id(read.step), id(reader))
        if face is None or key in told:
            continue
        beside = _same_list(use, read.step, reader) or _in_body(facts, use, read.step, reader)
        if beside is not None:
            told.add(key)
            related = (Related(Place(use.site.manifest.path, beside.span), "the list itself"),)
            yield hit(use.place(), face, related, reader=reader.label, fan=read.step.label)


def _leaves_out(step: Step) -> str | None:
    """Return why runs of the loop *step* may be missing from what is collected."""
    if step.loop is None:
        return None
    if is_true(step.continue_on, "failed") or is_true(step.continue_on, "error"):
        return "failed"
    return "skipped" if step.when is not None and "item" in step.when.value else None


def _in_body(facts: Facts, use: Use, fan: Step, reader: Step) -> Scalar | None:
    """Return the text in the template that *reader* calls which takes the workflow's own list."""
    loop = fan.loop
    if loop is None or use.site.template is None or not isinstance(loop.value, Scalar):
        return None
    wanted = loop.value.value.strip()
    if not wanted.startswith("{{workflow.parameters."):
        return None
    targets = step_call(facts.project, use.site.manifest, use.site.template, reader).targets
    called = [target.template for target in targets]
    for other in facts.uses:
        if other.site.template in called and as_tag(other.reference.text) == wanted:
            return other.text.scalar
    return None


def _same_list(use: Use, fan: Step, reader: Step) -> Scalar | None:
    """Return the argument of *reader* that is the very list that *fan* loops over."""
    loop = fan.loop
    if loop is None or loop.kind is not LoopKind.PARAM or not isinstance(loop.value, Scalar):
        return None
    wanted = _BLANKS.sub("", loop.value.value)
    for argument in reader.arguments.parameters:
        value = argument.value
        other = isinstance(value, Scalar) and value is not use.text.scalar
        if other and isinstance(value, Scalar) and _BLANKS.sub("", value.value) == wanted:
            return value
    return None

"""What happens to a tag that reads a step which has not run, or a loop without runs.

The table was seen in Argo's controller (v4.1.2): after an empty list, the results
and the list of all parameters are never known and the reader waits for ever; one
named parameter falls back to the producer's default, then to the default of the
input that takes it, and else the reader fails. Where ``when`` skipped every run, a
steps template waits in all three cases, a dag only for a named parameter.
"""

from typing import Literal

from msgspec import Struct

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.endings import Chance, emptiness
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sites import Region
from fanout_lint.analysis.waiting import is_left_out_with, may_run_without
from fanout_lint.model.workflow import Artifact, Parameter, Step
from fanout_lint.tags.scan import sole_tag

_LISTS = frozenset((Part.RESULT, Part.PARAMETERS))


class Gap(Struct, frozen=True):
    """A tag without a value: why the loop has no runs, what becomes of the reader, how often."""

    fanout: FanOut
    why: Literal["empty", "skipped"]
    end: Literal["hang", "fail", "export"]
    chance: Chance


def gap_of(facts: Facts, use: Use) -> Gap | None:
    """Return what *use* meets when the loop that it reads has no runs; ``None`` if nothing bad."""
    outcome = use.outcome
    if not isinstance(outcome, ReadsStep) or outcome.part not in (*_LISTS, Part.PARAMETER):
        return None
    fanout = facts.fanout_of(use.site.manifest, outcome.step)
    if fanout is None or not reads_alone(facts, use, outcome.step):
        return None
    skipped = _after_skipping(facts, use, outcome, fanout)
    empty = _after_nothing(facts, use, outcome, fanout)
    for gap in (empty, skipped):
        if gap is not None and gap.chance is Chance.SURE:
            return gap
    return empty or skipped


def reads_alone(facts: Facts, use: Use, producer: Step) -> bool:
    """Whether the reader comes to run though *producer* did not, as far as can be seen."""
    site = use.site
    if site.region is Region.OUTPUTS:
        return not has_default_beside(use)
    if site.region is not Region.STEP or site.step is None or site.template is None:
        return False
    if site.step.when is not None and site.field != "when":
        return False
    return may_run_without(facts.links.scope.order, site.template, producer, site.step)


def is_left_out(facts: Facts, use: Use, producer: Step) -> bool:
    """Whether the reader is omitted whenever its ``when`` skips *producer*."""
    reader, template = use.site.step, use.site.template
    if reader is None or template is None:
        return False
    return is_left_out_with(facts.links.scope.order, template, producer, reader)


def has_default_beside(use: Use) -> bool:
    """Whether the output that *use* exports has a ``valueFrom.default``."""
    template = use.site.template
    for parameter in template.outputs.parameters if template is not None else ():
        source = parameter.value_from
        if source is not None and use.text.scalar in (source.parameter, source.expression):
            return source.default is not None
    return use.text.trail[:1] != ("parameters",)


def _after_nothing(facts: Facts, use: Use, outcome: ReadsStep, fanout: FanOut) -> Gap | None:
    chance = emptiness(fanout)
    if chance is Chance.NEVER:
        return None
    if outcome.part in _LISTS:
        return Gap(fanout, "empty", _list_end(use), chance)
    if _has_producer_default(outcome) or _falls_back(facts, use):
        return None
    end: Literal["fail", "export"] = "export" if use.site.region is Region.OUTPUTS else "fail"
    return Gap(fanout, "empty", end, chance)


def _list_end(use: Use) -> Literal["hang", "export"]:
    return "export" if use.site.region is Region.OUTPUTS else "hang"


def _after_skipping(facts: Facts, use: Use, outcome: ReadsStep, fanout: FanOut) -> Gap | None:
    chance = facts.links.endings.skipped_loop(fanout)
    if chance is Chance.NEVER or use.site.region is Region.OUTPUTS:
        return None
    if is_left_out(facts, use, outcome.step):
        return None
    if outcome.step.is_task and outcome.part in _LISTS:
        return None
    return Gap(fanout, "skipped", "hang", chance)


def _has_producer_default(outcome: ReadsStep) -> bool:
    return bool(outcome.declared) and all(
        isinstance(each, Parameter)
        and each.value_from is not None
        and each.value_from.default is not None
        for each in outcome.declared
    )


def _falls_back(facts: Facts, use: Use) -> bool:
    """Whether the tag is a whole argument, and the input that takes it has a default."""
    site, scalar = use.site, use.text.scalar
    if site.step is None or site.template is None or site.field != "arguments":
        return False
    if sole_tag(scalar) is None:
        return False
    for argument in site.step.arguments.parameters:
        if argument.value is scalar:
            targets = step_call(facts.project, site.manifest, site.template, site.step).targets
            inputs = [each.template.inputs.parameter(argument.name.value) for each in targets]
            return not inputs or any(
                each is not None and (each.default is not None or each.value is not None)
                for each in inputs
            )
    return False


Missed = Literal["result", "parameter", "artifact", "exit-code"]


class Skipped(Struct, frozen=True):
    """A tag that reads a step which did not run, and what it reads of it."""

    read: ReadsStep
    what: Missed
    chance: Chance
    callee: str


_KINDS: dict[Part, Missed] = {
    Part.RESULT: "result",
    Part.PARAMETER: "parameter",
    Part.ARTIFACT: "artifact",
    Part.EXIT_CODE: "exit-code",
}


def skipped_producer(facts: Facts, use: Use) -> Skipped | None:
    """Return what *use* misses when the step that it reads is skipped; ``None`` if nothing.

    A skipped step's parameters fall back to defaults as those of an empty loop do;
    its result and its exit code are never known (``workflow/controller/scope.go`` of v4.1.2).
    """
    read, site = use.outcome, use.site
    if not isinstance(read, ReadsStep) or read.part not in _KINDS or read.step.loops:
        return None
    if read.step.when is None or site.template is None or not reads_alone(facts, use, read.step):
        return None
    chance = facts.links.endings.skipped(site.manifest, site.template, read.step)
    if chance is Chance.NEVER or _has_fallback(facts, use, read):
        return None
    if is_left_out(facts, use, read.step):
        return None
    callee = read.targets[0].template.label if read.targets else ""
    return Skipped(read, _KINDS[read.part], chance, callee)


def _has_fallback(facts: Facts, use: Use, read: ReadsStep) -> bool:
    if read.part is Part.PARAMETER:
        return not read.declared or _has_producer_default(read) or _falls_back(facts, use)
    if read.part is Part.ARTIFACT:
        return not read.declared or _is_optional(facts, use)
    return False


def _is_optional(facts: Facts, use: Use) -> bool:
    """Whether an artifact of a skipped step may be missing: where it is taken, or as an output.

    A steps template hands the artifact of a skipped step on without a location, which an
    optional input, or one with a store of its own, passes over; a dag has none, as after a failure.
    """
    site = use.site
    if site.step is None or site.template is None:
        return True
    if site.step.is_task:
        return _is_elsewhere(use) or goes_without(facts, use)
    return _needs_none(_takers(facts, use))


def goes_without(facts: Facts, use: Use) -> bool:
    """Whether the run goes on without the artifact that *use* names and that is not there.

    Both the argument and the input that takes it must be optional, or the input must name
    a store itself (``workflow/controller/dag.go:resolveDependencyReferences``,
    ``steps.go:resolveReferences`` of v4.1.2); of an output the output alone.
    """
    site = use.site
    if site.region is Region.OUTPUTS and site.template is not None:
        outputs = site.template.outputs.artifacts
        return any(each.is_optional for each in outputs if each.source is use.text.scalar)
    arguments = site.step.arguments.artifacts if site.step is not None else ()
    if not any(each.is_optional for each in arguments if each.source is use.text.scalar):
        return False
    return _needs_none(_takers(facts, use))


def _needs_none(takers: list[Artifact]) -> bool:
    return not takers or any(each.is_optional or each.has_location for each in takers)


def _is_elsewhere(use: Use) -> bool:
    """Whether *use* is not the source of an argument."""
    step = use.site.step
    arguments = step.arguments.artifacts if step is not None else ()
    return all(argument.source is not use.text.scalar for argument in arguments)


def _takers(facts: Facts, use: Use) -> list[Artifact]:
    """Return the inputs that take the artifact that *use* names; none where that is not known."""
    site = use.site
    if site.step is None or site.template is None:
        return []
    targets = step_call(facts.project, site.manifest, site.template, site.step).targets
    named = [
        argument.name.value
        for argument in site.step.arguments.artifacts
        if argument.source is use.text.scalar
    ]
    inputs = [each.template.inputs.artifact(name) for each in targets for name in named]
    return [each for each in inputs if each is not None]


def survives_absence(facts: Facts, use: Use, read: ReadsStep) -> bool:
    """Whether a parameter that was never written has a value all the same, or may have."""
    return not read.declared or _has_producer_default(read) or _falls_back(facts, use)

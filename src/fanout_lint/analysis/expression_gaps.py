"""What happens to an expression when a step that it reads has not run.

The same question as :mod:`fanout_lint.analysis.absence` answers for simple tags. An
expression may provide for the case with ``??``, and often for one way to have no value
only: after an empty list ``steps.fan.outputs`` is there, after ``when`` has skipped all
runs it is not. So the expression is followed through Argo once more, without the step.
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.absence import is_left_out, reads_alone
from fanout_lint.analysis.endings import Chance, emptiness
from fanout_lint.analysis.expression_names import Lack
from fanout_lint.analysis.expressions import Expression
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.fates import Case, End, Fate
from fanout_lint.analysis.follow_tag import fate_of
from fanout_lint.analysis.outcomes import ReadsStep
from fanout_lint.analysis.sites import Region
from fanout_lint.model.workflow import Step


class ExpressionGap(Struct, frozen=True):
    """An expression that has no value where ``step`` has not run; ``fanout`` is its loop, if any.

    ``use`` is the first name of the step in it, ``fate`` what becomes of it then.
    """

    use: Use
    step: Step
    fanout: FanOut | None
    lack: Lack
    chance: Chance
    fate: Fate


def expression_gaps(facts: Facts) -> Iterator[ExpressionGap]:
    """Yield what may have no value: of each expression and step, the surest."""
    for expression in facts.expressions:
        if expression.root is None or expression.site.region is not Region.STEP:
            continue
        steps = {
            use.outcome.step: use
            for use in reversed(expression.uses)
            if isinstance(use.outcome, ReadsStep)
        }
        if expression.fate.end in (End.INSERTED, End.UNKNOWN):
            for step, use in steps.items():
                gap = _gap(facts, expression, step, use)
                if gap is not None:
                    yield gap


def _gap(facts: Facts, expression: Expression, step: Step, use: Use) -> ExpressionGap | None:
    site = expression.site
    if expression.root is None or site.template is None or not reads_alone(facts, use, step):
        return None
    fanout = facts.fanout_of(site.manifest, step) if step.loops else None
    if step.loops and fanout is None:
        return None
    gaps: list[ExpressionGap] = []
    for lack, chance in _lacks(facts, expression, step, fanout):
        if chance is Chance.NEVER or (lack is Lack.SKIPPED and is_left_out(facts, use, step)):
            continue
        case = Case(
            facts.links, site, expression.field, expression.root, expression.uses, {step: lack}
        )
        fate = fate_of(case)
        if fate.end in (End.WAITS, End.FAILS):
            gaps.append(ExpressionGap(use, step, fanout, lack, chance, fate))
    sure = [gap for gap in gaps if gap.chance is Chance.SURE]
    return next(iter(sure or gaps), None)


def _lacks(
    facts: Facts, expression: Expression, step: Step, fanout: FanOut | None
) -> Iterator[tuple[Lack, Chance]]:
    if fanout is not None:
        yield Lack.EMPTY, emptiness(fanout)
        yield Lack.SKIPPED, facts.links.endings.skipped_loop(fanout)
        return
    template = expression.site.template
    if template is not None:
        manifest = expression.site.manifest
        yield Lack.SKIPPED, facts.links.endings.skipped(manifest, template, step)

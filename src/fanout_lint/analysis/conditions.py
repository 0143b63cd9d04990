"""The ``when`` of steps and tasks: what is certain of each, and what it gives for known values.

Argo puts values for the tags, then hands the text to govaluate
(``workflow/controller/steps.go:shouldExecute`` of v4.1.2). Where the values stand in the
files, the condition is worked out as Argo will do it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.endings import item_texts, replaced
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.given import Given, given_values
from fanout_lint.analysis.items import Item
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.origins import Composed
from fanout_lint.analysis.outcomes import ReadsItem
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.languages.problem import Reading
from fanout_lint.languages.when import WhenAnalysis, analyse_when, read_when
from fanout_lint.model.workflow import Manifest, Step, Template
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import Tag, scan

if TYPE_CHECKING:
    from fanout_lint.analysis.whole_expressions import WholeExpression

_MOST_ITEMS = 200


class Condition(Struct, frozen=True, eq=False):
    """A ``when``; ``fanout`` is the loop whose runs it decides, if its step is one."""

    manifest: Manifest
    template: Template
    step: Step
    text: Scalar
    site: Site
    fanout: FanOut | None
    analysis: WhenAnalysis


class Worked(Struct, frozen=True, eq=False):
    """A condition with its values put in: its ``text`` then, and what comes of it.

    ``item`` is the item of the run, ``given`` the value that came from elsewhere; both
    are ``None`` where all values are fixed.
    """

    text: str
    reading: Reading
    item: Item | None = None
    given: Given | None = None


def find_conditions(facts: Facts) -> Iterator[Condition]:
    """Yield the conditions of the focus that are texts, in order."""
    for manifest, template, step in facts.steps:
        when = step.when
        if when is None or not is_plain_text(when):
            continue
        site = Site(manifest, Region.STEP, template, step, "when")
        fanout = facts.fanout_of(manifest, step) if step.loop is not None else None
        yield Condition(manifest, template, step, when, site, fanout, analyse_when(when.value))


def worked_items(facts: Facts, condition: Condition) -> tuple[Worked, ...]:
    """Return the condition for each item of a loop whose items are all known, else nothing."""
    fanout = condition.fanout
    if fanout is None or len(fanout.lists) != 1 or len(fanout.lists[0]) > _MOST_ITEMS:
        return ()
    if condition.template.is_inline or not _reads_item(facts, condition):
        return ()
    worked: list[Worked] = []
    for item in fanout.lists[0]:
        text = facts.links.constants.text(condition.text, condition.site, item_texts(item))
        if text is None:
            return ()
        worked.append(Worked(text, read_when(text), item))
    return tuple(worked)


def _reads_item(facts: Facts, condition: Condition) -> bool:
    for tag in scan(condition.text):
        names = refer(tag).names
        outcome = facts.links.scope.resolve(names, condition.site, condition.text.value)
        if isinstance(outcome, ReadsItem):
            return True
    return False


def worked_values(facts: Facts, condition: Condition) -> tuple[Worked, ...]:
    """Return the condition for the values that its tags are known to get.

    Where all of them are fixed there is one; where one tag varies, one for each value
    of it that the files show.
    """
    if condition not in facts.worked:
        facts.worked[condition] = tuple(_worked_values(facts, condition))
    return facts.worked[condition]


def _worked_values(facts: Facts, condition: Condition) -> Iterator[Worked]:
    tags = scan(condition.text)
    if not tags or condition.template.is_inline:
        return
    text = facts.links.constants.text(condition.text, condition.site)
    if text is None and tags[0].is_expression:
        whole = whole_expression(facts, condition)
        text = whole.text if whole is not None else None
    if text is not None:
        yield Worked(text, read_when(text))
        return
    if any(tag.is_expression or tag.is_nested for tag in tags):
        return
    if len({tag.text for tag in tags}) == 1:
        for given in given_values(facts, tags[0].alone, condition.site):
            text = replaced(condition.text.value, tags, [given.literal.text] * len(tags))
            yield Worked(text, read_when(text), None, given)


def failing(facts: Facts, condition: Condition) -> Worked | None:
    """Return the condition with the first item or value that makes it fail."""
    for worked in (*worked_items(facts, condition), *worked_values(facts, condition)):
        if not worked.reading.ok:
            return worked
    return None


def bare_item(condition: Condition) -> Tag | None:
    """Return the first tag of the item that stands in no quotes."""
    bare = {tag.start for tag in condition.analysis.tags if not tag.is_quoted}
    for tag in scan(condition.text):
        is_item = not tag.is_expression and tag.text.split(".")[0] == "item"
        if is_item and tag.start in bare:
            return tag
    return None


def whole_expression(facts: Facts, condition: Condition) -> "WholeExpression | None":
    """Return the expression that the condition is, if it is nothing else."""
    if not condition.text.value.lstrip().startswith("{{=") or condition.template.is_inline:
        return None
    from fanout_lint.analysis import whole_expressions

    origin = Composed(condition.text, condition.site, (), is_default=False)
    return whole_expressions.whole_expression(facts.links.constants, origin)

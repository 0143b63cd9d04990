"""How a step or task may end without having run: skipped by its ``when``, or a loop without items.

Three answers are told apart, because rules weigh them apart: never, in every run, or
in runs that data decides.
"""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.constants import Constants
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.items import Item, ItemKind
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import Manifest, Step, Template
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.reference import refer
from fanout_lint.tags.scan import Tag, scan
from fanout_lint.unknown import Unknown

_MOST_ITEMS = 200


class Chance(Enum):
    """How often something happens."""

    NEVER = "never"
    MAY = "may"
    SURE = "sure"


class Endings(Struct, frozen=True, eq=False):
    """Answers how steps may end without having run, for a whole project."""

    constants: Constants

    def skipped(self, manifest: Manifest, template: Template, step: Step) -> Chance:
        """Return how often ``when`` skips *step*; of a loop, all of its runs."""
        if step.when is None:
            return Chance.NEVER
        if self._holds_wherever_called(template, step.when):
            return Chance.NEVER
        site = Site(manifest, Region.STEP, template, step, "when")
        return _chance(self._passes(step.when, site, None))

    def _holds_wherever_called(self, template: Template, when: Scalar) -> bool:
        """Whether every call of *template* stands under the condition *when* already.

        The condition speaks of inputs only, and with the arguments of the call in their
        places it is the ``when`` of the step that calls.
        """
        callers = self.constants.origins.callers
        found = callers.of(template)
        tags = scan(when)
        if not found or not tags or callers.may_be_called_from_outside(template):
            return False
        for call in found:
            texts = [_argument(call, tag) for tag in tags]
            guard = call.step.when if call.step is not None and call.hook is None else None
            if guard is None or None in texts:
                return False
            pieces = [text or "" for text in texts]
            if replaced(when.value, tags, pieces).split() != guard.value.split():
                return False
        return True

    def skipped_loop(self, fanout: FanOut) -> Chance:
        """Return how often ``when`` leaves none of the runs of *fanout*."""
        step = fanout.step
        if step.when is None:
            return Chance.NEVER
        site = Site(fanout.manifest, Region.STEP, fanout.template, step, "when")
        if "item" not in step.when.value:
            return _chance(self._passes(step.when, site, None))
        if len(fanout.lists) != 1 or isinstance(fanout.width, Unknown):
            return Chance.MAY
        if len(fanout.lists[0]) > _MOST_ITEMS:
            return Chance.MAY
        verdicts = [self._passes(step.when, site, item_texts(item)) for item in fanout.lists[0]]
        if any(verdict is True for verdict in verdicts):
            return Chance.NEVER
        return Chance.SURE if all(verdict is False for verdict in verdicts) else Chance.MAY

    def _passes(self, when: Scalar, site: Site, item: Mapping[str, str] | None) -> bool | None:
        """Return what *when* gives, ``None`` where that varies or is an error."""
        text = self.constants.text(when, site, item)
        if text is None:
            return None
        from fanout_lint.languages.when import read_when

        reading = read_when(text)
        return {"true": True, "false": False}.get(reading.value or "") if reading.ok else None


def _argument(call: Call, tag: Tag) -> str | None:
    """Return what *call* passes for the input that *tag* reads, tags in it as they are."""
    names = refer(tag).names
    if tag.is_expression or tag.is_nested or names[:2] != ("inputs", "parameters"):
        return None
    given = call.arguments.parameter(".".join(names[2:]))
    if given is None or given.value_from is not None or type(given.value) is not Scalar:
        return None
    return given.value.value


def replaced(text: str, tags: tuple[Tag, ...], values: list[str]) -> str:
    """Return *text* with a value in the place of each of its *tags*."""
    pieces: list[str] = []
    at = 0
    for tag, value in zip(tags, values, strict=True):
        pieces.append(text[at : tag.start] + value)
        at = tag.end
    return "".join(pieces) + text[at:]


def _chance(passes: bool | None) -> Chance:
    if passes is None:
        return Chance.MAY
    return Chance.NEVER if passes else Chance.SURE


def emptiness(fanout: FanOut) -> Chance:
    """Return how often *fanout* has no items at all."""
    if not isinstance(fanout.width, Unknown):
        return Chance.SURE if fanout.width == 0 else Chance.NEVER
    return Chance.NEVER if fanout.runs.least > 0 else Chance.MAY


def item_texts(item: Item) -> dict[str, str]:
    """Return the texts of ``{{item}}`` (under ``""``) and of its keys, as far as they are plain."""
    if item.kind is ItemKind.MAP:
        return dict(item.values)
    return {"": item.text} if item.kind is not ItemKind.LIST else {}

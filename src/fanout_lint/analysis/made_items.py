"""The items that a script or another loop makes, as far as their form is known.

The list of a loop's output parameters holds one map for each run, with the names
of the parameters as keys; the list of its results holds whatever each run printed
(``workflow/controller/operator.go:processAggregateNodeOutputs`` of v4.1.2).
"""

from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.origins import Composed, Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.outputs import is_judged, output_names
from fanout_lint.analysis.project import Found
from fanout_lint.analysis.strings import shortened
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.unknown import Unknown

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.shape import Shape


class Lacking(Struct, frozen=True):
    """Items that lack a key. ``what`` says what they are instead, empty for maps.

    ``known`` are the keys that they have. ``is_sure`` says that every run of the
    loop meets such an item.
    """

    what: str
    known: tuple[str, ...]
    is_sure: bool
    maker: str


def made_without(facts: Facts, fanout: FanOut, key: str) -> Lacking | None:
    """Return how the items of *fanout* lack *key*; ``None`` where they may have it."""
    if len(fanout.origins) != 1:
        return None
    origin = fanout.origins[0]
    if isinstance(origin, Composed):
        return _in_shape(fanout, key, _written(origin))
    read = origin.outcome if isinstance(origin, Read) else None
    if not isinstance(read, ReadsStep):
        return None
    if read.step.loops:
        return _collected(facts, read, key)
    return _in_shape(fanout, key, read.step.label)


def _written(origin: Composed) -> str:
    return shortened(origin.node.value) if type(origin.node) is Scalar else ""


def _in_shape(fanout: FanOut, key: str, maker: str) -> Lacking | None:
    if isinstance(fanout.shape, Unknown):
        return None
    shape = fanout.shape
    if shape.items is not None:
        found = [_without(item, key) for item in shape.items]
        lacking = [each for each in found if each is not None]
        return _named(lacking[0], maker) if lacking else None
    return _named(_without(shape.item, key), maker)


def _named(lacking: Lacking | None, maker: str) -> Lacking | None:
    if lacking is None:
        return None
    return Lacking(lacking.what, lacking.known, lacking.is_sure, maker)


def _without(shape: "Shape", key: str) -> Lacking | None:
    from fanout_lint.analysis.scripts.shape import ListShape, ObjectShape, ScalarShape

    match shape:
        case ScalarShape(kind=kind):
            return Lacking(f"a {kind.value}", (), True, "")
        case ListShape():
            return Lacking("a list", (), True, "")
        case ObjectShape(fields, is_open):
            named = {field.name: field.sure for field in fields}
            if key in named:
                return None if named[key] else Lacking("", tuple(named), False, "")
            return None if is_open else Lacking("", tuple(named), True, "")
    return None


def _collected(facts: Facts, read: ReadsStep, key: str) -> Lacking | None:
    callee = read.callee
    if not isinstance(callee, Found) or not all(map(is_judged, callee.targets)):
        return None
    if read.part is Part.PARAMETERS:
        names = output_names(callee, Part.PARAMETER)
        return None if key in names else Lacking("", names, True, read.step.label)
    if read.part is Part.RESULT and len(callee.targets) == 1:
        from fanout_lint.analysis.scripts.verdict import IsJson

        verdict = facts.links.producers.printed_json(callee.targets[0])
        if isinstance(verdict, IsJson):
            return _named(_without(verdict.shape, key), read.step.label)
    return None

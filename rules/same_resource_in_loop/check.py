"""Objects that every run of a loop makes under one name."""

from collections.abc import Iterator

from fanout_lint.analysis.colliding_runs import is_tolerated, may_be_undone
from fanout_lint.analysis.created_objects import CreatedObject, created_objects
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.loops_above import (
    LoopAbove,
    is_same_in_all_runs,
    loop_over_same,
    runs_one_by_one,
)
from fanout_lint.findings import Hit, Place, Related, hit


def check(facts: Facts) -> Iterator[Hit]:
    for _, template in facts.templates:
        for made in created_objects(template):
            loop = loop_over_same(facts, template, made.identity)
            face = None if loop is None else _face(facts, loop, made)
            if loop is not None and face is not None:
                yield _hit(loop, made, face)


def _face(facts: Facts, loop: LoopAbove, made: CreatedObject) -> str | None:
    is_undone = made.may_vanish or may_be_undone(facts, loop)
    if is_undone and runs_one_by_one(facts, loop):
        return None
    if made.action != "create":
        return None if is_same_in_all_runs(loop, made.manifest) else "overwrites"
    is_sure = loop.is_sure and not is_undone and not is_tolerated(loop)
    return "fails" if is_sure else "may-fail"


def _hit(loop: LoopAbove, made: CreatedObject, face: str) -> Hit:
    words = {"fan": loop.fanout.step.label, "kind": made.kind.value, "name": made.name.value}
    words["action"] = made.action
    place = Place(loop.fanout.manifest.path, loop.fanout.loop.key.span)
    return hit(node_place(made.name), face, (Related(place, "the loop"),), **words)

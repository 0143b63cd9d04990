"""Loops of many or any number of pods that nothing limits."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.limits import Reached, is_limited, workflow_limit
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest
from fanout_lint.unknown import Unknown


def check(facts: Facts, safe_width: int) -> Iterator[Hit]:
    for manifest in facts.runnable:
        if workflow_limit(facts.project, manifest) is not None:
            continue
        for reached in facts.reached(manifest):
            fanout = reached.fanout
            shown = fanout.runs.shown
            narrow = shown is not None and shown <= safe_width
            if not narrow and is_limited(fanout) is False:
                yield _hit(manifest, reached)
                break


def _hit(manifest: Manifest, reached: Reached) -> Hit:
    fanout = reached.fanout
    targets = fanout.call.targets
    words = {
        "step": fanout.step.label,
        "callee": targets[0].template.label if targets else "",
        "width": str(fanout.width),
    }
    loop = Place(fanout.manifest.path, fanout.loop.key.span)
    if fanout.manifest is not manifest:
        here = [call for call in reached.way if call.manifest is manifest]
        related = (Related(loop, f"the loop of '{fanout.step.label}'"),)
        return hit(Place(manifest.path, here[-1].span), "elsewhere", related, **words)
    return hit(loop, "unknown" if isinstance(fanout.width, Unknown) else "wide", **words)

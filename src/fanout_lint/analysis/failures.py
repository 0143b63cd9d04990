"""Where ``workflow.failures`` is read although it is not known there, or as what it is not.

Argo's validator knows the name once it has come to ``spec.onExit``: after all that the
entrypoint leads to, and never in a manifest without one, be there an exit hook or not. The
controller sets it when the run ends, as a JSON list inside a JSON string
(``workflow/validate/validate.go:Workflow``, ``workflow/controller/operator.go`` of v4.1.2).
"""

from collections.abc import Iterator
from typing import Literal

from fanout_lint.analysis.calls import CallKind
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.origins import Read
from fanout_lint.analysis.sites import Region
from fanout_lint.model.workflow import Manifest, Template

_NAMES = ("workflow", "failures")
_CHECKED = (Region.BODY, Region.STEP, Region.HOOK, Region.OUTPUTS)


Misplacement = Literal["no-exit", "too-early", "left"]
"""Why the name is not known there, as the face of the finding.

Refused as the manifest has no ``onExit``, or as the entrypoint leads to it; or left as it
is, in an expression, which nobody checks.
"""


def misplaced_failures(facts: Facts) -> Iterator[tuple[Use, Misplacement]]:
    """Yield each use of ``workflow.failures`` that is surely too early or refused."""
    early: dict[Manifest, frozenset[Template]] = {}
    for use in facts.reads:
        site = use.site
        if use.reference.names[:2] != _NAMES or site.region not in _CHECKED:
            continue
        from fanout_lint.analysis.mentions import outermost

        if site.manifest not in early:
            early[site.manifest] = _early(facts, site.manifest)
        is_early = outermost(site) in early[site.manifest]
        if use.fate is not None:
            if is_early and not use.is_guarded and site.region is not Region.HOOK:
                yield use, "left"
        elif site.manifest.on_exit is None:
            yield use, "no-exit"
        elif is_early:
            yield use, "too-early"


def failures_as_list(facts: Facts) -> Iterator[tuple[FanOut, Read]]:
    """Yield the loops whose only list is ``workflow.failures`` as it stands."""
    for fanout in facts.fanouts:
        if len(fanout.origins) == 1:
            origin = fanout.origins[0]
            if isinstance(origin, Read) and origin.reference.names == _NAMES:
                yield fanout, origin


def _early(facts: Facts, manifest: Manifest) -> frozenset[Template]:
    """Return the templates that the entrypoint of *manifest* leads to by steps and tasks."""
    from fanout_lint.analysis.reach import led_to

    ways = (CallKind.ENTRYPOINT, CallKind.STEP)
    return led_to(call for call in facts.calls if call.manifest is manifest and call.kind in ways)

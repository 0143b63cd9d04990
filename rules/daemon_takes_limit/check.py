"""Limits that daemons use up."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import step_call
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.limits import whole_number
from fanout_lint.analysis.outputs import is_daemon
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import POD_KINDS, Manifest, Step, Template
from fanout_lint.rulebook.words import listed
from fanout_lint.syntax.nodes import Scalar, child_scalar


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template in facts.templates:
        daemons = [step for step in template.steps if _is_daemon(facts, manifest, template, step)]
        if not daemons:
            continue
        limits = (
            ("workflow", child_scalar(manifest.spec, "parallelism")),
            ("template", child_scalar(template.node, "parallelism")),
        )
        for face, limit in limits:
            number = whole_number(limit)
            if limit is None or number is None or number <= 0:
                continue
            found = _starved(facts, manifest, template, daemons, number)
            if found is not None:
                yield _hit(manifest, face, limit, number, *found)


def _is_daemon(facts: Facts, manifest: Manifest, template: Template, step: Step) -> bool:
    pods = _pods(facts, manifest, template, step)
    return bool(pods) and all(map(is_daemon, pods))


def _pods(facts: Facts, manifest: Manifest, template: Template, step: Step) -> list[Template]:
    """Return what *step* may run, where it surely starts exactly one pod."""
    targets = step_call(facts.project, manifest, template, step).targets
    called = [target.template for target in targets]
    is_sure = step.when is None and not step.loops
    return called if is_sure and all(each.kind in POD_KINDS for each in called) else []


def _starved(
    facts: Facts, manifest: Manifest, template: Template, daemons: list[Step], limit: int
) -> tuple[Step, list[Step]] | None:
    """Return the first step that waits behind *limit* daemons or more, and those."""
    for step in template.steps:
        if step in daemons or not _pods(facts, manifest, template, step):
            continue
        ancestors = facts.links.scope.order.ancestors(template, step)
        before = [
            daemon
            for daemon in daemons
            if (daemon.label in ancestors if step.is_task else daemon.group < step.group)
        ]
        if len(before) >= limit:
            return step, before
    return None


def _hit(
    manifest: Manifest, face: str, limit: Scalar, number: int, step: Step, daemons: list[Step]
) -> Hit:
    names = [daemon.label for daemon in daemons]
    words = {
        "limit": str(number),
        "daemons": f"the {'daemon' if len(names) == 1 else 'daemons'} {listed(names)}",
        "next": step.label,
        "more": str(len(names) + 1),
    }
    related = tuple(
        Related(Place(manifest.path, daemon.name.span), "this daemon keeps running")
        for daemon in daemons
        if daemon.name is not None
    )
    return hit(node_place(limit), face, related, **words)

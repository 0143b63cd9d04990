"""What limits how many pods of a loop run at once, as the controller applies limits.

``spec.parallelism`` counts the pods of the whole workflow. A template's
``parallelism`` counts its direct children only, so it limits a loop only where
the loop's workers are pods of that very template. A lock on the worker limits it
anywhere (``workflow/controller/operator.go:checkParallelism`` of v4.1.2).
"""

from collections import deque
from collections.abc import Callable, Iterator

from msgspec import Struct

from fanout_lint.analysis.calls import Call, calls, template_calls
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.project import Found, Project, Target
from fanout_lint.model.workflow import CALLERS, POD_KINDS, Manifest, Template
from fanout_lint.syntax.nodes import Mapping, Scalar, child_mapping, child_scalar
from fanout_lint.unknown import UNKNOWN, Unknown

_COUNTED = POD_KINDS | CALLERS


class Reached(Struct, frozen=True):
    """A loop that a run of ``manifest`` comes to, and the calls that lead there from its spec."""

    fanout: FanOut
    way: tuple[Call, ...]


def whole_number(node: Scalar | None) -> int | None:
    """Return the number that a scalar is, ``None`` for anything else."""
    resolved = None if node is None else node.resolved
    return resolved if isinstance(resolved, int) and not isinstance(resolved, bool) else None


def workflow_limit(project: Project, manifest: Manifest) -> int | Unknown | None:
    """Return the limit on all pods of a run of *manifest*; ``None`` where there is none."""
    own = child_scalar(manifest.spec, "parallelism")
    if own is not None:
        number = whole_number(own)
        return UNKNOWN if number is None else number
    libraries = project.spec_libraries(manifest)
    if not isinstance(libraries, tuple):
        return UNKNOWN
    for library in libraries:
        inherited = child_scalar(library.spec, "parallelism")
        if inherited is not None:
            number = whole_number(inherited)
            return UNKNOWN if number is None else number
    return None


def is_limited(fanout: FanOut) -> bool | Unknown:
    """Whether anything at the loop itself limits how many of its pods run at once."""
    callee = fanout.call.callee
    if not isinstance(callee, Found):
        return UNKNOWN
    targets = callee.targets
    if all(_is_locked(target) for target in targets):
        return True
    if not any(target.template.kind in _COUNTED for target in targets):
        return UNKNOWN
    limit = whole_number(child_scalar(fanout.template.node, "parallelism"))
    # A template written inside a step has no name, and its limit is ignored
    # (``operator.go:GetTemplateByBoundaryID``).
    return limit is not None and limit > 0 and not fanout.template.is_inline


def reached(
    project: Project,
    manifest: Manifest,
    fanouts: Callable[[Manifest, Template], tuple[FanOut, ...]],
) -> Iterator[Reached]:
    """Yield the loops that a run of *manifest* may come to, each once, by the shortest way."""
    seen: set[Template] = set()
    waiting: deque[tuple[Target, tuple[Call, ...]]] = deque()
    for call in calls(project, manifest):
        if call.template is None:
            waiting.extend((target, (call,)) for target in call.targets)
    while waiting:
        target, way = waiting.popleft()
        if target.template in seen:
            continue
        seen.add(target.template)
        for fanout in fanouts(target.manifest, target.template):
            yield Reached(fanout, way)
        for call in template_calls(project, target.manifest, target.template):
            waiting.extend((inner, (*way, call)) for inner in call.targets)


def _is_locked(target: Target) -> bool:
    defaults = target.manifest.template_defaults
    return _has_lock(target.template.node) or (defaults is not None and _has_lock(defaults))


def _has_lock(node: Mapping) -> bool:
    locks = child_mapping(node, "synchronization")
    return locks is not None and any(
        locks.get(name) is not None for name in ("mutex", "mutexes", "semaphore", "semaphores")
    )

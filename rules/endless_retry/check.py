"""Retries that no limit ends."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.loops_above import loops_above
from fanout_lint.analysis.retries import Retry, is_shared_by, retries
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.syntax.nodes import Scalar, child_mapping

_NARROW = ("OnError", "OnTransientError")


def check(facts: Facts) -> Iterator[Hit]:
    for retry in retries(facts):
        if retry.get("limit") is not None:
            continue
        backoff = child_mapping(retry.own, "backoff")
        key = retry.own.key("backoff")
        if backoff is not None and key is not None and retry.backoff("duration") is not None:
            face = "backoff" if retry.backoff("maxDuration") is None else "backoff-until"
            yield hit(Place(retry.manifest.path, key.span), face)
        elif not _is_bounded(retry):
            fanout = _loop(facts, retry)
            if fanout is not None:
                yield _hit(retry, fanout)


def _is_bounded(retry: Retry) -> bool:
    """Whether something else may end the retries, or only few failures are retried."""
    policy = retry.get("retryPolicy")
    return (
        retry.get("expression") is not None
        or retry.get("backoff") is not None
        or (type(policy) is Scalar and policy.value in _NARROW)
        or retry.manifest.spec.get("activeDeadlineSeconds") is not None
    )


def _loop(facts: Facts, retry: Retry) -> FanOut | None:
    """Return a loop whose runs are retried so."""
    if retry.template is not None:
        return next((above.fanout for above in loops_above(facts, retry.template)), None)
    for fanout in facts.links.fanouts_of(retry.manifest):
        if any(is_shared_by(retry, target.template) for target in fanout.call.targets):
            return fanout
    return None


def _hit(retry: Retry, fanout: FanOut) -> Hit:
    related = (Related(Place(fanout.manifest.path, fanout.loop.key.span), "this loop runs it"),)
    place = Place(retry.manifest.path, retry.key.span)
    return hit(place, "loop", related, step=fanout.step.label)

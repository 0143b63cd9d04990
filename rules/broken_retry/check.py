"""Retry strategies that cannot work."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.retries import Retry, retries
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.languages.duration import print_duration
from fanout_lint.languages.gonumber import atoi
from fanout_lint.model.workflow import TemplateKind
from fanout_lint.syntax.nodes import Node, Scalar, child_mapping, child_scalar


def check(facts: Facts) -> Iterator[Hit]:
    for retry in retries(facts):
        backoff = child_mapping(retry.own, "backoff")
        yield from _number(retry, "limit", child_scalar(retry.own, "limit"))
        yield from _number(retry, "factor", child_scalar(backoff, "factor"))
        key = retry.own.key("backoff")
        if backoff is None or key is None:
            continue
        if retry.backoff("duration") is None:
            yield hit(Place(retry.manifest.path, key.span), "no-duration")
        else:
            yield from _too_late(retry)
    for _, template in facts.templates:
        if template.kind is TemplateKind.CONTAINER_SET:
            yield from _in_container(template.body)


def _number(retry: Retry, name: str, node: Scalar | None) -> Iterator[Hit]:
    if node is None:
        return
    text = node.value
    number = node.resolved if isinstance(node.resolved, int) else atoi(text)
    if isinstance(node.resolved, str) and number is None:
        if "{{" not in text:
            yield hit(node_place(node), "number", field=name, value=text)
        elif retry.is_of_spec and "{{inputs." in text.replace(" ", ""):
            yield hit(node_place(node), "unfilled", field=name)
    elif name == "limit" and number is not None and number < 0:
        yield hit(node_place(node), "negative", value=text)


def _too_late(retry: Retry) -> Iterator[Hit]:
    """Yield a backoff whose first wait would end after its time is over."""
    wait, end, cap = (retry.wait(name) for name in ("duration", "maxDuration", "cap"))
    if wait is None or end is None or (cap is None and retry.backoff("cap") is not None):
        return
    first = wait if cap is None else min(wait, cap)
    written = child_scalar(child_mapping(retry.own, "backoff"), "maxDuration")
    if first > end and written is not None:
        words = {"wait": print_duration(first), "end": print_duration(end)}
        yield hit(node_place(written), "too-late", **words)


def _in_container(body: Node | None) -> Iterator[Hit]:
    """Yield the number of tries of a container set where it gives none or only one."""
    tries = child_scalar(child_mapping(body, "retryStrategy"), "retries")
    if tries is None or "{{" in tries.value:
        return
    resolved = tries.resolved
    number = resolved if isinstance(resolved, int) else atoi(tries.value)
    if number is None or number < 1:
        yield hit(node_place(tries), "never-run", value=tries.value)
    elif number == 1:
        yield hit(node_place(tries), "one-try")

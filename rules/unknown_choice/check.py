"""Fields that take one of a few words."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.model.workflow import Kind
from fanout_lint.rulebook.words import offer
from fanout_lint.syntax.nodes import Node, child_mapping, child_scalar

_CONCURRENCY = ("Allow", "Forbid", "Replace")
_POD_GC = ("OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess")
_RETRY = ("Always", "OnFailure", "OnError", "OnTransientError")
_ACTIONS = ("get", "create", "apply", "delete", "replace", "patch")


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        if manifest.kind is Kind.CRON_WORKFLOW:
            cron = child_mapping(manifest.root, "spec")
            yield from _judge(cron, "concurrencyPolicy", _CONCURRENCY, "concurrencyPolicy")
        spec = manifest.spec
        yield from _judge(child_mapping(spec, "podGC"), "strategy", _POD_GC, "podGC.strategy")
        for node in (spec, manifest.template_defaults):
            retry = child_mapping(node, "retryStrategy")
            yield from _judge(retry, "retryPolicy", _RETRY, "retryPolicy", "retry")
    for _, template in facts.templates:
        retry = child_mapping(template.node, "retryStrategy")
        yield from _judge(retry, "retryPolicy", _RETRY, "retryPolicy")
        resource = child_mapping(template.node, "resource")
        yield from _judge(resource, "action", _ACTIONS, "action of a resource template")


def _judge(
    node: Node | None, name: str, known: tuple[str, ...], field: str, face: str = "refused"
) -> Iterator[Hit]:
    text = child_scalar(node, name)
    if text is None or not text.value or "{{" in text.value or not is_plain_text(text):
        return
    if text.value not in known:
        place = words_place(text, 0, len(text.value))
        words = {"value": text.value, "field": field, "offer": offer(text.value, known)}
        yield hit(place, face, **words)

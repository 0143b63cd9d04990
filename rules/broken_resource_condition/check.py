"""Conditions on resources and selectors of pods that Kubernetes cannot read."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.selectors import refusals
from fanout_lint.analysis.strings import in_words, words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.languages.labelselector import find_selector_fault
from fanout_lint.model.workflow import Template
from fanout_lint.syntax.nodes import Mapping, child_mapping, child_scalar

_CONDITIONS = ("successCondition", "failureCondition")


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        selector = child_mapping(child_mapping(manifest.spec, "podGC"), "labelSelector")
        for refusal in refusals(selector) if selector is not None else ():
            yield hit(node_place(refusal.node), "selector", reason=refusal.message)
    for _, template in facts.templates:
        resource = child_mapping(template.node, "resource")
        if resource is not None:
            yield from _resource(template, resource)


def _resource(template: Template, resource: Mapping) -> Iterator[Hit]:
    action = child_scalar(resource, "action")
    if action is not None and action.value == "delete":
        yield from _delete(template, resource)
        return
    for name in _CONDITIONS:
        text = child_scalar(resource, name)
        if text is None or not text.value or not is_plain_text(text):
            continue
        problem = find_selector_fault(text.value)
        if problem is not None:
            place = words_place(text, problem.start, problem.end)
            yield hit(place, "condition", reason=in_words(problem.message))


def _delete(template: Template, resource: Mapping) -> Iterator[Hit]:
    """Tell of what a deletion cannot have (``cmd/argoexec/commands/resource.go`` of v4.1.2)."""
    for name in _CONDITIONS:
        text, key = child_scalar(resource, name), resource.key(name)
        if text is not None and text.value and key is not None:
            yield hit(node_place(key), "delete", field=name)
    key = template.node.key("outputs")
    if template.outputs.parameters and key is not None:
        yield hit(node_place(key), "delete", field="outputs.parameters")

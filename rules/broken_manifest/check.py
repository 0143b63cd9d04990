"""Manifests and patches inside texts that cannot be read."""

from collections.abc import Iterator

from fanout_lint.analysis.embedded import has_tag_of_many_lines, may_hold_parts, read_embedded
from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.findings import Hit, hit
from fanout_lint.model.workflow import Template
from fanout_lint.syntax.nodes import Mapping, Scalar, child_mapping, child_scalar

_WITHOUT = ("get", "delete")
_WHOLE_OBJECTS = ("create", "apply", "replace")


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        yield from _patch(manifest.spec)
        if manifest.template_defaults is not None:
            yield from _patch(manifest.template_defaults)
    for _, template in facts.templates:
        yield from _patch(template.node)
        yield from _resource(template)


def _patch(node: Mapping) -> Iterator[Hit]:
    text = child_scalar(node, "podSpecPatch")
    key = node.key("podSpecPatch")
    if text is None or key is None or not text.value.strip() or not is_plain_text(text):
        return
    if may_hold_parts(text) or has_tag_of_many_lines(text):
        return
    read = read_embedded(text)
    if read.place is not None:
        yield hit(read.place, "patch", reason=read.reason or "")
    elif read.roots and type(read.roots[0]) is not Mapping:
        yield hit(node_place(key), "patch-object")


def _resource(template: Template) -> Iterator[Hit]:
    resource = child_mapping(template.node, "resource")
    action = child_scalar(resource, "action")
    if resource is None or action is None or action.value in _WITHOUT or "{{" in action.value:
        return
    text = child_scalar(resource, "manifest")
    given = text is not None and text.value != ""
    elsewhere = resource.get("manifestFrom") is not None
    if given and elsewhere:
        yield hit(node_place(resource.key("manifestFrom") or resource), "both")
    elif not given and not elsewhere:
        key = template.node.key("resource") or resource
        yield hit(node_place(key), "absent", action=action.value)
    elif text is not None and is_plain_text(text) and not has_tag_of_many_lines(text):
        yield from _manifest(resource, action.value, text, template.is_inline)


def _manifest(resource: Mapping, action: str, text: Scalar, has_item: bool) -> Iterator[Hit]:
    read = read_embedded(text, has_item)
    key = resource.key("manifest") or resource
    if read.place is not None:
        yield hit(read.place, "yaml", reason=read.reason or "")
        return
    if may_hold_parts(text) or action not in _WHOLE_OBJECTS:
        return
    for root in read.roots:
        if type(root) is not Mapping:
            yield hit(node_place(key), "no-object")
            return
        for field in ("apiVersion", "kind"):
            if field not in root.entries:
                yield hit(node_place(key), "field", field=field)
                return

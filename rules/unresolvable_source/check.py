"""Sources of outputs and artifacts that name no one thing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.literals import has_tag, parameter_text
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import CALLERS, Manifest, Template, TemplateKind
from fanout_lint.syntax.ink import span_in
from fanout_lint.syntax.nodes import Node, Scalar
from fanout_lint.tags.scan import sole_tag

if TYPE_CHECKING:
    from fanout_lint.analysis.lookups import Fault, Lookup

_SOURCES = frozenset(("from", "parameter"))


def check(facts: Facts) -> Iterator[Hit]:
    has_sources = not facts.project.written.isdisjoint(_SOURCES)
    for manifest, template in facts.templates:
        if template.kind in CALLERS:
            yield from _values(template)
            if has_sources:
                yield from _lookups(facts, manifest, template)


def _lookups(facts: Facts, manifest: Manifest, template: Template) -> Iterator[Hit]:
    from fanout_lint.analysis.lookups import fault_of, lookups

    for lookup in lookups(manifest, template):
        fault = fault_of(facts, lookup)
        if fault is not None:
            yield _hit(manifest, template, lookup, fault)


def _values(template: Template) -> Iterator[Hit]:
    for parameter in template.outputs.parameters:
        value = parameter.value
        if value is not None and parameter.value_from is None:
            yield hit(node_place(value), "value", instead=_instead(value), **_words(template))


def _instead(value: Node) -> str:
    """Return what gives the output the text that *value* was to give it."""
    from fanout_lint.analysis.lookups import as_expression

    tag = sole_tag(value) if isinstance(value, Scalar) else None
    if tag is not None and not tag.is_expression:
        return f"'valueFrom: {{expression: \"{as_expression(tag.text)}\"}}'"
    text = "…" if has_tag(value) else parameter_text(value).strip()
    return f"'valueFrom: {{expression: \"'{text}'\"}}'"


def _words(template: Template) -> dict[str, str]:
    is_dag = template.kind is TemplateKind.DAG
    return {
        "kind": "dag" if is_dag else "steps",
        "parts": "tasks" if is_dag else "steps",
        "root": "tasks" if is_dag else "steps",
    }


def _hit(manifest: Manifest, template: Template, lookup: "Lookup", fault: "Fault") -> Hit:
    text = lookup.scalar.value
    join = "'subPath' takes a part of the artifact"
    if not lookup.is_artifact:
        join = "'expression' joins texts with '+'"
    words = {
        **_words(template),
        "who": "template" if lookup.step is None else lookup.step.word,
        "branch": "artifacts" if lookup.is_artifact else "parameters",
        "looked": fault.looked,
        "join": join,
        "tag": text.strip(),
        "expression": fault.expression,
    }
    span = span_in(lookup.scalar, *(fault.span or (0, len(text))))
    return hit(Place(manifest.path, span), fault.face, **words)

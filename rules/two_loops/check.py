"""Steps and tasks with two kinds of loop."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.lint_order import in_sight
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Loop, LoopKind, Manifest, Template
from fanout_lint.syntax.nodes import Node, Scalar
from fanout_lint.tags.scan import sole_tag


def check(facts: Facts) -> Iterator[Hit]:
    return in_sight(facts.focus, _doubled(facts))


def _doubled(facts: Facts) -> Iterator[Hit]:
    for manifest, template, step in facts.steps:
        loops = [loop for loop in step.loops if loop.expands]
        if len(loops) < 2 or any(_may_be_none(loop, manifest, template) for loop in loops):
            continue
        first, second, *_ = sorted(loops, key=lambda loop: loop.key.span.start)
        related = (Related(Place(manifest.path, first.key.span), "this is the first one"),)
        words = {"first": first.kind.value, "second": second.kind.value}
        place = Place(manifest.path, second.key.span)
        yield hit(place, "", related, noun=step.word, step=step.label, **words)


def _may_be_none(loop: Loop, manifest: Manifest, template: Template) -> bool:
    """Whether the validator may find an empty text in ``withParam``, which is no loop.

    It puts in what is known of the workflow's parameters; made-up words for all inputs but
    those of the templates that a run begins and ends with, which get the workflow's arguments.
    """
    if loop.kind is not LoopKind.PARAM or type(loop.value) is not Scalar:
        return False
    tag = sole_tag(loop.value)
    if tag is None:
        return False
    if tag.is_expression:
        return re.fullmatch(r"(?:sprig\.)?to(?:Json|JSON)\(.*\)", tag.text) is None
    of, _, name = tag.text.rpartition(".parameters.")
    given = manifest.arguments.parameter(name)
    if of == "workflow":
        return given is not None and given.value is not None and not _says(given.value)
    ends = (manifest.entrypoint, manifest.on_exit)
    is_end = any(end is not None and end.value == template.label for end in ends)
    if of != "inputs" or not (is_end or template.is_inline):
        return False
    taken = template.inputs.parameter(name)
    values = [taken.value, taken.default] if taken is not None and not template.is_inline else []
    values = values if given is None else [given.value]
    return not any(value is not None and _says(value) for value in values)


def _says(value: Node) -> bool:
    """Whether *value* is a text that is surely not empty, whatever stands for its tags."""
    return type(value) is Scalar and value.value != "" and "{{" not in value.value

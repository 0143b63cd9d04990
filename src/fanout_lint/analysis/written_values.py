"""Every place where a manifest writes the value of a parameter, or an item of a loop.

All of them are texts to Argo, whatever YAML takes them for (``pkg/apis/workflow/
v1alpha1/anystring.go`` and ``item.go`` of v4.1.2).
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.model.workflow import Arguments, LoopKind, Manifest, Parameter, Template
from fanout_lint.syntax.nodes import Node, scalars


class Written(Struct, frozen=True, eq=False):
    """A value as it is written, and the parameter that gets it; ``None`` for an item's.

    ``is_default`` says that a caller, or whoever runs a library, may give another.
    """

    node: Node
    parameter: Parameter | None
    is_default: bool = False


def parameter_values(manifest: Manifest) -> Iterator[Written]:
    """Yield what *manifest* writes for parameters: values and defaults, in order of the text."""
    yield from _of(manifest.arguments, manifest.is_library)
    for hook in manifest.hooks:
        yield from _of(hook.arguments)
    for template in manifest.templates:
        yield from _of_template(template)


def _of_template(template: Template) -> Iterator[Written]:
    if template.inputs.parameters:
        yield from _of(template.inputs, is_default=True)
    for step in template.steps:
        if step.arguments.parameters:
            yield from _of(step.arguments)
        for hook in step.hooks:
            yield from _of(hook.arguments)
        if step.inline is not None:
            yield from _of_template(step.inline)
    if template.outputs.parameters:
        yield from _of(template.outputs)


def _of(arguments: Arguments, is_default: bool = False) -> Iterator[Written]:
    for parameter in arguments.parameters:
        source = parameter.value_from
        if parameter.value is not None:
            yield Written(parameter.value, parameter, is_default)
        for node in (parameter.default, None if source is None else source.default):
            if node is not None:
                yield Written(node, parameter, True)


def item_values(manifest: Manifest) -> Iterator[Written]:
    """Yield every scalar in the items of the ``withItems`` of *manifest*, however deep."""
    waiting = list(reversed(manifest.templates))
    while waiting:
        template = waiting.pop()
        for step in template.steps:
            if step.inline is not None:
                waiting.append(step.inline)
            for loop in step.loops:
                if loop.kind is LoopKind.ITEMS:
                    yield from (Written(node, None) for node in scalars(loop.value))

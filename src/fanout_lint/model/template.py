"""A template's node to a template, its steps or tasks, and the templates written inside them."""

from collections.abc import Iterator

from fanout_lint.model.parts import arguments, hooks, template_ref, text
from fanout_lint.model.workflow import Loop, LoopKind, Step, Template, TemplateKind
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    child_mapping,
    child_sequence,
    mappings,
)

_KINDS = {kind.value: kind for kind in TemplateKind}
_LOOPS = (LoopKind.ITEMS, LoopKind.PARAM, LoopKind.SEQUENCE)


def build_template(node: Mapping, is_inline: bool) -> Template:
    """Return the template that *node* describes."""
    kinds = tuple(_KINDS[name] for name in node.entries if name in _KINDS and _is_body(node, name))
    kind = kinds[0] if len(kinds) == 1 else None
    return Template(
        node=node,
        name=text(node, "name"),
        kind=kind,
        kinds=kinds,
        body=None if kind is None else node.get(kind.value),
        inputs=arguments(child_mapping(node, "inputs")),
        outputs=arguments(child_mapping(node, "outputs")),
        steps=tuple(_steps(node)),
        is_inline=is_inline,
    )


def _is_body(node: Mapping, name: str) -> bool:
    """Say whether Argo takes the field for a body: a list of steps must not be empty."""
    body = node.get(name)
    if name == TemplateKind.STEPS.value:
        return type(body) is Sequence and body.items != ()
    return body is not None


def _steps(node: Mapping) -> Iterator[Step]:
    groups = child_sequence(node, "steps")
    for index, group in enumerate(groups.items if groups is not None else ()):
        for step in _group(group):
            yield _step(step, is_task=False, group=index)
    for _, task in mappings(child_sequence(child_mapping(node, "dag"), "tasks")):
        yield _step(task, is_task=True, group=0)


def _group(group: Node) -> Iterator[Mapping]:
    """Yield the steps of a parallel group; Argo refuses one that is no list, people write it."""
    if type(group) is Mapping:
        yield group
    elif type(group) is Sequence:
        for item in group.items:
            if type(item) is Mapping:
                yield item


def _step(node: Mapping, is_task: bool, group: int) -> Step:
    reference = child_mapping(node, "templateRef")
    inline = child_mapping(node, "inline")
    dependencies = child_sequence(node, "dependencies")
    return Step(
        node=node,
        name=text(node, "name"),
        is_task=is_task,
        group=group,
        template=text(node, "template"),
        template_ref=None if reference is None else template_ref(reference),
        inline=None if inline is None else build_template(inline, is_inline=True),
        arguments=arguments(child_mapping(node, "arguments")),
        loops=tuple(_loops(node)),
        when=text(node, "when"),
        depends=text(node, "depends"),
        dependencies=tuple(
            item for item in (dependencies.items if dependencies else ()) if type(item) is Scalar
        ),
        continue_on=child_mapping(node, "continueOn"),
        hooks=hooks(node),
        on_exit=text(node, "onExit"),
    )


def _loops(node: Mapping) -> Iterator[Loop]:
    for kind in _LOOPS:
        entry = node.entries.get(kind.value)
        if entry is not None and not (type(entry.value) is Scalar and entry.value.is_null):
            yield Loop(kind, entry.key, entry.value)

"""Who calls which template: every place of a manifest that runs one, and what it finds.

A call is a step, a task, a hook, an exit handler, or the entrypoint. The words
that name the callee stand at :attr:`Call.words`.
"""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.project import Callee, Found, Project, Target, targets_of
from fanout_lint.model.workflow import (
    Arguments,
    Hook,
    Manifest,
    Step,
    Template,
    TemplateRef,
)
from fanout_lint.source.text import Span
from fanout_lint.syntax.nodes import Node, Scalar
from fanout_lint.unknown import UNKNOWN


class CallKind(Enum):
    """The kinds of call; the value is what messages call them."""

    STEP = "step"
    HOOK = "hook"
    EXIT = "exit handler"
    ENTRYPOINT = "entrypoint"


class Call(Struct, frozen=True, eq=False):
    """A place that runs a template.

    ``template`` is the steps or dag template that holds the step or hook, ``None``
    for what stands in the spec. ``step`` is the step or task that calls, or whose
    hook calls. ``arguments`` are those written at the call: the entrypoint and the
    exit handler get the workflow's own. ``words`` is ``None`` for an inline
    template.
    """

    kind: CallKind
    manifest: Manifest
    template: Template | None
    step: Step | None
    hook: Hook | None
    callee: Callee
    arguments: Arguments
    words: Scalar | None
    reference: TemplateRef | None
    node: Node

    @property
    def targets(self) -> tuple[Target, ...]:
        return targets_of(self.callee)

    @property
    def is_late(self) -> bool:
        """Whether Argo's lint leaves the call to the run: hooks, and a step's own ``onExit``."""
        return self.kind is CallKind.HOOK or (self.kind is CallKind.EXIT and self.step is not None)

    @property
    def span(self) -> Span:
        """Where the call stands: its words, or the key that starts it."""
        if self.words is not None:
            return self.words.span
        if self.step is not None and self.step.name is not None:
            return self.step.name.span
        return self.node.span


def calls(project: Project, manifest: Manifest) -> tuple[Call, ...]:
    """Return every call that *manifest* makes, in the order of the text."""
    key = (manifest, None)
    if key not in project.calls:
        found = list(_spec_calls(project, manifest))
        for template in manifest.templates:
            found.extend(template_calls(project, manifest, template))
        project.calls[key] = tuple(found)
    return project.calls[key]


def template_calls(project: Project, manifest: Manifest, template: Template) -> tuple[Call, ...]:
    """Return the calls of *template*'s steps or tasks, of their hooks, and of inline templates."""
    if not template.steps:
        return ()
    key = (manifest, template)
    if key not in project.calls:
        project.calls[key] = tuple(_template_calls(project, manifest, template))
    return project.calls[key]


def _template_calls(project: Project, manifest: Manifest, template: Template) -> Iterator[Call]:
    for step in template.steps:
        yield step_call(project, manifest, template, step)
        for hook in step.hooks:
            yield _hook_call(project, manifest, hook, template, step)
        if step.on_exit is not None:
            callee = project.find_local(step.on_exit.value, manifest)
            # It gets the step's own arguments (``dag.go``, ``steps.go``: GetExitHook).
            yield Call(
                CallKind.EXIT, manifest, template, step, None, callee, step.arguments,
                step.on_exit, None, step.node,
            )  # fmt: skip
        if step.inline is not None:
            yield from template_calls(project, manifest, step.inline)


def step_call(project: Project, manifest: Manifest, template: Template, step: Step) -> Call:
    """Return the call that *step* makes; an inline template wins over a name."""
    key = (manifest, template, step)
    if key not in project.step_calls:
        project.step_calls[key] = _step_call(project, manifest, template, step)
    return project.step_calls[key]


def _step_call(project: Project, manifest: Manifest, template: Template, step: Step) -> Call:
    callee: Callee = UNKNOWN
    words = None
    if step.inline is not None:
        callee = Found((Target(step.inline, manifest),))
    elif step.template_ref is not None:
        callee = project.find_reference(step.template_ref, manifest)
        words = step.template_ref.template or step.template_ref.name
    elif step.template is not None:
        callee = project.find_local(step.template.value, manifest)
        words = step.template
    return Call(
        CallKind.STEP, manifest, template, step, None, callee, step.arguments, words,
        step.template_ref, step.node,
    )  # fmt: skip


def _hook_call(
    project: Project, manifest: Manifest, hook: Hook, template: Template | None, step: Step | None
) -> Call:
    callee: Callee = UNKNOWN
    words = hook.template
    if hook.template_ref is not None:
        callee = project.find_reference(hook.template_ref, manifest)
        words = hook.template_ref.template or hook.template_ref.name
    elif hook.template is not None:
        callee = project.find_local(hook.template.value, manifest)
    return Call(
        CallKind.HOOK, manifest, template, step, hook, callee, hook.arguments, words,
        hook.template_ref, hook.node,
    )  # fmt: skip


def _spec_calls(project: Project, manifest: Manifest) -> Iterator[Call]:
    spec_names = (
        (CallKind.ENTRYPOINT, manifest.entrypoint),
        (CallKind.EXIT, manifest.on_exit),
    )
    for kind, name in spec_names:
        if name is not None:
            callee = project.find_local(name.value, manifest)
            yield Call(
                kind, manifest, None, None, None, callee, manifest.arguments, name, None, name
            )
    for hook in manifest.hooks:
        yield _hook_call(project, manifest, hook, None, None)

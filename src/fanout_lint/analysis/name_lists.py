"""The lists of a manifest whose entries Argo finds by name: which must be there, and differ.

Templates, steps and tasks; parameters and artifacts of arguments, inputs and outputs. Those
are what the validator looks at (``workflow/validate/validate.go:validateWorkflowFieldNames``
of v4.1.2), so the arguments of hooks are not among them.
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import with_inline
from fanout_lint.model.workflow import Arguments, Manifest, Template
from fanout_lint.syntax.nodes import Mapping, Scalar, child_sequence, mappings


class NameList(Struct, frozen=True):
    """Entries of one list; all steps of a template are one, whatever their groups.

    ``noun`` is what one is called. ``template`` holds the list, ``None`` for one of the
    workflow. ``is_filled`` says that the validator puts known values in the place of tags
    before it reads the names. ``may_repeat`` that a second entry of a name is dropped.
    """

    noun: str
    entries: tuple[Mapping, ...]
    template: Template | None
    is_filled: bool = False
    is_outputs: bool = False
    may_repeat: bool = False

    @property
    def thing(self) -> str:
        """The noun with its article."""
        return f"an {self.noun}" if self.noun == "artifact" else f"a {self.noun}"

    @property
    def named(self) -> Iterator[tuple[Mapping, Scalar]]:
        """The entries whose name is a text that is not empty."""
        for entry in self.entries:
            name = entry.get("name")
            if type(name) is Scalar and name.value and type(name.resolved) is str:
                yield entry, name


def name_lists(manifest: Manifest) -> Iterator[NameList]:
    """Yield the lists of *manifest* that are not empty, in the order of the text."""
    templates = manifest.templates
    if templates:
        yield NameList("template", tuple(template.node for template in templates), None)
    # What a workflowTemplateRef brings along is merged by name.
    is_merged = manifest.workflow_template_ref is not None
    yield from _of_arguments(manifest.arguments, None, may_repeat=is_merged)
    for outermost in templates:
        for template in with_inline(outermost):
            yield from _of_template(template)


def _of_template(template: Template) -> Iterator[NameList]:
    yield from _of_arguments(template.inputs, template)
    yield from _of_arguments(template.outputs, template, is_filled=True, is_outputs=True)
    if template.steps:
        nodes = tuple(step.node for step in template.steps)
        yield NameList(template.steps[0].word, nodes, template, is_filled=True)
    for step in template.steps:
        yield from _of_arguments(step.arguments, template, is_filled=True)


def _of_arguments(
    arguments: Arguments,
    template: Template | None,
    *,
    is_filled: bool = False,
    is_outputs: bool = False,
    may_repeat: bool = False,
) -> Iterator[NameList]:
    if arguments.node is None:
        return
    for noun in ("parameter", "artifact"):
        found = mappings(child_sequence(arguments.node, f"{noun}s"))
        entries = tuple(entry for _, entry in found)
        if entries:
            yield NameList(noun, entries, template, is_filled, is_outputs, may_repeat)

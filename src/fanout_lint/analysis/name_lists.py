"""The lists of a manifest whose entries Argo finds by name: which must be there, and differ.

Templates, steps and tasks; parameters and artifacts of arguments, inputs and outputs. Those
are what the validator looks at (``workflow/validate/validate.go:validateWorkflowFieldNames``
of v4.1.2), so the arguments of hooks are not among them.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from fanout_lint.model.workflow import Arguments, Manifest, Template, with_inline
from fanout_lint.syntax.nodes import Mapping, Scalar, child_sequence, mappings

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
"""What a name of a template, step or task is made of."""

WORDS = LETTERS + "_"
"""What a name of a parameter or artifact is made of."""

LONGEST = 128
"""How many characters the name of a template, step or task may have."""


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
    def is_of_parts(self) -> bool:
        """Whether the entries are parameters or artifacts."""
        return self.noun in ("parameter", "artifact")

    def takes(self, name: str) -> bool:
        """Whether *name* is one that Argo takes here; the strips ask for all its characters."""
        if self.is_of_parts:
            return name != "" and not name.strip(WORDS)
        plain = name != "" and not name.strip(LETTERS)
        return plain and name[0] != "-" and len(name) <= LONGEST

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


def has_odd_names(manifests: Iterable[Manifest]) -> bool:
    """Whether a name in them is doubled or missing, or holds what most names may not."""
    return any(_is_odd(names) for manifest in manifests for names in name_lists(manifest))


def _is_odd(names: NameList) -> bool:
    seen: set[str] = set()
    for entry in names.entries:
        name = entry.get("name")
        if type(name) is not Scalar or name.value in seen or not names.takes(name.value):
            return True
        seen.add(name.value)
        shared = entry.get("globalName") if names.is_outputs else None
        if type(shared) is Scalar and shared.value.strip(WORDS):
            return True
    return False


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
    # An inline template is filled in with the template around it.
    yield from _of_arguments(template.inputs, template, is_filled=template.is_inline)
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

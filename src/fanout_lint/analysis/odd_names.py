"""What a name is when the validator reads it: its tags filled in, where Argo knows them by then.

It reads the names of templates, inputs and the workflow's arguments as they are written; those
of steps, tasks, their arguments and outputs when it has put in the workflow's values and made-up
words for the inputs of a called template. Items and outputs of steps are never put in
(``workflow/validate/validate.go`` of v3.4 to v4.1.2).
"""

import re

from fanout_lint.analysis.name_lists import NameList
from fanout_lint.analysis.nested_tags import MADE_UP
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import Tag, scan

_ROOTS = frozenset(("item", "steps", "tasks", "inputs", "workflow", "outputs", "pod"))
_NEVER_FILLED = frozenset(("item", "steps", "tasks"))
_SIGNS = ("$", "<%", "{%", "[[", "((", "<<", "%(", "#{", "@@")


def is_prepared(name: str) -> bool:
    """Whether *name* looks like one that another tool fills in before Argo reads the file."""
    return any(sign in name for sign in _SIGNS)


def kept_tag(manifest: Manifest, names: NameList, name: Scalar) -> str | None:
    """Return the text of the first tag of Argo's that is surely in the way; ``None`` without."""
    for tag in scan(name):
        if not tag.is_nested and _is_kept(manifest, names, tag):
            return f"={tag.text}" if tag.is_expression else tag.text
    return None


def _is_kept(manifest: Manifest, names: NameList, tag: Tag) -> bool:
    root = tag.text.partition(".")[0]
    if not names.is_filled:
        return tag.is_expression or root in _ROOTS
    if tag.is_expression:
        # An expression that reads the item alone cannot be worked out before the loop.
        return re.fullmatch(r"item(?:\.\w++|\['[^']*+'\])*+", tag.text) is not None
    if root in _NEVER_FILLED:
        return True
    # A step's name may hold a made-up word since 4.1; a task's may not.
    if names.noun != "task":
        return False
    return tag.text in MADE_UP or (root == "inputs" and _is_called(manifest, names.template))


def _is_called(manifest: Manifest, template: Template | None) -> bool:
    """Whether the inputs of *template* are surely made up: those of a first or last one are not."""
    if template is None or template.is_inline:
        return False
    ends = (manifest.entrypoint, manifest.on_exit)
    return all(end is None or end.value != template.label for end in ends)


def filled(names: NameList, name: Scalar) -> str | None:
    """Return *name* with a letter for each tag; ``None`` where it holds what is not Argo's."""
    text, end = "", 0
    for tag in scan(name):
        is_known = tag.is_expression or tag.text.partition(".")[0] in _ROOTS
        if tag.is_nested or not is_known or not names.is_filled:
            return None
        text += f"{name.value[end : tag.start]}x"
        end = tag.end
    text += name.value[end:]
    return None if "{{" in text else text


def nearest(name: str, characters: str) -> str:
    """Return what is left of *name* without its tags and with these *characters* alone."""
    plain = re.sub(r"\{\{.*?\}\}", "", name)
    return re.sub(f"[^{re.escape(characters)}]++", "-", plain).strip("-")

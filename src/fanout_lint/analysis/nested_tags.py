"""Tags inside tags that Argo's validator refuses, as ``{{steps.{{item}}.outputs.result}}``.

It reads from the outer ``{{`` to the first ``}}`` and looks that up, when it has put in what it
knows of the inner tag: nothing for items and for outputs of steps, a made-up word for the
inputs of a called template and for the workflow's own name, the true value of its parameters
(``workflow/validate/validate.go:resolveAllVariables``, ``workflow/common/util.go:
SubstituteParams``; the same from v3.4.18 to v4.1.2). A true value may well fit, so that is
left alone.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fanout_lint.analysis.scopes import is_checked
from fanout_lint.analysis.sites import Text
from fanout_lint.model.workflow import LoopKind
from fanout_lint.tags.scan import Tag

_ROOTS = ("item.", "steps.", "tasks.", "inputs.", "workflow.", "pod.")
_UNCHECKED = (
    "steps.name",
    "tasks.name",
    "workflow.creationTimestamp",
    "workflow.scheduledTime",
    "workflow.duration",
    "workflow.outputs.",  # Passed wherever any output has a tag in its globalName.
)
_UNREPLACED = ("item.", "steps.", "tasks.")
MADE_UP = ("workflow.name", "workflow.namespace", "workflow.uid", "workflow.serviceAccountName")
"""What the validator puts a word of its own for, in every workflow."""

_TRIMS = (3, 5)  # Early 3.4 did not pass over the blanks before a name.


class NestedTag(Struct, frozen=True):
    """A tag inside another, which is refused.

    ``start`` and ``end`` are offsets of the outer tag in the text's value. ``before`` and
    ``behind`` are the outer tag's own words; ``behind`` is ``None`` where nothing closes it.
    """

    text: Text
    inner: Tag
    before: str
    behind: str | None
    start: int
    end: int


def nested_tags(
    tagged: Iterable[tuple[Text, tuple[Tag, ...]]], version: tuple[int, int] | None
) -> Iterator[NestedTag]:
    """Yield those of the tags, each text with its own, that are refused for the tag inside."""
    for text, tags in tagged:
        for tag in tags:
            found = nested_tag(text, tag, version) if tag.is_nested else None
            if found is not None:
                yield found


def nested_tag(text: Text, tag: Tag, version: tuple[int, int] | None) -> NestedTag | None:
    """Return what stands around *tag* in *text*, or ``None`` where it may pass."""
    value = text.scalar.value
    name = value[tag.outer + 2 : tag.start]
    before = name.lstrip(" ")
    if before != name and (version is None or version < _TRIMS):
        return None
    if tag.is_expression or not is_checked(text.site) or text.site.field == "name":
        return None
    if not before.startswith(_ROOTS) or before.startswith(_UNCHECKED):
        return None
    if re.fullmatch(r"(?:[\w.-]|\{\{)*+ *+", before) is None or _is_lenient(before, text):
        return None
    end = _end(value, tag.end, before.count("{{") + 1)
    if not _stays(tag) and not (end is not None and _is_made_up(tag, text)):
        return None
    behind = None if end is None else value[tag.end : end - 2]
    return NestedTag(text, tag, before, behind, tag.outer, tag.end if end is None else end)


def _end(value: str, start: int, open_tags: int) -> int | None:
    """Return where the outermost of so many open tags ends; ``None`` if another begins before."""
    end = start
    for _ in range(open_tags):
        close = value.find("}}", end)
        if close < 0 or "{{" in value[end:close]:
            return None
        end = close + 2
    return end


def _is_lenient(before: str, text: Text) -> bool:
    """Whether the validator passes all names of this beginning."""
    if before.startswith("workflow.parameters"):
        return text.site.manifest.is_library
    if not before.startswith("item."):
        return False
    template = text.site.template
    if template is None or text.site.outer is not None:
        return True
    return any(loop.kind is LoopKind.PARAM for step in template.steps for loop in step.loops)


def _stays(tag: Tag) -> bool:
    """Whether the validator surely leaves the inner tag as it is."""
    inner = tag.scalar.value[tag.start + 2 : tag.end - 2]
    if tag.text == "item" or tag.text.startswith(_UNREPLACED):
        return True
    # An inner tag is looked up as it is, blanks included.
    return inner != tag.text and tag.text.startswith(_ROOTS)


def _is_made_up(tag: Tag, text: Text) -> bool:
    """Whether the validator surely puts a word of its own in the inner tag's place."""
    if tag.text in MADE_UP:
        return True
    site = text.site
    if not tag.text.startswith("inputs.parameters.") or site.template is None:
        return False
    ends = (site.manifest.entrypoint, site.manifest.on_exit)
    is_end = any(end is not None and end.value == site.template.label for end in ends)
    return site.outer is None and not is_end

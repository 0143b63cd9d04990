"""The object that a ``resource`` template makes or overwrites, as its manifest names it.

Argo hands the manifest to kubectl as it is (``workflow/executor/resource.go`` of v4.1.2):
``create`` fails where an object of that kind, name and namespace is there already,
``apply`` and ``replace`` write over it. ``get`` and ``delete`` change nothing by being run
twice, and a ``patch`` may add to the object.
"""

from msgspec import Struct

from fanout_lint.analysis.embedded import has_tag_of_many_lines, read_embedded
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.model.workflow import Template, TemplateKind
from fanout_lint.syntax.ink import span_in
from fanout_lint.syntax.nodes import (
    Mapping,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    scalars,
)

_WRITING = ("create", "apply", "replace")
_NOT_KEPT = frozenset(("TokenRequest", "Eviction", "Binding"))
"""Kinds that are commands: they are carried out, and kept nowhere. So are all reviews."""


class CreatedObject(Struct, frozen=True, eq=False):
    """One object in the manifest of a resource template.

    ``kind`` and ``name`` are texts in the file, tags included. ``identity`` is all that
    tells one object from another, ``name`` among it. ``may_vanish`` says that the
    object may be deleted when it has done its work, without anybody's doing.
    """

    action: str
    kind: Scalar
    name: Scalar
    identity: tuple[Scalar, ...]
    manifest: Scalar
    may_vanish: bool


def created_objects(template: Template) -> tuple[CreatedObject, ...]:
    """Return the objects with a name that *template* writes; empty where that is unknown."""
    if template.kind is not TemplateKind.RESOURCE:
        return ()
    resource = child_mapping(template.node, "resource")
    action, text = child_scalar(resource, "action"), child_scalar(resource, "manifest")
    if action is None or action.value not in _WRITING or text is None:
        return ()
    if not is_plain_text(text) or has_tag_of_many_lines(text):
        return ()
    sequence = child_sequence(resource, "flags")
    flags = () if sequence is None else tuple(scalars(sequence))
    if any("dry-run" in flag.value for flag in flags):
        return ()
    roots = read_embedded(text, template.is_inline).roots
    found = (_object(root, action.value, text, flags) for root in roots if type(root) is Mapping)
    return tuple(each for each in found if each is not None)


def _object(
    root: Mapping, action: str, text: Scalar, flags: tuple[Scalar, ...]
) -> CreatedObject | None:
    metadata = child_mapping(root, "metadata")
    found = (
        child_scalar(metadata, "name"),
        child_scalar(root, "kind"),
        child_scalar(root, "apiVersion"),
        child_scalar(metadata, "namespace"),
    )
    parts = [None if part is None else _in_file(part, text) for part in found]
    name, kind = parts[0], parts[1]
    if name is None or kind is None or not name.value:
        return None
    if kind.value in _NOT_KEPT or kind.value.endswith("Review"):
        return None
    identity = (*(part for part in parts if part is not None), *flags)
    may_vanish = "ttl" in text.value.lower() or _is_custom(parts[2])
    return CreatedObject(action, kind, name, identity, text, may_vanish)


def _is_custom(version: Scalar | None) -> bool:
    group, slash, _ = ("" if version is None else version.value).partition("/")
    return bool(slash) and "." in group and not group.endswith(".k8s.io")


def _in_file(part: Scalar, text: Scalar) -> Scalar:
    """Return *part* of the manifest in *text* as it stands in the file.

    Tags were read as words of their own length, so that places in the text still hold.
    """
    start, end = part.span.start, part.span.end
    if part.style:
        start, end = start + 1, end - 1
    return Scalar(text.source, span_in(text, start, end), text.value[start:end], "")

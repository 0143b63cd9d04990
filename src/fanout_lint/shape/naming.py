"""What messages call a map and its fields: who the parent is, which field was meant."""

from typing import Final

from msgspec import Struct

from fanout_lint.shape.table import Kind, Object
from fanout_lint.source.text import Span
from fanout_lint.syntax.nodes import Mapping, Node, Scalar

NEAR: Final = 0.72
"""From which likeness on (``difflib``) a name is taken for a misspelling of another."""

VERY_NEAR: Final = 0.86
"""From which likeness on it is, even if the name is a field of another map nearby."""

_LONGEST: Final = 60

_NOUNS: Final = {
    "Artifact": "artifact",
    "ContainerNode": "container",
    "DAGTask": "task",
    "LifecycleHook": "hook",
    "Parameter": "parameter",
    "Template": "template",
    "UserContainer": "container",
    "WorkflowStep": "step",
    "k8s.EnvVar": "variable",
    "k8s.Volume": "volume",
    "k8s.VolumeMount": "volume mount",
}


class Visit(Struct, eq=False):
    """A node that waits to be checked, and how it was reached.

    ``versions`` are those in question here. ``is_lenient`` says that Argo reads
    this map with a decoder that minds neither unknown fields nor the case.
    """

    node: Node
    kind: Kind
    key: str
    parent: "Visit | None"
    versions: int
    is_lenient: bool
    alias: Span | None = None
    is_item: bool = False


def shortened(text: str) -> str:
    """Return *text* on one line, with its end left out where it is long."""
    line = " ".join(text[: _LONGEST * 4].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def describe(visit: Visit) -> str:
    """Return what to call the map of *visit*: ``step 'gather'``, ``'withSequence'``."""
    if visit.parent is None:
        return f"a {visit.key}"
    noun = _NOUNS.get(visit.kind.name) if isinstance(visit.kind, Object) else None
    if noun is not None and (visit.is_item or noun == "hook"):
        name = visit.node.get("name") if isinstance(visit.node, Mapping) else None
        if isinstance(name, Scalar) and name.value.strip():
            return f"{noun} '{shortened(name.value)}'"
        return f"a {noun}"
    return place_name(visit)


def place_name(visit: Visit) -> str:
    """Return what to call the field that the node of *visit* stands in."""
    key = shortened(visit.key)
    return f"an item of '{key}'" if visit.is_item else f"'{key}'"


def owner(visit: Visit, field: str) -> str | None:
    """Return what to call the map nearby that has *field*, or might: ``'container'``."""
    if isinstance(visit.kind, Object):
        for name in _maps_with(visit.kind, field):
            return f"'{name}'"
    above = visit.parent
    while above is not None:
        if isinstance(above.kind, Object):
            if above.kind.field(field) is not None:
                return describe(above)
            for name in _maps_with(above.kind, field):
                if name != visit.key and isinstance(above.node, Mapping) and above.node.get(name):
                    return f"'{name}'"
        above = above.parent
    return None


def _maps_with(struct: Object, field: str) -> list[str]:
    """Return the fields of *struct* that hold a map which has *field*."""
    found = []
    for name in struct.names:
        known = struct.field(name)
        if known and isinstance(known[0], Object) and known[0].field(field) is not None:
            found.append(name)
    return found


def nearest(field: str, struct: Object, taken: Mapping) -> tuple[str, float] | None:
    """Return the field of *struct* that *field* comes nearest to, and how near that is.

    A field that the map has besides is hardly the one that was meant.
    """
    from difflib import SequenceMatcher

    folded = struct.folded(field.replace("_", "").replace("-", ""))
    if folded is not None:
        return folded, 1.0
    matcher = SequenceMatcher(b=field[:80].lower())
    best = ("", 0.0)
    for name in struct.names:
        if name in taken.entries:
            continue
        matcher.set_seq1(name.lower())
        if matcher.real_quick_ratio() > best[1] and matcher.quick_ratio() > best[1]:
            best = max(best, (name, matcher.ratio()), key=lambda pair: pair[1])
    return best if best[1] >= NEAR else None

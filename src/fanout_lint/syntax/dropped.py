"""Documents that Argo passes over without a word, though they are surely meant for it.

Argo goes by ``kind`` alone, and skips every kind that it does not know
(``workflow/common/parse.go:ParseObjects`` of v4.1.2).
"""

from collections.abc import Iterator

from fanout_lint.findings import Hit, Place
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, child_scalar

_KINDS = ("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow")
_FOREIGN_KINDS = frozenset(
    (
        "WorkflowEventBinding",
        "WorkflowTaskSet",
        "WorkflowTaskResult",
        "WorkflowArtifactGCTask",
        "WorkflowList",
        "WorkflowTemplateList",
    )
)


def dropped(root: Node) -> Iterator[Hit]:
    """Yield a ``dropped-document`` hit where *root* is meant for Argo, and is none by its kind."""
    if type(root) is not Mapping:
        return
    version = child_scalar(root, "apiVersion")
    if version is None or not version.value.startswith("argoproj.io/"):
        return
    kind = child_scalar(root, "kind")
    if kind is None:
        yield _hit(root, version, "no-kind", {})
        return
    nearest = _nearest(kind.value)
    if nearest is not None:
        yield _hit(root, kind, "kind", {"kind": kind.value, "nearest": nearest})


def _hit(root: Mapping, at: Scalar, face: str, words: dict[str, str]) -> Hit:
    return Hit("dropped-document", Place(root.source.path, at.span), face, words)


def _nearest(kind: str) -> str | None:
    """Return the kind that *kind* misspells; ``None`` where it is right, or another tool's."""
    if kind in _KINDS or kind in _FOREIGN_KINDS:
        return None
    folded = kind.lower()
    for known in _KINDS:
        if folded in (known.lower(), known.lower() + "s"):
            return known
    if "work" not in folded:
        return None
    import difflib

    found = difflib.get_close_matches(kind, _KINDS, n=1, cutoff=0.85)
    return found[0] if found else None

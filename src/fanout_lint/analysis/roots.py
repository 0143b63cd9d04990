"""First words that are nearly one of Argo's: ``input.parameters.x``, ``items``.

Argo passes every tag whose first word it does not know (``workflow/common/
common.go:GlobalVarValidWorkflowVariablePrefix`` of v4.1.2), since other tools use
the same braces. So a word is told only when the rest of the tag speaks Argo's
language too.
"""

from fanout_lint.analysis.sites import Region, Site

_SECOND_WORDS = {
    "inputs": ("parameters", "artifacts"),
    "workflow": (
        "name",
        "namespace",
        "uid",
        "parameters",
        "labels",
        "annotations",
        "outputs",
        "status",
        "creationTimestamp",
        "serviceAccountName",
        "failures",
    ),
}
_STEP_WORDS = ("outputs", "status", "exitCode", "ip", "id", "startedAt", "finishedAt")


def near_root(names: tuple[str, ...], site: Site) -> str | None:
    """Return the tag's text as it was surely meant, or ``None`` where it is not one of Argo's."""
    word = names[0]
    for root in ("inputs", "workflow", "steps", "tasks", "item"):
        if word != root and _is_near(word, root) and _fits(root, names, site):
            return ".".join((root, *names[1:]))
    return None


def _fits(root: str, names: tuple[str, ...], site: Site) -> bool:
    if root in _SECOND_WORDS:
        return (len(names) > 2 and names[1] in _SECOND_WORDS[root]) or (
            root == "workflow" and len(names) == 2 and names[1] in _SECOND_WORDS[root]
        )
    if root == "item":
        in_loop = site.region in (Region.STEP, Region.HOOK) and site.step is not None
        return in_loop and site.step is not None and site.step.loop is not None and len(names) < 3
    return len(names) > 2 and names[2] in _STEP_WORDS


def _is_near(word: str, root: str) -> bool:
    """Whether one letter was added, left out, changed or swapped, or only the case differs."""
    if word.lower() == root:
        return True
    if abs(len(word) - len(root)) > 1 or not word:
        return False
    longer, shorter = (word, root) if len(word) >= len(root) else (root, word)
    if len(longer) > len(shorter):
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    differing = [at for at in range(len(word)) if word[at] != root[at]]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and word[differing[0]] == root[differing[1]]
        and word[differing[1]] == root[differing[0]]
    )

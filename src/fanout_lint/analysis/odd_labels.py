"""Labels and annotations that expressions cannot read, because another's name begins as theirs.

Argo makes a tree of the dotted names. Where ``app`` and ``app.kubernetes.io/name`` are both
there, ``workflow.labels.app`` is the branch and not the label; and with a third name that
sorts between them, as ``app-tier``, it is now this and now that (``util/expand/expand.go``
of v4.1.2).
"""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Use
from fanout_lint.analysis.oddity import Odd, Oddity
from fanout_lint.languages.expression.environment import expand
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING
from fanout_lint.model.workflow import Kind, Manifest
from fanout_lint.syntax.nodes import Mapping, child_mapping

_GROUPS = ("labels", "annotations")
_OWN_NAME = 3


def clashes(start: int, uses: tuple[Use, ...]) -> Iterator[Odd]:
    """Yield the labels among *uses*, in an expression at *start*, that others are in the way of."""
    for use in uses:
        names = use.reference.names
        if len(names) != _OWN_NAME or names[0] != "workflow" or names[1] not in _GROUPS:
            continue
        known = _written(use.site.manifest, names[1])
        others = sorted(name for name in known if name.startswith(f"{names[2]}."))
        if names[2] not in known or not others:
            continue
        tree = expand(dict.fromkeys(known, UNKNOWN_STRING))
        by_chance = tree.get(names[2]) is UNKNOWN
        what = Oddity.CLASH_BY_CHANCE if by_chance else Oddity.CLASH
        first = use.reference.tag.text_start - start
        yield Odd(what, first, first + len(use.reference.text), ".".join(names), others[0])


def _written(manifest: Manifest, group: str) -> tuple[str, ...]:
    """Return the names of labels or annotations that the workflow surely has."""
    if manifest.kind is Kind.WORKFLOW:
        holder: Mapping | None = child_mapping(manifest.root, "metadata")
    elif manifest.kind is Kind.CRON_WORKFLOW:
        spec = child_mapping(manifest.root, "spec")
        holder = child_mapping(spec, "workflowMetadata")
    else:
        return ()
    written = child_mapping(holder, group)
    return tuple(written.entries) if written is not None else ()

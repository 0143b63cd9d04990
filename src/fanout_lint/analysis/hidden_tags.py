"""Texts that become tags of Argo's only where they are used.

Argo replaces the tags of a manifest where they stand, and once more when a called
template starts: with the values of its arguments in it (``workflow/common/util.go:
SubstituteParams`` of v4.1.2). So what a script prints, or JSON hides behind an escape,
is replaced although it was no tag in the file. Names that Argo does not know stay as they
are, and names of the inputs come too late to be found.
"""

from collections.abc import Iterator

from fanout_lint.analysis.outcomes import ReadsOther, ReadsWorkflowParameter
from fanout_lint.analysis.project import Target
from fanout_lint.analysis.scopes import Scope
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import CALLERS
from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.nodes import Node, Scalar, scalars
from fanout_lint.tags.scan import scan

_ROOTS = frozenset(("workflow", "pod", "node"))
_WORDS = ("workflow.", "pod.name", "node.name")


def hidden_tags(scope: Scope, text: str, target: Target) -> Iterator[str]:
    """Yield the names of the tags in *text* that are replaced when *target* gets it."""
    if "{{" not in text:
        return
    region = Region.TEMPLATE if target.template.kind in CALLERS else Region.BODY
    site = Site(target.manifest, region, target.template, None, "inputs")
    made = Scalar(Source("", text), Span(0, len(text)), text, "")
    for tag in scan(made):
        names = tuple(tag.text.split("."))
        if tag.is_expression or tag.is_nested or names[0] not in _ROOTS:
            continue
        outcome = scope.resolve(names, site, text)
        if isinstance(outcome, ReadsOther | ReadsWorkflowParameter):
            yield tag.text


def may_hide_tags(script: Node | None) -> bool:
    """Whether words of a tag stand in *script* outside of its tags, so that it is worth reading."""
    return script is not None and any(
        "}}" in text.value and any(word in _between_tags(text) for word in _WORDS)
        for text in scalars(script)
    )


def _between_tags(text: Scalar) -> str:
    pieces, at = [], 0
    for tag in scan(text):
        pieces.append(text.value[at : tag.start])
        at = tag.end
    return "".join((*pieces, text.value[at:]))

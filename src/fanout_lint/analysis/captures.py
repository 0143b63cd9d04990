"""Which results Argo keeps: those that it finds a reference to in the text of the template.

It searches the JSON of the template that holds the step with two patterns
(``workflow/controller/operator.go:hasOutputResultRef`` of v4.1.2), so that the spelling
decides. Results of http and plugin templates come another way, and are always kept.
"""

import re

from fanout_lint.analysis.outcomes import ReadsStep
from fanout_lint.analysis.project import Found
from fanout_lint.analysis.sites import Site
from fanout_lint.model.workflow import Step, Template, TemplateKind
from fanout_lint.syntax.nodes import Node, scalars

_PRINTING = (TemplateKind.CONTAINER, TemplateKind.SCRIPT, TemplateKind.CONTAINER_SET)


def is_captured(site: Site, read: ReadsStep) -> bool:
    """Whether the result of ``read.step`` is kept, or may be; ``site`` is where it is read."""
    template = _holder(site, read.step)
    if template is None or template.is_inline or not isinstance(read.callee, Found):
        return True
    if any(target.template.kind not in _PRINTING for target in read.callee.targets):
        return True
    name, root = re.escape(read.step.label), read.step.root
    pattern = re.compile(rf"{root}\.{name}\.outputs\.result|{root}\['{name}'\]\.outputs.result")
    return _holds(template.node, pattern)


def _holder(site: Site, step: Step) -> Template | None:
    at: Site | None = site
    while at is not None:
        if at.template is not None and any(step is other for other in at.template.steps):
            return at.template
        at = at.outer
    return None


def _holds(node: Node, pattern: re.Pattern[str]) -> bool:
    # In JSON a double quote has a backslash before it, which the pattern does not take.
    return any(
        "result" in scalar.value and pattern.search(scalar.value.replace('"', '\\"'))
        for scalar in scalars(node)
    )

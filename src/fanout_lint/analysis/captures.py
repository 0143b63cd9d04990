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
    return _holds(template.node, read.step)


def _holder(site: Site, step: Step) -> Template | None:
    at: Site | None = site
    while at is not None:
        if at.template is not None and any(step is other for other in at.template.steps):
            return at.template
        at = at.outer
    return None


def _holds(node: Node, step: Step) -> bool:
    dotted = f"{step.root}.{step.label}.outputs.result"
    bracketed = f"{step.root}['{step.label}'].outputs"
    for scalar in scalars(node):
        if "result" in scalar.value:
            # In JSON a double quote has a backslash before it, which the patterns do not take.
            text = scalar.value.replace('"', '\\"')
            # The last dot of the second pattern stands for any character.
            if dotted in text or re.search(rf"{re.escape(bracketed)}.result", text) is not None:
                return True
    return False

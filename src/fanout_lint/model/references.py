"""A manifest to the references in it: what it calls or is made from by another's name."""

from collections.abc import Iterator

from fanout_lint.model.workflow import Manifest, TemplateRef, with_inline


def references(manifest: Manifest) -> Iterator[TemplateRef]:
    """Yield each ``templateRef`` of *manifest*, and its ``workflowTemplateRef``."""
    if manifest.workflow_template_ref is not None:
        yield manifest.workflow_template_ref
    for hook in manifest.hooks:
        if hook.template_ref is not None:
            yield hook.template_ref
    for outermost in manifest.templates:
        for template in with_inline(outermost):
            for step in template.steps:
                if step.template_ref is not None:
                    yield step.template_ref
                for hook in step.hooks:
                    if hook.template_ref is not None:
                        yield hook.template_ref


def stands_alone(manifest: Manifest) -> bool:
    """Whether *manifest* refers to nothing in another file, and nothing there can refer to it."""
    return not manifest.is_library and next(references(manifest), None) is None

"""Calls that lead back to their own template without a condition."""

from collections.abc import Iterator

from fanout_lint.analysis.calls import Call, CallKind, template_calls
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.order import dependencies
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.rulebook.words import listed


def check(facts: Facts) -> Iterator[Hit]:
    told: set[Template] = set()
    for manifest in facts.focus:
        for template in manifest.templates:
            calls_none = not template.steps or template in told
            way = None if calls_none else _way_back(facts, manifest, template)
            if way is not None:
                told.update(target.template for call in way for target in call.targets)
                yield _hit(template, way)


def _way_back(facts: Facts, manifest: Manifest, template: Template) -> tuple[Call, ...] | None:
    """Return the unconditional calls that lead from *template* to itself, the shortest way."""
    waiting: list[tuple[Manifest, Template, tuple[Call, ...]]] = [(manifest, template, ())]
    seen: set[Template] = set()
    while waiting:
        holder, current, way = waiting.pop(0)
        for call in template_calls(facts.project, holder, current):
            if call.template is not current or not _is_sure(call) or len(call.targets) != 1:
                continue
            target = call.targets[0]
            if target.template is template:
                return (*way, call)
            if target.template not in seen and target.template.steps:
                seen.add(target.template)
                waiting.append((target.manifest, target.template, (*way, call)))
    return None


def _is_sure(call: Call) -> bool:
    """Whether the call is made whenever its template runs and nothing fails."""
    step = call.step
    if call.kind is not CallKind.STEP or step is None or step.when is not None or step.loops:
        return False
    if step.depends is not None:
        words = step.depends.value.replace("&&", " ").split()
        names = dependencies(step)
        plain = {*names, *(f"{name}.Succeeded" for name in names)}
        return all(word in plain for word in words)
    return True


def _hit(template: Template, way: tuple[Call, ...]) -> Hit:
    between = [call.targets[0].template.label for call in way[:-1]]
    words = {
        "template": template.label,
        "through": f" through {listed(between)}" if between else "",
    }
    last = way[-1]
    related = tuple(
        Related(Place(call.manifest.path, call.span), "this call leads there") for call in way[:-1]
    )
    return hit(Place(last.manifest.path, last.span), "", related, **words)

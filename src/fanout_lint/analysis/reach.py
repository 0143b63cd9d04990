"""Which templates of a workflow its run can come to, and by which calls.

Nothing outside calls the templates of a Workflow or CronWorkflow, so that what no call in it
leads to is never run. A library's templates may be called by any other manifest, and
``argo submit --entrypoint`` may start with any of them.
"""

from collections.abc import Iterable

from msgspec import Struct

from fanout_lint.analysis.calls import Call, calls
from fanout_lint.analysis.facts import Facts
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.unknown import UNKNOWN, Unknown


class Reach(Struct, frozen=True, eq=False):
    """The calls of one manifest, ``callers`` by the template of its own that is called.

    ``reached`` are those of its templates that a run comes to.
    """

    calls: tuple[Call, ...]
    callers: dict[Template, list[Call]]
    reached: frozenset[Template]

    def below(self, template: Template) -> frozenset[Template]:
        """Return *template* and the templates that it leads to."""
        return led_to(self.calls, template) & self.callers.keys() | {template}


def reach(facts: Facts, manifest: Manifest) -> Reach | Unknown:
    """Return what a run of *manifest* can come to, unknown where a name is made at run time."""
    if manifest.entrypoint is None or manifest.workflow_template_ref is not None:
        return UNKNOWN
    own = calls(facts.project, manifest)
    if any(_is_made(call) for call in own):
        return UNKNOWN
    callers: dict[Template, list[Call]] = {}
    for call in own:
        for target in call.targets:
            if target.manifest is manifest:
                callers.setdefault(target.template, []).append(call)
    return Reach(own, callers, led_to(own) & callers.keys())


def led_to(known: Iterable[Call], start: Template | None = None) -> frozenset[Template]:
    """Return the templates that *known* calls lead to from *start*, the spec if ``None``."""
    called: dict[Template | None, list[Template]] = {}
    for call in known:
        called.setdefault(call.template, []).extend(target.template for target in call.targets)
    reached: set[Template] = set()
    waiting = list(called.get(start, ()))
    while waiting:
        template = waiting.pop()
        if template not in reached:
            reached.add(template)
            waiting.extend(called.get(template, ()))
    return frozenset(reached)


def _is_made(call: Call) -> bool:
    """Whether the call names a template of its own manifest by a tag, or by nothing we know."""
    if call.reference is not None:
        return False
    return isinstance(call.callee, Unknown) and call.words is not None

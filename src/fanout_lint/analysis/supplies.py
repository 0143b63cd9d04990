"""Arguments of a workflow that no manifest gives a value.

A workflow's own argument wins over the one of its ``workflowTemplateRef`` by name, with or
without a value, and a ``default`` is no value here (``util/util.go:MergeParameters``,
``workflow/validate/validate.go:validateArgumentsValues`` of v4.1.2).
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.model.workflow import Kind, Manifest, Parameter


class Unsupplied(Struct, frozen=True, eq=False):
    """An argument without a value. ``holder`` declares it: ``manifest``, or the library it runs.

    ``is_certain`` says that nobody can supply it: a cron workflow submits itself.
    """

    manifest: Manifest
    holder: Manifest
    parameter: Parameter

    @property
    def is_certain(self) -> bool:
        return self.manifest.kind is Kind.CRON_WORKFLOW

    @property
    def has_default(self) -> bool:
        return self.parameter.default is not None


def unsupplied(facts: Facts) -> Iterator[Unsupplied]:
    """Yield the arguments of the workflows of the focus that only a submitter can supply."""
    for manifest in facts.runnable:
        for parameter in manifest.arguments.parameters:
            if not parameter.has_value:
                yield Unsupplied(manifest, manifest, parameter)
        libraries = facts.project.spec_libraries(manifest)
        # Of several libraries of one name, another may be the one that is meant.
        if isinstance(libraries, tuple) and len(libraries) == 1:
            for parameter in libraries[0].arguments.parameters:
                is_own = manifest.arguments.parameter(parameter.name.value) is not None
                if not is_own and not parameter.has_value:
                    yield Unsupplied(manifest, libraries[0], parameter)

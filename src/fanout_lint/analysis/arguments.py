"""What a call gives against what the called template takes.

Argo's checks are in ``workflow/common/util.go:ProcessArgs`` and
``workflow/validate/validate.go:validateArgumentsValues`` of v4.1.2. Where a
reference may mean several templates of one name, an input is missing only if
every one of them misses it.
"""

from fanout_lint.analysis.calls import Call, CallKind
from fanout_lint.analysis.project import Project, Target
from fanout_lint.model.workflow import Arguments, Artifact, Kind, Parameter


def missing_inputs(project: Project, call: Call) -> tuple[Parameter | Artifact, ...]:
    """Return the inputs of the called template that get no value at *call*."""
    targets = call.targets
    if not targets or any(map(_takes_nothing, targets)) or any(map(_may_default, targets)):
        return ()
    given = given_arguments(project, call)
    if given is None:
        return ()
    lacking = [_lacking(target, given) for target in targets]
    names = set.intersection(*({each.name.value for each in lacks} for lacks in lacking))
    return tuple(each for each in lacking[0] if each.name.value in names)


def given_arguments(project: Project, call: Call) -> tuple[Arguments, ...] | None:
    """Return all arguments that reach the template; ``None`` where others may bring more.

    The entrypoint and the exit handler get the workflow's arguments, those of its
    ``workflowTemplateRef`` included; a library's come from whoever runs it.
    """
    spec_level = call.kind in (CallKind.ENTRYPOINT, CallKind.EXIT) and call.step is None
    if not spec_level:
        return (call.arguments,)
    libraries = project.spec_libraries(call.manifest)
    if call.manifest.is_library or not isinstance(libraries, tuple):
        return None
    return (call.arguments, *(library.arguments for library in libraries))


def _takes_nothing(target: Target) -> bool:
    inputs = target.template.inputs
    return not inputs.parameters and not inputs.artifacts


def _may_default(target: Target) -> bool:
    defaults = target.manifest.template_defaults
    return defaults is not None and "inputs" in defaults.entries


def _lacking(target: Target, given: tuple[Arguments, ...]) -> list[Parameter | Artifact]:
    inputs = target.template.inputs
    lacking: list[Parameter | Artifact] = [
        parameter
        for parameter in inputs.parameters
        if not _has_default(parameter)
        and not any(arguments.parameter(parameter.name.value) for arguments in given)
    ]
    lacking.extend(
        artifact
        for artifact in inputs.artifacts
        if not artifact.is_optional
        and not artifact.has_location
        and not any(arguments.artifact(artifact.name.value) for arguments in given)
    )
    return lacking


def _has_default(parameter: Parameter) -> bool:
    if parameter.value is not None or parameter.default is not None:
        return True
    source = parameter.value_from
    return source is not None and (
        "configMapKeyRef" in source.sources or source.default is not None
    )


def valueless_arguments(call: Call) -> tuple[Parameter, ...]:
    """Return the arguments of a step or task, or of a cron workflow, that have no value at all."""
    is_cron = call.kind is CallKind.ENTRYPOINT and call.manifest.kind is Kind.CRON_WORKFLOW
    if call.kind is not CallKind.STEP and not is_cron:
        return ()
    return tuple(argument for argument in call.arguments.parameters if not argument.has_value)


def badly_sourced_artifacts(call: Call) -> tuple[Artifact, ...]:
    """Return the artifact arguments of a step or task without a source, or with two.

    ``fromExpression`` alone is none to Argo's validator, which knows it in outputs only
    (``workflow/validate/validate.go:validateArgumentsValues`` of v4.1.2).
    """
    if call.kind is not CallKind.STEP:
        return ()
    return tuple(
        artifact
        for artifact in call.arguments.artifacts
        if (artifact.source is None and not artifact.has_location)
        or (artifact.source is not None and artifact.source_expression is not None)
    )


def unknown_arguments(call: Call) -> tuple[Parameter | Artifact, ...]:
    """Return the arguments of a step, task or hook that no called template takes."""
    if not call.arguments.parameters and not call.arguments.artifacts:
        return ()
    if call.kind not in (CallKind.STEP, CallKind.HOOK) or not call.targets:
        return ()
    if any(map(_may_default, call.targets)):
        return ()
    inputs = [target.template.inputs for target in call.targets]
    unknown: list[Parameter | Artifact] = [
        argument
        for argument in call.arguments.parameters
        if not any(each.parameter(argument.name.value) for each in inputs)
    ]
    unknown.extend(
        argument
        for argument in call.arguments.artifacts
        if not any(each.artifact(argument.name.value) for each in inputs)
    )
    return tuple(unknown)

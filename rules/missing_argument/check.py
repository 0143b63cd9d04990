"""Inputs that get no value at a call."""

from collections.abc import Iterator

from fanout_lint.analysis.arguments import (
    badly_sourced_artifacts,
    missing_inputs,
    valueless_arguments,
)
from fanout_lint.analysis.calls import Call, CallKind
from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Artifact, Parameter
from fanout_lint.rulebook.words import listed


def check(facts: Facts) -> Iterator[Hit]:
    for call in facts.calls:
        missing = missing_inputs(facts.project, call)
        if missing:
            yield _hit(call, missing)
        for argument in valueless_arguments(call):
            place = Place(call.manifest.path, argument.name.span)
            yield hit(place, "no-value", name=argument.name.value)
        for artifact in badly_sourced_artifacts(call):
            yield _badly_sourced(call, artifact)


def _badly_sourced(call: Call, artifact: Artifact) -> Hit:
    expression = artifact.source_expression
    if expression is None:
        place = Place(call.manifest.path, artifact.name.span)
        return hit(place, "no-source", name=artifact.name.value)
    face = "only-expression" if artifact.source is None else "two-sources"
    place = Place(call.manifest.path, expression.span)
    return hit(place, face, name=artifact.name.value)


def _hit(call: Call, missing: tuple[Parameter | Artifact, ...]) -> Hit:
    parameters = [each.name.value for each in missing if isinstance(each, Parameter)]
    artifacts = [each.name.value for each in missing if isinstance(each, Artifact)]
    parts = []
    if parameters:
        parts.append(f"{'value' if len(parameters) == 1 else 'values'} for {listed(parameters)}")
    if artifacts:
        parts.append(f"{'artifact' if len(artifacts) == 1 else 'artifacts'} {listed(artifacts)}")
    words = {
        "caller": _caller(call),
        "template": call.targets[0].template.label,
        "what": " and no ".join(parts),
        "it": "it" if len(missing) == 1 else "them",
    }
    manifest = call.targets[0].manifest
    related = tuple(
        Related(Place(manifest.path, each.name.span), f"'{each.name.value}' has no default")
        for each in missing
    )
    return hit(Place(call.manifest.path, call.span), _face(call), related, **words)


def _face(call: Call) -> str:
    if call.is_late:
        return "late"
    return "call" if call.kind is CallKind.STEP else "workflow"


def _caller(call: Call) -> str:
    if call.hook is not None:
        return f"hook '{call.hook.name.value}'"
    if call.kind is CallKind.STEP and call.step is not None:
        return f"{call.step.word} '{call.step.label}'"
    return call.kind.value if call.kind is CallKind.ENTRYPOINT else "exit handler"

"""Outputs that nobody declares: of a step, of the template itself, of the workflow."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import NoGlobal, NoOutput, NoOwnOutput, Part
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.rulebook.words import offer

_FACES = {
    Part.PARAMETER: "parameter",
    Part.ARTIFACT: "artifact",
    Part.RESULT: "result",
    Part.EXIT_CODE: "result",
    Part.IP: "address",
    Part.PARAMETERS: "aggregate",
}

_IN_EXPRESSIONS = {
    Part.RESULT: "expression-result",
    Part.EXIT_CODE: "expression-result",
    Part.IP: "expression-address",
}


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        match use.outcome:
            case NoOutput() as outcome:
                yield _of_step(use, outcome, others)
            case NoOwnOutput(name, known, is_artifact):
                words = _words(use, name, known, is_artifact=is_artifact)
                face = "own" if use.fate is None else "expression-own"
                yield hit(use.place(2), face, others, **words)
            case NoGlobal(name, known, is_artifact, refused):
                words = _words(use, name, known, is_artifact=is_artifact)
                face = "global" if refused else "global-unchecked"
                face = face if use.fate is None else "expression-global"
                yield hit(use.place(3), face, others, **words)


def _words(use: Use, name: str, known: tuple[str, ...], *, is_artifact: bool) -> dict[str, str]:
    return {
        "what": "artifact" if is_artifact else "parameter",
        "name": name,
        "text": use.reference.text,
        "end": use.end,
        "offer": offer(name, known),
    }


def _cause(use: Use) -> Hashable | None:
    match use.outcome:
        case NoOutput(step, part, name):
            return (step, part, name)
        case NoOwnOutput(name=name, is_artifact=is_artifact):
            return (use.site.template, name, is_artifact)
        case NoGlobal(name=name, is_artifact=is_artifact):
            return (use.site.manifest, name, is_artifact)
    return None


def _of_step(use: Use, outcome: NoOutput, others: tuple[Related, ...]) -> Hit:
    first = 4 if outcome.part in (Part.PARAMETER, Part.ARTIFACT) else 2
    template = outcome.targets[0].template if outcome.targets else None
    words = {
        "noun": outcome.step.word,
        "step": outcome.step.label,
        "name": outcome.name or outcome.part.value,
        "kind": template.kind.value if template is not None and template.kind else "",
        "callee": template.label if template is not None else "",
        "offer": offer(outcome.name, outcome.known),
        "end": use.end,
    }
    declared = tuple(
        Related(
            Place(target.manifest.path, target.template.name.span),
            f"'{outcome.step.label}' calls this template",
        )
        for target in outcome.targets
        if target.template.name is not None
    )
    face = _FACES[outcome.part] if outcome.refused else "unchecked"
    if use.fate is not None:
        face = _IN_EXPRESSIONS.get(outcome.part, "expression")
        if use.is_guarded and face == "expression":
            face = "expression-guarded"
    place = use.place(first, len(use.reference.names) - 1)
    return hit(place, face, declared + others, **words)

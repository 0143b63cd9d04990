"""Inputs and workflow parameters that nobody declares."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import NoInput, NoWorkflowParameter
from fanout_lint.findings import Hit, hit
from fanout_lint.rulebook.words import offer


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.reads, _cause):
        text = use.reference.text
        match use.outcome:
            case NoInput(template, name, at, known, is_artifact, refused):
                words = {
                    "template": template.label,
                    "what": "artifact" if is_artifact else "parameter",
                    "name": name,
                    "text": text,
                    "offer": offer(name, known),
                    "end": use.end,
                }
                face = _face("inputs" if at == 1 else "input", use, is_refused=refused)
                yield hit(use.place(at, len(use.reference.names) - 1), face, others, **words)
            case NoWorkflowParameter("", _, _):
                yield hit(use.place(), "none", others, text=text)
            case NoWorkflowParameter(name, known, refused):
                words = {"name": name, "text": text, "offer": offer(name, known), "end": use.end}
                face = _face("workflow", use, is_refused=refused)
                yield hit(use.place(2, len(use.reference.names) - 1), face, others, **words)


def _face(face: str, use: Use, *, is_refused: bool) -> str:
    if use.fate is not None:
        return f"expression-{face}"
    return face if is_refused else f"{face}-unchecked"


def _cause(use: Use) -> Hashable | None:
    match use.outcome:
        case NoInput(template=template, name=name, is_artifact=is_artifact):
            return (template, name, is_artifact)
        case NoWorkflowParameter(name=name):
            return (use.site.manifest, name)
    return None

"""Inputs and workflow parameters that nobody declares."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import NoInput, NoWorkflowParameter
from fanout_lint.findings import Hit, hit
from fanout_lint.rulebook.words import offer


def check(facts: Facts) -> Iterator[Hit]:
    for use, others in by_cause(facts.uses, _cause):
        text = use.reference.text
        match use.outcome:
            case NoInput(template, name, at, known, is_artifact, refused):
                words = {
                    "template": template.label,
                    "what": "artifact" if is_artifact else "parameter",
                    "name": name,
                    "text": text,
                    "offer": offer(name, known),
                }
                face = ("inputs" if at == 1 else "input") + ("" if refused else "-unchecked")
                yield hit(use.place(at, len(use.reference.names) - 1), face, others, **words)
            case NoWorkflowParameter("", _, _):
                yield hit(use.place(), "none", others, text=text)
            case NoWorkflowParameter(name, known, refused):
                words = {"name": name, "text": text, "offer": offer(name, known)}
                face = "workflow" if refused else "workflow-unchecked"
                yield hit(use.place(2, len(use.reference.names) - 1), face, others, **words)


def _cause(use: Use) -> Hashable | None:
    match use.outcome:
        case NoInput(template=template, name=name, is_artifact=is_artifact):
            return (template, name, is_artifact)
        case NoWorkflowParameter(name=name):
            return (use.site.manifest, name)
    return None

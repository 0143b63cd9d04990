"""Tags and dependencies whose first words name nothing."""

from collections.abc import Hashable, Iterator

from fanout_lint.analysis.causes import by_cause
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.outcomes import (
    NoPart,
    NoPod,
    NoRetry,
    NoRoot,
    NoStep,
    NoWorkflowField,
    OnlyInside,
    OtherRoot,
)
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import Step, Template
from fanout_lint.rulebook.words import offer
from fanout_lint.syntax.ink import span_in


def check(facts: Facts) -> Iterator[Hit]:
    for use, related in by_cause(facts.reads, _cause):
        face, words, place = _told(use)
        if use.fate is not None:
            face = _IN_EXPRESSIONS.get(face, "expression-misspelt")
        yield hit(place, face, related, **words, end=use.end)
    for manifest, template, task in facts.steps:
        if task.is_task:
            yield from _dependencies(manifest.path, template, task)


def _cause(use: Use) -> Hashable | None:
    """Return what uses that share a mistake have in common."""
    reference, outcome, template = use.reference, use.outcome, use.site.template
    match outcome:
        case NoStep(name=name, template=None):
            return (template, use.reference.text, name)
        case NoStep(name=name):
            return (template, "step", name)
        case OtherRoot():
            return (template, reference.names[0])
        case NoPart() | NoWorkflowField() | NoRetry() | NoPod() | OnlyInside():
            return (template, reference.text)
        case NoRoot():
            from fanout_lint.analysis.foreign import holds_manifest, is_foreign

            text = use.text.scalar
            foreign = is_foreign(text) or holds_manifest(text)
            return None if foreign else (template, reference.names[0])
    return None


def _told(use: Use) -> tuple[str, dict[str, str], Place]:
    reference, template = use.reference, use.site.template
    kind = template.kind.value if template is not None and template.kind is not None else ""
    text = reference.text
    noun = "task" if reference.names[0] == "tasks" else "step"
    match use.outcome:
        case NoStep(template=None):
            return "body", {"kind": kind, "text": text}, use.place()
        case NoStep(name, known, refused):
            words = {"noun": noun, "name": name, "offer": offer(name, known)}
            return ("step" if refused else "step-unchecked"), words, use.place(1)
        case OtherRoot(right):
            rest = ".".join(reference.names[1:])
            words = {"root": reference.names[0], "kind": kind, "right": right, "rest": rest}
            return "root", words, use.place(0)
        case NoPart(at, known, refused):
            noun = {"pod": "pod", "lastRetry": "last attempt"}.get(reference.names[0], noun)
            word = reference.names[at] if at < len(reference.names) else ""
            words = {"word": word or text, "noun": noun, "offer": offer(word, known)}
            return ("part" if refused else "part-unchecked"), words, use.place(at)
        case NoWorkflowField(at, known, refused):
            word = reference.names[at] if at < len(reference.names) else ""
            words = {"text": text, "offer": offer(word, known)}
            return ("variable" if refused else "variable-unchecked"), words, use.place(at)
        case NoRoot(nearest, is_strict):
            words = {"word": reference.names[0], "text": text, "nearest": nearest}
            return ("misspelt-in-loop" if is_strict else "misspelt"), words, use.place(0)
        case OnlyInside(outside):
            return "inline", {"text": text, "template": outside.label}, use.place()
        case NoRetry():
            return "retry", {"text": text}, use.place()
    return "pod", {"kind": kind}, use.place()


_IN_EXPRESSIONS = {
    "step-unchecked": "expression",
    "body": "expression-in-body",
    "part-unchecked": "expression-part",
    "variable-unchecked": "expression-variable",
    "root": "expression-root",
    "retry": "expression-retry",
    "pod": "expression-pod",
}


def _dependencies(path: str, template: Template, task: Step) -> Iterator[Hit]:
    named = [(name.value, name.span) for name in task.dependencies]
    if task.depends is not None and "{{" not in task.depends.value:
        from fanout_lint.languages.depends.words import find_words

        named.extend(
            (word.task, span_in(task.depends, word.start, word.task_end))
            for word in find_words(task.depends.value)
        )
    if not named:
        return
    known = [other.label for other in template.steps if other.name is not None]
    for name, span in named:
        if name not in known and "{{" not in name:
            words = {"name": name, "offer": offer(name, known)}
            yield hit(Place(path, span), "dependency", **words)

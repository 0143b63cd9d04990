"""Conditions of tasks on how others end: what Argo refuses, what fails, what never holds."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.strings import in_words, words_place
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.languages.depends import RESULTS, Depends, joins_names, parse_depends
from fanout_lint.languages.depends.words import loop_result_words
from fanout_lint.languages.problem import Problem
from fanout_lint.model.workflow import Step, Template
from fanout_lint.rulebook.words import offer
from fanout_lint.syntax.nodes import Scalar


def check(facts: Facts) -> Iterator[Hit]:
    for _, template in facts.templates:
        yield from _digits(template)
        loops = frozenset(task.label for task in template.steps if task.loop is not None)
        for task in template.steps:
            text = task.depends if task.is_task else None
            if text is not None and "{{" not in text.value and not joins_names(text.value):
                yield from _depends(template, task, text, loops)


def _digits(template: Template) -> Iterator[Hit]:
    uses = next((task.depends for task in template.steps if task.depends is not None), None)
    for task in template.steps:
        by = uses or next(iter(task.dependencies), None)
        name = task.name if task.is_task and by is not None else None
        if name is not None and by is not None and name.value[0] in "0123456789":
            related = (Related(node_place(by), "this dag waits by name"),)
            yield hit(node_place(name), "digit", related)


def _depends(template: Template, task: Step, text: Scalar, loops: frozenset[str]) -> Iterator[Hit]:
    found = parse_depends(text.value)
    refused = [*_results(found, text), *_no_loops(found, text, template, loops)]
    yield from refused
    if refused or not all(_is_task(template, name) for name in found.tasks):
        return  # It is refused, and nobody will ever evaluate it.
    if found.fault is not None:
        place = _fault_place(found, found.fault, text)
        yield hit(place, "fails", reason=in_words(found.fault.message), task=task.label)
    else:
        yield from _outcome(found, task, text, loops)


def _fault_place(found: Depends, fault: Problem, text: Scalar) -> Place:
    """Return the place of *fault*; the whole of a word that it begins in."""
    for word in found.words:
        if word.start <= fault.start < word.end:
            return words_place(text, word.start, max(word.end, fault.end))
    return words_place(text, fault.start, fault.end)


def _is_task(template: Template, name: str) -> bool:
    return template.step(name) is not None and name[0] not in "0123456789"


def _results(found: Depends, text: Scalar) -> Iterator[Hit]:
    for word in found.words:
        if word.result is not None and word.result not in RESULTS:
            place = words_place(text, word.result_start, word.end)
            yield hit(place, "result", result=word.result, offer=offer(word.result, RESULTS))


def _no_loops(
    found: Depends, text: Scalar, template: Template, loops: frozenset[str]
) -> Iterator[Hit]:
    for word in loop_result_words(found.words, loops):
        task = template.step(word.task)
        if task is None or word.result is None or task.loops:
            continue
        instead = "Succeeded" if word.result == "AnySucceeded" else "Failed"
        place = words_place(text, word.result_start, word.end)
        related = (Related(node_place(task.name or task.node), f"'{word.task}' is no loop"),)
        words = {"result": word.result, "task": word.task, "instead": instead}
        yield hit(place, "no-loop", related, **words)


def _outcome(found: Depends, task: Step, text: Scalar, loops: frozenset[str]) -> Iterator[Hit]:
    allowed = found.ways_that_allow(loops)
    if allowed is None:
        return
    if not any(allowed.values()):
        yield hit(words_place(text, 0, len(text.value)), "never", task=task.label)
        return
    for word in found.words:
        ways = allowed.get(word.task, ())
        with_error = any("Errored" in way and "AllFailed" not in way for way in ways)
        if word.result == "AllFailed" and not with_error and _counts(ways):
            place = words_place(text, word.start, word.end)
            yield hit(place, "all-failed", loop=word.task, task=task.label)


def _counts(ways: tuple[frozenset[str], ...]) -> bool:
    return any("AllFailed" in way for way in ways)

"""Conditions of cron workflows that cannot be evaluated."""

from collections.abc import Iterator

from fanout_lint.analysis.cron_conditions import read_when, stop_fault
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.strings import in_words, words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.languages.problem import Problem
from fanout_lint.model.workflow import Kind
from fanout_lint.syntax.nodes import Scalar, child_mapping, child_scalar


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        if manifest.kind is not Kind.CRON_WORKFLOW:
            continue
        spec = child_mapping(manifest.root, "spec")
        when = child_scalar(spec, "when")
        if when is not None and is_plain_text(when):
            name = manifest.name.value if manifest.name is not None else None
            for problem in read_when(when.value, name).problems[:1]:
                yield _hit(when, problem, "when")
        stop = child_scalar(child_mapping(spec, "stopStrategy"), "expression")
        if stop is not None and is_plain_text(stop):
            yield from _stop(stop)


def _stop(text: Scalar) -> Iterator[Hit]:
    problem = stop_fault(text.value)
    if problem is None:
        return
    inked = text.value.strip()
    if inked.startswith("{{") and inked.endswith("}}"):
        opening = "{{=" if inked.startswith("{{=") else "{{"
        yield hit(words_place(text, 0, len(text.value)), "braces", opening=opening)
    else:
        yield _hit(text, problem, "stop")


def _hit(text: Scalar, problem: Problem, face: str) -> Hit:
    place = words_place(text, problem.start, problem.end)
    return hit(place, face, reason=in_words(problem.message))

"""Schedules and time zones of cron workflows."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.strings import in_words, words_place
from fanout_lint.findings import Hit, hit
from fanout_lint.languages.cron import CronReading, parse_cron
from fanout_lint.languages.cron.schedule import zone_fault
from fanout_lint.languages.problem import Problem
from fanout_lint.model.workflow import Kind
from fanout_lint.syntax.nodes import Mapping, Scalar, child_mapping, child_scalar, child_sequence


def check(facts: Facts) -> Iterator[Hit]:
    for manifest in facts.focus:
        spec = child_mapping(manifest.root, "spec")
        if manifest.kind is Kind.CRON_WORKFLOW and spec is not None:
            yield from _cron(spec)


def _cron(spec: Mapping) -> Iterator[Hit]:
    timezone = child_scalar(spec, "timezone")
    zone = timezone.value if timezone is not None and is_plain_text(timezone) else None
    refused = zone_fault(zone) if zone else None
    if timezone is not None and refused is not None:
        place = words_place(timezone, 0, len(timezone.value))
        yield hit(place, "timezone", reason=in_words(refused))
        zone = None
    schedules = _schedules(spec)
    if not schedules and "schedule" not in spec.entries:
        yield hit(node_place(spec.key("schedules") or spec), "none")
    for text in schedules:
        yield from _schedule(text, parse_cron(text.value, zone))


def _schedules(spec: Mapping) -> list[Scalar]:
    """Return the schedules that are texts; a field of Argo up to 3.7 holds a single one."""
    several = child_sequence(spec, "schedules")
    single = child_scalar(spec, "schedule")
    found = [*(several.items if several is not None else ()), *([single] if single else [])]
    return [text for text in found if type(text) is Scalar and is_plain_text(text)]


def _schedule(text: Scalar, read: CronReading) -> Iterator[Hit]:
    for problem, face in ((read.refused, "refused"), (read.fails, "fails")):
        if problem is not None:
            yield _hit(text, problem, face)
            return
    if read.never_fires:
        yield hit(words_place(text, 0, len(text.value)), "never")
    for remark in read.remarks:
        yield _hit(text, Problem(remark.message, remark.start, remark.end), "odd")
    if not read.fits_crd:
        yield hit(words_place(text, 0, len(text.value)), "crd")


def _hit(text: Scalar, problem: Problem, face: str) -> Hit:
    place = words_place(text, problem.start, problem.end)
    return hit(place, face, reason=in_words(problem.message))

"""Sequences that fail or count otherwise than they seem to."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sequences import WrittenSequence, sequences
from fanout_lint.analysis.strings import in_words, shortened
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.languages.gonumber import atoi
from fanout_lint.model.workflow import LoopKind

_AGGREGATES = frozenset((Part.RESULT, Part.PARAMETERS, Part.PARAMETER))


def check(facts: Facts) -> Iterator[Hit]:
    for sequence in sequences(facts):
        yield from _no_numbers(sequence)
        yield from _faults(sequence)
        if not sequence.expansion.faults:
            yield from _surprise(sequence)
    for use in facts.uses:
        outcome = use.outcome
        if use.site.field != LoopKind.SEQUENCE.value or not isinstance(outcome, ReadsStep):
            continue
        if outcome.step.loop is not None and outcome.part in _AGGREGATES:
            words = {"text": use.reference.text, "fan": outcome.step.label}
            yield hit(use.place(), "aggregate", **words)


def _no_numbers(sequence: WrittenSequence) -> Iterator[Hit]:
    for name, text in sequence.fixed.items():
        if atoi(text) is None:
            words = {"field": name, "value": shortened(text)}
            yield hit(node_place(sequence.fields[name]), "given", **words)
    for name, given in sequence.given.items():
        wrong = next((each for each in given if atoi(each.literal.text) is None), None)
        if wrong is not None:
            place = node_place(sequence.fields[name])
            related = (Related(node_place(wrong.literal.node), "this value"),)
            words = {"field": name, "value": shortened(wrong.literal.text)}
            yield hit(place, "given" if wrong.is_sure else "default", related, **words)


def _faults(sequence: WrittenSequence) -> Iterator[Hit]:
    key = Place(sequence.manifest.path, sequence.loop.key.span)
    for fault in sequence.expansion.faults:
        field = sequence.fields.get(fault.field)
        place = key if field is None else node_place(field)
        reason = in_words(fault.message)
        yield hit(place, "refused" if fault.only_lint else "fails", reason=reason)


def _surprise(sequence: WrittenSequence) -> Iterator[Hit]:
    expansion, fields, values = sequence.expansion, sequence.fields, sequence.values
    wrong = next((item for item in expansion.items or () if "%!" in item), None)
    if wrong is not None and "format" in fields:
        yield hit(node_place(fields["format"]), "format", item=wrong)
    if not expansion.is_backward:
        return
    words = {"first": str(expansion.first), "last": str(expansion.last)}
    if "end" in fields:
        named = [f"'{name}: {values[name]}'" for name in ("start", "end") if name in sequence.given]
        face = "backward-value" if named else "backward"
        words["given"] = " and ".join(named)
        place = node_place(fields["start" if "start" in fields else "end"])
        yield hit(place, face, **words)
    elif "count" in fields:
        counts = {"count": str(values["count"]), "total": str(expansion.count)}
        yield hit(node_place(fields["count"]), "negative", **words, **counts)

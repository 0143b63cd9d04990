"""Sequences that fail or count otherwise than they seem to."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts, node_place
from fanout_lint.analysis.given import Given, given_values
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.analysis.strings import shortened
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.languages.gonumber import atoi
from fanout_lint.languages.sequence import Expansion, expand
from fanout_lint.model.workflow import Loop, LoopKind, Manifest
from fanout_lint.syntax.nodes import Mapping, child_scalar
from fanout_lint.tags.scan import scan

_AGGREGATES = frozenset((Part.RESULT, Part.PARAMETERS, Part.PARAMETER))


def check(facts: Facts) -> Iterator[Hit]:
    for manifest, template, step in facts.steps:
        loop = step.loop
        if loop is not None and loop.kind is LoopKind.SEQUENCE and type(loop.value) is Mapping:
            given: dict[str, tuple[Given, ...]] = {}
            if not template.is_inline:
                site = Site(manifest, Region.STEP, template, step, LoopKind.SEQUENCE.value)
                given = _given(facts, loop.value, site)
                yield from _fixed(facts, loop.value, site, given)
            yield from _no_numbers(loop.value, given)
            yield from _sequence(manifest, loop, loop.value, given)
    for use in facts.uses:
        outcome = use.outcome
        if use.site.field != LoopKind.SEQUENCE.value or not isinstance(outcome, ReadsStep):
            continue
        if outcome.step.loop is not None and outcome.part in _AGGREGATES:
            words = {"text": use.reference.text, "fan": outcome.step.label}
            yield hit(use.place(), "aggregate", **words)


def _sequence(
    manifest: Manifest, loop: Loop, node: Mapping, given: dict[str, tuple[Given, ...]]
) -> Iterator[Hit]:
    fields = {name: child_scalar(node, name) for name in ("count", "start", "end", "format")}
    texts: dict[str, str | int | None] = {}
    for name, field in fields.items():
        resolved = None if field is None else field.resolved
        texts[name] = resolved if isinstance(resolved, str | int) else None
        values = given.get(name, ())
        if len(values) == 1 and values[0].is_sure and atoi(values[0].literal.text) is not None:
            texts[name] = values[0].literal.text
    layout = texts["format"]
    expansion = expand(
        texts["count"], texts["start"], texts["end"], None if layout is None else str(layout)
    )
    places = {name: node_place(field) for name, field in fields.items() if field is not None}
    key = Place(manifest.path, loop.key.span)
    for fault in expansion.faults:
        place = places.get(fault.field, key)
        reason = fault.message.replace("`", "'")
        yield hit(place, "refused" if fault.only_lint else "fails", reason=reason)
    if not expansion.faults:
        yield from _surprise(expansion, texts, places, given)


def _given(facts: Facts, node: Mapping, site: Site) -> dict[str, tuple[Given, ...]]:
    """Return the values that each number written as a tag is known to get."""
    found: dict[str, tuple[Given, ...]] = {}
    for name in ("count", "start", "end"):
        text = child_scalar(node, name)
        tags = scan(text) if text is not None else ()
        if text is None or len(tags) != 1 or tags[0].is_expression or tags[0].is_nested:
            continue
        if tags[0].end - tags[0].start == len(text.value):
            found[name] = tuple(given_values(facts, text, tags[0], site))
    return found


def _fixed(
    facts: Facts, node: Mapping, site: Site, given: dict[str, tuple[Given, ...]]
) -> Iterator[Hit]:
    """Tell of what a script always prints, or an expression always gives, and is no number."""
    for name in ("count", "start", "end"):
        text = child_scalar(node, name)
        if text is None or given.get(name) or not scan(text):
            continue
        value = facts.links.constants.text(text, site)
        if value is not None and atoi(value) is None:
            yield hit(node_place(text), "given", field=name, value=shortened(value))


def _no_numbers(node: Mapping, given: dict[str, tuple[Given, ...]]) -> Iterator[Hit]:
    for name, values in given.items():
        text = child_scalar(node, name)
        wrong = next((value for value in values if atoi(value.literal.text) is None), None)
        if text is not None and wrong is not None:
            related = (Related(node_place(wrong.literal.node), "this value"),)
            words = {"field": name, "value": shortened(wrong.literal.text)}
            yield hit(node_place(text), "given" if wrong.is_sure else "default", related, **words)


def _surprise(
    expansion: Expansion,
    texts: dict[str, str | int | None],
    places: dict[str, Place],
    given: dict[str, tuple[Given, ...]],
) -> Iterator[Hit]:
    wrong = next((item for item in expansion.items or () if "%!" in item), None)
    if wrong is not None and "format" in places:
        yield hit(places["format"], "format", item=wrong)
    if not expansion.is_backward:
        return
    words = {"first": str(expansion.first), "last": str(expansion.last)}
    if "end" in places:
        named = [f"'{name}: {texts[name]}'" for name in ("start", "end") if name in given]
        face = "backward-value" if named else "backward"
        words["given"] = " and ".join(named)
        yield hit(places["start" if "start" in places else "end"], face, **words)
    elif "count" in places:
        counts = {"count": str(texts["count"]), "total": str(expansion.count)}
        yield hit(places["count"], "negative", **words, **counts)

"""``withSequence`` as it is written, with the values that its tags are known to get."""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.given import Given, given_values
from fanout_lint.analysis.literals import has_tag
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.languages.gonumber import atoi
from fanout_lint.languages.sequence import Expansion, expand
from fanout_lint.model.workflow import Loop, LoopKind, Manifest
from fanout_lint.syntax.nodes import Mapping, Scalar, child_scalar
from fanout_lint.tags.scan import sole_tag

_NUMBERS = ("count", "start", "end")
_FIELDS = (*_NUMBERS, "format")


class WrittenSequence(Struct, frozen=True, eq=False):
    """The sequence of ``loop``: its ``fields`` by name, and how it expands.

    ``values`` are what the fields hold, with the value of a tag that surely gets that one
    number; ``None`` where there is none. ``given`` are all values that the files show for
    the fields that are tags. ``fixed`` are texts that other fields with tags always have: what
    a script prints, or an expression gives.
    """

    manifest: Manifest
    loop: Loop
    fields: dict[str, Scalar]
    values: dict[str, str | int | None]
    given: dict[str, tuple[Given, ...]]
    fixed: dict[str, str]
    expansion: Expansion


def sequences(facts: Facts) -> Iterator[WrittenSequence]:
    """Yield the sequences of the focus that are written as maps."""
    for manifest, template, step in facts.steps:
        loop = step.loop
        if loop is None or loop.kind is not LoopKind.SEQUENCE or type(loop.value) is not Mapping:
            continue
        found = {name: child_scalar(loop.value, name) for name in _FIELDS}
        fields = {name: field for name, field in found.items() if field is not None}
        given: dict[str, tuple[Given, ...]] = {}
        fixed: dict[str, str] = {}
        if not template.is_inline:
            site = Site(manifest, Region.STEP, template, step, LoopKind.SEQUENCE.value)
            given = _given(facts, fields, site)
            fixed = _fixed(facts, {n: f for n, f in fields.items() if not given.get(n)}, site)
        values = {name: _value(fields.get(name), given.get(name, ())) for name in _FIELDS}
        layout = values["format"]
        expansion = expand(
            values["count"], values["start"], values["end"], None if layout is None else str(layout)
        )
        yield WrittenSequence(manifest, loop, fields, values, given, fixed, expansion)


def _given(facts: Facts, fields: dict[str, Scalar], site: Site) -> dict[str, tuple[Given, ...]]:
    found: dict[str, tuple[Given, ...]] = {}
    for name in _NUMBERS:
        tag = sole_tag(fields[name]) if name in fields else None
        if tag is not None and not tag.is_expression:
            found[name] = tuple(given_values(facts, fields[name], site))
    return found


def _fixed(facts: Facts, fields: dict[str, Scalar], site: Site) -> dict[str, str]:
    tagged = {name: fields[name] for name in _NUMBERS if name in fields and has_tag(fields[name])}
    texts = {name: facts.links.constants.text(field, site) for name, field in tagged.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _value(field: Scalar | None, given: tuple[Given, ...]) -> str | int | None:
    if len(given) == 1 and given[0].is_sure and atoi(given[0].literal.text) is not None:
        return given[0].literal.text
    resolved = None if field is None else field.resolved
    return resolved if isinstance(resolved, str | int) else None

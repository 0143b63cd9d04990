"""Texts that reach a withParam and are no JSON list: written out, or given by an expression."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.origins import Composed, Literal
from fanout_lint.analysis.strings import shortened
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.source.text import Span
from fanout_lint.syntax.ink import span_in
from fanout_lint.syntax.nodes import Scalar

if TYPE_CHECKING:
    from fanout_lint.languages.gojson import JsonError

_BARE_REFERENCE = r"\s*((?:steps|tasks|inputs|workflow)\.[\w.\-]+)\s*"


def check(facts: Facts) -> Iterator[Hit]:
    told: set[int] = set()
    for manifest in facts.focus:
        for fanout in facts.links.fanouts_of(manifest):
            for origin in fanout.origins:
                if not isinstance(origin, Literal | Composed) or id(origin.node) in told:
                    continue
                found = _judge(facts, fanout, origin)
                if found is not None:
                    told.add(id(origin.node))
                    yield found


def _judge(facts: Facts, fanout: FanOut, origin: Literal | Composed) -> Hit | None:
    if isinstance(origin, Literal):
        return _judge_written(fanout, origin)
    if origin.is_expression:
        return _judge_made(facts, fanout, origin)
    return _judge_filled(facts, fanout, origin)


def _judge_written(fanout: FanOut, origin: Literal) -> Hit | None:
    from fanout_lint.languages.gojson import JsonError, JsonKind, parse_json

    value = parse_json(origin.text)
    if not isinstance(value, JsonError):
        if value.kind in (JsonKind.LIST, JsonKind.NULL):
            return None
        return _hit(fanout, origin, "not-a-list", kind=value.kind.value)
    if type(origin.node) is not Scalar:
        return None  # A parameter that is no text is told as that.
    if not origin.text.strip():
        return _hit(fanout, origin, "empty-default" if origin.is_default else "empty")
    bare = re.fullmatch(_BARE_REFERENCE, origin.text)
    if bare is not None:
        return _hit(fanout, origin, "no-braces", reason=value.message, text=bare[1])
    return _hit(fanout, origin, "not-json", value, reason=value.message)


def _judge_made(facts: Facts, fanout: FanOut, origin: Composed) -> Hit | None:
    from fanout_lint.analysis.list_expressions import list_fault
    from fanout_lint.analysis.whole_expressions import whole_expression

    made = whole_expression(facts.links.constants, origin)
    fault = None if made is None else list_fault(made)
    if fault is None:
        return None
    words = {"what": shortened(fault.what), "reason": fault.reason}
    return hit(fault.place, fault.why.value, _loop(fanout, origin), **words)


def _judge_filled(facts: Facts, fanout: FanOut, origin: Composed) -> Hit | None:
    """Judge a text around tags with what the manifests give for each."""
    if type(origin.node) is not Scalar:
        return None
    filled = facts.links.constants.filled(origin.node, origin.site)
    if filled is None or "{{" in filled.text:
        return None
    from fanout_lint.languages.gojson import JsonError, parse_json

    value = parse_json(filled.text)
    if not isinstance(value, JsonError):
        return None
    face = "filled" if filled.is_fixed else "filled-default"
    place = Place(origin.node.source.path, span_in(origin.node, 0, len(origin.node.value)))
    words = {"text": shortened(filled.text), "reason": value.message}
    return hit(place, face, _loop(fanout, origin), **words)


def _loop(fanout: FanOut, origin: Literal | Composed) -> tuple[Related, ...]:
    """Return the place of the loop, where the text stands elsewhere."""
    if not origin.way:
        return ()
    loop = Place(fanout.manifest.path, fanout.loop.value.span)
    return (Related(loop, f"'{fanout.step.label}' loops over it"),)


def _hit(
    fanout: FanOut, origin: Literal, face: str, error: "JsonError | None" = None, **words: str
) -> Hit:
    node = origin.node
    span = span_in(node, 0, len(node.value)) if type(node) is Scalar else node.span
    if error is not None and type(node) is Scalar and is_plain_text(node):
        span = _stumble(node, error)
    return hit(Place(node.source.path, span), face, _loop(fanout, origin), **words)


def _stumble(node: Scalar, error: "JsonError") -> Span:
    """Return the character that is wrong; the whole text where none of it is JSON."""
    begins = node.value.lstrip()[:1]
    if begins not in ("[", "{") or error.offset >= len(node.value):
        return span_in(node, 0, len(node.value))
    return span_in(node, error.offset, error.offset + 1)

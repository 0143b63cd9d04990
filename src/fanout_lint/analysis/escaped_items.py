"""Values of map items that arrive with the escapes of JSON still in them.

``{{item}}`` of a text is the text. Of a map's value only the outer quotes are taken off, so
that ``\\"`` and ``\\n`` stay two characters each (``pkg/apis/workflow/v1alpha1/item.go:String``
and ``workflow/controller/operator.go:processItem`` of v4.1.2).
"""

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fanouts import FanOut
from fanout_lint.analysis.items import ItemKind
from fanout_lint.analysis.origins import Read
from fanout_lint.analysis.outcomes import Part, ReadsStep
from fanout_lint.analysis.project import Target
from fanout_lint.findings import Place
from fanout_lint.unknown import Unknown

_ESCAPED = frozenset('"\\\b\f\n\r\t')


class EscapedValue(Struct, frozen=True):
    """A value with escapes: ``text`` is what it was, empty where only its kind is known.

    ``place`` is the item, or the output that holds the value in each run.
    """

    text: str
    place: Place


def escaped_value(facts: Facts, fanout: FanOut, key: str) -> EscapedValue | None:
    """Return the first value of *key* in the items of *fanout* that surely has escapes."""
    for items in fanout.lists:
        for item in items:
            text = dict(item.values).get(key, "") if item.kind is ItemKind.MAP else ""
            if not _ESCAPED.isdisjoint(text):
                return EscapedValue(text, Place(item.path, item.span))
    origin = fanout.origins[0] if len(fanout.origins) == 1 else None
    read = origin.outcome if isinstance(origin, Read) else None
    if isinstance(read, ReadsStep) and read.part is Part.PARAMETERS and read.step.loops:
        return _collected(facts, read, key)
    text = "" if isinstance(fanout.shape, Unknown) else _made(fanout, key)
    return EscapedValue(text, Place(fanout.manifest.path, fanout.loop.value.span)) if text else None


def _made(fanout: FanOut, key: str) -> str:
    """Return such a value in the list that a script makes, empty where none is known."""
    from fanout_lint.analysis.scripts.shape import ListShape, ObjectShape, ScalarShape

    shape = fanout.shape
    for item in (shape.items or ()) if isinstance(shape, ListShape) else ():
        for field in item.fields if isinstance(item, ObjectShape) else ():
            value = field.shape.value if isinstance(field.shape, ScalarShape) else None
            if field.name == key and isinstance(value, str) and not _ESCAPED.isdisjoint(value):
                return value
    return ""


def _collected(facts: Facts, read: ReadsStep, key: str) -> EscapedValue | None:
    """Return the output *key* of a loop where each run writes JSON with quotes into it."""
    if len(read.targets) != 1:
        return None
    target = read.targets[0]
    output = target.template.outputs.parameter(key)
    source = output.value_from if output is not None else None
    if output is None or source is None or source.path is None:
        return None
    if not _has_quotes(facts, target, source.path.value):
        return None
    return EscapedValue("", Place(target.manifest.path, output.name.span))


def _has_quotes(facts: Facts, target: Target, path: str) -> bool:
    """Whether *target* surely writes JSON with a text or a key in it to *path*."""
    producer = facts.links.producers.of(target)
    if isinstance(producer, Unknown) or "{{" in path:
        return False
    from fanout_lint.analysis.scripts.files import judge_file
    from fanout_lint.analysis.scripts.shape import ListShape, ObjectShape, ScalarKind, ScalarShape
    from fanout_lint.analysis.scripts.verdict import IsJson

    verdict = judge_file(producer.output, path, any_json=True)
    shape = verdict.shape if isinstance(verdict, IsJson) else None
    if isinstance(shape, ListShape) and shape.least:
        shape = shape.item
    if isinstance(shape, ObjectShape):
        return any(field.sure for field in shape.fields)
    return isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING

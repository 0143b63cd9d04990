"""``withSequence``: its object into the items of the loop.

Decoding is that of ``pkg/apis/workflow/v1alpha1:Sequence`` with Kubernetes' IntOrString,
and the items are those of ``workflow/controller/operator.go:expandSequence`` of v4.1.2.
Two quirks are worth knowing: a count of ``-1`` gives three items (0, -1, -2), since the
end is then ``start + count - 1``; and a format is printed between double quotes and read
as JSON, so that a quote in it breaks the loop.
"""

from collections.abc import Iterator
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.languages.goformat import sprintf
from fanout_lint.languages.gonumber import atoi
from fanout_lint.languages.gotext import without_lone_surrogates
from fanout_lint.languages.problem import Problem, Reading

MAX_ITEMS = 1000  #: More items are counted, not listed.
_INT32 = range(-(2**31), 2**31)


class Part(Struct, frozen=True):
    """A field of the object: its text as Argo takes it, and whether it was a number."""

    text: str
    is_number: bool = False

    @property
    def is_tagged(self) -> bool:
        return "{{" in self.text


class Sequence(Struct, frozen=True):
    """The object as Argo decodes it; ``None`` where a field is absent or null."""

    count: Part | None = None
    start: Part | None = None
    end: Part | None = None
    format: str = ""


class Fault(Struct, frozen=True):
    """Why a sequence fails; *field* names the part at fault, or is ``""`` for the whole.

    Some faults stop only ``argo lint``: the loop itself would run.
    """

    field: str
    message: str
    only_lint: bool = False


class Expansion(Struct, frozen=True):
    """What is known of the loop's items.

    ``count`` is ``None`` when a tag decides it. ``items`` holds the items in order, all of
    them up to MAX_ITEMS, and is ``None`` when they cannot be known.
    """

    faults: tuple[Fault, ...] = ()
    count: int | None = None
    items: tuple[str, ...] | None = None

    first: int | None = None  #: The first number, before it is formatted.
    last: int | None = None

    @property
    def is_backward(self) -> bool:
        return self.first is not None and self.last is not None and self.last < self.first


def expand(
    count: str | int | None = None,
    start: str | int | None = None,
    end: str | int | None = None,
    format: str | None = None,
) -> Expansion:
    """Return the items that Argo makes; parts that hold a ``{{…}}`` are opaque."""
    return expand_sequence(Sequence(_part(count), _part(start), _part(end), format or ""))


def _part(value: str | int | None) -> Part | None:
    if value is None:
        return None
    return Part(str(value), isinstance(value, int))


def expand_sequence(sequence: Sequence, *, substituted: bool = False) -> Expansion:
    """Return the items; when all tags were *substituted*, a ``{{`` is text like any other."""
    tags = not substituted
    faults = tuple(_faults(sequence, tags))
    known = Expansion(faults)
    if any(not fault.only_lint for fault in faults):
        return known
    first = 0 if sequence.start is None else _number(sequence.start, tags)
    last: int | None = None
    if sequence.end is not None:
        last = _number(sequence.end, tags)
    elif sequence.count is not None:
        count = _number(sequence.count, tags)
        if count == 0:
            return replace(known, count=0, items=())
        if first is None or count is None:
            return replace(known, first=first, count=count if count and count > 0 else None)
        last = _wrapped(first + count - 1)
    known = replace(known, first=first, last=last)
    if first is None or last is None:
        return known
    known = replace(known, count=abs(last - first) + 1)
    if tags and "{{" in sequence.format:
        return known
    return _with_items(known, first, last, sequence.format or "%d")


def _wrapped(number: int) -> int:
    """Go's 64-bit sum."""
    return (number + 2**63) % 2**64 - 2**63


def _number(part: Part, tags: bool) -> int | None:
    return None if tags and part.is_tagged else atoi(part.text)


def _faults(sequence: Sequence, tags: bool) -> Iterator[Fault]:
    if sequence.end is None and sequence.count is None:
        yield Fault("", "neither count nor end is given")
    if sequence.end is not None and sequence.count is not None:
        yield Fault("count", "count and end exclude each other", only_lint=True)
    last = ("count", sequence.count) if sequence.end is None else ("end", sequence.end)
    for name, part in (("start", sequence.start), last):
        if part is None or (tags and part.is_tagged):
            continue
        if atoi(part.text) is None:
            yield Fault(name, f"{name} must be a whole number, `{part.text}` is none")


def _with_items(known: Expansion, first: int, last: int, layout: str) -> Expansion:
    step = -1 if last < first else 1
    items: list[str] = []
    for number in range(first, last + step, step):
        printed = sprintf(layout, number)
        if printed is None:
            return known
        item = _decoded(printed)
        if item is None:
            message = f"the format makes `{printed}`, which cannot stand between double quotes"
            return replace(known, faults=(*known.faults, Fault("format", message)))
        items.append(item)
        if len(items) >= MAX_ITEMS:
            break
    return replace(known, items=tuple(items))


def _decoded(printed: str) -> str | None:
    """Read the item as Argo does, between double quotes as JSON."""
    if printed.isascii() and printed.isprintable() and not set(printed) & {'"', "\\"}:
        return printed
    import json

    try:
        return without_lone_surrogates(str(json.loads(f'"{printed}"')))
    except ValueError:
        return None


def read_sequence(text: str) -> Reading:
    """Read a ``withSequence`` object that is written as JSON, its tags substituted.

    The value is the JSON list of the items when they are known and all fit.
    """
    try:
        sequence = decode(text)
    except DecodeError as error:
        return Reading((Problem(str(error), 0, len(text)),))
    known = expand_sequence(sequence, substituted=True)
    faults = [fault for fault in known.faults if not fault.only_lint]
    if faults:
        return Reading(tuple(Problem(fault.message, 0, len(text)) for fault in faults))
    value = None
    if known.items is not None and len(known.items) == known.count:
        import json

        value = json.dumps(known.items, ensure_ascii=False)
    return Reading((), "list", value)


class DecodeError(Exception):
    """The text does not decode to a sequence."""


class _Number(Struct, frozen=True):
    text: str


def decode(text: str) -> Sequence:
    """Decode the object as Go does: names of fields in any case, unknown ones ignored.

    Argo refuses unknown fields in a DAG, and drops them in a step; that is for the
    checks of the manifest's shape.
    """
    import json

    try:
        pairs = json.loads(
            text,
            object_pairs_hook=tuple,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_no_constant,
        )
    except RecursionError:
        raise DecodeError("withSequence is nested too deep") from None
    except ValueError:
        raise DecodeError("withSequence is not JSON") from None
    if pairs is None:
        return Sequence()
    if not isinstance(pairs, tuple):
        raise DecodeError("withSequence must be an object with count, or start and end")
    fields: dict[str, Part | None] = {"count": None, "start": None, "end": None}
    layout = ""
    for name, value in pairs:
        key = _folded(name)
        if key in fields:
            fields[key] = None if value is None else _int_or_string(key, value)
        elif key == "format" and value is not None:
            if not isinstance(value, str):
                raise DecodeError("format must be text")
            layout = without_lone_surrogates(value)
    return Sequence(fields["count"], fields["start"], fields["end"], layout)


def _folded(name: str) -> str:
    """Fold case as ``encoding/json`` does, where ``ſ`` is an ``s``."""
    return name.lower().replace("\u017f", "s") if len(name) < 8 else ""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _int_or_string(name: str, value: object) -> Part:
    if isinstance(value, str):
        return Part(without_lone_surrogates(value))
    if isinstance(value, _Number):
        number = atoi(value.text)
        if number is not None and number in _INT32:
            return Part(str(number), is_number=True)
        raise DecodeError(f"{name} must be a whole number of 32 bits, `{value.text}` is none")
    raise DecodeError(f"{name} must be a number or text")

"""What every little language answers with: faults with places, a type, a value."""

from msgspec import Struct


class Problem(Struct, frozen=True):
    """A fault in a text: the text cannot do its work.

    *start* and *end* are 0-based character offsets into the text; ``end`` is
    exclusive, and equals ``start`` only where something is missing.
    """

    message: str
    start: int
    end: int


class Reading(Struct, frozen=True):
    """What is known of one text.

    ``problems`` is sorted by place and empty when the text works. ``type`` names
    the kind of result in the language's own words (``list``, ``bool``, ``string``),
    and is ``None`` when it cannot be known. ``value`` is the text that Argo would
    insert or use, and ``None`` when that depends on what only the cluster knows.
    """

    problems: tuple[Problem, ...] = ()
    type: str | None = None
    value: str | None = None

    @property
    def ok(self) -> bool:
        return not self.problems

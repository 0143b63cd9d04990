"""What the linter says, in its final shape.

A stage or a rule makes a :class:`Hit`: which rule, where, and the words that
its message needs. The verdict turns the hits that count into
:class:`Finding` s, whose texts come from the rule's README.
"""

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from fanout_lint.source.text import Span


class Severity(Enum):
    """How bad it is; ``rank`` orders them, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Stage(Enum):
    """When it shows: refused at once, at run time, under load, or only in upkeep."""

    ADMISSION = "admission"
    RUNTIME = "runtime"
    RISK = "risk"
    UPKEEP = "upkeep"


class Confidence(Enum):
    """Whether it is sure, or what the text makes likely."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Place(Struct, frozen=True):
    """A stretch of one file. ``path`` is the :attr:`Source.path` of the file."""

    path: str
    span: Span


class Related(Struct, frozen=True):
    """A second place that a finding speaks of, and what it is.

    ``again`` says that the same fault stands there too, so that it is still to be
    told when the first place is allowed; other places only explain.
    """

    place: Place
    message: str
    again: bool = False


class Edit(Struct, frozen=True):
    """A change of the text that mends the finding."""

    place: Place
    replacement: str


class Hit(Struct, frozen=True):
    """A fault as a stage or a rule sees it, before anyone decides whether it counts.

    ``face`` picks one of the rule's messages; ``words`` fills its ``$`` names.
    ``rule`` is empty in what a rule's ``check`` yields: the runner fills it in.
    ``is_late`` says that Argo's lint never reads the place, so that what it would
    refuse only fails when it runs.
    """

    rule: str
    place: Place
    face: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    is_late: bool = False


def hit(place: Place, face: str = "", related: tuple[Related, ...] = (), /, **words: str) -> Hit:
    """Return what a rule's ``check`` yields: a fault at *place*, with the words of its message."""
    return Hit("", place, face, words, related)


class Finding(Struct, frozen=True):
    """A hit that counts, as it is shown.

    ``help`` says the way out and may be empty. ``related`` keeps its order: the
    place that explains most comes first. ``fingerprint`` is a hash that holds
    while the flagged words stay where they are in the document.
    """

    rule: str
    severity: Severity
    stage: Stage
    confidence: Confidence
    place: Place
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    pointer: str = ""
    fingerprint: str = ""


def reading_order(finding: Finding) -> tuple[str, int, int, int, str, str]:
    """Return the key that sorts findings as a person reads: by file, then from top to bottom."""
    place = finding.place
    return (
        place.path,
        place.span.start,
        finding.severity.rank,
        place.span.end,
        finding.rule,
        finding.message,
    )

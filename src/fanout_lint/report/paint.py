"""Words → words in colour, where colour is wanted.

The escapes are written here and nowhere else, around text that has gone through
:func:`~fanout_lint.report.visible.visible`. We write them ourselves, since a
library for them takes longer to import than a small run takes.
"""

from enum import Enum

from msgspec import Struct

from fanout_lint.findings import Severity


class Tint(Enum):
    """What a stretch of the report is, by the codes it is shown in."""

    ERROR = "1;31"
    WARNING = "1;33"
    INFO = "1;36"
    FRAME = "1;34"
    STRONG = "1"
    GOOD = "1;32"


TINTS = {
    Severity.ERROR: Tint.ERROR,
    Severity.WARNING: Tint.WARNING,
    Severity.INFO: Tint.INFO,
}


class Look(Struct, frozen=True):
    """How a text report looks: ``width`` is in columns."""

    colour: bool = False
    width: int = 100

    def paint(self, text: str, tint: Tint) -> str:
        """Return *text* in *tint*, or as it is where no colour is wanted."""
        return f"\x1b[{tint.value}m{text}\x1b[0m" if self.colour and text else text

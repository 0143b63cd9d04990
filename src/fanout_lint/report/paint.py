"""Words → words in colour, where colour is wanted.

The escapes are written here and nowhere else, around text that has gone through
:func:`~fanout_lint.report.visible.visible`. We write them ourselves, since a
library for them takes longer to import than a small run takes.
"""

from typing import Final

from msgspec import Struct

from fanout_lint.findings import Severity


class Tint:
    """What a stretch of the report is, by the codes it is shown in."""

    ERROR: Final = "1;31"
    WARNING: Final = "1;33"
    INFO: Final = "1;36"
    FRAME: Final = "1;34"
    STRONG: Final = "1"
    GOOD: Final = "1;32"


TINTS = {
    Severity.ERROR: Tint.ERROR,
    Severity.WARNING: Tint.WARNING,
    Severity.INFO: Tint.INFO,
}


class Look(Struct, frozen=True):
    """How a text report looks: ``width`` is in columns."""

    colour: bool = False
    width: int = 100

    def paint(self, text: str, tint: str) -> str:
        """Return *text* in *tint*, or as it is where no colour is wanted."""
        return f"\x1b[{tint}m{text}\x1b[0m" if self.colour and text else text

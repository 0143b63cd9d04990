"""A value for what cannot be known from the files alone."""

from enum import Enum
from typing import Final


class Unknown(Enum):
    """The type of :data:`UNKNOWN`; an enum, so that a type checker forces the branch."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

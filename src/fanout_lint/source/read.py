"""Bytes to a :class:`Source`, or why there is none.

The text is what stands after the byte-order mark; line ends stay as they are, so
offsets count the characters of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fanout_lint.source.text import Source


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gives no text.

    ``face`` says why: ``binary``, ``encoding``, ``gone``, ``folder``, ``forbidden``,
    ``too-large``, ``special`` (a pipe or a device) or ``failed`` (anything else the
    system says). ``source`` has as much of the text as it takes to show
    ``offset``, where the first wrong byte stands; it is empty where none was read.
    """

    source: Source
    face: str
    words: Mapping[str, str] = field(default_factory=dict)
    offset: int = 0

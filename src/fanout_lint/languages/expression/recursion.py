"""Room for trees that are deeper than Python's default of 1000 calls.

A sum of 500 terms is a tree 500 deep, and Argo takes it. Since Python 3.11 a call from
Python code to Python code takes no space on the C stack, so that the limit may be
raised where nothing but such calls recurses, and where the depth is bounded.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MAX_NESTING: Final = 600  #: Of parentheses, calls, brackets: five calls a level when parsing.
MAX_DEPTH: Final = 4000  #: Of a tree: at most four calls a level when walking.

_ROOM: Final = 20_000


class ExpressionTooDeepError(Exception):
    """The text is nested deeper than is followed here, though Argo may take it."""


@contextmanager
def deep_calls() -> Iterator[None]:
    """Let the code within recurse as deep as :data:`MAX_DEPTH` asks for."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _ROOM))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

"""A place inside a text of a manifest, as a little language told it, into a place in the file."""

import re

from fanout_lint.findings import Place
from fanout_lint.syntax.ink import offsets, place_span
from fanout_lint.syntax.nodes import Scalar

_LONGEST = 60
_LAST_WORD = r"([\w.-]++|[^\w.\s-]++)\s*+\Z"


def words_place(scalar: Scalar, start: int, end: int) -> Place:
    """Return where ``value[start:end]`` stands; the last word before it where it is empty.

    A text that lacks something at its end is so told at its last word or sign, and an
    empty text as a whole.
    """
    places = offsets(scalar)
    span = place_span(scalar, places, start, end)
    if span.start == span.end:
        before = re.search(_LAST_WORD, scalar.value[max(start - _LONGEST, 0) : max(start, 0)])
        if before is not None:
            shift = max(start - _LONGEST, 0)
            span = place_span(scalar, places, shift + before.start(1), shift + before.end(1))
    if span.start == span.end:
        span = scalar.span
    return Place(scalar.source.path, span)


def in_words(message: str) -> str:
    """Return the *message* of a little language in the quotes of a finding."""
    return message.replace("`", "'")


def shortened(text: str) -> str:
    """Return *text* as a message can quote it: on one line, and no longer than reads well."""
    line = " ".join(text.split()) if text.strip() else text
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"

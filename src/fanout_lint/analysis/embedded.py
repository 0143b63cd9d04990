"""YAML or JSON inside a text of a manifest, with its places mapped into the file."""

import re
from collections.abc import Callable

from msgspec import Struct

from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Place
from fanout_lint.source.text import Source
from fanout_lint.syntax.nodes import Node, Scalar
from fanout_lint.syntax.parse import parse

_TAG = r"\{\{[^\n]*?\}\}"
_ROOT = r"\{\{ *+([A-Za-z_]\w*+)"
_ROOTS = frozenset(
    (
        *("inputs", "outputs", "workflow", "steps", "tasks", "item", "pod", "node", "retries"),
        *("lastRetry", "duration", "status", "exitCode", "resourcesDuration", "cronworkflow"),
    )
)


class Embedded(Struct, frozen=True, eq=False):
    """What the text holds: the ``roots`` of its documents, or why the first cannot be read.

    The places of the roots are those in the text, not in the file. ``place`` and
    ``reason`` are ``None`` where the first document can be read.
    """

    roots: tuple[Node, ...]
    place: Place | None = None
    reason: str | None = None


def read_embedded(text: Scalar, has_item: bool = True) -> Embedded:
    """Read the YAML in *text*; each tag that Argo replaces is taken for a word of its length.

    That is what ``argo lint`` does with a manifest (``workflow/validate/validate.go``:
    SubstituteResourceManifestExpressions, and made-up arguments for simple tags). A tag of
    another tool stays, and is a map in a map to YAML; so is ``{{item}}`` without *has_item*.
    """
    roots_here = _ROOTS if has_item else _ROOTS - {"item"}
    masked = _replaced(text.value, lambda tag: _word(tag[0], roots_here))
    documents, hits = parse(Source(text.source.path, masked))
    roots = tuple(document.root for document in documents)
    for refused in hits[:1]:
        span = refused.place.span
        if "\n---" in masked.lstrip()[: span.start] and documents:
            break  # Only the first document is looked at beforehand.
        place = words_place(text, span.start, span.end)
        return Embedded(roots, place, refused.words["reason"])
    return Embedded(roots)


def _replaced(text: str, word: Callable[[re.Match[str]], str]) -> str:
    """Return *text* with each tag that ends on its line replaced."""
    lines = []
    for line in text.split("\n"):
        closed = line.rfind("}}") + 2  # Behind it, many braces would all be followed to the end.
        lines.append(line if closed < 2 else re.sub(_TAG, word, line[:closed]) + line[closed:])
    return "\n".join(lines)


def _word(tag: str, roots: frozenset[str]) -> str:
    root = re.match(_ROOT, tag)
    stays = root is not None and root[1] not in roots
    return tag if stays else "x" * len(tag)


def has_tag_of_many_lines(text: Scalar) -> bool:
    return "{{" in _replaced(text.value, lambda tag: "")


def may_hold_parts(text: Scalar) -> bool:
    """Whether a tag stands where it may bring lines of YAML of its own."""
    return re.search(r"(?:^|\n)\s*\{\{|\{\{=", text.value) is not None

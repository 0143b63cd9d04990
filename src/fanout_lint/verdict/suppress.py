"""Hits and allow comments to the hits that are left, and a hit for each idle comment.

A hit speaks of several places: its own and the related ones. Each allowed place
falls away. When its own does, the next one where the same fault stands takes over;
when there is none, the hit is gone: places that only explain are no fault.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fanout_lint.findings import Hit, Place
from fanout_lint.rulebook.select import ALWAYS, nearest
from fanout_lint.syntax.comments import Allow, Comments

if TYPE_CHECKING:
    from fanout_lint.source.text import Span

UNUSED = "unused-allow"

_MOST_NEAR = 100
"""For how many unknown names of a file the nearest is looked for."""


def suppress(
    hits: Iterable[Hit],
    comments: Mapping[str, Comments],
    known: frozenset[str],
    ran: frozenset[str],
    judged: frozenset[str],
) -> list[Hit]:
    """Return the hits that no comment hides, and hits for the comments that hide none.

    *comments* is by file, *known* has the names of all rules, *ran* those that
    came to an end, *judged* the files whose idle comments are told.
    """
    if not comments:
        return list(hits)
    allowing = _Allowing(comments)
    kept = list(allowing.left(hits))
    told = frozenset(path for path in comments if path in judged)
    idle = [hit for path in sorted(told) for hit in allowing.idle(path, known, ran)]
    kept.extend(allowing.left(idle))
    for path in sorted(told):
        kept.extend(allowing.unused(path, frozenset({UNUSED}) & ran))
    return kept


class _Allowing:
    """Allow comments by file and rule, and which of them have hidden something."""

    def __init__(self, comments: Mapping[str, Comments]) -> None:
        self.comments = comments
        self.by_rule: dict[tuple[str, str], _Cover] = {}
        self.used: set[tuple[str, int]] = set()
        for path, said in comments.items():
            for allow in said.allows:
                self.by_rule.setdefault((path, allow.rule), _Cover()).add(allow)

    def left(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        for hit in hits:
            left = hit if hit.rule in ALWAYS else self._uncovered(hit)
            if left is not None:
                yield left

    def _uncovered(self, hit: Hit) -> Hit | None:
        related = tuple(r for r in hit.related if not self._hides(hit.rule, r.place))
        edits = tuple(e for e in hit.edits if not self._hides(hit.rule, e.place))
        if not self._hides(hit.rule, hit.place):
            return hit if related == hit.related else replace(hit, related=related, edits=edits)
        following = next((other for other in related if other.again), None)
        if following is None:
            return None
        others = tuple(other for other in related if other is not following)
        return replace(hit, place=following.place, related=others, edits=edits)

    def _hides(self, rule: str, place: Place) -> bool:
        cover = self.by_rule.get((place.path, rule))
        allows = cover.over(place.span.start) if cover is not None else []
        self.used.update((place.path, allow.span.start) for allow in allows)
        return bool(allows)

    def idle(self, path: str, known: frozenset[str], ran: frozenset[str]) -> Iterator[Hit]:
        """Yield a hit for each comment that is misspelt, names no rule or hides nothing."""
        for misspelt in self.comments[path].misspelt:
            yield Hit(UNUSED, Place(path, misspelt.span), "misspelt", {"text": misspelt.text})
        near_names: dict[str, str | None] = {}
        for allow in self.comments[path].allows:
            if allow.rule in known:
                continue
            place = Place(path, allow.span)
            if allow.rule not in near_names and len(near_names) < _MOST_NEAR:
                near_names[allow.rule] = nearest(allow.rule, known)
            near = near_names.get(allow.rule)
            if near is None:
                yield Hit(UNUSED, place, "unknown", {"name": allow.rule})
            else:
                yield Hit(UNUSED, place, "near", {"name": allow.rule, "nearest": near})
        yield from self.unused(path, (ran & known) - {UNUSED})

    def unused(self, path: str, rules: frozenset[str]) -> Iterator[Hit]:
        """Yield a hit for each comment that allows one of *rules* and has hidden nothing."""
        for allow in self.comments[path].allows:
            if allow.rule in rules and (path, allow.span.start) not in self.used:
                yield Hit(UNUSED, Place(path, allow.span), "unused", {"rule": allow.rule})


class _Cover:
    """Where the allow comments for one rule in one file cover.

    The lines that they mean either are the same or do not overlap, and so it is
    with the scalars; so each place is looked up in both by halving.
    """

    def __init__(self) -> None:
        self.everywhere: list[Allow] = []
        self.families: tuple[dict[Span, list[Allow]], ...] = ({}, {})
        self.sorted: list[list[Span]] = []

    def add(self, allow: Allow) -> None:
        if allow.is_everywhere:
            self.everywhere.append(allow)
        lines, scalars = self.families
        if allow.line is not None:
            lines.setdefault(allow.line, []).append(allow)
        for scalar in allow.scalars:
            scalars.setdefault(scalar, []).append(allow)

    def over(self, offset: int) -> list[Allow]:
        """Return the comments that cover *offset*; none is added after the first call."""
        if not self.sorted:
            self.sorted = [sorted(family) for family in self.families]
        found = list(self.everywhere)
        for family, spans in zip(self.families, self.sorted, strict=True):
            index = bisect_right(spans, offset, key=lambda span: span.start) - 1
            if index >= 0 and offset <= spans[index].end:
                found.extend(family[spans[index]])
        return found

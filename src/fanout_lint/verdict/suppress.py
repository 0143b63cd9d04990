"""Hits and allow comments to the hits that are left, and a hit for each idle comment.

A hit speaks of several places: its own and the related ones. Each allowed place
falls away. When its own does, the next one that is left takes over; when none is
left, the hit is gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fanout_lint.findings import Hit, Place
from fanout_lint.rulebook.select import ALWAYS, nearest
from fanout_lint.syntax.comments import Allow, Comments

UNUSED = "unused-allow"


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
        self.by_rule: dict[tuple[str, str], list[Allow]] = {}
        self.used: set[tuple[str, int]] = set()
        for path, said in comments.items():
            for allow in said.allows:
                self.by_rule.setdefault((path, allow.rule), []).append(allow)

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
        if not related:
            return None
        return replace(hit, place=related[0].place, related=related, edits=edits)

    def _hides(self, rule: str, place: Place) -> bool:
        hidden = False
        for allow in self.by_rule.get((place.path, rule), ()):
            if any(span.start <= place.span.start <= span.end for span in allow.covers):
                self.used.add((place.path, allow.span.start))
                hidden = True
        return hidden

    def idle(self, path: str, known: frozenset[str], ran: frozenset[str]) -> Iterator[Hit]:
        """Yield a hit for each comment that is misspelt, names no rule or hides nothing."""
        for misspelt in self.comments[path].misspelt:
            yield Hit(UNUSED, Place(path, misspelt.span), "misspelt", {"text": misspelt.text})
        for allow in self.comments[path].allows:
            if allow.rule in known:
                continue
            place = Place(path, allow.span)
            near = nearest(allow.rule, known)
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

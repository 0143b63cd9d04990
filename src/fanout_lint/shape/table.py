"""The fields of Argo's four kinds, and what each takes, per version.

The facts are ``schemas/argo/fields.json``, made by ``schemas/update.py``. Reading
it is all that a start costs; what a field takes is worked out when it is met.

Which versions know a field is a set of bits, one for each of :attr:`Table.versions`
from the oldest: a stated version is one bit, none stated is all of them.
"""

import os
from functools import cache
from typing import Any, Final

import msgspec

from fanout_lint.assets import asset_dir


class Leaf:
    """A scalar of one kind, or anything at all; see :mod:`fanout_lint.shape.scalars`."""

    __slots__ = ("name", "takes_text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.takes_text = name in ("text", "scalar", "any", "text-or-int32")


class ListOf:
    """A list whose items are all of one kind."""

    __slots__ = ("items",)

    def __init__(self, items: "Kind") -> None:
        self.items = items


class MapOf:
    """A map with keys of the user's own."""

    __slots__ = ("values",)

    def __init__(self, values: "Kind") -> None:
        self.values = values


class Object:
    """A map with Argo's fields. :meth:`field` answers for one, :attr:`names` has all.

    :attr:`known` keeps the answers: what a field takes and the versions that know it.
    """

    __slots__ = ("_folded", "_record", "_table", "known", "name")

    def __init__(self, name: str, record: dict[str, Any], table: "Table") -> None:
        self.name = name
        self._record = record
        self._table = table
        self.known: dict[str, tuple[Kind, int]] = {}
        self._folded: dict[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._record["fields"])

    def field(self, name: str) -> "tuple[Kind, int] | None":
        """Return what the field takes and the versions that know it; ``None`` for no field."""
        if name in self.known:
            return self.known[name]
        text = self._record["fields"].get(name)
        if text is None:
            return None
        since = self._record.get("since", {}).get(name)
        last = self._record.get("last", {}).get(name)
        found = self.known[name] = (self._table.kind(text), self._table.between(since, last))
        return found

    def folded(self, name: str) -> str | None:
        """Return the field that *name* is but for the case of its letters."""
        if self._folded is None:
            self._folded = {known.lower(): known for known in self.names}
        return self._folded.get(name.lower())

    def instead(self, name: str) -> str | None:
        """Return the field that other versions have in place of *name*."""
        found: str | None = self._record.get("instead", {}).get(name)
        return found


Kind = Leaf | ListOf | MapOf | Object


class Table:
    """All types, by name; made once, by :func:`load`."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.versions: tuple[str, ...] = tuple(record["versions"])
        self._numbers = [tuple(map(int, text.split("."))) for text in self.versions]
        self.kinds: frozenset[str] = frozenset(record["kinds"])
        self.every: Final = (1 << len(self.versions)) - 1
        self._types: dict[str, Any] = record["types"]
        self._made: dict[str, Kind] = {}

    def kind(self, text: str) -> Kind:
        """Return the kind that *text* names: ``text``, ``list<Template>``, ``Template``."""
        found = self._made.get(text)
        if found is None:
            found = self._made[text] = self._make(text)
        return found

    def _make(self, text: str) -> Kind:
        if text.startswith("list<"):
            return ListOf(self.kind(text[5:-1]))
        if text.startswith("map<"):
            return MapOf(self.kind(text[4:-1]))
        if text in self._types:
            return Object(text, self._types[text], self)
        return Leaf(text)

    def root(self, kind: str) -> Object | None:
        """Return the type of Argo's *kind*; ``None`` where it is none of the four."""
        if kind not in self.kinds:
            return None
        found = self.kind(kind)
        return found if isinstance(found, Object) else None

    def between(self, since: str | None, last: str | None) -> int:
        """Return the bits of the versions from *since* to *last*, both included."""
        low = 0 if since is None else self.versions.index(since)
        high = len(self.versions) if last is None else self.versions.index(last) + 1
        return (1 << high) - (1 << low)

    def stated(self, version: tuple[int, int] | None) -> int:
        """Return the bit of *version*; the nearest that is known for one outside the table."""
        if version is None:
            return self.every
        older = sum(1 for each in self._numbers if each <= version)
        return 1 << max(older - 1, 0)

    def in_words(self, versions: int) -> str:
        """Return what to call *versions*, which are in a row: ``3.4 to 3.7``."""
        known = [text for at, text in enumerate(self.versions) if versions >> at & 1]
        if len(known) == 1:
            return known[0]
        if known[-1] == self.versions[-1]:
            return f"{known[0]} and later"
        return f"{known[0]} to {known[-1]}"


@cache
def load() -> Table:
    """Return the table that the program ships."""
    with open(os.path.join(asset_dir("schemas"), "argo", "fields.json"), "rb") as file:
        return Table(msgspec.json.decode(file.read()))

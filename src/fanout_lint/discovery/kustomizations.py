"""Which files the kustomizations of a project patch, and which they build from.

A repository may hold thousands of kustomizations, and few of them name a file of
Argo's. So their bytes are cut into words, each word is taken for a path, and
only those that could name the file in question are parsed.
"""

import os
import re
from collections.abc import Iterable
from typing import Final

from fanout_lint.source.read import Unreadable, decode, read_file
from fanout_lint.syntax.kustomize import Kustomization, kustomization
from fanout_lint.syntax.parse import parse

_WORD: Final = rb"""[^\s"'\[\]{},]+"""
_DIVIDERS: Final = re.compile(r"""[\s"'\[\]{},\\]""")
_NOTHING: Final = Kustomization((), ())


class Kustomizations:
    """The kustomizations at *paths* (absolute)."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(sorted(set(paths)))
        self._bytes: dict[str, bytes] = {}
        self._read: dict[str, Kustomization] = {}
        self._mentions: dict[str, list[str]] | None = None

    def patch(self, path: str) -> bool:
        """Whether one of them names the file at *path* as a patch."""
        return any(
            path in _resolved(named, self._kustomization(named).patches)
            for named in self._mentioning(path)
        )

    def building(self, path: str) -> frozenset[str]:
        """Return those that build the file at *path* in, at any remove."""
        found: set[str] = set()
        wanted = [path]
        while wanted:
            target = wanted.pop()
            for named in self._mentioning(target):
                if named in found:
                    continue
                if target in _resolved(named, self._kustomization(named).resources):
                    found.add(named)
                    wanted.append(os.path.dirname(named))
        return frozenset(found)

    def _mentioning(self, path: str) -> tuple[str, ...] | list[str]:
        if _DIVIDERS.search(path) is not None:
            # It would be cut into several words.
            return self._paths
        if self._mentions is None:
            self._mentions = {}
            for named in self._paths:
                for target in _resolved(named, self._words(named)):
                    self._mentions.setdefault(target, []).append(named)
        return self._mentions.get(path, ())

    def _words(self, path: str) -> set[str]:
        return {os.fsdecode(word) for word in re.findall(_WORD, self._data(path))}

    def _data(self, path: str) -> bytes:
        if path not in self._bytes:
            data = read_file(path, path)
            self._bytes[path] = b"" if isinstance(data, Unreadable) else data
        return self._bytes[path]

    def _kustomization(self, path: str) -> Kustomization:
        if path not in self._read:
            self._read[path] = _parsed(path, self._data(path))
        return self._read[path]


def _parsed(path: str, data: bytes) -> Kustomization:
    source = decode(path, data)
    documents = [] if isinstance(source, Unreadable) else parse(source)[0]
    return kustomization(documents[0].root) if documents else _NOTHING


def _resolved(path: str, names: Iterable[str]) -> set[str]:
    folder = os.path.dirname(path)
    return {os.path.normpath(os.path.join(folder, name)) for name in names}

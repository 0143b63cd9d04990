"""Which files of a project the asked ones have to do with, by the names that stand in their texts.

Manifests of different files meet by names only: one refers to a library that another
declares. To read a file takes a hundred times as long as to look for a name in its text, so
where few files are asked for in a large project, only those are read in which such a name
stands, then those in which a name of theirs stands, and so on.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from fanout_lint.discovery.files import File
from fanout_lint.engine.reading import ReadFile
from fanout_lint.model.references import references, stands_alone
from fanout_lint.source.text import Source

_MOST = 40
"""With more names than that, most of a project has been read: the rest is no longer searched."""
_ESCAPED = re.compile(r"\\[xuU\r\n]")
"""What a name can be hidden behind in a YAML or JSON text."""


def needs_others(files: Iterable[ReadFile]) -> bool:
    """Whether anything in *files* refers, or may be referred to, across files."""
    return not all(stands_alone(manifest) for file in files for manifest in file.manifests)


def read_related(
    asked: Iterable[ReadFile],
    others: Sequence[File],
    every: bool,
    read: Callable[[File], ReadFile],
) -> list[ReadFile]:
    """Return those of *others* that may matter to *asked*, read; all of them where *every* does.

    So do all where a name is made of tags, since it may turn out to be any.
    """
    found: dict[int, ReadFile] = {}
    known: set[str] = set()
    names = None if every else _names(asked)
    while names and len(known) <= _MOST:
        known |= names
        come = [
            found.setdefault(index, read(file))
            for index, file in enumerate(others)
            if index not in found and _speaks_of(file, names)
        ]
        more = _names(come)
        names = None if more is None else more - known
    if names is None or len(known) > _MOST:
        return [found.get(index) or read(file) for index, file in enumerate(others)]
    return [found[index] for index in sorted(found)]


def _names(files: Iterable[ReadFile]) -> set[str] | None:
    """Return the names of the libraries that *files* declare or refer to; ``None`` with tags."""
    names = set()
    for file in files:
        for manifest in file.manifests:
            if manifest.is_library and manifest.name is not None:
                names.add(manifest.name.value)
            names.update(ref.name.value for ref in references(manifest) if ref.name is not None)
    return None if any("{{" in name for name in names) else names


def _speaks_of(file: File, names: set[str]) -> bool:
    """Whether one of *names* stands in *file* as a word, or may be hidden there."""
    if not isinstance(file.content, Source):
        return False
    text = file.content.text
    return any(name in text and _is_word(name, text) for name in names) or (
        "\\" in text and _ESCAPED.search(text) is not None
    )


def _is_word(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", text) is not None

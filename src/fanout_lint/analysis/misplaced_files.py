"""Output files that hardly come from a template's main container, where Argo looks for them."""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.containers import (
    is_mounted,
    main_container,
    other_containers,
    output_files,
)
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.syntax.nodes import Mapping, Scalar, scalars

_TEXTS = ("command", "args", "source")
_INTERPRETERS = ("sh", "bash", "dash", "ash", "python", "python3", "node")
_PLAIN = ("echo", "true", "sleep", "cat", "date", "env", "ls", "printf")
_SHARING = ("podSpecPatch", "templateDefaults")
_SEPARATORS = frozenset("\"'` \t\n;|&)<>,]}")


class MisplacedFile(Struct, frozen=True, eq=False):
    """An output's ``path`` that only the container ``writer`` speaks of, in ``mention``.

    ``has_substitute`` says that the step goes on without the file: the output has a default,
    or is optional.
    """

    path: Scalar
    has_substitute: bool
    writer: str
    mention: Scalar


def misplaced_files(manifest: Manifest, template: Template) -> Iterator[MisplacedFile]:
    """Yield the output files of *template* that hardly come from its main container.

    The program of the main container is to be read, and says nothing of the file; another
    container names it; and no volume of the main container may hold it.
    """
    main = main_container(template)
    others = tuple(other_containers(template))
    if main is None or not others or not _is_readable(main):
        return
    if any(holder.get(name) for holder in (manifest.spec, template.node) for name in _SHARING):
        return
    for path, has_substitute in output_files(template):
        if "{{" in path.value or not path.value.startswith("/"):
            continue
        if is_mounted((main, template.body), path.value) or _speaks_of(main, path.value):
            continue
        for writer, container in others:
            mention = _mention(container, path.value)
            if mention is not None:
                yield MisplacedFile(path, has_substitute, writer, mention)
                break


def _texts(container: Mapping) -> Iterator[Scalar]:
    for name in _TEXTS:
        node = container.get(name)
        if node is not None:
            yield from scalars(node)


def _is_readable(main: Mapping) -> bool:
    """Whether what the container does is written here, and not in its image or a file of it."""
    words = [scalar.value for scalar in _texts(main)]
    if not words:
        return False
    program = posixpath.basename(words[0])
    if program in _PLAIN:
        return True
    has_text = main.get("source") is not None or "-c" in words or "-ec" in words
    return program in _INTERPRETERS and has_text


def _speaks_of(main: Mapping, path: str) -> bool:
    """Whether the main container may write *path*: it has its name, its folder, or a tag for it."""
    folder, name = posixpath.split(path.rstrip("/"))
    signs = [name, "{{outputs."]
    if folder.count("/") > 1:
        signs.append(folder)
    return any(sign in scalar.value for scalar in scalars(main) for sign in signs)


def _mention(container: Mapping, path: str) -> Scalar | None:
    for scalar in _texts(container):
        at = scalar.value.find(path)
        if at >= 0 and scalar.value[at + len(path) : at + len(path) + 1] in ("", *_SEPARATORS):
            return scalar
    return None

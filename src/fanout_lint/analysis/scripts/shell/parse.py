"""Turns a shell source into its tree of commands, by way of tree-sitter-bash.

Tags are masked with ``_`` first, as many as the tag has bytes, so that places
hold. The grammar binds some things wrongly (``a | b && c`` becomes a pipe into a
list, ``x=1`` on one line and a command on the next become one command, a pipe
behind a here-document hangs under the redirection); that is put right here, and
what cannot be is an ``Unread``.
"""

from collections.abc import Sequence
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.shell.build import ONE_LINE, Builder
from fanout_lint.analysis.scripts.shell.tree import (
    Script,
)

if TYPE_CHECKING:
    from tree_sitter import Language, Node

_MOST_REPAIRS = 30
_IN_ASCII = bytes(range(128)) + b"." * 128
"""What the parser sees: it asks C's ``isalpha`` about each character, which may crash beyond ASCII.

A dot is like any character beyond ASCII to a shell: no blank, no sign, and in no name."""


def parse(text: str, holes: Sequence[tuple[int, int]] = ()) -> Script | None:
    """Return the commands of *text*; ``None`` where the whole of it cannot be read."""
    from tree_sitter import Parser

    masked = text
    for start, end in holes:
        width = len(text[start:end].encode("utf-8", "replace"))
        if width != end - start:
            return None
        masked = masked[:start] + "_" * width + masked[end:]
    try:
        source = masked.encode("utf-8")
    except UnicodeEncodeError:
        return None
    parser = Parser(_bash())
    tree = parser.parse(source.translate(_IN_ASCII))
    for _ in range(_MOST_REPAIRS):
        places = _stray_breaks(tree.root_node, source)
        if not places:
            break
        repaired = bytearray(source)
        for place in places:
            repaired[place] = ord(";")
        source = bytes(repaired)
        tree = parser.parse(source.translate(_IN_ASCII))
    if tree.root_node.type != "program" or not _heredocs_end(tree.root_node, source):
        return None
    return Builder(source.decode(), source, holes).script(tree.root_node, 0)


@cache
def _bash() -> "Language":
    """Return the grammar, which is all in the extension module of its package.

    The package itself begins by importing ``importlib.resources``, for query files that we have
    no use for, and that takes longer than most runs spend on scripts.
    """
    from tree_sitter import Language

    package = find_spec("tree_sitter_bash")
    places = package.submodule_search_locations if package is not None else None
    found = PathFinder.find_spec("tree_sitter_bash._binding", places)
    if found is None or found.loader is None:
        import tree_sitter_bash as binding
    else:
        binding = module_from_spec(found)
        found.loader.exec_module(binding)
    return Language(binding.language())


def _heredocs_end(root: "Node", source: bytes) -> bool:
    """Say whether each here-document's mark stands alone on its line, as a shell wants it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        alone = source[node.end_byte : node.end_byte + 1] in (b"\n", b"")
        if node.type == "heredoc_end" and not alone:
            return False
    return True


def _stray_breaks(root: "Node", source: bytes) -> list[int]:
    """Return the places of line breaks that the grammar took for blanks inside a command.

    A line break ends a command, so a ``;`` may stand in its place, except where a
    here-document waits for it.
    """
    found: list[int] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.type not in ONE_LINE:
            continue
        for before, after in zip(node.children, node.children[1:], strict=False):
            gap = source[before.end_byte : after.start_byte].replace(b"\\\n", b"  ")
            place = before.end_byte + gap.find(b"\n")
            if b"\n" in gap and b"<<" not in source[source.rfind(b"\n", 0, place) + 1 : place]:
                found.append(place)
                break
    return found

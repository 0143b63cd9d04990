"""Parses a Python script whose tags are masked, and places its nodes."""

import ast
import warnings
from collections.abc import Sequence
from typing import Final

MASK: Final = "\ua840"
"""Stands for each character of a tag: a letter, so that a bare tag is a name."""


class Source:
    """A parsed script. ``tree`` is ``None`` where this Python cannot read it."""

    def __init__(self, text: str, holes: Sequence[tuple[int, int]]) -> None:
        masked = text
        for start, end in holes:
            masked = masked[:start] + MASK * (end - start) + masked[end:]
        self.text = masked
        self.tree = None if MASK in text else _parsed(masked)
        self._lines = [0]
        for line in masked.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._plain = masked.isascii()

    def place(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        """Return the character offsets of *node*."""
        end_line = node.end_lineno or node.lineno
        return (
            self._offset(node.lineno, node.col_offset),
            self._offset(end_line, node.end_col_offset or 0),
        )

    def _offset(self, line: int, column: int) -> int:
        start = self._lines[min(line - 1, len(self._lines) - 1)]
        if self._plain:
            return start + column
        rest = self.text[start : start + column].encode("utf-8")[:column]
        return start + len(rest.decode("utf-8", "ignore"))


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree if _depth_fits(tree) else None


def _depth_fits(tree: ast.Module) -> bool:
    """Say whether the tree is flat enough to be walked by recursion."""
    level: list[ast.AST] = [tree]
    for _ in range(120):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return True
    return False

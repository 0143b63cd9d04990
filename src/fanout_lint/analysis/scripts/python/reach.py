"""Which ways go on after a statement, and which statements may raise."""

import ast
from typing import Final

from fanout_lint.analysis.scripts.python.state import (
    Ends,
    Path,
    add,
    join_paths,
)

COMPOUND: Final = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith)


def merge(ends: Ends, more: Ends) -> None:
    for kind, path in more.items():
        add(ends, kind, path)


def joined(paths: list[Path]) -> Path | None:
    joined: Path | None = None
    for path in paths:
        joined = path if joined is None else join_paths(joined, path)
    return joined


def may_raise(node: ast.stmt) -> bool:
    """Say whether *node* may raise; a ``print`` of constants and an import-free pass do not."""
    if isinstance(node, ast.Pass | ast.Import | ast.FunctionDef | ast.Global):
        return isinstance(node, ast.Import)
    value = node.value if isinstance(node, ast.Expr | ast.Assign) else None
    if isinstance(value, ast.Constant):
        return False
    if (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "print"
    ):
        return not all(isinstance(argument, ast.Constant) for argument in value.args)
    return True


def catches_exit(handler: ast.ExceptHandler) -> bool:
    names = (
        [node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)]
        if (handler.type is not None)
        else []
    )
    return handler.type is None or bool({"SystemExit", "BaseException"} & set(names))


def is_suppressing(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in ("suppress", "raises")

"""What stands over a function or class, and what it makes of it."""

import ast
from typing import Final

_KEEPS_RESULT: Final = frozenset(
    [
        "atexit", "cache", "cached_property", "classmethod", "command", "final", "group",
        "lru_cache", "option", "argument", "override", "property", "register", "retry",
        "staticmethod", "wraps",
    ]
)  # fmt: skip
_KEEPS_CLASS: Final = frozenset(["dataclass", "total_ordering"])


def decorator_names(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """Return the last names of the decorators: ``lru_cache`` for ``@functools.lru_cache()``."""
    names: set[str] = set()
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(target, ast.Attribute):
            names.add(target.attr)
        elif isinstance(target, ast.Name):
            names.add(target.id)
        else:
            names.add("?")
    return names


def keeps_result(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool:
    """Whether a call returns what the function's own statements return."""
    return isinstance(node, ast.Lambda) or decorator_names(node) <= _KEEPS_RESULT


def makes_plain_objects(node: ast.ClassDef) -> bool:
    """Whether a call of the class makes an object of it, and of no other class."""
    makes = any(isinstance(s, ast.FunctionDef) and s.name == "__new__" for s in node.body)
    return not (node.bases or node.keywords or makes) and decorator_names(node) <= _KEEPS_CLASS


def keeps_repr(node: ast.ClassDef) -> bool:
    """Whether objects of the class are shown as Python shows them: ``Name(…)`` of a
    dataclass, else ``<…>``."""
    own = {"__repr__", "__str__", "__format__"}
    changes = any(
        isinstance(s, ast.FunctionDef | ast.Assign) and _names(s) & own for s in node.body
    )
    return makes_plain_objects(node) and not changes and not _has_arguments(node)


def _names(node: ast.FunctionDef | ast.Assign) -> set[str]:
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def _has_arguments(node: ast.ClassDef) -> bool:
    """Whether a decorator is given arguments: ``dataclass(repr=False)``."""
    return any(isinstance(d, ast.Call) and d.keywords for d in node.decorator_list)

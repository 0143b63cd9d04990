"""The stages import one way, and no module or function outgrows a reader.

``errors``, ``assets`` and the like come before all; each stage may import what
stands before it, and nothing after.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGE = _ROOT / "src" / "fanout_lint"

_ORDER = (
    ("errors", "version", "unknown", "assets"),
    ("source",),
    ("findings",),
    ("syntax",),
    ("config",),
    ("discovery",),
    ("languages",),
    ("tags",),
    ("shape",),
    ("model",),
    ("analysis",),
    ("rulebook",),
    ("verdict",),
    ("report",),
    ("engine",),
    ("cli",),
)
"""The stages, each with those that stand beside it and do not import one another."""

_RANK = {stage: rank for rank, stages in enumerate(_ORDER) for stage in stages}
_LONGEST_MODULE = 400
_LONGEST_FUNCTION = 50

_MODULES = sorted(_PACKAGE.rglob("*.py"))
_CHECKS = sorted((_ROOT / "rules").glob("*/*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(_PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


_NAMES = frozenset(_name(path) for path in _MODULES)


def _imports(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each module of the program that *path* imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                yield node.lineno, module if module in _NAMES else node.module or ""


def _stage(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def _ours(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(line, name) for line, name in _imports(path, tree) if name.startswith("fanout_lint.")]


def test_every_module_belongs_to_a_stage() -> None:
    stages = {_stage(name) for name in _NAMES} - {""}

    assert stages - _RANK.keys() == set()


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_module_imports_only_from_stages_before_its_own(path: Path) -> None:
    stage = _stage(_name(path))
    if not stage:
        return
    late = [
        f"line {line}: {name}"
        for line, name in _ours(path)
        if _stage(name) != stage and _RANK[_stage(name)] >= _RANK[stage]
    ]

    assert late == []


@pytest.mark.parametrize("path", _CHECKS, ids=lambda path: path.parent.name)
def test_rule_asks_facts_and_knows_nothing_of_what_comes_after(path: Path) -> None:
    late = [
        f"line {line}: {name}"
        for line, name in _ours(path)
        if _RANK[_stage(name)] > _RANK["rulebook"]
    ]

    assert late == []


def test_no_modules_import_one_another() -> None:
    graph = {_name(path): _imported_at_once(path) for path in _MODULES}
    graph = {name: {other for other in others if other in graph} for name, others in graph.items()}

    assert list(_cycles(graph)) == []


def _imported_at_once(path: Path) -> set[str]:
    """Return what importing *path* imports: nothing for types alone, nothing that a function asks.

    An interpreter's parts call one another, and know one another's types.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top: list[ast.stmt] = [
        node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    imports = _imports(path, ast.Module(top, []))
    return {name for _, name in imports if name.startswith("fanout_lint.")}


def _cycles(graph: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Yield what is left when modules that import nothing, or that nothing imports, are gone."""
    left = dict(graph)
    while True:
        imported = {other for others in left.values() for other in others if other in left}
        kept = {name: others & left.keys() for name, others in left.items()}
        kept = {name: others for name, others in kept.items() if others and name in imported}
        if len(kept) == len(left):
            break
        left = kept
    if left:
        yield tuple(sorted(left))


@pytest.mark.parametrize(
    "path", [*_MODULES, *_CHECKS], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_module_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    long = [
        f"{function.name}: {length} lines"
        for function in functions
        if (length := (function.end_lineno or 0) - function.lineno + 1) > _LONGEST_FUNCTION
    ]

    assert len(text.splitlines()) <= _LONGEST_MODULE
    assert long == []

"""Puts the rules into a wheel, with their front matter as one index.

An editable install gets nothing of this: it finds the folders in the checkout.
"""

import importlib.util
import json
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ASSETS = "fanout_lint/_assets"


class RuleIndexHook(BuildHookInterface):  # type: ignore[type-arg] # hatchling names no argument
    """Hatchling's ``custom`` build hook."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files that go into the wheel; *version* is the kind of build."""
        if version == "editable":
            return
        root = Path(self.root)
        inside: dict[str, str] = build_data["force_include"]
        for path in _rule_files(root / "rules"):
            inside[str(path)] = f"{_ASSETS}/{path.relative_to(root).as_posix()}"
        for path in sorted((root / "schemas").rglob("*.json")):
            inside[str(path)] = f"{_ASSETS}/{path.relative_to(root).as_posix()}"
        self.made = Path(mkdtemp(prefix="fanout-lint-build-")) / "index.json"
        self.made.write_text(json.dumps(_index(root), separators=(",", ":")), encoding="utf-8")
        inside[str(self.made)] = f"{_ASSETS}/rules/index.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the index that :meth:`initialize` made."""
        if version != "editable":
            self.made.unlink()
            self.made.parent.rmdir()


def _rule_files(rules: Path) -> list[Path]:
    return sorted(path for pattern in ("*/README.md", "*/*.py") for path in rules.glob(pattern))


def _index(root: Path) -> dict[str, Any]:
    frontmatter = _load(root / "src/fanout_lint/rulebook/frontmatter.py")
    rules = [
        frontmatter.record(path.read_text(encoding="utf-8"), path.parent.name)
        for path in sorted((root / "rules").glob("*/README.md"))
    ]
    return {"rules": rules}


def _load(path: Path) -> ModuleType:
    """Import one module of the program by path: the program itself need not be importable here."""
    spec = importlib.util.spec_from_file_location("frontmatter", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

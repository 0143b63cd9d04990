"""fanout-lint: finds the faults of Argo Workflows fan-outs before the cluster does.

The names below are the public interface; they are brought in when they are asked
for, so that the command line pays only for what it uses.
"""

from typing import TYPE_CHECKING

from fanout_lint.version import __version__

if TYPE_CHECKING:
    from fanout_lint.engine import lint_paths, lint_text
    from fanout_lint.findings import Finding, Severity, Stage

__all__ = ["Finding", "Severity", "Stage", "__version__", "lint_paths", "lint_text"]

_HOMES = {
    "Finding": "fanout_lint.findings",
    "Severity": "fanout_lint.findings",
    "Stage": "fanout_lint.findings",
    "lint_paths": "fanout_lint.engine",
    "lint_text": "fanout_lint.engine",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

"""fanout-lint: finds the faults of Argo Workflows fan-outs before the cluster does."""

from fanout_lint.version import __version__

__all__ = ["__version__"]

"""The functions of ``sprig.NAME(…)`` in Argo's expressions (sprig v3.3.0).

:func:`call_sprig` answers as a call does. Functions whose result hangs on the
clock, on chance or on the network are known by their types alone.
"""

from fanout_lint.languages.sprig.function import SprigError, SprigFunction
from fanout_lint.languages.sprig.table import FUNCTIONS, REMOVED, call_sprig

__all__ = ["FUNCTIONS", "REMOVED", "SprigError", "SprigFunction", "call_sprig"]

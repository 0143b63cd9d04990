"""Places a parsed text somewhere else: the commands of a trap stand at the ``trap``."""

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.analysis.scripts.shell.tree import Script


def moved(script: Script, start: int, end: int) -> Script:
    """Return *script* with every command placed at *start* to *end*."""
    result = _moved(script, start, end)
    return result if isinstance(result, Script) else script


def _moved(node: object, start: int, end: int) -> object:
    if isinstance(node, tuple):
        return tuple(_moved(item, start, end) for item in node)
    if not isinstance(node, Struct):
        return node
    changes = {name: _moved(getattr(node, name), start, end) for name in node.__struct_fields__}
    if "start" in changes:
        changes |= {"start": start, "end": end}
    return replace(node, **changes)

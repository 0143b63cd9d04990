"""Where the files that ship with the program lie: rules and schemas.

A wheel carries them in ``fanout_lint/_assets``; a checkout has them at its top.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset_dir(name: str) -> Path:
    """Return the folder of the assets called *name* (``rules`` or ``schemas``)."""
    shipped = _PACKAGE / "_assets" / name
    if shipped.is_dir():
        return shipped
    return _PACKAGE.parent.parent / name

"""Where the files that ship with the program lie: rules and schemas.

A wheel carries them in ``fanout_lint/_assets``; a checkout has them at its top.
Paths are plain texts here: ``pathlib`` would cost each start some milliseconds.
"""

import os
from functools import cache

_PACKAGE = os.path.dirname(os.path.realpath(__file__))


@cache
def asset_dir(name: str) -> str:
    """Return the folder of the assets called *name* (``rules`` or ``schemas``)."""
    shipped = os.path.join(_PACKAGE, "_assets", name)
    if os.path.isdir(shipped):
        return shipped
    return os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), name)

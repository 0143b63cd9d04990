"""Files that are reached by a link too: each counts once."""

import os
from collections.abc import Iterable

from fanout_lint.discovery.files import File

Identity = tuple[int, int] | str


def identity(path: str) -> Identity:
    """Return what two names of one file have in common; the path where it is gone."""
    try:
        found = os.stat(path)
    except OSError:
        return path
    return found.st_dev, found.st_ino


def add_links(files: dict[str, File], links: dict[str, File], seen: Iterable[str] = ()) -> None:
    """Add to *files* those of *links* whose file is not among them, nor at one of *seen*."""
    if not links:
        return
    identities = {identity(path) for path in (*files, *seen) if path}
    for path in sorted(links):
        if (found := identity(path)) not in identities:
            identities.add(found)
            files[path] = links[path]

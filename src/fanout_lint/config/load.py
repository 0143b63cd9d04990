"""A configuration file to :class:`Settings`, and which file that is.

A folder's configuration is its ``.fanout-lint.yaml`` (or ``.yml``), else the
table ``[tool.fanout-lint]`` of its ``pyproject.toml``. A ``pyproject.toml``
without the table is none.
"""

import os
from collections.abc import Collection
from typing import Final

from fanout_lint.config.settings import KnownRules, Settings
from fanout_lint.errors import ConfigError
from fanout_lint.source.read import Unreadable, decode, read_file
from fanout_lint.source.text import Source
from fanout_lint.syntax.nodes import Mapping, Node, Scalar

NAMES: Final = (".fanout-lint.yaml", ".fanout-lint.yml")
PYPROJECT: Final = "pyproject.toml"

_REASONS: Final = {
    "binary": "it is no text",
    "encoding": "it is no UTF-8",
    "gone": "there is no such file",
    "folder": "it is a folder",
    "forbidden": "it may not be read",
    "too-large": "it is too large",
    "special": "it is no file",
}


def configuration_in(folder: str, names: Collection[str] | None = None) -> str | None:
    """Return the path of the configuration in *folder*, ``None`` where there is none.

    *names* are the names in the folder, where they are known.
    """
    for name in NAMES:
        if (names is None or name in names) and os.path.isfile(f"{folder}/{name}"):
            return os.path.join(folder, name)
    if names is not None and PYPROJECT not in names:
        return None
    path = os.path.join(folder, PYPROJECT)
    data = read_file(path, path)
    if isinstance(data, Unreadable) or b"fanout-lint" not in data:
        return None
    from fanout_lint.config import toml  # Most runs meet no such file.

    if not toml.may_hold_table(data):
        return None
    try:
        text = decode(path, data)
        if isinstance(text, Source) and toml.read_table(text) is None:
            return None
    except ConfigError:
        # It names the table and cannot be read: whoever loads it says why.
        pass
    return path


def load(path: str, display: str, known_rules: KnownRules) -> Settings:
    """Return what the configuration at *path* says; messages call it *display*.

    :raises ConfigError: when it cannot be read or followed; the text has all its faults.
    """
    # Most runs have no configuration, and start without what judges one.
    from fanout_lint.config.check import Checker

    data = read_file(path, display)
    content = data if isinstance(data, Unreadable) else decode(display, data)
    if isinstance(content, Unreadable):
        place = content.source.position(content.offset)
        at = f":{place.line}:{place.column}" if content.source.text else ""
        reason = _REASONS.get(content.face) or content.words["reason"]
        raise ConfigError(f"{display}{at}: the configuration cannot be read: {reason}")
    folder = os.path.dirname(os.path.abspath(path))
    root = _toml_root(content) if path.endswith(".toml") else _yaml_root(content)
    if root is None:
        return Settings(path=display, folder=folder)
    return Checker(known_rules).settings(root, display, folder)


def _toml_root(source: Source) -> Mapping:
    from fanout_lint.config import toml

    table = toml.read_table(source)
    if table is None:
        raise ConfigError(f"{source.path}: it has no table [tool.fanout-lint]")
    return table


def _yaml_root(source: Source) -> Node | None:
    from fanout_lint.syntax.parse import parse

    documents, hits = parse(source)
    if hits:
        place = source.position(hits[0].place.span.start)
        where = f"{source.path}:{place.line}:{place.column}"
        raise ConfigError(f"{where}: the configuration is no YAML: {hits[0].words['reason']}")
    if len(documents) > 1:
        place = source.position(documents[1].root.span.start)
        where = f"{source.path}:{place.line}:{place.column}"
        raise ConfigError(f"{where}: a configuration is one document, and here a second begins")
    root = documents[0].root if documents else None
    return None if isinstance(root, Scalar) and root.is_null else root

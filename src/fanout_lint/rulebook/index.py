"""The rule folders to the cards of all rules, fast.

Start-up is most of a small run, so front matter is not parsed at each start. A
wheel carries it as one JSON file, made when it was built. A checkout keeps the
like in ``rules/.index.json``, with the size and time of each README that it was
made from, and makes it again when one of them has changed.
"""

import os
from collections.abc import Mapping
from contextlib import suppress

import msgspec
from msgspec import Struct

from fanout_lint.assets import asset_dir
from fanout_lint.errors import FanoutLintError
from fanout_lint.rulebook.contract import RuleCard

_SHIPPED = "index.json"
_KEPT = ".index.json"
_FORM = 2
"""Changes when the records take another form, so that an older kept index is not used."""


class _Index(Struct, rename="kebab"):
    rules: tuple[RuleCard, ...]
    form: int = 0
    made_from: dict[str, list[int]] = {}


def load_index(folder: str | os.PathLike[str] | None = None) -> Mapping[str, RuleCard]:
    """Return the card of every rule, by id, sorted.

    *folder* holds the rule folders; the program's own by default.

    :raises FanoutLintError: when a README of a checkout cannot be made a card.
    """
    place = os.fspath(folder or asset_dir("rules"))
    shipped = _read(f"{place}/{_SHIPPED}")
    cards = shipped.rules if shipped is not None else _checked_out(place)
    return {card.id: card for card in sorted(cards, key=lambda card: card.id)}


def readme(card: RuleCard) -> str:
    """Return the text of the rule's README."""
    with open(_readme_path(asset_dir("rules"), card.folder), encoding="utf-8") as file:
        return file.read()


def _readme_path(folder: str, name: str) -> str:
    return f"{folder}/{name}/README.md"


def _checked_out(folder: str) -> tuple[RuleCard, ...]:
    readmes = _readmes(folder)
    made_from = {path: [form.st_mtime_ns, form.st_size] for path, form in readmes}
    kept = _read(f"{folder}/{_KEPT}")
    if kept is not None and kept.form == _FORM and kept.made_from == made_from:
        return kept.rules
    index = _Index(tuple(_card(folder, name) for name, _ in readmes), _FORM, made_from)
    _keep(f"{folder}/{_KEPT}", index)
    return index.rules


def _readmes(folder: str) -> list[tuple[str, os.stat_result]]:
    """Return the names of the rule folders, each with the form of its README."""
    found = []
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        return []
    for name in entries:
        if name.startswith((".", "_")):
            continue
        try:
            found.append((name, os.stat(_readme_path(folder, name))))
        except (FileNotFoundError, NotADirectoryError):
            continue
    return found


def _card(folder: str, name: str) -> RuleCard:
    from fanout_lint.rulebook import frontmatter

    path = _readme_path(folder, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return msgspec.convert(frontmatter.record(text, name), RuleCard)
    except msgspec.ValidationError as error:
        text = f"{path}: its front matter lacks a field or has an unknown word: {error}"
        raise FanoutLintError(text) from error
    except ValueError as error:
        raise FanoutLintError(f"{path}: {error}") from error


def _read(path: str) -> _Index | None:
    try:
        with open(path, "rb") as file:
            return msgspec.json.decode(file.read(), type=_Index)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def _keep(path: str, index: _Index) -> None:
    """Write the index beside its place and move it there, so that no one reads half of it.

    A checkout that cannot be written to works as well, only slower.
    """
    beside = f"{path}.{os.getpid()}"
    try:
        with open(beside, "wb") as file:
            file.write(msgspec.json.encode(index))
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)

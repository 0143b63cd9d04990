"""The rule folders to the cards of all rules, fast.

Start-up is most of a small run, so front matter is not parsed at each start. A
wheel carries it as one JSON file, made when it was built. A checkout keeps the
like in ``rules/.index.json``, with the size and time of each README that it was
made from, and makes it again when one of them has changed.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from fanout_lint.assets import asset_dir
from fanout_lint.errors import FanoutLintError
from fanout_lint.rulebook import contract
from fanout_lint.rulebook.contract import RuleCard

_SHIPPED = "index.json"
_KEPT = ".index.json"
_FORM = 1
"""Changes when the records take another form, so that an older kept index is not used."""


def load_index(folder: str | os.PathLike[str] | None = None) -> Mapping[str, RuleCard]:
    """Return the card of every rule, by id, sorted.

    *folder* holds the rule folders; the program's own by default.

    :raises FanoutLintError: when a README of a checkout cannot be made a card.
    """
    place = os.fspath(folder or asset_dir("rules"))
    records = _shipped(place) or _checked_out(place)
    cards = [_card(record, place) for record in records]
    return {card.id: card for card in sorted(cards, key=lambda card: card.id)}


def _card(record: dict[str, Any], folder: str) -> RuleCard:
    try:
        return contract.card(record)
    except (KeyError, AttributeError, TypeError) as error:
        path = _readme_path(folder, str(record.get("folder")))
        text = f"{path}: its front matter lacks a field or has an unknown word: {error}"
        raise FanoutLintError(text) from error


def readme(card: RuleCard) -> str:
    """Return the text of the rule's README."""
    with open(_readme_path(asset_dir("rules"), card.folder), encoding="utf-8") as file:
        return file.read()


def _readme_path(folder: str, name: str) -> str:
    return f"{folder}/{name}/README.md"


def _shipped(folder: str) -> list[dict[str, Any]] | None:
    kept = _read_json(f"{folder}/{_SHIPPED}")
    return None if kept is None else kept["rules"]


def _checked_out(folder: str) -> list[dict[str, Any]]:
    readmes = _readmes(folder)
    made_from = {path: [form.st_mtime_ns, form.st_size] for path, form in readmes}
    kept = _read_json(f"{folder}/{_KEPT}")
    if kept is not None and kept.get("form") == _FORM and kept.get("made-from") == made_from:
        rules: list[dict[str, Any]] = kept["rules"]
        return rules
    rules = [_record(folder, name) for name, _ in readmes]
    _keep(f"{folder}/{_KEPT}", {"form": _FORM, "made-from": made_from, "rules": rules})
    return rules


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


def _record(folder: str, name: str) -> dict[str, Any]:
    from fanout_lint.rulebook import frontmatter

    path = _readme_path(folder, name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return frontmatter.record(text, name)
    except ValueError as error:
        raise FanoutLintError(f"{path}: {error}") from error


def _read_json(path: str) -> dict[str, Any] | None:
    try:
        with open(path, "rb") as file:
            held = msgspec.json.decode(file.read())  # Sooner done than json is imported.
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return held if isinstance(held, dict) and isinstance(held.get("rules"), list) else None


def _keep(path: str, held: Mapping[str, Any]) -> None:
    """Write the index beside its place and move it there, so that no one reads half of it.

    A checkout that cannot be written to works as well, only slower.
    """
    import json

    beside = f"{path}.{os.getpid()}"
    try:
        with open(beside, "w", encoding="utf-8") as file:
            json.dump(held, file, separators=(",", ":"))
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)

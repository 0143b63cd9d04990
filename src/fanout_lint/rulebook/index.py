"""The rule folders to the cards of all rules, fast.

Start-up is most of a small run, so front matter is not parsed at each start. A
wheel carries it as one JSON file, made when it was built. A checkout keeps the
like in ``rules/.index.json``, with the size and time of each README that it was
made from, and makes it again when one of them has changed.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fanout_lint.assets import asset_dir
from fanout_lint.errors import FanoutLintError
from fanout_lint.rulebook import contract
from fanout_lint.rulebook.contract import RuleCard

_SHIPPED = "index.json"
_KEPT = ".index.json"
_FORM = 1
"""Changes when the records take another form, so that an older kept index is not used."""


def load_index(folder: Path | None = None) -> Mapping[str, RuleCard]:
    """Return the card of every rule, by id, sorted.

    *folder* holds the rule folders; the program's own by default.

    :raises FanoutLintError: when a README of a checkout cannot be made a card.
    """
    folder = folder or asset_dir("rules")
    records = _shipped(folder) or _checked_out(folder)
    cards = [_card(record, folder) for record in records]
    return {card.id: card for card in sorted(cards, key=lambda card: card.id)}


def _card(record: dict[str, Any], folder: Path) -> RuleCard:
    try:
        return contract.card(record)
    except (KeyError, AttributeError, TypeError) as error:
        path = folder / str(record.get("folder")) / "README.md"
        text = f"{path}: its front matter lacks a field or has an unknown word: {error}"
        raise FanoutLintError(text) from error


def readme(card: RuleCard) -> Path:
    """Return where the README of the rule is."""
    return asset_dir("rules") / card.folder / "README.md"


def _shipped(folder: Path) -> list[dict[str, Any]] | None:
    kept = _read_json(folder / _SHIPPED)
    return None if kept is None else kept["rules"]


def _checked_out(folder: Path) -> list[dict[str, Any]]:
    readmes = _readmes(folder)
    made_from = {path: [form.st_mtime_ns, form.st_size] for path, form in readmes}
    kept = _read_json(folder / _KEPT)
    if kept is not None and kept.get("form") == _FORM and kept.get("made-from") == made_from:
        rules: list[dict[str, Any]] = kept["rules"]
        return rules
    rules = [_record(folder / path / "README.md") for path, _ in readmes]
    _keep(folder / _KEPT, {"form": _FORM, "made-from": made_from, "rules": rules})
    return rules


def _readmes(folder: Path) -> list[tuple[str, os.stat_result]]:
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
            found.append((name, os.stat(f"{folder}/{name}/README.md")))
        except (FileNotFoundError, NotADirectoryError):
            continue
    return found


def _record(path: Path) -> dict[str, Any]:
    from fanout_lint.rulebook import frontmatter

    try:
        return frontmatter.record(path.read_text(encoding="utf-8"), path.parent.name)
    except ValueError as error:
        raise FanoutLintError(f"{path}: {error}") from error


def _read_json(path: Path) -> dict[str, Any] | None:
    import json

    try:
        held = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) and isinstance(held.get("rules"), list) else None


def _keep(path: Path, held: Mapping[str, Any]) -> None:
    """Write the index beside its place and move it there, so that no one reads half of it.

    A checkout that cannot be written to works as well, only slower.
    """
    import json

    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(held, separators=(",", ":")), encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)

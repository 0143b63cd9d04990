"""A rule's README to the record that the index holds of it.

The front matter stands between two lines of ``---`` at the README's top. A rule
that says one thing has ``message`` and ``help``; one with several faces has
``messages``, by face. A record has always ``messages``, with the face ``""`` in
the first case, so that who reads the index meets one form.

This module imports nothing of the program: the wheel's build loads it by path.
"""

import re
from typing import Any

_FRONT_MATTER = r"---[ \t]*\n(?P<head>.*?)^---[ \t]*(?:\n|\Z)"

_WEIGHT = ("severity", "stage", "confidence")


def split(text: str) -> tuple[str, str]:
    """Return the front matter and the body of a README.

    :raises ValueError: when the text does not start with front matter.
    """
    found = re.match(_FRONT_MATTER, text, re.DOTALL | re.MULTILINE)
    if found is None:
        raise ValueError("it has no front matter between two lines of ---")
    return found["head"], text[found.end() :]


def read(text: str) -> dict[str, Any]:
    """Return the front matter as it is written.

    :raises ValueError: when there is none, or when it is no map.
    """
    import yaml

    head, _ = split(text)
    try:
        front = yaml.load(head, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(f"its front matter cannot be read: {error}") from error
    if not isinstance(front, dict):
        raise ValueError("its front matter is no map")
    return front


def record(text: str, folder: str) -> dict[str, Any]:
    """Return what the index holds of the README *text* in the rule folder *folder*.

    :raises ValueError: when the front matter cannot be read, or its ``id`` is
        not the folder's name.
    """
    front = read(text)
    if front.get("id") != folder.replace("_", "-"):
        raise ValueError(f"its id {front.get('id')!r} is not the folder's name in kebab-case")
    if "message" in front:
        face = {name: front.pop(name) for name in ("message", "help") if name in front}
        front["messages"] = {"": face}
    if isinstance(front.get("messages"), dict):
        front["messages"] = {face: _whole(said, front) for face, said in front["messages"].items()}
    return {**front, "folder": folder}


def _whole(said: object, front: dict[str, Any]) -> object:
    """Return the texts of one face with its weight, which is the rule's where it says no other."""
    if not isinstance(said, dict):
        return said
    weight = {name: front[name] for name in _WEIGHT if name in front}
    return {"help": "", **weight, **said}

"""Names that Argo refuses, and entries without one."""

import string
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.lint_order import in_sight
from fanout_lint.analysis.name_lists import NameList, name_lists
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import Manifest
from fanout_lint.syntax.nodes import Mapping, Scalar

_LETTERS = string.ascii_letters + string.digits + "-"
_WORDS = _LETTERS + "_"
_LONGEST = 128


def check(facts: Facts) -> Iterator[Hit]:
    hits = (each for manifest in facts.focus for each in _of_manifest(manifest))
    return in_sight(facts.focus, hits)


def _of_manifest(manifest: Manifest) -> Iterator[Hit]:
    for names in name_lists(manifest):
        is_part = names.noun in ("parameter", "artifact")
        for entry in names.entries:
            name = entry.get("name")
            if name is None or (type(name) is Scalar and not name.value):
                yield from _missing(manifest, names, entry)
            elif type(name) is Scalar and not _is_plain(name.value, is_part):
                yield from _odd(manifest, names, name, is_part)
            shared = entry.get("globalName") if names.is_outputs else None
            if type(shared) is Scalar and shared.value.strip(_WORDS):
                yield from _odd_global(manifest, names, shared)


def _is_plain(name: str, is_part: bool) -> bool:
    """Whether *name* is one that Argo takes; the strips ask for all characters at once."""
    if is_part:
        return not name.strip(_WORDS)
    return not name.strip(_LETTERS) and name[0] != "-" and len(name) <= _LONGEST


def _missing(manifest: Manifest, names: NameList, entry: Mapping) -> Iterator[Hit]:
    from fanout_lint.rulebook.words import nearest_name

    key = entry.key("name")
    if key is None:
        if any(word.lower() == "name" for word in entry.entries):
            return  # In a step the case of letters does not matter; elsewhere that is told.
        if nearest_name("name", entry.entries) is not None:
            return  # Misspelt, which is told as such.
        key = next((other.key for other in entry.entries.values()), None)
    place = Place(manifest.path, entry.span if key is None else key.span)
    yield hit(place, "missing", noun=names.noun)


def _odd(manifest: Manifest, names: NameList, name: Scalar, is_part: bool) -> Iterator[Hit]:
    from fanout_lint.analysis.odd_names import filled, is_prepared, kept_tag, nearest

    if type(name.resolved) is not str or is_prepared(name.value):
        return
    place = Place(manifest.path, name.span)
    near = nearest(name.value, _WORDS if is_part else _LETTERS)
    kept = kept_tag(manifest, names, name)
    if kept is not None:
        is_looped = kept.startswith("item") and names.noun in ("step", "task")
        face = "item" if is_looped else "tag"
        yield hit(place, face, noun=names.noun, text=kept, near=near or "process")
        return
    text = filled(names, name)
    if text is None or _is_plain(text, is_part):
        return
    words = {"thing": names.thing, "name": name.value}
    if len(text) > _LONGEST and not text.strip(_LETTERS):
        yield hit(place, "long", noun=names.noun, length=str(len(text)))
    else:
        way = f"write '{near}', here and where it is spoken of" if near else "give it another one"
        yield hit(place, "part" if is_part else "name", way=way, **words)


def _odd_global(manifest: Manifest, names: NameList, name: Scalar) -> Iterator[Hit]:
    from fanout_lint.analysis.odd_names import is_prepared, nearest

    if "{{" in name.value or type(name.resolved) is not str or is_prepared(name.value):
        return
    near = nearest(name.value, _WORDS)
    way = f"write '{near}', here and in 'workflow.outputs'" if near else "give it another one"
    yield hit(Place(manifest.path, name.span), "global", name=name.value, way=way)

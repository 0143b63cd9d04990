"""Names that Argo refuses, and entries without one."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.lint_order import in_sight
from fanout_lint.analysis.name_lists import LETTERS, LONGEST, WORDS, NameList, name_lists
from fanout_lint.analysis.odd_names import filled, is_prepared, kept_tag, nearest
from fanout_lint.findings import Hit, Place, hit
from fanout_lint.model.workflow import Manifest
from fanout_lint.rulebook.words import nearest_name
from fanout_lint.syntax.nodes import Mapping, Scalar


def check(facts: Facts) -> Iterator[Hit]:
    hits = (each for manifest in facts.focus for each in _of_manifest(manifest))
    return in_sight(facts.focus, hits)


def _of_manifest(manifest: Manifest) -> Iterator[Hit]:
    for names in name_lists(manifest):
        for entry in names.entries:
            name = entry.get("name")
            if name is None or (type(name) is Scalar and not name.value):
                yield from _missing(manifest, names, entry)
            elif type(name) is Scalar and not names.takes(name.value):
                yield from _odd(manifest, names, name)
            shared = entry.get("globalName") if names.is_outputs else None
            if type(shared) is Scalar and shared.value.strip(WORDS):
                yield from _odd_global(manifest, names, shared)


def _missing(manifest: Manifest, names: NameList, entry: Mapping) -> Iterator[Hit]:
    key = entry.key("name")
    if key is None:
        if any(word.lower() == "name" for word in entry.entries):
            return  # In a step the case of letters does not matter; elsewhere that is told.
        if nearest_name("name", entry.entries) is not None:
            return  # Misspelt, which is told as such.
        key = next((other.key for other in entry.entries.values()), None)
    place = Place(manifest.path, entry.span if key is None else key.span)
    yield hit(place, "missing", noun=names.noun)


def _odd(manifest: Manifest, names: NameList, name: Scalar) -> Iterator[Hit]:
    if type(name.resolved) is not str or is_prepared(name.value):
        return
    place = Place(manifest.path, name.span)
    near = nearest(name.value, WORDS if names.is_of_parts else LETTERS)
    near = "" if any(other.value == near for _, other in names.named) else near
    kept = kept_tag(manifest, names, name)
    if kept is not None:
        is_looped = kept.startswith("item") and names.noun in ("step", "task")
        face = "item" if is_looped else "tag"
        yield hit(place, face, noun=names.noun, text=kept, near=near or "process")
        return
    text = filled(names, name)
    if text is None or names.takes(text):
        return
    words = {"thing": names.thing, "name": name.value}
    if len(text) > LONGEST and not text.strip(LETTERS):
        yield hit(place, "long", noun=names.noun, length=str(len(text)))
    else:
        way = f"write '{near}', here and where it is spoken of" if near else "give it another one"
        yield hit(place, "part" if names.is_of_parts else "name", way=way, **words)


def _odd_global(manifest: Manifest, names: NameList, name: Scalar) -> Iterator[Hit]:
    if "{{" in name.value or type(name.resolved) is not str or is_prepared(name.value):
        return
    near = nearest(name.value, WORDS)
    way = f"write '{near}', here and in 'workflow.outputs'" if near else "give it another one"
    yield hit(Place(manifest.path, name.span), "global", name=name.value, way=way)

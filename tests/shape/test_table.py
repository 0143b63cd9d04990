"""The table is small to load, closed, and made by the script that stands beside it."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from fanout_lint.shape.scalars import expectation
from fanout_lint.shape.table import Leaf, Object, load

_ROOT = Path(__file__).resolve().parents[2]
_SCHEMAS = _ROOT / "schemas"
_SOURCE = _ROOT.parent / "shared" / "argo" / "fields.json"
_RECORD = json.loads((_SCHEMAS / "argo" / "fields.json").read_text(encoding="utf-8"))


def update_script() -> ModuleType:
    loading = importlib.util.spec_from_file_location("update", _SCHEMAS / "update.py")
    assert loading is not None
    assert loading.loader is not None
    module = importlib.util.module_from_spec(loading)
    loading.loader.exec_module(module)
    return module


def test_every_kind_in_the_table_is_a_type_or_a_leaf_that_the_check_knows() -> None:
    table = load()
    texts = {text for said in _RECORD["types"].values() for text in said["fields"].values()}
    inner = {re.sub(r"^((list|map)<)+|>+$", "", text) for text in texts}
    unknown = []
    for text in sorted(inner):
        kind = table.kind(text)
        if isinstance(kind, Leaf):
            try:
                expectation(kind)
            except KeyError:
                unknown.append(text)

    assert unknown == []


def test_versions_have_names_alone_in_a_row_and_up_to_now() -> None:
    table = load()
    named = [
        table.in_words(table.between(since, last))
        for since, last in [("3.6", "3.6"), (None, "3.7"), ("3.5", None), ("3.5", "4.0")]
    ]

    assert named == ["3.6", "3.4 to 3.7", "3.5 and later", "3.5 to 4.0"]


def test_a_version_outside_the_table_is_judged_as_the_nearest() -> None:
    table = load()

    assert table.stated((3, 0)) == table.stated((3, 4))
    assert table.stated((5, 0)) == table.stated((4, 1))
    assert table.stated(None) == table.every


def test_the_four_kinds_and_no_other_have_a_root() -> None:
    table = load()

    assert all(isinstance(table.root(kind), Object) for kind in _RECORD["kinds"])
    assert table.root("Template") is None


def test_the_table_is_what_its_script_makes() -> None:
    if not _SOURCE.exists():
        pytest.skip("needs ../shared/argo/fields.json; runs where that folder is")
    source = json.loads(_SOURCE.read_text(encoding="utf-8"))
    notes = json.loads((_SCHEMAS / "argo" / "notes.json").read_text(encoding="utf-8"))
    made = update_script().make(source, notes)

    assert made == (_SCHEMAS / "argo" / "fields.json").read_text(encoding="utf-8")


def test_a_note_on_what_the_source_lacks_stops_the_script() -> None:
    notes = {"kinds": {"A.b": "text"}, "int64": [], "instead": {}, "always": {}, "aliases": {}}

    with pytest.raises(ValueError, match=r"A\.b"):
        update_script().make({"types": {}}, {**notes, "empty": []})

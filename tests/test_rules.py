"""Every rule folder holds what it promises: its form, and its examples at their exact words."""

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest
from jsonschema import Draft202012Validator

from fanout_lint.rulebook import frontmatter
from fanout_lint.rulebook.contract import RuleCard
from fanout_lint.rulebook.index import load_index
from fanout_lint.rulebook.run import load
from tests.rule_examples import Example, as_told, examples, lint_example

_ROOT = Path(__file__).resolve().parent.parent
_RULES = _ROOT / "rules"
_FOLDERS = sorted(path.parent for path in _RULES.glob("*/README.md"))
_SCHEMA = json.loads((_ROOT / "schemas" / "rule.schema.json").read_text(encoding="utf-8"))

_WITHOUT_BAD = {"internal-error": "one that we knew of would be mended"}


def _cases(bad: bool) -> Iterator[object]:
    for folder in _FOLDERS:
        rule = folder.name.replace("_", "-")
        for example in examples((folder / "README.md").read_text(encoding="utf-8")):
            if example.is_bad is bad:
                yield pytest.param(rule, example, id=f"{rule}:{example.line}")


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_front_matter_is_as_the_schema_says(folder: Path) -> None:
    front = frontmatter.read((folder / "README.md").read_text(encoding="utf-8"))
    validator = Draft202012Validator(_SCHEMA)

    assert [error.message for error in validator.iter_errors(front)] == []


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_readme_says_what_why_and_how_and_shows_both_sides(folder: Path) -> None:
    _, body = frontmatter.split((folder / "README.md").read_text(encoding="utf-8"))
    rule = folder.name.replace("_", "-")
    outside = re.sub(r"^```.*?^```$", "", body, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ .*$", outside, re.MULTILINE)
    prose = body.partition(f"# {rule}\n")[2].partition("\n## ")[0].strip()
    shown = {example.is_bad for example in examples(body)}

    assert headings == [f"# {rule}", "## Bad", "## Good"]
    assert len(prose.split("\n\n")) >= 2
    assert shown == ({False} if rule in _WITHOUT_BAD else {True, False})


@pytest.mark.parametrize("card", [*load_index().values()], ids=lambda card: card.id)
def test_texts_are_templates(card: RuleCard) -> None:
    texts = [text for face in card.messages.values() for text in (face.message, face.help)]

    assert [text for text in texts if not Template(text).is_valid()] == []


@pytest.mark.parametrize("card", [*load_index().values()], ids=lambda card: card.id)
def test_check_takes_the_options_that_the_readme_names(card: RuleCard) -> None:
    has_check = (_RULES / card.folder / "check.py").exists()
    if card.emitted_by is not None:
        assert not has_check
        return
    _, *parameters = inspect.signature(load(card)).parameters

    assert sorted(parameters) == sorted(name.replace("-", "_") for name in card.options)


@pytest.mark.parametrize(("rule", "example"), [*_cases(True)])
def test_bad_example_is_found_at_its_words(rule: str, example: Example, tmp_path: Path) -> None:
    found = lint_example(example, tmp_path, rule)

    assert example.expected != []
    assert as_told(found, example.expected) == sorted(example.expected)


@pytest.mark.parametrize(("rule", "example"), [*_cases(False)])
def test_good_example_is_clean(rule: str, example: Example, tmp_path: Path) -> None:
    found = lint_example(example, tmp_path, rule)

    assert example.expected == []
    assert found == []


@pytest.mark.parametrize(("rule", "example"), [*_cases(True), *_cases(False)])
def test_rule_that_rests_has_nothing_to_say(
    rule: str, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ask every rule about every example: ``needs`` and ``needs-fields`` only save time."""
    resting = lint_example(example, tmp_path / "resting", rule)
    for ground in ("_has_kinds", "_has_fields"):
        monkeypatch.setattr(f"fanout_lint.rulebook.run.{ground}", lambda card, given: True)

    assert lint_example(example, tmp_path / "asked", rule) == resting

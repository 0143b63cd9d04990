"""The index says what the READMEs say, and is made again when one has changed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from fanout_lint.assets import asset_dir
from fanout_lint.errors import FanoutLintError
from fanout_lint.findings import Confidence, Severity, Stage
from fanout_lint.rulebook import contract, frontmatter
from fanout_lint.rulebook.index import load_index


def _write(rules: Path, folder: str, front: str) -> Path:
    path = rules / folder / "README.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{dedent(front)}---\n# a rule\n", encoding="utf-8")
    return path


_FRONT = """\
    id: bad-step
    summary: A step is bad
    message: "$step is bad"
    help: mend it
    severity: warning
    stage: risk
    confidence: likely
    since: 0.1.0
    covers: [F01]
    sources: []
    """


def test_card_says_what_the_readme_says(tmp_path: Path) -> None:
    _write(tmp_path, "bad_step", _FRONT)
    card = load_index(tmp_path)["bad-step"]

    assert card == contract.RuleCard(
        id="bad-step",
        summary="A step is bad",
        severity=Severity.WARNING,
        stage=Stage.RISK,
        confidence=Confidence.LIKELY,
        since="0.1.0",
        covers=("F01",),
        needs=(),
        needs_fields=(),
        options={},
        sources=(),
        messages={
            "": contract.Message(
                "$step is bad", "mend it", Severity.WARNING, Stage.RISK, Confidence.LIKELY
            )
        },
        emitted_by=None,
        folder="bad_step",
    )


def test_faces_weigh_as_the_rule_unless_they_say_otherwise(tmp_path: Path) -> None:
    faces = """\
    messages:
      one: {message: it is one, help: ""}
      two: {message: it is two, help: "", severity: error, stage: runtime, confidence: certain}
    """
    front = dedent(_FRONT).replace('message: "$step is bad"\nhelp: mend it\n', dedent(faces))
    _write(tmp_path, "bad_step", front)
    messages = load_index(tmp_path)["bad-step"].messages

    assert messages == {
        "one": contract.Message("it is one", "", Severity.WARNING, Stage.RISK, Confidence.LIKELY),
        "two": contract.Message("it is two", "", Severity.ERROR, Stage.RUNTIME, Confidence.CERTAIN),
    }


def test_kept_index_is_used_while_no_readme_changes(tmp_path: Path) -> None:
    _write(tmp_path, "bad_step", _FRONT)
    load_index(tmp_path)
    kept = tmp_path / ".index.json"
    held = json.loads(kept.read_text(encoding="utf-8"))
    held["rules"][0]["summary"] = "As it was kept"
    kept.write_text(json.dumps(held), encoding="utf-8")

    assert load_index(tmp_path)["bad-step"].summary == "As it was kept"


def test_index_is_made_again_when_a_readme_changes(tmp_path: Path) -> None:
    path = _write(tmp_path, "bad_step", _FRONT)
    load_index(tmp_path)
    _write(tmp_path, "bad_step", _FRONT.replace("A step is bad", "A step is new"))
    os.utime(path, (1, 1))

    assert load_index(tmp_path)["bad-step"].summary == "A step is new"


def test_index_is_made_again_when_a_rule_comes_or_goes(tmp_path: Path) -> None:
    path = _write(tmp_path, "bad_step", _FRONT)
    load_index(tmp_path)
    _write(tmp_path, "another", _FRONT.replace("bad-step", "another"))
    with_both = list(load_index(tmp_path))
    path.unlink()

    assert (with_both, list(load_index(tmp_path))) == (["another", "bad-step"], ["another"])


@pytest.mark.parametrize("text", ["{", "[]", '{"rules": 1}', '{"form": 0, "rules": []}', ""])
def test_kept_index_that_is_broken_is_made_again(tmp_path: Path, text: str) -> None:
    _write(tmp_path, "bad_step", _FRONT)
    (tmp_path / ".index.json").write_text(text, encoding="utf-8")

    assert list(load_index(tmp_path)) == ["bad-step"]


def test_shipped_index_comes_before_the_readmes(tmp_path: Path) -> None:
    path = _write(tmp_path, "bad_step", _FRONT)
    record = frontmatter.record(path.read_text(encoding="utf-8"), "bad_step")
    record["summary"] = "As it was shipped"
    (tmp_path / "index.json").write_text(json.dumps({"rules": [record]}), encoding="utf-8")

    assert load_index(tmp_path)["bad-step"].summary == "As it was shipped"


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("id: other\n", "its id 'other' is not the folder's name"),
        ("- a\n", "its front matter is no map"),
        ("a: [\n", "its front matter cannot be read"),
        ("id: bad-step\nmessage: x\n", "has an unknown word: Object missing required field"),
    ],
)
def test_readme_that_cannot_be_followed_is_named(tmp_path: Path, front: str, reason: str) -> None:
    _write(tmp_path, "bad_step", front)

    with pytest.raises(FanoutLintError, match=reason):
        load_index(tmp_path)


def test_index_of_the_checkout_holds_every_rule_folder() -> None:
    folders = {path.parent.name for path in Path(asset_dir("rules")).glob("*/README.md")}

    assert {card.folder for card in load_index().values()} == folders


def test_fresh_index_is_read_without_yaml() -> None:
    load_index()
    program = (
        "import sys; from fanout_lint.rulebook.index import load_index; load_index();"
        "print('yaml' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert found.stdout == "False\n"

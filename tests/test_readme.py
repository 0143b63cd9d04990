"""What the README shows is what the program does."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from fanout_lint.cli.entry import run
from fanout_lint.rulebook.index import load_index

_ROOT = Path(__file__).resolve().parent.parent
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"^```(console|yaml)\n(.*?)^```$", _README, re.MULTILINE | re.DOTALL)
_SHOWN = [text for kind, text in _BLOCKS if kind == "console" and text.startswith("$ ")]
_LINES = [row for kind, text in _BLOCKS if kind == "console" for row in text.splitlines()]
_OWN = [row for row in _LINES if row.startswith("fanout-lint ")]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_ROOT)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def test_shown_output_is_that_of_a_real_run(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = _SHOWN
    command, _, output = shown.partition("\n")
    code = run(shlex.split(command)[2:])

    assert capsys.readouterr() == (output, "")
    assert code == 1


def test_first_command_installs_and_lints(capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = [row for row in _LINES if row.startswith("pip install . && ")]
    code = run(shlex.split(command.partition("&& ")[2])[1:])

    assert (code, capsys.readouterr().err) == (0, "")


def test_tests_are_run_as_ci_does() -> None:
    ci = (_ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "pip install -e '.[dev]' && pytest" in _LINES
    assert "-e '.[dev]'" in ci


@pytest.mark.parametrize("row", _OWN)
def test_command_that_is_named_can_be_given(
    row: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "workflows").mkdir()
    clean = _ROOT / "fixtures" / "clean" / "list-printed-by-a-script.yaml"
    (tmp_path / "workflows" / "w.yaml").write_bytes(clean.read_bytes())
    monkeypatch.chdir(tmp_path)
    code = run(shlex.split(row, comments=True)[1:])

    assert (code, capsys.readouterr().err) == (0, "")


def test_hooks_and_rules_that_are_named_exist() -> None:
    hooks = yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    ids = {hook["id"] for hook in hooks}
    named = set(re.findall(r"- id: ([\w-]+)", _README))
    allowed = set(re.findall(r"allow\[([\w-]+)\]", _README))

    assert named == ids
    assert allowed <= load_index().keys()

"""A folder with small workflows in it, and ways to run the command line there."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from fanout_lint.cli.entry import run

CLEAN = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: clean-}
spec:
  entrypoint: main
  templates:
    - name: main
      container: {image: "alpine:3.20", command: [date]}
"""
WRONG = CLEAN.replace("entrypoint: main", "entrypoint: mian")
WARNED = CLEAN.replace("spec:", "spec:  # fanout-lint: allow[empty-loop] it hides nothing")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, a project of its own, with a clean workflow and a wrong one."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "clean.yaml").write_text(CLEAN)
    (tmp_path / "wrong.yaml").write_text(WRONG)
    return tmp_path


@pytest.fixture
def lint(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def call(*arguments: str) -> Outcome:
        code = run(arguments)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return call


def start(
    *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Outcome:
    """Run the command line as a process of its own, through the console script's function."""
    done = subprocess.run(
        [sys.executable, "-c", "from fanout_lint.cli.entry import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(environment or {})},
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

"""Both hooks work in a repository of another's, through the real pre-commit."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_FAULTY = _ROOT / "fixtures" / "faulty"

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("pre_commit") is None or shutil.which("git") is None,
        reason="runs where pre-commit and git are installed: the dev extra and git",
    ),
    pytest.mark.timeout(600),
]


def _run(*command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    # Git sets these for its hooks, and this may be run by one.
    for name in [name for name in environment if name.startswith("GIT_") and "CONFIG" not in name]:
        del environment[name]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    done = _run("git", *identity, *arguments, folder=folder, home=folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what a checkout of ours has, as it is on the disk now."""
    folder = tmp_path_factory.mktemp("ours")
    for name in ("src", "rules", "schemas"):
        shutil.copytree(
            _ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".index*")
        )
    for name in (
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        ".pre-commit-hooks.yaml",
    ):
        shutil.copy(_ROOT / name, folder)
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "All")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment that all tests here use."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A repository with a library, and files of other tools that are no YAML for us."""
    (tmp_path / "library.yaml").write_bytes(
        (_FAULTY / "argument-nobody-takes-elsewhere" / "library.yaml").read_bytes()
    )
    (tmp_path / "theme.yaml").write_text("colours: [red\n", encoding="utf-8")
    (tmp_path / "settings.json").write_text("// of an editor\n{}\n", encoding="utf-8")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-q", "-m", "All")
    return tmp_path


def _try(hook: str, ours: Path, theirs: Path, home: Path, *more: str) -> tuple[int, str]:
    command = (sys.executable, "-m", "pre_commit", "try-repo", str(ours), hook, "--verbose", *more)
    done = _run(*command, folder=theirs, home=home)
    return done.returncode, done.stdout + done.stderr


_CALL = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: index-}
spec:
  entrypoint: main
  templates:
    - name: main
      steps:
        - - name: index
            templateRef: {name: indexing, template: TEMPLATE}
"""


def test_changed_file_is_linted_against_the_whole_project(
    ours: Path, theirs: Path, home: Path
) -> None:
    (theirs / "call.yaml").write_text(_CALL.replace("TEMPLATE", "index-shrad"), encoding="utf-8")
    _git(theirs, "add", "call.yaml")
    code, output = _try("fanout-lint", ours, theirs, home)

    assert code == 1, output
    assert "error[unresolved-template]" in output
    assert "--> call.yaml:10:" in output


def test_changed_file_that_is_right_passes(ours: Path, theirs: Path, home: Path) -> None:
    (theirs / "call.yaml").write_text(_CALL.replace("TEMPLATE", "index-shard"), encoding="utf-8")
    _git(theirs, "add", "call.yaml")
    code, output = _try("fanout-lint", ours, theirs, home)

    assert code == 0, output
    assert "No findings in 1 file" in output


def test_files_of_other_tools_do_not_fail_the_hook(ours: Path, theirs: Path, home: Path) -> None:
    files = ("--files", "theme.yaml", "settings.json")
    code, output = _try("fanout-lint", ours, theirs, home, *files)

    assert code == 0, output
    assert "Passed" in output


def test_project_hook_finds_what_was_not_changed(ours: Path, theirs: Path, home: Path) -> None:
    (theirs / "call.yaml").write_text(_CALL.replace("TEMPLATE", "index-shrad"), encoding="utf-8")
    _git(theirs, "add", "call.yaml")
    _git(theirs, "commit", "-q", "-m", "Call")
    code, output = _try("fanout-lint-project", ours, theirs, home)

    assert code == 1, output
    assert "--> call.yaml:10:" in output

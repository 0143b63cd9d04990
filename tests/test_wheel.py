"""The wheel, built and installed elsewhere, works on its own."""

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from fanout_lint.rulebook.index import load_index

_ROOT = Path(__file__).parent.parent
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(module) is None for module in ("build", "hatchling", "pip")),
    reason="runs where build, hatchling and pip are installed: the dev extra and pip",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network: hatchling is installed already."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    built = subprocess.run(
        [*command, str(_ROOT)], capture_output=True, text=True, timeout=120, check=False
    )

    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it and nothing else, as pip unpacks it."""
    target = tmp_path_factory.mktemp("installed")
    command = [*_PIP, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return target


def _run(installed: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed program with our dependencies, but without the checkout on its path."""
    packages = sysconfig.get_paths()["purelib"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(installed), packages))}
    script = (
        "import sys, fanout_lint; assert fanout_lint.__file__.startswith(sys.argv[1]); "
        "del sys.argv[1]; from fanout_lint.cli.entry import main; main()"
    )
    # Without -S, an editable install in our own environment would put the checkout on the path.
    return subprocess.run(
        [sys.executable, "-S", "-c", script, str(installed), *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=60,
        check=False,
    )


def test_wheel_holds_rules_with_their_index_and_schemas(wheel: Path) -> None:
    inside = ZipFile(wheel).namelist()

    assert "fanout_lint/_assets/rules/index.json" in inside
    assert "fanout_lint/_assets/rules/empty_loop/README.md" in inside
    assert "fanout_lint/_assets/schemas/report.schema.json" in inside
    assert "fanout_lint/py.typed" in inside
    assert [name for name in inside if name.startswith(("tests/", "src/"))] == []


def test_wheel_has_the_console_script(wheel: Path) -> None:
    with ZipFile(wheel) as files:
        (entry,) = [name for name in files.namelist() if name.endswith("entry_points.txt")]

        assert "fanout-lint = fanout_lint.cli.entry:main" in files.read(entry).decode()


def test_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "--version", folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("fanout-lint ")


def test_installed_program_knows_all_rules(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "rules", "--format", "json", folder=tmp_path)

    assert done.stderr == ""
    assert [rule["id"] for rule in json.loads(done.stdout)["rules"]] == list(load_index())


def test_installed_program_explains_a_rule(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "explain", "empty-loop", folder=tmp_path)

    assert done.stdout.startswith("# empty-loop\n")


def test_installed_program_finds_faults(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: w-}\n"
        "spec:\n  entrypoint: main\n  templates:\n    - name: main\n      steps:\n"
        "        - - {name: a, template: nope}\n"
    )

    done = _run(installed, "w.yaml", "--format", "line", folder=tmp_path)

    assert done.stdout.startswith("w.yaml:9:33: error unresolved-template: "), done.stderr

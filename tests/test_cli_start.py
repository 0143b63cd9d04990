"""The process as a shell sees it: what a start costs, and how it ends."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import CLEAN, WRONG, start

_CALL = [sys.executable, "-c", "from fanout_lint.cli.entry import main; main()"]

_FORBIDDEN = {
    "asyncio", "calendar", "click", "concurrent.futures", "difflib", "email", "fractions",
    "hashlib", "http", "importlib.metadata", "importlib.resources", "jinja2", "json",
    "jsonschema", "logging", "multiprocessing", "pathspec", "random", "rich", "socket", "string",
    "subprocess", "tempfile", "tomllib", "tree_sitter", "tree_sitter_bash", "unicodedata", "xml",
    "zoneinfo",
    "fanout_lint.analysis.foreign", "fanout_lint.analysis.libraries",
    "fanout_lint.discovery.kustomizations", "fanout_lint.discovery.links",
    "fanout_lint.languages.cron", "fanout_lint.languages.expression",
    "fanout_lint.languages.gojson", "fanout_lint.languages.sprig", "fanout_lint.languages.when",
    "fanout_lint.report.passage", "fanout_lint.source.ignore", "fanout_lint.verdict.render",
}  # fmt: skip
"""Modules that a clean run has no use for."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "clean.yaml").write_text(CLEAN)
    (tmp_path / "wrong.yaml").write_text(WRONG)


def test_clean_run_imports_nothing_heavy() -> None:
    script = (
        "import sys; before = set(sys.modules)\n"  # An editable install's hook may import some.
        "from fanout_lint.cli.entry import run\n"
        "assert run(['clean.yaml']) == 0\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )

    imported = set(done.stdout.splitlines()[-1].split())
    assert "fanout_lint.engine" in imported
    assert imported & _FORBIDDEN == set()


def test_shell_script_is_read_without_what_the_package_of_the_grammar_imports() -> None:
    script = (
        "import sys; before = set(sys.modules)\n"
        "from fanout_lint.analysis.scripts.shell.parse import parse\n"
        "assert parse('echo 1') is not None\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )

    assert set(done.stdout.split()) & {"importlib.resources", "tempfile"} == set()


def test_run_with_findings_imports_no_rich() -> None:
    script = (
        "import sys\nfrom fanout_lint.cli.entry import run\n"
        "assert run(['wrong.yaml']) == 1\nassert 'rich' not in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)


def test_version_is_printed_without_the_engine() -> None:
    script = (
        "import sys\nfrom fanout_lint.cli.entry import run\n"
        "assert run(['--version']) == 0\nassert 'fanout_lint.engine' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("fanout-lint 0.")


@pytest.mark.parametrize("slow", ["", "1"])
def test_exit_code_and_output_reach_the_shell_on_both_ways_out(slow: str) -> None:
    done = start("wrong.yaml", environment={"FANOUT_LINT_NO_FAST_EXIT": slow})

    assert done.code == 1
    assert done.out.endswith("Found 1 error in 1 file.\n")


def test_stdin_is_linted_under_the_name_it_is_given() -> None:
    done = start("-", "--stdin-filename", "sub/w.yaml", "--format", "line", stdin=WRONG.encode())

    assert done.code == 1
    assert done.out.startswith("sub/w.yaml:5:15: error ")


def test_reader_that_leaves_early_is_no_fault() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" wrong.yaml --format json | true', "sh", *_CALL],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="runs where there is /dev/full: Linux")
def test_full_disk_is_told_and_exits_with_2() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*_CALL, "clean.yaml"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 2
    assert done.stderr.startswith("fanout-lint: error: the output could not be written")


def test_closed_stdout_is_no_fault() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" clean.yaml >&-', "sh", *_CALL],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_interrupt_exits_with_130_and_no_traceback() -> None:
    # Where we run in the background, an interrupt is ignored, and children inherit that.
    script = (
        "import signal, sys, fanout_lint.cli.entry as entry\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.argv = ['fanout-lint', '-']\n"
        "entry.main()\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1)  # It waits for stdin by then.
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)

    assert running.returncode == 130
    assert b"Traceback" not in err


def test_exception_nobody_expected_is_our_fault() -> None:
    script = (
        "import sys, fanout_lint.cli.entry as entry\n"
        "sys.argv = ['fanout-lint', 'clean.yaml']\n"
        "sys.setrecursionlimit(40)\n"
        "entry.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 3
    assert "RecursionError" in done.stderr


def test_terminal_gets_colours_in_its_width() -> None:
    main, other = pty.openpty()
    done = subprocess.run(
        [*_CALL, "wrong.yaml"],
        stdout=other,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm"},
        check=False,
    )
    os.close(other)
    shown = b""
    while select.select([main], [], [], 0.2)[0]:
        try:
            shown += os.read(main, 65536)
        except OSError:
            break
    os.close(main)

    assert done.returncode == 1
    assert shown.startswith(b"\x1b[1;31merror[unresolved-template]\x1b[0m")

"""Work that copies of the process share comes out as if one had done it all."""

import subprocess
import sys
from pathlib import Path

import pytest

from fanout_lint.engine.lint import Request, lint
from fanout_lint.engine.spread import spread
from fanout_lint.findings import Edit, Hit, Place, Related
from fanout_lint.rulebook.run import Outcome
from fanout_lint.source.text import Span

_PLACE = Place("a.yaml", Span(3, 7))
_HIT = Hit("bad-step", _PLACE, "face", {"a": "ü"}, (Related(_PLACE, "here", True),),
           (Edit(_PLACE, "x"),), True)  # fmt: skip


def _in_a_process_without_threads(script: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True, text=True, timeout=60, cwd=folder,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("processes", [1, 2, 3, 7])
@pytest.mark.parametrize("count", [20, 1000])
def test_results_come_in_order_whoever_made_them(
    processes: int, count: int, tmp_path: Path
) -> None:
    script = (
        "import os, time; from fanout_lint.engine.spread import spread\n"
        "told = []\n"
        "def work(index):\n"
        "    open(str(os.getpid()), 'w').close()\n"
        f"    while len(os.listdir()) < {processes}: time.sleep(0.001)  # Until all are here.\n"
        "    return (index * index, os.getpid())\n"
        f"found = spread(work, {count}, {processes}, tuple[int, int], lambda: told.append(1))\n"
        f"print([square for square, _ in found] == [n * n for n in range({count})], len(told),\n"
        "      len({pid for _, pid in found}))\n"
    )

    assert _in_a_process_without_threads(script, tmp_path) == f"True {count} {processes}\n"


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), 9)", "1 / 0"])
def test_what_a_copy_does_not_end_is_done_by_the_first(end: str, tmp_path: Path) -> None:
    script = (
        "import os, time; from fanout_lint.engine.spread import spread\n"
        "first = os.getpid()\n"
        "def work(index):\n"
        "    if os.getpid() != first:\n"
        f"        open('taken', 'w').close(); {end}\n"
        "    while not os.path.exists('taken'): time.sleep(0.001)\n"
        "    return index\n"
        "print(spread(work, 10, 2, int, lambda: None) == list(range(10)))\n"
    )

    assert _in_a_process_without_threads(script, tmp_path) == "True\n"


@pytest.mark.parametrize("refused", ["fork", "pipe"])
def test_work_is_done_where_the_system_allows_no_more_processes(
    refused: str, tmp_path: Path
) -> None:
    script = (
        "import os; from fanout_lint.engine.spread import spread\n"
        "def no_more(): raise BlockingIOError(11, 'Resource temporarily unavailable')\n"
        f"os.{refused} = no_more\n"
        "told = []\n"
        "print(spread(lambda index: index, 9, 3, int, lambda: told.append(1)), len(told))\n"
    )

    assert _in_a_process_without_threads(script, tmp_path) == f"{list(range(9))} 9\n"


def test_hits_are_the_same_after_the_way() -> None:
    from msgspec import msgpack

    outcome = Outcome((_HIT, Hit("x", _PLACE)), frozenset({"bad-step"}))

    assert msgpack.decode(msgpack.encode(outcome), type=Outcome) == outcome


def test_large_results_do_not_stop_the_way(tmp_path: Path) -> None:
    script = (
        "from fanout_lint.engine.spread import spread\n"
        "found = spread(lambda index: 'x' * 300_000, 9, 3, str, lambda: None)\n"
        "print(len(found), {len(text) for text in found})\n"
    )

    assert _in_a_process_without_threads(script, tmp_path) == "9 {300000}\n"


def test_report_is_the_same_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty = Path(__file__).parents[2] / "fixtures" / "faulty"
    texts = [path.read_text() for path in sorted(faulty.rglob("*.yaml"))]
    (tmp_path / ".git").mkdir()
    for number in range(120):
        (tmp_path / f"{number}.yaml").write_text(texts[number % len(texts)])
    script = (
        "import sys; from fanout_lint.cli.entry import run; import fanout_lint.engine.spread as s\n"
        "s.processes_for.__code__ = (lambda files: %s).__code__\n"
        "run(['--format', 'json', '--exit-zero', '.'])\n"
    )
    one, three = (_in_a_process_without_threads(script % n, tmp_path) for n in (1, 3))

    assert one == three
    assert one.count('"rule"') > 100


def test_program_with_threads_is_not_copied(tmp_path: Path) -> None:
    script = (
        "import threading; from fanout_lint.engine.spread import processes_for\n"
        "before = processes_for(10**6)\n"
        "waiting = threading.Event(); thread = threading.Thread(target=waiting.wait)\n"
        "thread.start(); print(processes_for(10**6), before >= 1); waiting.set()\n"
    )

    assert _in_a_process_without_threads(script, tmp_path) == "1 True\n"


def test_library_makes_no_copies_unless_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fork", lambda: pytest.fail("copied"), raising=False)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.chdir(tmp_path)
    for number in range(150):
        (tmp_path / f"{number}.yaml").write_text("kind: Workflow\n")

    assert lint(Request((".",))).summary.errors == 0
    assert spread(lambda index: index, 3, 1, int, lambda: None) == [0, 1, 2]

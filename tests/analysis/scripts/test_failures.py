"""Exceptions that a Python script causes itself: each of these is really run."""

from pathlib import Path

import pytest

from fanout_lint.analysis.scripts.python.analyse import analyse
from tests.analysis.scripts.real import run_python
from tests.analysis.scripts.test_python import CASES
from tests.analysis.scripts.test_python import HEAD as PYTHON_HEAD

HEAD = """import json, sys
from datetime import date, timedelta
from pathlib import Path
n = len(sys.argv) + 1
"""
FAILING = [
    ("print(json.dumps(i for i in range(2)))", True),
    ("json.dump({1, 2}, sys.stdout)", True),
    ("print(json.dumps([date.today()]))", True),
    ("print(json.dumps({'path': Path('a')}))", True),
    ("Path('x').write_text([1])", True),
    ("def main():\n  json.dump(map(str, [1]), sys.stdout)\nmain()", True),
    ("print(json.dumps([date.today() + timedelta(days=i) for i in range(n)]))", False),
    ("print(json.dumps(sorted(Path('/').glob('*'))))", False),
    (
        "days = []\nfor i in range(n):\n  days.append([date.today()])\nprint(json.dumps(days))",
        False,
    ),
]
SILENT = [
    "print(json.dumps([date.today()], default=str))",
    "try:\n  print(json.dumps({1}))\nexcept TypeError:\n  print('[]')",
    "from contextlib import suppress\nwith suppress(TypeError):\n  json.dumps({1})\nsys.exit(1)",
    "if n > 5:\n  print(json.dumps([date.today() for i in range(n)]))",
    "sys.exit(1)",
    "raise ValueError(1)",
]
#: What json can write, though it may look as if it could not.
RUNNING = [
    "print(json.dumps([p.name for p in sorted(Path('/').glob('*'))]))",
    "print(json.dumps(Path('/a/b').parts))",
    "print(json.dumps([{1}.issubset({1, 2}), {1}.isdisjoint({2})]))",
    "print(json.dumps([date.today().year, main.__name__]))",
    "def f(*names): print(json.dumps(names))\nf('a')",
    "print(json.dumps(tuple(sys.argv)))\nprint(json.dumps((1, 2, 3)[1:]))",
    "Path('x').write_text('a')\nprint(json.dumps(open('x').readlines()))",
    "class Job:\n  def __init__(self): self.name = 'a'\nprint(json.dumps([Job().__dict__]))",
    "class Job:\n  kind = 'a' + 'b'\nprint(json.dumps([Job().kind]))",
    "class Job:\n  def __new__(cls): return [1]\nprint(json.dumps(Job()))",
    "class Meta(type):\n  def __call__(cls): return []\n"
    "class Job(metaclass=Meta): pass\nprint(json.dumps(Job()))",
    "def swap(cls): return list\n@swap\nclass Job: pass\nprint(json.dumps(Job()))",
    "from enum import Enum\nclass Env(Enum):\n  A = 'a'\nprint(json.dumps([e.value for e in Env]))",
    "from contextlib import contextmanager\n@contextmanager\ndef made(): yield [1]\n"
    "with made() as m: print(json.dumps(m))",
    "def listed(f): return lambda: list(f())\n@listed\ndef made(): yield 1\n"
    "print(json.dumps(made()))",
    "json.JSONEncoder.default = lambda self, o: str(o)\nprint(json.dumps([date.today()]))",
    "days = []\nif n > 5: days.append(date.today())\nprint(json.dumps(days))",
    "row = {'a': 1}\nif n > 5: row['day'] = date.today()\nprint(json.dumps(row))",
    "days = [date.today() for i in range(n)]\n"
    "print(json.dumps([d for d in days if isinstance(d, str)]))",
]
HEAD_OF_RUNNING = HEAD + "def main(): pass\n"


@pytest.mark.parametrize("text", RUNNING)
def test_script_that_really_runs_is_never_said_to_fail(text: str, tmp_path: Path) -> None:
    output = analyse(HEAD_OF_RUNNING + text)

    assert run_python(HEAD_OF_RUNNING + text, tmp_path).code == 0
    assert output.failure is None
    assert not output.always_fails


@pytest.mark.parametrize(("text", "always"), FAILING)
def test_exception_is_told_at_its_statement_and_really_comes(
    text: str, always: bool, tmp_path: Path
) -> None:
    output = analyse(HEAD + text)

    assert output.failure is not None
    assert "TypeError" in output.failure[2]
    assert output.always_fails is always
    assert run_python(HEAD + text, tmp_path).code == 1


@pytest.mark.parametrize("text", SILENT)
def test_exception_that_is_caught_or_meant_is_not_told(text: str) -> None:
    assert analyse(HEAD + text).failure is None


def test_scripts_that_run_well_are_never_said_to_fail() -> None:
    # Each of them ends with code 0 in the real interpreter, as its own test holds.
    assert [text for text, _ in CASES if analyse(PYTHON_HEAD + text).failure] == []

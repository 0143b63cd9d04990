"""Scripts made with a seed are really run; what the analysis calls sure must be so.

The grammars are small and safe: they print, assign, branch and loop, and touch no
file but ``out.txt`` in a folder of their own.
"""

import random
import shutil
import textwrap
from pathlib import Path

import pytest

from fanout_lint.analysis.scripts.files import Writing, writes_to
from fanout_lint.analysis.scripts.outputs import ScriptOutput
from fanout_lint.analysis.scripts.python.analyse import analyse as analyse_python
from fanout_lint.analysis.scripts.shell.analyse import analyse as analyse_shell
from fanout_lint.analysis.scripts.shell.state import Dialect
from fanout_lint.analysis.scripts.verdict import IsJson, NotJson, Verdict, judge_json, judge_list
from tests.analysis.scripts.real import SHELLS, Run, run_python, run_shell

WORDS = (
    "'[1,2]'", '"[\\"a\\"]"', '["a","b"]', "[1,2]", "'[\"a\"]'", "'['", "']'", "hello",
    '"x y"', "$x",
    '"$x"', "$(echo 1)", "'a\\nb'", "'[\"a\\nb\"]'", "$((1+2))", '"[$x,$y]"', "'{\"k\":1}'", "1",
    "','", "-n", "-e", "''", "${z:-[]}", '"${x%,}"', "{a,b}", '\\"a\\"', "[$x]", "$(seq 2)", '"$@"',
)  # fmt: skip
CONDITIONS = ("true", "false", '[ -n "$x" ]')
FORMATS = ("'%s\\n' ", "'[%s]' ", "'\"%s\",' ", "'[1]\\n'", '"[%s]\\n" ')
PLAIN = (
    "true", "false", ":", "exit 0", "set -e", 'test -n "$x"', "cat out.txt", "seq 3", "pwd",
    "exec 2>&1", "exec >&2", "x=1", "y='[]'", "trap 'echo bye' EXIT", 'x="$x,1"', "set -x",
)  # fmt: skip


class ShellMaker:
    """Makes shell scripts out of a few words."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def words(self) -> str:
        return " ".join(self.dice.choice(WORDS) for _ in range(self.dice.randint(0, 3)))

    def block(self, depth: int) -> str:
        return "\n".join(self.command(depth) for _ in range(self.dice.randint(1, 3)))

    def command(self, depth: int = 0) -> str:
        pick = self.dice.choice
        echo = f"echo {self.words()}"
        simple = (
            echo,
            echo,
            f"printf {pick(FORMATS)}{pick(WORDS[:18])}",
            echo + pick((" >&2", " > /dev/null", " 2>&1", " >> out.txt", " > out.txt")),
            f"x={pick(WORDS[:21])}",
            f"cat <<EOF{pick(('', ' >&2'))}\n{pick(('[$x]', 'hello', '[1]'))}\nEOF",
            pick(PLAIN),
            echo + pick((" | cat", " | tee out.txt")),
        )
        if depth > 2 or self.dice.random() < 0.7:
            return pick(simple)
        inner = self.block(depth + 1)
        return pick(
            (
                f"{{ {inner}\n}}{pick(('', ' >&2', ' | cat'))}",
                f"( {inner}\n){pick(('', ' >&2'))}",
                f"if {pick(CONDITIONS)}; then\n{inner}\nfi",
                f"for i in {self.words()}; do\n{inner}\ndone",
                f"f() {{ {inner}\n}}\nf a",
                f"{self.command(depth + 1)}{pick((' && ', ' || '))}{self.command(depth + 1)}",
                f'case "$x" in 1) {inner} ;; *) {self.command(depth + 1)} ;; esac',
                f"x=$({inner})",
            )
        )


PYTHON_HEAD = """\
import json, sys, os, logging, contextlib, io, atexit
n = int(os.environ.get("NOPE", "2"))
s = os.environ.get("NOPE", "ss")
xs = os.environ.get("NOPE", "l m").split()
ys = [1, 2]
d = {"a": 1}
def log(*a): print(*a)
def emit(v): print(json.dumps(v))
def gen():
    yield "g1"
    yield "g2"
class P:
    def run(self): print("ran")
"""
VALUES = (
    "xs", "ys", "[]", "[1, 2]", "['a']", "n", "s", "d", "(1, 2)", "f'{n} {s}'", "json.dumps(xs)",
    "gen()",
    "[x for x in xs if x != s]", "sorted(xs)", "list(range(n))", "str(ys)", "repr(s)", "None",
    "True",
    "'[' + ', '.join(f'\"{x}\"' for x in ys) + ']'", "list(d.items())", "list(gen())", "'[1]'",
    "''",
)  # fmt: skip
STATEMENTS = (
    "print({0})", "print({0})", "print({0}, {1})", "print({0}, file=sys.stderr)",
    "print({0}, end='')",
    "json.dump(ys, sys.stdout)", "sys.stdout.write(str({0}))", "xs = [str({0})]", "ys = []",
    "s = 'x'",
    "xs.append(s)", "ys.append(n)", "d['k'] = n", "n += 1", "log('hi')", "emit(xs)", "P().run()",
    "logging.basicConfig(stream=sys.stdout, level=20)", "logging.info('x %s', s)", "sys.exit(0)",
    "open('out.txt', 'w').write('[1]')", "atexit.register(print, 'bye')", "sys.stdout = sys.stderr",
    "[log(x) for x in xs]", "zs = xs; zs.append('z')", "raise SystemExit", "logging.warning('w')",
)  # fmt: skip
HEADS = (
    "if n:", "if n > 1:", "if xs:", "if not xs:", "if s == 'a':", "if False:", "for i in list(xs):",
    "for i in list(ys):", "for i in range(n):", "for i in range(2):", "while n < 4:\n    n += 1",
    "with contextlib.redirect_stdout(sys.stderr):",
    "with contextlib.redirect_stdout(io.StringIO()):",
)  # fmt: skip


class PythonMaker:
    """Makes Python scripts out of a few statements."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def block(self, depth: int = 0) -> str:
        return "\n".join(self.statement(depth) for _ in range(self.dice.randint(1, 3)))

    def statement(self, depth: int) -> str:
        pick = self.dice.choice
        if depth > 2 or self.dice.random() < 0.6:
            return pick(STATEMENTS).format(pick(VALUES), pick(VALUES))
        inner = textwrap.indent(self.block(depth + 1), "    ")
        form = self.dice.random()
        if form < 0.7:
            return f"{pick(HEADS)}\n{inner}"
        if form < 0.85:
            other = textwrap.indent(self.block(depth + 1), "    ")
            return f"try:\n{inner}\nexcept {pick(('Exception', 'SystemExit'))}:\n{other}"
        return f"def h(v):\n{inner}\n    return v\nh({pick(VALUES)})"


JUNK = ("", "(", "'", '"', "\n", "{{x}}", "}", "é", "\x00", "<<E", "$(", "`", "*")


def lies(output: ScriptOutput, run: Run, written: bool) -> list[str]:
    """Return what the analysis claims of a run that ended well, and that is not so."""
    if run.code != 0:
        return []
    found = ["always fails"] if output.always_fails else []
    is_list = isinstance(run.value, list) or run.value is None
    is_json = not isinstance(run.value, Exception)
    for name, verdict, real in (
        ("list", judge_list(output), is_list),
        ("json", judge_json(output), is_json),
    ):
        found += [f"{name}: {verdict}"] if _lies(verdict, real, run) else []
    writing = writes_to(output, "out.txt")
    if (writing is Writing.SURE and not written) or (writing is Writing.NEVER and written):
        found.append(f"file: {writing}")
    return found


def _lies(verdict: Verdict, real: bool, run: Run) -> bool:
    match verdict:
        case IsJson():
            return not real
        case NotJson(sure=True, unless_empty=unless_empty):
            return real and not (unless_empty and run.value == [])
    return False


@pytest.mark.parametrize("dialect", [Dialect.BASH, Dialect.DASH, Dialect.BUSYBOX])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_sure_of_a_shell_script_is_so(dialect: Dialect, seed: int, tmp_path: Path) -> None:
    if shutil.which(SHELLS[dialect][0]) is None:
        pytest.skip(f"{dialect.value} is not installed here; CI's Debian image has it")
    maker = ShellMaker(seed)
    wrong = []
    for number in range(20):
        text = maker.block(0)
        folder = tmp_path / str(number)
        folder.mkdir()
        run = run_shell(text, dialect, folder)
        for spoken in (dialect, Dialect.SH):
            found = lies(analyse_shell(text, (), spoken), run, (folder / "out.txt").exists())
            wrong += [(text, run, found)] if found else []

    assert wrong == []


@pytest.mark.parametrize("seed", range(4))
def test_what_is_sure_of_a_python_script_is_so(seed: int, tmp_path: Path) -> None:
    maker = PythonMaker(seed)
    wrong = []
    for number in range(20):
        text = PYTHON_HEAD + maker.block()
        folder = tmp_path / str(number)
        folder.mkdir()
        run = run_python(text, folder)
        found = lies(analyse_python(text), run, (folder / "out.txt").exists())
        wrong += [(text, run, found)] if found else []

    assert wrong == []


@pytest.mark.parametrize("seed", range(3))
def test_mangled_scripts_never_crash_the_analysis(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        python, shell = PYTHON_HEAD + PythonMaker(seed).block(), ShellMaker(seed).block(0)
        for text, analyse in ((python, analyse_python), (shell, analyse_shell)):
            place = dice.randrange(len(text))
            junk = dice.choice(
                ["", "(", "'", '"', "\n", "{{x}}", "}", "é", "\x00", "<<E", "$(", "`", "*"]
            )
            mangled = text[:place] + junk + text[place + dice.randint(0, 6) :]

            judge_list(analyse(mangled))

"""What Python scripts print: each of these is really run."""

from pathlib import Path

import pytest

from fanout_lint.analysis.scripts.python.analyse import analyse
from tests.analysis.scripts.judged import guilty_words, verdict
from tests.analysis.scripts.real import run_python

HEAD = """import json, sys, os, logging, contextlib, io, subprocess, pprint, atexit, functools
from datetime import date, timedelta
items = os.environ.get("NOPE", "a b").split()
n = int(os.environ.get("NOPE", "2"))
"""
LOG = """log = logging.getLogger("a")
log.setLevel("INFO")
h = logging.StreamHandler(sys.stdout)
h.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
log.addHandler(h)
"""
CASES = [
    # one list
    ("print(json.dumps(items))", "list"),
    ("json.dump(items, sys.stdout)", "list"),
    ("json.dump(items, sys.stdout, indent=2)", "list"),
    ("sys.stdout.write(json.dumps([{'i': i} for i in range(n)]))", "list"),
    ("print([1, 2])", "list"),
    ("print([])", "list"),
    ("print(list(range(0, 10, 3)))", "list"),
    ("print([i * i for i in range(n)])", "list"),
    ("print('[' + ', '.join(f'\"{i}\"' for i in range(3)) + ']', end='')", "list"),
    ("print('planning', file=sys.stderr)\nprint(json.dumps(items))", "list"),
    ("log = functools.partial(print, file=sys.stderr)\nlog('hi')\nprint('[]')", "list"),
    ("def log(*a): print(*a, file=sys.stderr)\nlog('hi')\nprint('[]')", "list"),
    ("logging.basicConfig(level=logging.INFO)\nlogging.info('x')\nprint('[]')", "list"),
    ("logging.basicConfig(stream=sys.stdout)\nlogging.info('x')\nprint('[]')", "list"),
    ("if items:\n    print(json.dumps(items))\nelse:\n    print('[]')", "list"),
    ("if not items:\n    print('[]')\n    sys.exit()\nprint(json.dumps(items))", "list"),
    ("def main():\n    if n > 5:\n        print('[]')\n        return\n    print('[1]')\nmain()",
     "list"),
    ("with contextlib.redirect_stdout(sys.stderr):\n    print('noise')\nprint('[]')", "list"),
    ("with contextlib.redirect_stdout(io.StringIO()):\n    print('noise')\nprint('[]')", "list"),
    ("old = sys.stdout\nsys.stdout = sys.stderr\nprint('noise')\nsys.stdout = old\nprint('[]')",
     "list"),
    ("rows = []\nfor i in items:\n    rows.append({'name': i})\nprint(json.dumps(rows))", "list"),
    ("print('[')\nprint(1)\nprint(']')", "list"),
    ("subprocess.run(['echo', 'x'], stdout=subprocess.DEVNULL)\nprint('[]')", "list"),
    ("subprocess.run(['echo', 'x'], capture_output=True)\nprint('[]')", "list"),
    ("x = subprocess.check_output(['echo', 'x'])\nprint('[]')", "list"),
    ("try:\n    rows = json.loads('[1]')\nexcept ValueError:\n    sys.exit(1)\n"
     "print(json.dumps(rows))", "list"),
    ("def gen():\n    for i in range(3):\n        yield {'i': i}\nprint(json.dumps(list(gen())))",
     "list"),
    ("print(str([1, 2]))", "list"),
    ("import shutil\nshutil.copyfileobj(io.StringIO('[1]'), sys.stdout)", "unknown"),
    ("sys.stdout.buffer.write(json.dumps(items).encode())", "unknown"),
    (LOG + "h.setLevel(logging.ERROR)\nlog.info('x y')\nprint('[]')", "list"),
    (LOG + "log.debug('x y')\nprint('[]')", "list"),
    (LOG + "log.removeHandler(h)\nlog.info('x y')\nprint('[]')", "unknown"),
    (LOG + "log.disabled = True\nlog.info('x y')\nprint('[]')", "unknown"),
    (LOG + "h.addFilter(lambda r: False)\nlog.info('x y')\nprint('[]')", "unknown"),
    (LOG + "log.handlers.clear()\nlog.info('x y')\nprint('[]')", "unknown"),
    (LOG + "logging.disable(50)\nlog.info('x y')\nprint('[]')", "unknown"),
    # no list
    (LOG + "log.info('x y')\nprint('[]')", "error LOG_LINE"),
    (LOG + "log.getChild('b').error('x y')\nprint('[]')", "error LOG_LINE"),
    ("log = logging.getLogger('a')\nif not log.handlers:\n"
     "    log.addHandler(logging.StreamHandler(sys.stdout))\n"
     "log.error('x y')\nprint('[]')", "error LOG_LINE"),
    ("@atexit.register\ndef bye(): print('good bye')\nprint('[]')", "error WORDS"),
    ("def timed(f):\n    def g(*a):\n        print('took', n, 's')\n        return f(*a)\n"
     "    return g\n@timed\ndef main(): return items\nprint(json.dumps(main()))", "error WORDS"),
    ("print('planning', n)\nprint(json.dumps(items))", "error WORDS"),
    ("print(json.dumps(items))\nprint(len(items), 'items')", "error WORDS"),
    ("print(['a', 'b'])", "error PYTHON"),
    ("print(items)", "error PYTHON"),
    ("print(str(items))", "error PYTHON"),
    ("print([f for f in os.listdir('.')] + ['x'])", "error PYTHON"),
    ("print({'a': 1})", "error PYTHON"),
    ("print((1, 2))", "error PYTHON"),
    ("print(i for i in range(3))", "error PYTHON"),
    ("print(range(3))", "error PYTHON"),
    ("print([i % 2 == 0 for i in range(3)])", "error PYTHON"),
    ("print([None])", "error PYTHON"),
    ("print(json.dumps({'a': 1}))", "error OBJECT"),
    ("print(json.dumps('a'))", "error SCALAR"),
    ("for i in range(3):\n    print(json.dumps({'i': i}))", "error JSON_LINES"),
    ("for i in items:\n    print(json.dumps({'i': i}))", "error JSON_LINES"),
    ("print(json.dumps(items))\nprint(json.dumps(items))", "error SECOND_VALUE"),
    ("pass", "error NOTHING"),
    ("logging.basicConfig(stream=sys.stdout, level=logging.INFO)\n"
     "logging.info('x %d', n)\nprint('[]')", "error LOG_LINE"),
    ("logging.basicConfig(stream=sys.stdout, format='%(asctime)s %(message)s')\n"
     "logging.getLogger('a').warning('x')\nprint('[]')", "error LOG_LINE"),
    ("def log(m): print(f'[info] {m}')\nlog('x')\nprint(json.dumps(items))", "error WORDS"),
    ("class Planner:\n    def run(self):\n        print('planning now')\n"
     "Planner().run()\nprint('[]')", "error WORDS"),
    ("subprocess.run(['echo', 'installed it'])\nprint('[]')", "error WORDS"),
    ("os.system('echo hello there')\nprint('[]')", "error WORDS"),
    ("if n:\n    print('some news')\nprint('[]')", "warning WORDS"),
    ("if n > 2:\n    print(json.dumps(items))", "warning NOTHING"),
    ("for i in items:\n    print('checking', i)\nprint('[]')", "warning WORDS"),
    ("atexit.register(print, 'bye all')\nprint('[]')", "error WORDS"),
    ("print(json.dumps(items), end=',')", "error BROKEN"),
    ("print('[' + ','.join(f'\"{i}\",' for i in range(2)) + ']')", "error BROKEN"),
    ("p = print\np('hello you')\nprint('[]')", "error WORDS"),
    ("[print('x', i) for i in range(2)]\nprint('[]')", "error WORDS"),
    # nobody knows
    ("print(os.environ.get('NOPE', '[]'))", "unknown"),
    ("print(json.loads(os.environ.get('NOPE', '[1]')))", "unknown"),
    ("exec('print(\"[]\")')", "unknown"),
    ("print('[' + ','.join('\"' + i + '\"' for i in items) + ']')", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_verdict(text: str, expected: str) -> None:
    assert verdict(analyse(HEAD + text)) == expected


def test_verdicts_hold_in_the_real_interpreter(tmp_path: Path) -> None:
    wrong = []
    for text, expected in CASES:
        run = run_python(HEAD + text, tmp_path)
        is_list = isinstance(run.value, list)
        word = expected.split()[0]
        fits = {"list": is_list, "error": not is_list}.get(word, True)
        if run.code != 0 or not fits:
            wrong.append((text, run))

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\nprint('ä', x)\nprint('[]')", "print('ä', x)"),
        ("def log(m):\n    print(m, 'hi there')\nlog(1)\nprint('[]')", "print(m, 'hi there')"),
        ("for i in range(2):\n    print('no', i)\nprint('[]')", "print('no', i)"),
    ],
)
def test_guilty_statement_has_its_exact_place(text: str, words: str) -> None:
    assert guilty_words(analyse(text), text) == words


def _with_holes(text: str) -> tuple[tuple[int, int], ...]:
    holes, at = [], 0
    while (start := text.find("{{", at)) >= 0:
        at = text.index("}}", start) + 2
        holes.append((start, at))
    return tuple(holes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n = {{inputs.parameters.n}}\nprint([i for i in range(n)])", "list"),
        ("print('{{inputs.parameters.list}}')", "unknown"),
        ("print('got {{inputs.parameters.x}} here')", "error WORDS"),
        ("print({{inputs.parameters.list}})", "unknown"),
        ("{{inputs.parameters.code}}\nprint('[]')", "unknown"),
        ("print(f'{{inputs.parameters.x}}: {1}')\nprint('two words')", "error WORDS"),
    ],
)
def test_tags_are_unknown(text: str, expected: str) -> None:
    assert verdict(analyse(text, _with_holes(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "import json\nprint(json.dumps(i for i in range(2)))",
        "import json\nfrom datetime import date\nprint(json.dumps([date.today()]))",
        "import sys\nsys.exit('no')",
        "raise ValueError(1)",
        "from pathlib import Path\nPath('/tmp/x').write_text([1])",
    ],
)
def test_script_that_always_fails_is_told(text: str) -> None:
    assert analyse(text).always_fails


@pytest.mark.parametrize("text", ["print 'a'", "x = (", "\x00", "def f():", "x = " + "(" * 5000])
def test_script_that_cannot_be_read_is_unknown(text: str) -> None:
    assert verdict(analyse(text)) == "unknown"

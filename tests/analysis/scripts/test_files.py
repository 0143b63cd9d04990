"""Whether a file is written, and whether it holds a list."""

import pytest

from fanout_lint.analysis.scripts.files import Writing, judge_file, writes_to
from fanout_lint.analysis.scripts.outputs import ScriptOutput
from fanout_lint.analysis.scripts.python.analyse import analyse as analyse_python
from fanout_lint.analysis.scripts.shell.analyse import analyse as analyse_shell
from fanout_lint.analysis.scripts.verdict import IsJson, NotJson
from fanout_lint.unknown import UNKNOWN, Unknown

SHELL = [
    ("echo '[1]' > /tmp/out", Writing.SURE),
    ("if [ -f x ]; then echo 1 > /tmp/out; fi", Writing.PERHAPS),
    ("echo '[1]' > /tmp/output", Writing.NEVER),
    ("cd /tmp\necho '[1]' > out", Writing.SURE),
    ("echo '[1]' > tmp/out", UNKNOWN),
    ("/app/run", UNKNOWN),
    ("echo 1 > \"$FILE\"", UNKNOWN),
    ("echo 1 | tee /tmp/out", Writing.SURE),
    ("cp /a /tmp/out", Writing.PERHAPS),
    ("cp /a /b", Writing.NEVER),
    ("cp -t /tmp /a/out", UNKNOWN),
    ("x=$(for i in ; do :; done; tee /tmp/out)", UNKNOWN),
    ('[ -n "$(tee /tmp/out < /a)" ]', Writing.SURE),
    ("[[ $(tee /tmp/out < /a) ]]", Writing.SURE),
    ("diff <(tee /tmp/out < /a) /a", Writing.SURE),
    ("cat /a > >(tee /tmp/out)", UNKNOWN),
    ("n=$(( $(tee /tmp/out < /a) + 1 ))", UNKNOWN),
    ("(( $(tee /tmp/out < /a) > 0 ))", Writing.SURE),
    ('echo "${X:-$(tee /tmp/out < /a)}"', UNKNOWN),
    ("trap 'echo 1 > /tmp/out' RETURN", UNKNOWN),
    ("cp -r /a /tmp", UNKNOWN),
    ("ln -s /a /tmp", UNKNOWN),
    ("true >> /tmp/out", Writing.SURE),
    (">> /tmp/out", Writing.SURE),
    ("awk -v o=/tmp/out '{print > o}' /a", UNKNOWN),
    ("awk '{print | \"tee /tmp/out\"}' /a", UNKNOWN),
    ("awk 'NR > 1 {print}' /a", Writing.NEVER),
    ("sort -o /tmp/out /a", UNKNOWN),
    ("sort -u /a", Writing.NEVER),
    ("uniq /a /tmp/out", UNKNOWN),
    ("uniq -c /a", Writing.NEVER),
    ("sed -n 'w /tmp/out' /a", UNKNOWN),
    ("sed 's/a/w/' /a", Writing.NEVER),
    ("make > /dev/null", UNKNOWN),
    ("aws s3 cp s3://a/b /c >&2", UNKNOWN),
]  # fmt: skip
PYTHON = [
    ("open('/tmp/out', 'w').write('[]')", Writing.SURE),
    ("with open('/tmp/out', 'w') as f:\n    f.write('[]')", Writing.SURE),
    ("from pathlib import Path\n(Path('/tmp') / 'out').write_text('[]')", Writing.SURE),
    ("import os\nif os.path.exists('/x'):\n    open('/tmp/out', 'w')", Writing.PERHAPS),
    ("print('[]')", Writing.NEVER),
    ("import sys\nopen(sys.argv[1], 'w').write('[]')", UNKNOWN),
    ("import mine\nmine.run()", UNKNOWN),
    ("import logging\nlogging.FileHandler('/tmp/out')", Writing.SURE),
    ("import logging.handlers as h\nh.RotatingFileHandler('/tmp/out')", Writing.SURE),
    ("import logging\nlogging.basicConfig(filename='/tmp/out')", Writing.SURE),
    ("import logging.config as c\nc.fileConfig('/a')", UNKNOWN),
    ("open('/tmp/out', 'a').close()", Writing.SURE),
    ("from pathlib import Path\nPath('/tmp/a').with_name('out').write_text('')", UNKNOWN),
    ("from pathlib import Path\n(Path('/tmp/a').parent / 'out').write_text('')", UNKNOWN),
    ("from pathlib import Path\nPath.write_text(Path('/tmp/out'), '')", UNKNOWN),
    ("import os\nos.open('/tmp/out', os.O_CREAT)", UNKNOWN),
    ("data = open('/tmp/out').read()", Writing.NEVER),
]


@pytest.mark.parametrize(("text", "expected"), SHELL)
def test_shell_script_writes_the_file(text: str, expected: Writing | Unknown) -> None:
    assert writes_to(analyse_shell(text), "/tmp/out") is expected


@pytest.mark.parametrize(("text", "expected"), PYTHON)
def test_python_script_writes_the_file(text: str, expected: Writing | Unknown) -> None:
    assert writes_to(analyse_python(text), "/tmp/out") is expected


def _judged(output: ScriptOutput) -> str:
    match judge_file(output, "/tmp/out"):
        case IsJson():
            return "list"
        case NotJson(sure=sure):
            return "error" if sure else "warning"
    return "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("echo words\necho '[1]' > /tmp/out", "list"),
        ("echo '[' > /tmp/out\necho '1]' >> /tmp/out", "list"),
        ("echo words > /tmp/out\necho '[1]' > /tmp/out", "list"),
        ("echo '[1]' > /tmp/out\necho words here >> /tmp/out", "error"),
        ("echo 1 > /tmp/out", "error"),
        ("echo two words > /tmp/out\ncat /a > /b\nmv /b /tmp/out", "unknown"),
        ("echo '[1]' > /b\necho two words > /tmp/out\nmv /b /tmp/out", "list"),
        ("echo two words > /b\necho '[1]' > /tmp/out\ncp /b /tmp/out", "error"),
    ],
)
def test_content_of_the_file_is_judged(text: str, expected: str) -> None:
    assert _judged(analyse_shell(text)) == expected


def test_python_repr_in_a_file_is_no_list() -> None:
    text = "x = ['a']\nwith open('/tmp/out', 'w') as f:\n    f.write(str(x))"

    assert _judged(analyse_python(text)) == "error"

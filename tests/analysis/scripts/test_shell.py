"""What shell scripts print: each of these is really run where its shell is installed."""

import shutil
from pathlib import Path

import pytest

from fanout_lint.analysis.scripts.shell.analyse import analyse
from fanout_lint.analysis.scripts.shell.state import Dialect
from tests.analysis.scripts.judged import guilty_words, verdict
from tests.analysis.scripts.real import run_shell

SH, BASH, DASH, BUSYBOX = Dialect.SH, Dialect.BASH, Dialect.DASH, Dialect.BUSYBOX

CASES = [
    # one list
    ("""echo '["a", "b"]'""", SH, "list"),
    ("echo [1,2]", SH, "list"),
    ("""x='größer \U0001f600'\necho "[\\"$x é\\"]\"""", SH, "list"),
    ("""echo "größer \U0001f600"; echo '[]'""", SH, "error WORDS"),
    ("""printf '["%s"]' a""", SH, "list"),
    ("""printf '["first\\\\nline"]\\n'""", SH, "list"),
    ("""printf '%s\\n' '["first\\nline"]'""", SH, "list"),
    ("""cat <<'EOF'\n["a", "b"]\nEOF""", SH, "list"),
    ("""x=7\ncat <<EOF\n[$x, "$x"]\nEOF""", SH, "list"),
    ("""echo "["; echo '"a"'; echo "]\"""", SH, "list"),
    ("""set -x\nLIST='["a"]'\necho "$LIST\"""", SH, "list"),
    ("""n=1\necho [$n,$((n + 1))]""", SH, "list"),
    ("x='two words'\nunset x\necho \"${x:-[]}\"", SH, "unknown"),
    ("y=\n: ${y:=[]}\necho \"$y\"", SH, "list"),
    ("n=0\n((n += 1))\ncase $n in 0) echo no one;; *) echo '[]';; esac", BASH, "warning WORDS"),
    ("n=0\n: $((n++))\ncase $n in 0) echo no one;; *) echo '[]';; esac", BASH, "warning WORDS"),
    ("n=0\nlet n++\ncase $n in 0) echo no one;; *) echo '[]';; esac", BASH, "warning WORDS"),
    ("n=0\nfor ((n=0; n < 2; n++)); do :; done\ncase $n in 0) echo no one;; *) echo '[]';; esac",
     BASH, "warning WORDS"),
    ("exec > >(cat)\necho '[]'\nsleep 0.1", BASH, "unknown"),
    ("printf '[%s,%s,%s]' {3..1}", BASH, "list"),
    ("printf '[%s,%s,%s]' {3..1}", SH, "unknown"),
    ("printf '[%s,%s]' {1,2}", SH, "unknown"),
    ("printf '[%s,%s,%s]' {1..5..2}", BASH, "unknown"),
    ("for i in s{1..2}; do echo \"no $i\"; done", BASH, "error WORDS"),
    ("echo '[\"'{1..2}'\"]'", DASH, "list"),
    ("a=(1 2)\nprintf '[%s,%s]' \"${a[@]}\"", BASH, "list"),
    ("a=(one two)\nprintf '%s\\n' \"${a[@]}\"", BASH, "error WORDS"),
    ("a=([0]=1 [2]=2)\nprintf '[%s,%s]' \"${a[@]}\"", BASH, "unknown"),
    ("a=(x)\nunset 'a[0]'\necho \"[${a[@]}]\"", BASH, "unknown"),
    ("""echo working >&2; echo '[1]'""", SH, "list"),
    ("""{ echo a; echo b; } >&2\necho '[]'""", SH, "list"),
    ("""(echo a) > /dev/null\necho '[]'""", SH, "list"),
    ("""log() { echo "$@" >&2; }\nlog starting\necho '[1]'""", SH, "list"),
    ("""if [ -f nothing ]; then echo '[1]'; else echo '[]'; fi""", SH, "list"),
    ("""case a in b) echo x ;; *) echo '[]' ;; esac""", SH, "list"),
    ("""for i in 1; do echo "[$i]"; done""", SH, "list"),
    ("""out="["\nsep=""\nfor i in a b; do out="$out$sep\\"$i\\""; sep=,; done\necho "$out]\"""",
     SH, "list"),
    ("""echo '[1]' | cat""", SH, "list"),
    ("""echo '["a"]' | tee out.txt""", SH, "list"),
    ("""echo words > out.txt\necho '[1]'""", SH, "list"),
    ("""x=$(echo words)\necho '["'"$x"'"]'""", SH, "list"),
    ("""exec 3>&1 1>&2\necho words\necho '[1]' >&3""", SH, "list"),
    ("""false || echo '[]'""", SH, "list"),
    ("""true && echo '[]'""", SH, "list"),
    ("""echo '["a"]'\nexit 0\necho never""", SH, "list"),
    ("""items=(a b)\n(IFS=,; printf '[%s]\\n' "${items[*]/#/1}")""", BASH, "unknown"),
    ("""x='["a"],'\necho "${x%,}\"""", SH, "list"),
    ("""rows() { echo '[1]'; }\nrows""", SH, "list"),
    # no list
    ("""echo Loading\necho '[1]'""", SH, "error WORDS"),
    ("""echo '[1]'\necho "done: 1 item\"""", SH, "error WORDS"),
    ("""echo ["a","b"]""", SH, "error LOST_QUOTES"),
    ("""first=7\necho '[$first, 8]'""", SH, "error BROKEN"),
    ("""echo '["a\\nb"]'""", DASH, "error BROKEN"),
    ("""echo '["a\\nb"]'""", BASH, "list"),
    ("""echo '["a\\nb"]'""", BUSYBOX, "list"),
    ("""echo '["a\\nb"]'""", SH, "warning BROKEN"),
    ("""echo a; echo b""", SH, "error WORDS"),
    ("""echo '{"a": 1}'""", SH, "error OBJECT"),
    ("""echo 12""", SH, "error SCALAR"),
    ("""true""", SH, "error NOTHING"),
    ("""echo '[1]' > out.txt""", SH, "error NOTHING"),
    ("""for i in 1 2; do echo "[$i]"; done""", SH, "error JSON_LINES"),
    ("""for i in $(seq 3); do echo '{}'; done""", SH, "error JSON_LINES"),
    ("""exec 2>&1\nset -x\necho '[1]'""", BASH, "error TRACE"),
    ("""trap 'echo bye' EXIT\necho '[1]'""", SH, "error WORDS"),
    ("""log() { echo "$@"; }\nlog starting\necho '[1]'""", SH, "error WORDS"),
    ("""out="["\nfor i in a b; do out="$out\\"$i\\","; done\necho "$out]\"""", SH, "error BROKEN"),
    ("""touch a.x b.x\nls *.x""", SH, "error LINES"),
    ("""pwd\necho '[]'""", SH, "error CHATTER"),
    ("""if [ -f nothing ]; then echo skip; fi\necho '[]'""", SH, "warning WORDS"),
    ("""[ -n "$MORE" ] && echo more\necho '[]'""", SH, "warning WORDS"),
    ("""echo '[1]' | tee out.txt\necho found some""", SH, "error WORDS"),
    ("""printf '["%s"]' a; printf '%s\\n' b c""", SH, "error WORDS"),
    ("""echo words 2>&1\necho '[]'""", SH, "error WORDS"),
    ("""printf '\\033[32mok\\033[0m'""", SH, "error WORDS"),
    # nobody knows
    ("""cat /etc/hostname""", SH, "unknown"),
    ("""echo "[$(cat nothing 2>/dev/null)]\"""", SH, "unknown"),
    ("""eval 'echo "[]"'""", SH, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dialect", "expected"), CASES)
def test_verdict(text: str, dialect: Dialect, expected: str) -> None:
    assert verdict(analyse(text, (), dialect)) == expected


@pytest.mark.parametrize(("text", "dialect", "expected"), CASES)
def test_verdict_holds_in_the_real_shell(
    text: str, dialect: Dialect, expected: str, tmp_path: Path
) -> None:
    installed = [d for d in (BASH, DASH, BUSYBOX) if shutil.which(d.value) is not None]
    shells = installed if dialect is SH else [dialect]
    runs = [run_shell(text, shell, tmp_path) for shell in shells]
    lists = [run.code == 0 and isinstance(run.value, list) for run in runs]

    if expected == "list":
        assert all(lists)
    elif expected.startswith("error"):
        assert not any(lists)
    assert all(run.code == 0 for run in runs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x=1\necho Loading\necho '[1]'\n", "echo Loading"),
        ("echo '[1]'\necho ' und ä 3 '\n", "echo ' und ä 3 '"),
        ("f() {\n  echo hi\n}\nf\necho '[]'", "echo hi"),
        ("set -e\npip install -r requirements.txt\necho '[]'", "pip install -r requirements.txt"),
    ],
)
def test_guilty_statement_has_its_exact_place(text: str, words: str) -> None:
    assert guilty_words(analyse(text), text) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pip install x\necho '[]'", "error CHATTER"),
        ("pip install -q x\necho '[]'", "list"),
        ("apt-get update -qq\napt-get install -yqq jq\necho '[]'", "list"),
        ("apt-get update > /dev/null\necho '[]'", "list"),
        ("git clone https://x/y\necho '[]'", "list"),
        ("git -C y pull\necho '[]'", "unknown"),
        ("git pull\necho '[]'", "error CHATTER"),
        ("aws s3 cp s3://a/b /tmp/b\necho '[]'", "error CHATTER"),
        ("aws s3 cp s3://a/b -", "unknown"),
        ("kubectl get pods -o json", "unknown"),
        ("kubectl apply -f x 1>&2\necho '[]'", "list"),
        ("make all\necho '[]'", "warning CHATTER"),
        ("curl -sS https://x/list", "unknown"),
        ("curl -sSo /tmp/x https://x/list\necho '[]'", "list"),
        ("wget -q https://x/list\necho '[]'", "list"),
        ("tar xzf a.tgz\necho '[]'", "list"),
        ("tar xzvf a.tgz\necho '[]'", "warning CHATTER"),
        ("/app/run\necho '[]'", "unknown"),
        ("echo words\n/app/run", "error WORDS"),
        ("/app/run\necho 'all done here'", "error WORDS"),
    ],
)
def test_commands_talk_as_they_do(text: str, expected: str) -> None:
    assert verdict(analyse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find . | jq -R . | jq -s .", "list"),
        ("find . | jq -R . | jq -s .\necho done here", "error WORDS"),
        ("find . -name '*.x' | jq -R .", "error JSON_LINES"),
        ("find . -name '*.x' | sort -u", "error LINES"),
        ("ls | sort | head -n2", "error LINES"),
        ("ls | head -2", "error LINES"),
        ("ls | sort | jq -R . | jq -s .", "list"),
        ("find . | jq -nRc '[inputs]'", "list"),
        ("jq -nc '[1, 2]'", "list"),
        ("jq -nc '{a: 1}'", "error OBJECT"),
        ("jq -c '.[]' f.json", "warning JSON_LINES"),
        ("jq -c 'map(.name)' f.json", "unknown"),
        ("echo '[{\"a\": 1}]' | jq -c 'map(.a)'", "list"),
        ("echo '[\"x\", \"y\"]' | jq -r '.[]'", "unknown"),
        ("echo '[1, 2]' | jq '.[]'", "error JSON_LINES"),
        ("jq -r '.[]' f.json", "warning LINES"),
        ("jq . f.json", "unknown"),
        ("jq -c '.a, .b' f.json", "error JSON_LINES"),
        ("jq -c '{a: .b}' f.json", "error OBJECT"),
        ("jq '.a | length' f.json", "error SCALAR"),
        ("jq '.a | keys' f.json", "unknown"),
        ("jq -r '.a | tostring' f.json", "unknown"),
        ("jq -c '{a: (.x, .y)}' f.json", "error JSON_LINES"),
        ("jq -nc '[range(3)] | map({id: .})'", "list"),
        ("jq -nc '[1, 2] | add'", "unknown"),
        ("jq -n '{a: [1]} | .a[]'", "error SCALAR"),
        ("jq -nc '$ARGS.positional' --args a b", "list"),
    ],
)
def test_jq_makes_lists_or_lines(text: str, expected: str) -> None:
    assert verdict(analyse(text)) == expected


def test_tags_are_unknown_text() -> None:
    text = "echo '[\"{{inputs.parameters.x}}\"]'"
    start = text.index("{{")
    holes = ((start, text.index("}}") + 2),)

    assert verdict(analyse(text, holes)) == "unknown"
    assert verdict(analyse("echo " + text[5:] + "\necho words here", holes)) == "error WORDS"


def test_tag_in_command_position_is_read_past() -> None:
    text = "{{=inputs.parameters.tool}} --help\necho 'words here'"

    assert verdict(analyse(text, ((0, 27),))) == "error WORDS"


@pytest.mark.parametrize("text", ["echo 'open", "if true; then", "echo $(", "f() {", "<<<", "\x00"])
def test_script_that_cannot_be_read_is_unknown(text: str) -> None:
    assert verdict(analyse(text)) == "unknown"


def test_character_that_the_grammar_cannot_stand_does_no_harm() -> None:
    # tree-sitter-bash 0.25 ends the whole process at this one, unmasked.
    assert verdict(analyse("a{\U0010d136\n")) == "unknown"


def test_program_in_a_folder_of_its_own_is_not_the_one_that_all_know() -> None:
    assert verdict(analyse("/usr/bin/mkdir x\necho '[]'")) == "list"
    assert verdict(analyse("/mkdir x\necho '[]'")) == "unknown"

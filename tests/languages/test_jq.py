"""jq filters; the expected results were asked of gojq v0.12.19 through Argo's jqFilter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.languages.jq import read_jq
from fanout_lint.languages.problem import Problem, Reading
from tests.languages.rows import meta, rows_of

DOCUMENT = {
    "kind": "X",
    "a": [1, 2, 3],
    "n": None,
    "s": "x,y",
    "k": {"a": 1, "b": [1, {"c": "z"}]},
    "items": [{"name": "p", "v": 3}, {"name": "q", "v": 1}],
}

RESULTS = [
    (".kind", "X", "string"),
    (".items[].name", "p\nq", "lines"),
    ("[.items[].name]", '["p","q"]', "list"),
    (".items | map(select(.v > 1).name)", '["p"]', "list"),
    (".items | sort_by(.v) | .[0].name", "q", "string"),
    ('.k | to_entries | map("\\(.key)=\\(.value)") | join("&")', 'a=1&b=[1,{"c":"z"}]', "string"),
    ("{kind, (.s): 1}", '{"kind":"X","x,y":1}', "object"),
    ("1 + 2 as $x | $x * 2", "6", "number"),
    ("1, 2 as $x | $x + 1", "1\n3", "lines"),
    (".n // \"none\"", "none", "string"),
    (".a[1:] + [.k.b[1].c?]", '[2,3,"z"]', "list"),
    (".a | @csv, @sh", "1,2,3\n1 2 3", "lines"),
    ("\"\\(1,2)-\\(3,4)\"", "1-3\n2-3\n1-4\n2-4", "lines"),
    ("reduce .a[] as $x (0; . + $x)", "6", "number"),
    ("[foreach .a[] as $x (0; . + $x; [$x, .])] | last", "[3,6]", "list"),
    ("[limit(2; .a[])], first(.a[])", "[1,2]\n1", "lines"),
    (".a |= map(. * 2) | .a", "[2,4,6]", "list"),
    ("del(.a[0, 2]).a", "[2]", "list"),
    (".a[] |= empty | .a", "[]", "list"),
    ("def f(g; $n): [limit($n; g)]; f(.a[]; 1)", "[1]", None),
    ("try error({c: 1}) catch .c", "1", "number"),
    ("[.a[] | try (if . == 2 then error else . end) catch \"no\"]", '[1,"no",3]', "list"),
    ("label $out | .a[] | if . > 2 then break $out else . end", "1\n2", "lines"),
    ("[paths(type == \"number\")] | length", "7", "number"),
    ("\"a1b2\" | gsub(\"(?<d>[0-9])\"; \"<\\(.d)>\")", "a<1>b<2>", "string"),
    (".a as [$x, $y] | $x + $y", "3", "number"),
    ("[..|numbers] | add", "12", "number"),
    ("@json \"v=\\(.k.b)\"", 'v=[1,{"c":"z"}]', "string"),
    ("10 / 4, 10 / 5, 7 % -2, -7 % 2", "2.5\n2\n1\n-1", "lines"),
    ("100000000000000000000 + 1", "100000000000000000001", "number"),
    ("until(.a | length > 5; .a += .a) | .a | length", "6", "number"),
    ("empty", "", None),
    ("\"<\", [\"<\"]", '<\n["\\u003c"]', "lines"),
    ("# a comment\n.kind", "X", "string"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), RESULTS)
def test_filter_gives_what_gojq_gives(text: str, value: str, kind: str | None) -> None:
    reading = read_jq(text, DOCUMENT)

    assert reading == Reading((), reading.type, value)
    assert kind is None or reading.type == kind


STATIC = [
    (".items[].name", "lines"),
    ("[.items[].name]", "list"),
    (".items | map(.name)", "list"),
    ("{a: .b}", "object"),
    (".a | tojson", "string"),
    (".a | length", "number"),
    (".a == 1", "boolean"),
    (".a", None),
    (".a[]?, 1", "lines"),
    ("select(.a)", None),
]


@pytest.mark.parametrize(("text", "kind"), STATIC)
def test_type_is_known_without_a_document(text: str, kind: str | None) -> None:
    assert read_jq(text, None) == Reading((), kind)


FAULTS = [
    ("", Problem("there is no query; '.' is the whole document", 0, 0)),
    (".a.", Problem("the filter ends too early", 3, 3)),
    ("[.a", Problem("the filter ends too early; ']' is wanted", 3, 3)),
    (".a=='b'", Problem("\"'\" cannot stand here; jq's strings stand in double quotes", 4, 5)),
    (".a == 1 == 2", Problem("'==' and '==' do not chain: use brackets", 8, 10)),
    (".a?//1", Problem("'?//' cannot stand here", 2, 5)),
    ("1.2.3", Problem("'1.2.' is no number", 0, 4)),
    ('"a\\q"', Problem("jq knows no escape '\\\\q'", 2, 4)),
    ('.a | "b', Problem("the string has no end", 5, 7)),
    (".a-name", Problem("there is no function name/0", 3, 7)),
    ("ltrimstr", Problem("there is no function ltrimstr/0; there is ltrimstr/1", 0, 8)),
    (".a | $x", Problem("nothing sets $x", 5, 7)),
    ("break $out", Problem("there is no label $out around", 0, 10)),
    ("input", Problem("Argo gives a filter one document, and no 'input'", 0, 5)),
    ('import "m" as m; .', Problem("Argo loads no modules, such as 'm'", 0, 16)),
    ("def f: g; 1", Problem("there is no function g/0", 7, 8)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), FAULTS)
def test_fault_of_the_filter_is_placed(text: str, problem: Problem) -> None:
    assert read_jq(text, None).problems == (problem,)


RUNTIME_FAULTS = [
    (".a.b", Problem('an array ([1,2,3]) has no key \'b\'', 2, 4)),
    (".n | .[]", Problem("null (null) has nothing to iterate over", 6, 8)),
    (".kind + 1", Problem('cannot add string ("X") and number (1)', 6, 7)),
    ("error(\"boom\")", Problem("the filter's own error: boom", 0, 13)),
    (".a | @nosuch \"\\(.)\"", None),
    ("{(1): 2}", Problem("a key is a string, not number (1)", 0, 8)),
    ("nan", Problem("a result is not a number or infinite, which JSON cannot hold", 0, 3)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), RUNTIME_FAULTS)
def test_fault_on_the_document_is_placed(text: str, problem: Problem | None) -> None:
    reading = read_jq(text, DOCUMENT)

    assert not reading.ok
    assert problem is None or reading.problems == (problem,)
    assert read_jq(text, None).ok


@pytest.mark.parametrize(
    "text",
    [
        *("env", "$ENV.HOME", "now", "pow(2; 0.5)", "try .kind.x catch .", "def f: f; f"),
        *("[repeat(1)]", "[range(1e9)]", '"x" * 1e9', "def f: [f]; f", "last(range(1e12))"),
    ],
)
def test_what_is_not_told_is_no_fault(text: str) -> None:
    reading = read_jq(text, DOCUMENT)

    assert (reading.problems, reading.value) == ((), None)


def test_verdicts_are_those_of_argo() -> None:
    told = rows_of("jq")
    document = meta()["doc"]
    readings = {row["text"]: read_jq(row["text"], document) for row in told}
    untold = {text for text, reading in readings.items() if reading.ok and reading.value is None}

    assert {text: reading.ok for text, reading in readings.items()} == {
        row["text"]: row["ok"] for row in told
    }
    assert {text: one.value for text, one in readings.items() if text not in untold} == {
        row["text"]: row.get("value_text") for row in told if row["text"] not in untold
    }


@settings(max_examples=400)
@given(st.lists(st.sampled_from(
    [*'.[](){}|,:;?$@"\\+-*/%=<>! \n#', "..", ".a", "$x", "as", "def f:", "if", "then", "end",
     "reduce", "try", "catch", "1", "e", '"a"', "map", "path", "//", "?//", "|=", "label $l |",
     "break $l", "é", "first", "limit", "not", "\\("]
), max_size=14))  # fmt: skip
def test_no_filter_crashes(words: list[str]) -> None:
    text = "".join(words)
    for problem in read_jq(text, DOCUMENT).problems:
        assert 0 <= problem.start <= problem.end <= len(text)


@pytest.mark.parametrize(
    "text", ["[" * 5000, "-" * 5000 + "1", "1" + "+1" * 5000, "." + "|." * 5000, '"\\(' * 3000]
)
def test_deep_filter_ends_soon(text: str) -> None:
    assert read_jq(text, DOCUMENT).value is None

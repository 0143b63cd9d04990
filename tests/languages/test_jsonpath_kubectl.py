"""``kubectl get -o jsonpath=…``; the expected prints were asked of cli-runtime v0.35.4."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.languages.jsonpath_kubectl import read_jsonpath_kubectl
from fanout_lint.languages.problem import Problem, Reading
from tests.languages.rows import meta, rows_of

DOCUMENT = {
    "kind": "X",
    "a": [{"b": 1, "c": "x", "n": None}, {"b": 2, "c": "y"}, {"b": -3.5, "c": ""}],
    "f": [1, 2, 3, 4, 5, 6],
    "k": {"a.b": 2, "one": {"only": 5}},
    "e": [],
    "n": None,
    "items": [{"name": "p", "p": [{"q": 1}, {"q": 2}]}, {"name": "q", "p": []}],
}

PRINTS = [
    ("$.kind", "$.kind", "text"),
    ("{.kind}", "X", "single"),
    ("{$.kind}={@.n}", "X=null", "words"),
    ("{.nosuch}", "", "single"),
    ("{.f}", "[1,2,3,4,5,6]", "list"),
    ("{.k.one}", '{"only":5}', "object"),
    ("{.f[*]}", "1 2 3 4 5 6", "words"),
    ("{.f[-1]}", "6", "single"),
    ("{.f[-3:-1]}", "4 5", "words"),
    ("{.f[::2]}", "1 3 5", "words"),
    ("{.f[0,2]}", "1 3", "words"),
    ("{.a[?(@.c=='x')].b}", "1", "words"),
    ("{.a[?(@.n)].b}", "1", "words"),
    ('{.a[?(@.c=="y")].b}', "2", "words"),
    ("{.k.a\\.b}", "2", "single"),
    ("{.k['a.b']}", "", "single"),
    ("{..q}", "1 2", "words"),
    ("{.kind}}", "X}", "words"),
    ('{range .items[*]}{.name}:{range .p[*]}{.q},{end}{"\\n"}{end}!', "p:1,2,\nq:\n!", "words"),
    ("{range .items[*]}{.name}", "pq", "words"),
    ("{range .e[*]}{.x}{end}z", "z", "words"),
    ("{1000000.0}", "1e+06", "single"),
]


@pytest.mark.parametrize(("template", "value", "kind"), PRINTS)
def test_template_prints_what_kubectl_prints(template: str, value: str, kind: str) -> None:
    reading = read_jsonpath_kubectl(template, DOCUMENT)

    assert (reading.value, reading.type) == (value, kind)


@pytest.mark.parametrize("template", ["{.k.*}", "{..}", "{range .k.*}{@}{end}", "{.*[*]}"])
def test_order_of_a_map_is_not_told(template: str) -> None:
    assert read_jsonpath_kubectl(template, DOCUMENT) == Reading()


@pytest.mark.parametrize("template", ["{.a[?(@.b==1)].c}", "{.a[?(@.b<1.5)].c}"])
def test_comparison_that_hangs_on_the_decoder_is_not_told(template: str) -> None:
    assert read_jsonpath_kubectl(template, DOCUMENT) == Reading()


FAULTS = [
    ("", Problem("the template is empty", 0, 0)),
    ("a {.b", Problem("'{' has no '}' on its line", 2, 3)),
    ("{{.a}}", Problem("'{' means nothing inside braces", 1, 2)),
    ("{.a[x]}", Problem("[x] is no index, slice, '*' or key in single quotes", 3, 6)),
    ("{.a[0}", Problem("'[' has no ']' on its line", 3, 4)),
    ("{.a[?(@.b)}", Problem("']' is missing after the filter's ')'", 3, 11)),
    ("{.a....b}", Problem("'..' stands after '..'", 5, 7)),
    ('{.a[?(@.b=~"x")]}', Problem("'~' means nothing inside braces", 10, 11)),
    ("{a.b}", Problem("'a' is no word of a template; a field starts with '.'", 1, 2)),
    ("{.a}{end}", Problem("'end' has no 'range' before it", 5, 8)),
]


@pytest.mark.parametrize(("template", "problem"), FAULTS)
def test_fault_of_the_template_is_placed(template: str, problem: Problem) -> None:
    assert read_jsonpath_kubectl(template, None).problems == (problem,)


RUNTIME_FAULTS = [
    ("{.f[9]}", Problem("there is no item 9 in a list of 6", 3, 6)),
    ("{.kind[0]}", Problem("the text 'X' is no list", 6, 9)),
    ("{.a[?(@.c>0)]}", Problem("a filter cannot compare a text with a whole number", 3, 13)),
]


@pytest.mark.parametrize(("template", "problem"), RUNTIME_FAULTS)
def test_fault_on_the_document_is_placed(template: str, problem: Problem) -> None:
    assert read_jsonpath_kubectl(template, DOCUMENT).problems == (problem,)
    assert read_jsonpath_kubectl(template, None).problems == ()


def test_verdicts_are_those_of_kubectl() -> None:
    """The one row that is not told compares a whole number, which hangs on the decoder."""
    told = [row for row in rows_of("jsonpath") if row["dialect"] == "kubectl"]
    document = meta()["doc"]
    readings = {row["text"]: read_jsonpath_kubectl(row["text"], document) for row in told}
    untold = {text for text, reading in readings.items() if reading == Reading()}

    assert [text for text in untold if "containerPort>100" not in text] == []
    assert {
        text: (reading.ok, reading.value)
        for text, reading in readings.items()
        if text not in untold
    } == {
        row["text"]: (row["ok"], row.get("value_text")) for row in told if row["text"] not in untold
    }


@settings(max_examples=400)
@given(st.text("{}$@.[]()'\"*:,?=!<>-ab1é \\\n", max_size=25))
def test_no_template_crashes(template: str) -> None:
    for problem in read_jsonpath_kubectl("{.a" + template, DOCUMENT).problems:
        assert 0 <= problem.start <= problem.end <= len(template) + 3


@pytest.mark.parametrize(
    "template", ["{range .f[*]}" * 40 + "{.x}", "{range .items[*]}" + "{range ..}" * 30]
)
def test_huge_work_is_not_told(template: str) -> None:
    assert read_jsonpath_kubectl(template, DOCUMENT) == Reading()

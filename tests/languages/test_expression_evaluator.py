"""Values of expressions; the expected ones were asked of Argo's own evaluation (4.1.2)."""

import pytest

from fanout_lint.languages.expression.reading import read_expression
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING

NAMES: dict[str, object] = {
    "inputs.parameters.n": "3",
    "inputs.parameters.list": "[1,2,3]",
    "inputs.parameters.obj": '{"a":1,"b":{"c":[10,20]}}',
    "steps.skip.outputs.result": None,
    "item": "apple",
    "workflow.x": "é<&>",
}

VALUES: list[tuple[str, str]] = [
    ("1 + 2 * 3", "7"),
    ("7 / 2", "3.5"),
    ("-7 % 3", "-1"),
    ("2 ** 10", "1024"),
    ("9223372036854775807 + 1", "-9223372036854775808"),
    ("1e21", "1e+21"),
    ("1e-7", "1e-7"),
    ("string(1e6)", "1e+06"),
    ("string(123456.0)", "123456"),
    ("string([1, nil, 'a'])", "[1 <nil> a]"),
    ("string({b: 1, a: 2})", "map[a:2 b:1]"),
    ("'é'[1:]", "\ufffd"),
    ("len('é')", "1"),
    ("indexOf('éa', 'a')", "2"),
    ("workflow.x", "é<&>"),
    ("[workflow.x]", '["é\\u003c\\u0026\\u003e"]'),
    ("toJSON([1])", "[\n  1\n]"),
    ("toJson({b: 1, a: 2.0})", '{"a":2,"b":1}'),
    ("{a: 1, a: 2}", '{"a":1}'),
    ("split('a,b', ',', 0)", "null"),
    ("concat([], [])", "null"),
    ("concat([]) ?? 'x'", "x"),
    ("[1, 2, 3][-1]", "3"),
    ("[1, 2, 3][1:9]", "[2,3]"),
    ("get([1], 9) ?? 'none'", "none"),
    ("sort([3, 1, 2], 'desc')", "[3,2,1]"),
    ("sort(keys({b: 1, a: 2}))", '["a","b"]'),
    ("sortBy([{k: 2}, {k: 1}], .k)[0].k", "1"),
    ("uniq([1, 1.0, '1'])", '[1,"1"]'),
    ("flatten([1, [2, [3]]])", "[1,2,3]"),
    ("fromPairs([['a', 1]]).a", "1"),
    ("groupBy(1..4, # % 2)[1]", "[1,3]"),
    ("reduce(1..4, #acc * #, 1)", "24"),
    ("sum([1, 2.5])", "3.5"),
    ("mean([1, 2, [3]])", "2"),
    ("median(3, [1])", "2"),
    ("max([1, [5], 2.5])", "5"),
    ("round(-2.5)", "-3"),
    ("bitushr(-1, 60)", "15"),
    ("1 < 2 < 3", "true"),
    ("[1] == [1.0]", "true"),
    ("{a: 1} == {a: 1.0}", "false"),
    ("nil in ['a', 'b']", "false"),
    ("date('2024-02-29').YearDay()", "60"),
    ("date('2024-02-29').Format('Jan 2, 2006')", "Feb 29, 2024"),
    ("(date('2024-03-01') - date('2024-02-28')).Hours()", "48"),
    ("duration('90s').String()", "1m30s"),
    ("steps.skip.outputs.result ?? 'none'", "none"),
    ("steps?.nope?.outputs.result ?? 'none'", "none"),
    ("fromJSON(inputs.parameters.obj)?.b?.c[1]", "20"),
    ("asInt(inputs.parameters.n) + 1", "4"),
    ("jsonpath(inputs.parameters.obj, '$.b.c[0]')", "10"),
    ("sprig.upper(item)", "APPLE"),
    ("let x = 2; if x > 1 { x; x * 2 } else { 0 }", "4"),
    ("map(filter(1..4, # > 1), # * 2)", "[4,6,8]"),
    ("map(inputs.parameters.n, #)", "[51]"),
    ("type(1..2) + type(nil)", "arraynil"),
    ("item matches '^a.*e$'", "true"),
    ("1..3 | map(# * 2) | sum()", "12"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value_is_what_argo_inserts(text: str, value: str) -> None:
    reading = read_expression(text, NAMES)

    assert (reading.problems, reading.value) == ((), value)


FAILURES: list[tuple[str, str]] = [
    ("inputs.parameters.n + 1", "inputs.parameters.n + 1"),
    ("steps.nope.outputs.result", "steps.nope.outputs"),
    ("asInt(item)", "asInt(item)"),
    ("fromJSON(item)", "fromJSON(item)"),
    ("[1][5]", "[1][5]"),
    ("sprig.nosuch('a')", "sprig.nosuch"),
    ("filter(inputs.parameters.list, # > 'a')", "# > 'a'"),
    ("reduce([], #acc + #)", "reduce([], #acc + #)"),
    ("repeat('a', 2000000)", "repeat('a', 2000000)"),
    ("len(1..1000000)", "1..1000000"),
    ("len(inputs.parameters.n == '3')", "inputs.parameters.n == '3'"),
    ("inputs.parameters.list[0] in ['a']", "inputs.parameters.list[0] in ['a']"),
    ("findIndex([1], # > 1) == 0", "findIndex([1], # > 1) == 0"),
    ("max(1, 2.5) == 2", "max(1, 2.5) == 2"),
    ("groupBy(1..4, # % 2)", "groupBy(1..4, # % 2)"),
    ("0 / 0", "0 / 0"),
    ("timezone('../x')", "timezone('../x')"),
]


@pytest.mark.parametrize(("text", "words"), FAILURES)
def test_what_surely_fails_when_it_runs_is_told_at_its_place(text: str, words: str) -> None:
    found = read_expression(text, NAMES).problems

    assert [text[problem.start : problem.end] for problem in found] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "now()",
        "sprig.uuidv4()",
        "keys({a: 1, b: 2})",
        "int(1e300)",
        "map(1..150000, # + 1)",
        "sprig.now().Year()",
    ],
)
def test_what_chance_the_clock_or_much_work_decides_is_not_told(text: str) -> None:
    reading = read_expression(text, NAMES)

    assert (reading.ok, reading.value) == (True, None)


def test_nil_is_no_fault_and_no_value() -> None:
    reading = read_expression("inputs.parameters.nosuch", NAMES)

    assert (reading.ok, reading.type, reading.value) == (True, "nil", None)


def test_folding_decides_what_is_never_looked_at() -> None:
    fails = "asInt(item) > 1"

    assert read_expression(f"{fails} and false", NAMES).value == "false"
    assert not read_expression(f"{fails} and item == ''", NAMES).ok


def test_find_last_spoils_the_operand_before_it() -> None:
    assert not read_expression("1 + findLastIndex([1], true)", NAMES).ok
    assert read_expression("findLastIndex([1], true) + 1", NAMES).value == "1"


def test_one_of_two_names_wins_by_chance() -> None:
    names = {"l.app": "x", "l.app-tier": "t", "l.app.kubernetes": "k"}

    reading = read_expression("l.app == 'x'", names)

    assert (reading.ok, reading.value) == (True, None)


def test_a_parent_gives_way_to_its_children() -> None:
    assert read_expression("item.a", {"item": "{}", "item.a": "1"}).value == "1"


def test_unknown_values_make_unknown_results_and_no_guesses() -> None:
    names = {"a.b": UNKNOWN, "a.c": UNKNOWN_STRING, "a.d": "x"}

    assert read_expression("a.b + 1", names).value is None
    assert read_expression("a.c + a.d", names).type == "string"
    assert read_expression("a.b ? 1 : 2", names).ok
    assert read_expression("a.c == 1", names).value == "false"
    assert read_expression("len([a.b, a.c])", names).value == "2"


def test_header_that_is_missing_is_an_empty_list() -> None:
    names = {"response": {"statusCode": 200, "headers": {"Server": ["x"]}}}

    assert read_expression("response.headers['Server'][0]", names, functions=False).value == "x"
    assert not read_expression("response.headers['Nope'][0]", names, functions=False).ok

"""Names, numbers of arguments and types: what expr refuses before it runs anything."""

import pytest

from fanout_lint.languages.expression.reading import read_expression
from fanout_lint.languages.expression.values import UNKNOWN, UNKNOWN_STRING

NAMES: dict[str, object] = {
    "inputs.parameters.n": "3",
    "inputs.parameters.list": "[1,2]",
    "item": "apple",
    "retries": "1",
}


def _faults(text: str) -> list[tuple[str, str]]:
    found = read_expression(text, NAMES).problems
    return [(problem.message, text[problem.start : problem.end]) for problem in found]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nosuch + 1", ("nothing is called 'nosuch' here", "nosuch")),
        ("null", ("nothing is called 'null' here; expr says 'nil'", "null")),
        ("item.name", ("string has no field 'name'", "name")),
        ("'abc'.trim()", ("string has no method 'trim'", "trim")),
        ("asInt()", ("asInt takes 1 argument, not 0", "asInt()")),
        ("jsonpath(item, '$', 1)", ("jsonpath takes 2 arguments, not 3", "jsonpath(item, '$', 1)")),
        ("upper(1)", ("upper takes string here, not int", "1")),
        ("len(1)", ("len takes no int", "1")),
        ("max('a', 'b')", ("max takes no string", "'a'")),
        ("sort('ba')", ("sort takes list here, not string", "'ba'")),
        ("filter(1, true)", ("filter goes through a list, and this is int", "1")),
        ("any([1], 'x')", ("any asks for true or false, and this is string", "'x'")),
        ("map([1], nil)", ("map needs a value for each item, not nil", "nil")),
        ("[1]['a']", ("a list is indexed by whole numbers, not by string", "'a'")),
        ("{a: 1}[0]", ("a map has no key of type int", "0")),
        ("(5)[1:]", ("int cannot be sliced", "5")),
        ("1 ? 2 : 3", ("a condition is true or false, and this is int", "1")),
        ("!item", ("'!' takes no string", "!item")),
        (
            "let len = 1; len",
            ("'len' is taken already; 'let' needs a new name", "let len = 1; len"),
        ),
        ("item()", ("'item' is string, which cannot be called", "item")),
        ("(nil).x", ("nil has no field 'x'", "x")),
        ("1 % 0", ("a whole number is divided by zero", "1 % 0")),
        ("$env.nosuch", ("nothing is called 'nosuch' here", "nosuch")),
        ("3 in nil", ("'in' cannot stand between int and nil", "3 in nil")),
        (
            "date('2020-01-01').Date()",
            (
                "Date gives more than one value, which no expression can take",
                "date('2020-01-01').Date()",
            ),
        ),
    ],
)
def test_what_expr_refuses_to_compile_is_told_at_its_place(
    text: str, fault: tuple[str, str]
) -> None:
    assert _faults(text) == [fault]


def test_a_number_is_asked_for_where_a_text_meets_one() -> None:
    assert _faults("retries < 3") == [
        (
            "'<' cannot stand between string and int; asInt(…) makes a number of a text",
            "retries < 3",
        )
    ]


def test_every_unknown_name_is_told() -> None:
    assert [words for _, words in _faults("a + upper(b) + c.d")] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "sprig.upper(nosuch)",  # Arguments of what is not known are not looked at.
        "inputs.parameters.nosuch == 'x'",
        "$env?.nosuch ?? 1",
        "[1, 'a', nil][0] ?? 2",
        "[1, 2] == ['a']",
        "nil == 1",
        "true ? 1 : 'a'",
        "duration('1h') * 2",
        "map(1..3, {# + #index})",
        "reduce(1..3, #acc + #, 0)",
    ],
)
def test_what_expr_compiles_is_no_fault(text: str) -> None:
    assert _faults(text) == []


@pytest.mark.parametrize("text", ["nosuch.a + 1", "map(xs, #.a > 1)", "f(1)", "count == 'x'"])
def test_nothing_is_said_of_names_when_none_are_known(text: str) -> None:
    assert read_expression(text, None).ok


def test_types_are_checked_though_no_name_is_known() -> None:
    assert not read_expression("upper(1) + x", None).ok


@pytest.mark.parametrize(
    ("value", "ok"), [("apple", False), (UNKNOWN_STRING, False), (UNKNOWN, True), (None, True)]
)
def test_what_is_known_of_a_value_decides_what_is_known_of_the_expression(
    value: object, ok: bool
) -> None:
    assert read_expression("item == 1 || true", {"item": value}).ok is ok


def test_a_text_of_unknown_content_cannot_be_reckoned_with() -> None:
    names = {"inputs.parameters.n": UNKNOWN_STRING}

    assert read_expression("asInt(inputs.parameters.n) + 1", names).ok
    assert not read_expression("inputs.parameters.n + 1", names).ok


def test_without_argos_functions_they_are_unknown_names() -> None:
    assert read_expression("toJson(data)", {"data": []}, functions=False).problems != ()
    assert read_expression("toJSON(data)", {"data": []}, functions=False).value == "[]"

"""The page about expressions: its examples do what it says, its functions are those we know."""

import re
from pathlib import Path

import pytest

from fanout_lint.languages.expression.builtin_names import BUILTINS
from fanout_lint.languages.expression.reading import read_expression
from fanout_lint.languages.expression.signatures import ARGO_FUNCTIONS
from fanout_lint.languages.sprig import FUNCTIONS
from fanout_lint.rulebook.index import load_index

_PAGE = (Path(__file__).parents[2] / "docs" / "expressions.md").read_text(encoding="utf-8")
_NAMES = {
    "inputs.parameters.size": "7",
    "inputs.parameters.list": '["a", "b"]',
    "inputs.parameters.my-name": "ada",
}
_EXAMPLE = re.compile(r"^(.*?) +([→✗]) (.*)$", re.MULTILINE)
_TOLD = re.findall(r"^```text\n(.*?)^```$", _PAGE, re.MULTILINE | re.DOTALL)
_EXAMPLES = [found for block in _TOLD for found in _EXAMPLE.findall(block)]


def test_every_line_of_the_examples_is_one() -> None:
    assert len(_EXAMPLES) == sum(len(block.splitlines()) for block in _TOLD) > 0


@pytest.mark.parametrize(("text", "sign", "result"), _EXAMPLES)
def test_an_example_does_what_the_page_says(text: str, sign: str, result: str) -> None:
    read = read_expression(text, _NAMES)

    if sign == "→":
        assert (read.problems, read.value) == ((), result)
    else:
        assert [problem.message for problem in read.problems if result in problem.message] != []


def test_the_names_of_the_examples_are_told() -> None:
    for name, value in _NAMES.items():
        assert f"`{name}` is `{value}`" in _PAGE.replace("\n", " ")


def test_the_functions_are_those_that_there_are() -> None:
    _, of_expr, rest = re.split(r" Of expr:\n|\nOf Argo: ", _PAGE)
    of_argo, of_sprig = rest.split("\n\n", 1)
    _, of_sprig = of_sprig.split(":\n", 1)

    assert set(re.findall(r"`(\w+)`", of_expr)) == set(BUILTINS)
    assert set(re.findall(r"`(\w+)`", of_argo)) == set(ARGO_FUNCTIONS)
    assert set(re.findall(r"`(\w+)`", of_sprig)) == set(FUNCTIONS)


def test_the_rules_are_those_that_there_are() -> None:
    table = _PAGE.partition("## What is told")[2].partition("## Functions")[0]
    firsts = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = {name for first in firsts for name in re.findall(r"`([a-z-]+)`", first)}

    assert named <= load_index().keys()
    assert "broken-expression" in named

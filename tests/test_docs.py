"""The pages that are made from the program are as it is, and the list of checks is Argo's."""

import re
from pathlib import Path

import pytest
from docs.generate import checks, pages

from fanout_lint.rulebook.index import load_index

_ROOT = Path(__file__).resolve().parent.parent
_SEMANTICS = _ROOT.parent / "shared" / "argo" / "semantics.md"

_NAMED = re.compile(r"\bF(\d{2,3}) `([a-z0-9-]+)`")
_UNNAMED = re.compile(r"^\* \*\*(F\d{3})\*\*", re.MULTILINE)
_REFUSAL = re.compile(r"^\| (V\d+b?) \|", re.MULTILINE)

_PROMISED = {
    *("F01", "F02", "F06", "F07", "F11", "F12", "F15", "F17", "F27", "F31"),
    *("F33", "F44", "F45", "F52", "F77", "F79", "F122"),
}
"""The checks that no rule may cease to answer."""


@pytest.mark.parametrize("name", pages())
def test_page_is_what_the_generator_makes(name: str) -> None:
    held = (_ROOT / "docs" / name).read_text(encoding="utf-8")

    assert held == pages()[name], "run python docs/generate.py"


def test_architecture_names_every_module_of_the_analysis() -> None:
    page = (_ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+)/?`", page)
    folder = _ROOT / "src" / "fanout_lint" / "analysis"
    modules = {path.stem for path in folder.iterdir() if not path.name.startswith("_")}

    assert modules - set(named) == set()


def test_rules_cover_checks_that_there_are() -> None:
    held = checks()
    known = held["faults"].keys() | held["refusals"].keys()
    unknown = {
        f"{card.id}: {number}"
        for card in load_index().values()
        for number in card.covers
        if number not in known
    }

    assert unknown == set()


def test_no_declined_check_is_answered() -> None:
    answered = {number for card in load_index().values() for number in card.covers}

    assert answered & checks()["declined"].keys() == set()


def test_promised_checks_are_answered() -> None:
    answered = {number for card in load_index().values() for number in card.covers}

    assert _PROMISED - answered == set()


def test_checks_are_those_of_the_text_about_argo() -> None:
    if not _SEMANTICS.exists():
        pytest.skip("runs where ../shared/argo/semantics.md lies beside the checkout")
    text = _SEMANTICS.read_text(encoding="utf-8")
    named: dict[str, str] = {}
    for number, name in _NAMED.findall(text):
        named.setdefault(f"F{number}", name)
    held = checks()
    faults, unnamed = held["faults"], set(_UNNAMED.findall(text))

    assert {number: faults.get(number) for number in named} == named
    assert faults.keys() == named.keys() | unnamed
    assert list(held["refusals"]) == _REFUSAL.findall(text)

"""Rules are asked one by one, and one that breaks stops no other."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from fanout_lint.findings import Hit, Place
from fanout_lint.rulebook.contract import RuleCard
from fanout_lint.rulebook.run import Outcome, Plan, run
from fanout_lint.rulebook.select import Selection
from fanout_lint.source.text import Span
from tests.verdict.judging import made_card

_TOP = Place("a.yaml", Span(0, 0))


@dataclass
class _Facts:
    kinds: frozenset[str] = frozenset({"loops"})
    written: frozenset[str] = frozenset({"steps", "when"})


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a folder in which rule folders can be put."""
    before = set(sys.modules)
    monkeypatch.setattr("fanout_lint.rulebook.run.asset_dir", lambda _: str(tmp_path))
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("fanout_lint.rules."):
            del sys.modules[name]


def _rule(rules: Path, rule: str, *lines: str) -> RuleCard:
    card = made_card(rule)
    folder = rules / card.folder
    folder.mkdir()
    source = [
        "from fanout_lint.findings import Place, hit",
        "from fanout_lint.source.text import Span",
        "def check(facts, **options):",
        *(f"    {line}" for line in lines),
    ]
    (folder / "check.py").write_text("\n".join(source), encoding="utf-8")
    return card


_YIELD = 'yield hit(Place("a.yaml", Span(1, 2)), "", word=str(options))'
_FOUND = Place("a.yaml", Span(1, 2))


def _run(cards: Mapping[str, RuleCard], selection: Selection) -> Outcome:
    return run(_Facts(), Plan(cards, selection), _TOP)


def _selection(*cards: RuleCard) -> Selection:
    return Selection(frozenset((card.id, card.stage) for card in cards))


def test_hits_carry_the_rules_name_and_get_its_options(rules: Path) -> None:
    card = _rule(rules, "made-one", _YIELD)
    selection = replace(_selection(card), options={"made-one": {"width": 3}})
    outcome = _run({card.id: card}, selection)

    assert outcome.hits == (Hit("made-one", _FOUND, "", {"word": "{'width': 3}"}),)


def test_rule_without_the_facts_that_it_needs_is_not_imported(rules: Path) -> None:
    card = replace(made_card("made-two"), needs=("loops", "scripts"))
    outcome = _run({card.id: card}, _selection(card))

    assert outcome == type(outcome)((), frozenset({"made-two"}))


def test_rule_without_any_of_its_fields_is_not_imported(rules: Path) -> None:
    card = replace(made_card("made-two"), needs_fields=("depends", "memoize"))
    outcome = _run({card.id: card}, _selection(card))

    assert outcome == type(outcome)((), frozenset({"made-two"}))


def test_rule_with_one_of_its_fields_is_asked(rules: Path) -> None:
    card = replace(_rule(rules, "made-two", _YIELD), needs_fields=("depends", "when"))

    assert len(_run({card.id: card}, _selection(card)).hits) == 1


def test_rule_that_is_not_chosen_is_not_asked(rules: Path) -> None:
    card = _rule(rules, "made-three", _YIELD)

    assert _run({card.id: card}, Selection(frozenset())).hits == ()


def test_rule_of_another_stage_is_not_asked_and_has_run(rules: Path) -> None:
    card = replace(made_card("made-four"), emitted_by="shape")
    outcome = _run({card.id: card}, _selection(card))

    assert outcome == type(outcome)((), frozenset({"made-four"}))


def test_rule_that_breaks_is_told_and_the_others_go_on(rules: Path) -> None:
    broken = _rule(rules, "made-a", _YIELD, 'raise KeyError("one\\ntwo")')
    sound = _rule(rules, "made-b", _YIELD)
    cards = {card.id: card for card in (broken, sound)}
    outcome = _run(cards, _selection(broken, sound))

    words = {"where": "the rule 'made-a'", "error": "KeyError: 'one\\ntwo'"}
    assert outcome.hits == (
        Hit("made-a", _FOUND, "", {"word": "{}"}),
        Hit("internal-error", _TOP, "", words),
        Hit("made-b", _FOUND, "", {"word": "{}"}),
    )
    assert outcome.ran == {"made-b"}


def test_rule_without_a_check_is_told(rules: Path) -> None:
    card = made_card("made-gone")
    outcome = _run({card.id: card}, _selection(card))

    assert [hit.words["where"] for hit in outcome.hits] == ["the rule 'made-gone'"]
    assert outcome.ran == frozenset()


def test_facts_that_cannot_be_made_are_told_and_no_rule_has_run(rules: Path) -> None:
    class Broken:
        written: frozenset[str] = frozenset()

        @property
        def kinds(self) -> frozenset[str]:
            raise RecursionError("deep")

    card = _rule(rules, "made-one", _YIELD)
    outcome = run(Broken(), Plan({card.id: card}, _selection(card)), _TOP)

    words = {"where": "the analysis stage", "error": "RecursionError: deep"}
    assert outcome == Outcome((Hit("internal-error", _TOP, "", words),), frozenset())


def test_rule_without_end_of_calls_is_told(rules: Path) -> None:
    card = _rule(rules, "made-deep", "yield from check(facts)")
    outcome = _run({card.id: card}, _selection(card))

    assert [hit.words["error"].split(":")[0] for hit in outcome.hits] == ["RecursionError"]

"""``rules`` and ``explain``, for people and for pipes."""

import json

import pytest

from fanout_lint.cli import rule_views
from fanout_lint.report.paint import Look
from fanout_lint.rulebook.frontmatter import split
from fanout_lint.rulebook.index import load_index, readme
from tests.cli.conftest import Run


def test_rules_are_listed_one_a_line(lint: Run) -> None:
    done = lint("rules")

    assert done.code == 0
    assert [row.split()[0] for row in done.out.splitlines()] == list(load_index())


def test_rules_as_json_say_what_the_index_knows(lint: Run) -> None:
    told = json.loads(lint("rules", "--format", "json").out)["rules"]

    for rule in told:
        card = load_index()[rule["id"]]
        assert (rule["summary"], rule["severity"]) == (card.summary, card.severity.value)
        assert rule["covers"] == list(card.covers)


def test_explain_prints_the_readme_without_its_front_matter(lint: Run) -> None:
    done = lint("explain", "empty-loop")

    assert done.code == 0
    assert done.out.startswith("# empty-loop\n")
    assert "```yaml" in done.out


def test_explain_offers_the_nearest_name(lint: Run) -> None:
    done = lint("explain", "emptyloop")

    assert (done.code, done.out) == (2, "")
    assert "no rule is called 'emptyloop'; the nearest name is 'empty-loop'" in done.err


@pytest.mark.parametrize("rule", list(load_index()))
def test_every_page_keeps_its_examples_in_a_terminal(rule: str) -> None:
    card = load_index()[rule]
    _, body = split(readme(card))

    page = rule_views.as_page(card, body, Look(width=200))

    for line in _code(body):
        assert line.strip() in page


def _code(body: str) -> list[str]:
    fenced = body.split("```")[1::2]
    return [line for block in fenced for line in block.splitlines()[1:]]


def test_table_has_every_rule_and_no_markup() -> None:
    cards = load_index()

    table = rule_views.as_table(cards.values(), Look(width=100))

    assert [rule for rule in cards if f"\n{rule} " not in table] == []
    assert "\x1b" not in table


def test_colours_are_used_where_they_are_wanted() -> None:
    cards = load_index()

    assert "\x1b[1;31merror" in rule_views.as_table(cards.values(), Look(colour=True))
    assert "\x1b[1;31merror" in rule_views.as_lines(cards.values(), Look(colour=True))

"""Names, stages and settings choose what runs, what is shown and how it is set."""

from collections.abc import Mapping
from typing import Any

import pytest

from fanout_lint.config.settings import Off, RuleSettings
from fanout_lint.errors import ConfigError, UsageError
from fanout_lint.findings import Confidence, Severity, Stage
from fanout_lint.rulebook.contract import Message, RuleCard
from fanout_lint.rulebook.select import Selection, choose


def _card(rule: str, *stages: Stage, **options: Mapping[str, Any]) -> RuleCard:
    messages = {
        stage.value: Message("", "", Severity.ERROR, stage, Confidence.CERTAIN) for stage in stages
    }
    named = {name.replace("_", "-"): schema for name, schema in options.items()}
    return RuleCard(
        id=rule,
        summary="",
        severity=Severity.ERROR,
        stage=stages[0],
        confidence=Confidence.CERTAIN,
        since="0.1.0",
        covers=(),
        needs=(),
        needs_fields=(),
        options=named,
        sources=(),
        messages=messages,
        emitted_by=None,
        folder=rule.replace("-", "_"),
    )


_CARDS = {
    card.id: card
    for card in (
        _card("bad-step", Stage.RUNTIME, Stage.RISK),
        _card(
            "wide-loop",
            Stage.RISK,
            safe_width={"type": "integer", "default": 50},
            names={"type": "array", "default": ["a"]},
        ),
        _card("internal-error", Stage.RUNTIME),
        _card("yaml-syntax", Stage.ADMISSION),
    )
}


def _shown(selection: Selection) -> set[str]:
    return {f"{rule} {stage.value}" for rule, stage in selection.shown}


def test_everything_is_chosen_unless_something_is() -> None:
    assert choose(_CARDS).rules == _CARDS.keys()


def test_selected_rules_run_and_what_says_that_a_file_was_not_judged() -> None:
    assert choose(_CARDS, ["wide-loop"]).rules == {"wide-loop", "internal-error", "yaml-syntax"}


def test_empty_selection_is_not_everything() -> None:
    assert choose(_CARDS, []).rules == {"internal-error", "yaml-syntax"}


def test_stage_chooses_the_faces_that_have_it() -> None:
    selection = choose(_CARDS, ["stage:risk"], ["yaml-syntax"])

    assert _shown(selection) == {"bad-step risk", "wide-loop risk", "internal-error runtime"}


def test_ignored_rule_does_not_run_though_selected() -> None:
    selection = choose(_CARDS, ["stage:risk"], ["wide-loop", "yaml-syntax"])

    assert selection.rules == {"bad-step", "internal-error"}


def test_ignored_stage_leaves_the_other_faces() -> None:
    selection = choose(_CARDS, None, ["stage:risk"])

    assert _shown(selection) == {
        "bad-step runtime",
        "internal-error runtime",
        "yaml-syntax admission",
    }


def test_internal_error_is_shown_whatever_is_ignored() -> None:
    off = {"internal-error": RuleSettings(Off.OFF)}

    assert "internal-error" in choose(_CARDS, None, ["internal-error"], off).rules


def test_rule_that_is_off_does_not_run_though_selected() -> None:
    selection = choose(_CARDS, ["wide-loop"], (), {"wide-loop": RuleSettings(Off.OFF)})

    assert "wide-loop" not in selection.rules


def test_severity_of_the_settings_is_kept() -> None:
    rules = {"wide-loop": RuleSettings(Severity.INFO), "bad-step": RuleSettings()}

    assert choose(_CARDS, None, (), rules).severities == {"wide-loop": Severity.INFO}


def test_options_are_keyword_arguments_over_the_defaults() -> None:
    rules = {"wide-loop": RuleSettings(options={"safe-width": 7})}

    assert choose(_CARDS, None, (), rules).options == {
        "wide-loop": {"safe_width": 7, "names": ("a",)}
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bad-stepp", "no rule is called 'bad-stepp'; the nearest name is 'bad-step'"),
        ("Bad_Step", "no rule is called 'Bad_Step'; the nearest name is 'bad-step'"),
        ("qqqqq", "no rule is called 'qqqqq'; see `fanout-lint rules`"),
        ("stage:run", "no stage is called 'run'; there are admission, runtime, risk, upkeep"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(name: str, said: str) -> None:
    with pytest.raises(UsageError) as selected:
        choose(_CARDS, [name])
    with pytest.raises(UsageError) as ignored:
        choose(_CARDS, None, [name])

    assert (str(selected.value), str(ignored.value)) == (said, said)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            {"wide-lop": RuleSettings()},
            "no rule is called 'wide-lop'; the nearest name is 'wide-loop'",
        ),
        (
            {"wide-loop": RuleSettings(options={"safe-with": 1})},
            "rule 'wide-loop' has no option 'safe-with'; the nearest is 'safe-width'",
        ),
        (
            {"bad-step": RuleSettings(options={"x": 1})},
            "rule 'bad-step' has no option 'x'; it has none",
        ),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(
    rules: dict[str, RuleSettings], said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        choose(_CARDS, None, (), rules)

    assert str(refused.value) == said

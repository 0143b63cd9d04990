"""Hits get their words, weight, pointer and fingerprint, and come in the order of a reader."""

import pytest
from msgspec.structs import replace

from fanout_lint.findings import Hit, Severity, Stage
from fanout_lint.rulebook.select import Selection
from fanout_lint.verdict.judge import judge
from tests.verdict.judging import (
    CARDS,
    PATH,
    everything,
    hit_at,
    judged,
    judged_file,
    made_card,
    place,
    said,
    told,
)


def test_message_and_weight_are_those_of_the_face() -> None:
    text = "a: one\n"
    card = made_card(
        "bad-step",
        sure=said("$name is wrong"),
        likely=said("$name may be wrong", Severity.WARNING, Stage.RISK),
    )
    hits = [Hit("bad-step", place(text, "one"), "likely", {"name": "one"})]
    [finding] = judged(text, hits, cards={"bad-step": card})

    assert (finding.message, finding.severity, finding.stage) == (
        "one may be wrong",
        Severity.WARNING,
        Stage.RISK,
    )


def test_dollar_signs_in_words_are_left_as_they_are() -> None:
    text = "a: one\n"
    cards = {"bad-step": made_card("bad-step", **{"": said("$name costs $$5")})}
    hits = [Hit("bad-step", place(text, "one"), words={"name": "${x} $name"})]

    assert told(text, judged(text, hits, cards=cards)) == [("${x} $name costs $5", "one")]


@pytest.mark.parametrize(
    "hit",
    [
        Hit("bad-step", place("a: one\n", "one"), "no-such-face"),
        Hit("no-such-rule", place("a: one\n", "one")),
    ],
)
def test_hit_without_a_text_is_our_own_fault(hit: Hit) -> None:
    [finding] = judged("a: one\n", [hit])

    assert finding.rule == "internal-error"
    assert finding.message.startswith(f"the message of {hit.rule!r}")


def test_missing_word_is_our_own_fault() -> None:
    cards = {**CARDS, "bad-step": made_card("bad-step", **{"": said("$name is wrong")})}
    [finding] = judged("a: one\n", [hit_at("a: one\n", "one")], cards=cards)

    assert (finding.rule, finding.message) == (
        "internal-error",
        "the message of 'bad-step' (face '') failed: KeyError: 'name'",
    )


def test_settings_change_the_severity_of_every_face() -> None:
    text = "a: one\n"
    chosen = everything()
    selection = Selection(chosen.shown, {"bad-step": Severity.INFO})
    [finding] = judged(text, [hit_at(text, "one")], selection)

    assert finding.severity is Severity.INFO


def test_face_of_a_stage_that_is_not_chosen_is_not_shown() -> None:
    text = "a: one\n"
    cards = {"bad-step": made_card("bad-step", one=said("one"), two=said("two", stage=Stage.RISK))}
    hits = [Hit("bad-step", place(text, "one"), face) for face in ("one", "two")]
    selection = Selection(frozenset({("bad-step", Stage.RISK)}))

    assert told(text, judged(text, hits, selection, cards)) == [("two", "one")]


def test_findings_come_once_and_from_top_to_bottom() -> None:
    text = "a: one\nb: two\n"
    hits = [hit_at(text, "two"), hit_at(text, "one"), hit_at(text, "two", "one")]
    findings = judged(text, hits)

    assert told(text, findings) == [("this is bad-step", "one"), ("this is bad-step", "two")]
    assert len(findings[1].related) == 1


def test_findings_in_files_that_were_not_asked_for_are_not_shown() -> None:
    text = "a: one\n"
    files = {PATH: judged_file(text), "b.yaml": judged_file(text, "b.yaml", asked=False)}
    hits = [Hit("bad-step", place(text, "one", path)) for path in files]
    findings = judge(hits, files, CARDS, everything(), everything().rules)

    assert [finding.place.path for finding in findings] == [PATH]


def test_finding_in_a_file_without_text_is_shown() -> None:
    findings = judge(
        [Hit("bad-step", place("x", "x", "gone.yaml"))], {}, CARDS, everything(), frozenset()
    )

    assert [finding.place.path for finding in findings] == ["gone.yaml"]


def test_fingerprint_holds_while_other_lines_come_and_go() -> None:
    before = "a: {b: one}\n"
    after = "# a comment\nz: 1\na:\n  b: one\n"
    [first] = judged(before, [hit_at(before, "one")])
    [second] = judged(after, [hit_at(after, "one")])

    assert first.fingerprint == second.fingerprint
    assert first.pointer == second.pointer == "/a/b"


def test_fingerprint_tells_rules_places_texts_and_files_apart() -> None:
    text = "a: [one, one]\n"
    start = text.rindex("one")
    first = hit_at(text, "one")
    second = replace(
        first, place=replace(first.place, span=type(first.place.span)(start, start + 3))
    )
    hits = [first, second, replace(first, rule="other-rule")]
    other = judge(
        [first],
        {PATH: replace(judged_file(text), project_path="b/a.yaml")},
        CARDS,
        everything(),
        frozenset(),
    )
    prints = [finding.fingerprint for finding in (*judged(text, hits), *other)]

    assert len(set(prints)) == 4


def test_repeats_are_counted() -> None:
    text = "a: one one\n"
    start = text.rindex("one")
    first = hit_at(text, "one")
    second = replace(
        first, place=replace(first.place, span=type(first.place.span)(start, start + 3))
    )
    prints = [finding.fingerprint for finding in judged(text, [first, second])]

    assert len(set(prints)) == 2

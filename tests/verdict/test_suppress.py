"""Allow comments hide what they mean, and are told when they hide nothing."""

from msgspec.structs import replace

from fanout_lint.findings import Related
from tests.verdict.judging import CARDS, everything, hit_at, judged, place, told

BAD = "this is bad-step"


def test_finding_on_the_line_of_the_comment_is_hidden() -> None:
    text = "a: one  # fanout-lint: allow[bad-step] known\nb: two\n"

    assert told(text, judged(text, [hit_at(text, "one"), hit_at(text, "two")])) == [(BAD, "two")]


def test_finding_of_another_rule_stays() -> None:
    text = "a: one  # fanout-lint: allow[bad-step]\n"
    hits = [hit_at(text, "one"), hit_at(text, "one", rule="other-rule")]

    assert told(text, judged(text, hits)) == [("this is other-rule", "one")]


def test_next_place_takes_over_when_the_first_is_allowed() -> None:
    text = "a: one  # fanout-lint: allow[bad-step]\nb: two\nc: three\n"
    findings = judged(text, [hit_at(text, "one", "two", "three")])

    assert told(text, findings) == [(BAD, "two")]
    assert [related.message for related in findings[0].related] == ["three too"]


def test_a_place_that_only_explains_never_takes_over() -> None:
    text = "a: one  # fanout-lint: allow[bad-step]\nb: two\n"
    why = Related(place(text, "two"), "declared here")

    assert judged(text, [replace(hit_at(text, "one"), related=(why,))]) == ()


def test_allowed_related_place_is_left_out() -> None:
    text = "a: one\nb: two  # fanout-lint: allow[bad-step]\nc: three\n"
    findings = judged(text, [hit_at(text, "one", "two", "three")])

    assert told(text, findings) == [(BAD, "one")]
    assert [related.message for related in findings[0].related] == ["three too"]


def test_nothing_is_left_when_all_places_are_allowed() -> None:
    text = "a: one  # fanout-lint: allow[bad-step]\nb: two  # fanout-lint: allow[bad-step]\n"

    assert judged(text, [hit_at(text, "one", "two")]) == ()


def test_allow_file_hides_all_of_its_rule() -> None:
    text = "a: one\nb: two\n# fanout-lint: allow-file[bad-step]\n"
    hits = [hit_at(text, "one"), hit_at(text, "two", rule="other-rule")]

    assert told(text, judged(text, hits)) == [("this is other-rule", "two")]


def test_allow_that_hides_nothing_is_told_at_the_rules_name() -> None:
    text = "a: one  # fanout-lint: allow[bad-step, other-rule]\n"

    assert told(text, judged(text, [hit_at(text, "one")])) == [("unused other-rule", "other-rule")]


def test_allow_of_no_rule_is_told_with_the_nearest_name() -> None:
    text = "a: one  # fanout-lint: allow[bad-stepp]\nb: 1  # fanout-lint: allow[xyz]\n"

    assert told(text, judged(text, [hit_at(text, "one")])) == [
        (BAD, "one"),
        ("bad-stepp, nearest bad-step", "bad-stepp"),
        ("unknown xyz", "xyz"),
    ]


def test_misspelt_comment_is_told() -> None:
    text = "a: 1  # fanout-lint: ignore[bad-step]\n"
    words = "fanout-lint: ignore[bad-step]"

    assert told(text, judged(text, [])) == [(f"misspelt {words}", words)]


def test_allow_of_a_rule_that_did_not_run_is_not_judged() -> None:
    text = "a: 1  # fanout-lint: allow[bad-step]\n"

    assert judged(text, [], ran=everything().rules - {"bad-step"}) == ()


def test_no_allow_is_judged_in_a_file_that_was_not_read_to_the_end() -> None:
    text = "a: 1  # fanout-lint: allow[bad-step]\n"

    assert judged(text, [], whole=False) == ()


def test_unused_allow_can_be_allowed_itself() -> None:
    text = "a: 1  # fanout-lint: allow[bad-step, unused-allow] it comes and goes\n"

    assert judged(text, []) == ()


def test_allow_of_unused_allow_that_hides_nothing_is_told() -> None:
    text = "a: 1  # fanout-lint: allow[unused-allow]\n"

    assert told(text, judged(text, [])) == [("unused unused-allow", "unused-allow")]


def test_allow_is_used_though_its_finding_is_not_shown() -> None:
    text = "a: one  # fanout-lint: allow[bad-step]\n"
    selection = everything({"unused-allow": CARDS["unused-allow"]})

    assert judged(text, [hit_at(text, "one")], selection, ran=everything().rules) == ()


def test_internal_error_cannot_be_allowed() -> None:
    text = "a: one  # fanout-lint: allow-file[internal-error]\n"
    hit = hit_at(text, "one", rule="bad-step")
    broken = [type(hit)("internal-error", hit.place, words={"where": "x", "error": "y"})]

    assert ("x failed: y", "one") in told(text, judged(text, broken))

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.golayout import unix_time
from fanout_lint.languages.gonumber import print_float
from fanout_lint.languages.when import (
    CronFacts,
    FaultKind,
    RemarkKind,
    Tag,
    analyse_when,
    read_cron_when,
    read_when,
)
from tests.languages.rows import rows_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", "true"),
        ("foo == foo", "true"),
        ("'a' == \"a\"", "true"),
        ("'1' == 1", "false"),
        ("01 == 1.0", "true"),
        ("1 == 1 | 2 == 2", "false"),
        ("7 - 4 - 1 == 2", "true"),
        ("2 ** 3 ** 2 == 64", "true"),
        ("-2 ** 2 == 4", "true"),
        ("true || 1", "true"),
        ("'v1.2' =~ 'v\\d'", "false"),
        ("[my-item] == 'my-item'", "true"),
        ("'2024-01-02' > '2023-12-31'", "true"),
        ("'a' + 1000000 == 'a1e+06'", "true"),
        ("'x' in ('x', 'y')", "true"),
        ("false ? true : 1 == 1", "true"),
        ("(1 !=)", "true"),
        ("(true) unread", "true"),
        ("0x1F == 31", "true"),
        ("1 << 2 == 4", "true"),
    ],
)
def test_value_is_that_of_govaluate(text: str, value: str) -> None:
    reading = read_when(text)

    assert (reading.problems, reading.value) == ((), value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = b", "="),
        ("my-item == x", "my-item"),
        ("a.b == 'a.b'", "a.b"),
        ("v1.2 == 'x'", "v1.2"),
        ("a b == c", "a b"),
        ("'a' in ('b')", "'a' in ('b')"),
        ("'a' > 1", "'a' > 1"),
        ("!foo", "!foo"),
        ("len('a') == 1", "len"),
        ("x == 'y", "'y"),
        ("(a == a", "("),
        ("a == a)", ")"),
        ("a ==", "=="),
        ("1e3 == 1000", "1e3"),
        ("10.0.0.1 == x", "10.0.0.1"),
        ("true and false", "and"),
        ("'abc' =~ '['", "'['"),
        ("foo", "foo"),
        ("1", "1"),
        ("true && 'a'", "true && 'a'"),
        ("'a' =~ 'b' ? true : false", "?"),
        ("abc\\", "\\"),
    ],
)
def test_fault_is_placed_on_the_words_at_fault(text: str, place: str) -> None:
    problems = read_when(text).problems

    assert [text[problem.start : problem.end] for problem in problems] == [place]


def test_a_fault_that_is_never_reached_is_none() -> None:
    assert read_when("true || my-item == x").value == "true"


def test_bare_words_are_unknown_in_a_cron_workflow() -> None:
    assert read_when("foo == 'foo'").value == "true"
    assert not read_when("foo == 'foo'", cron=True).ok


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = []
    for row in rows_of("when"):
        for cron, outcome in ((False, row["outcome"]), (True, row["cron_outcome"])):
            reading = read_when(row["text"], cron=cron)
            if (reading.value if reading.ok else "error") != outcome:
                wrong.append((row["text"], cron, outcome))

    assert wrong == []


def test_tag_in_quotes_is_known_from_one_without() -> None:
    text = "'{{a}}' == {{b}}"

    assert analyse_when(text).tags == (Tag(1, 6, True), Tag(11, 16, False))


@pytest.mark.parametrize(
    "text",
    [
        "{{x}} == foo",
        "{{x}}",
        "'{{x}}' == 'a' && {{y}} > 3",
        "{{x}} in ('a', 'b')",
        "'{{date}}' > '2024-01-01'",
        "'{{x}}' == '{{y}}'",
        "a {{operator}} b",
        "v{{x}} == v1",
        "!{{x}}",
        "{{x}}-1 == 2",
        "{{x}}.5 == 0.5",
        "'{{x}}' =~ '{{pattern}}'",
        "{{=item == 'x' ? 'a' : 'b'}} == a",
    ],
)
def test_nothing_is_said_when_the_tags_decide(text: str) -> None:
    analysis = analyse_when(text)

    assert (analysis.fault, analysis.value, analysis.remarks) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("'{{x}}' = 'a'", FaultKind.SINGLE_EQUALS, "="),
        ("{{x}} == my-item", FaultKind.UNQUOTED, "my-item"),
        ("{{x}}-east == 'us-east'", FaultKind.UNQUOTED, "{{x}}-east"),
        ("{{x}} == v1.2", FaultKind.UNQUOTED, "v1.2"),
        ("'{{x}}' > 5", FaultKind.TYPES, "'{{x}}' > 5"),
        ("'{{x}}' in ('a')", FaultKind.TYPES, "'{{x}}' in ('a')"),
        ("!'{{x}}'", FaultKind.TYPES, "!'{{x}}'"),
        ("'{{x}}' == 'a", FaultKind.SYNTAX, "'a"),
        ("'{{x}}' =~ '('", FaultKind.PATTERN, "'('"),
        ("'{{x}}'", FaultKind.NO_CONDITION, "'{{x}}'"),
        ("'{{x}}' == 'a' & '{{y}}' == 'b'", FaultKind.TYPES, "'a' & '{{y}}'"),
    ],
)
def test_fault_that_no_tag_can_mend(text: str, kind: FaultKind, place: str) -> None:
    fault = analyse_when(text).fault

    assert fault is not None
    assert (fault.kind, text[fault.start : fault.end]) == (kind, place)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'{{x}}' == 1", RemarkKind.TEXT_AND_NUMBER),
        ("true != '{{x}}'", RemarkKind.TEXT_AND_BOOL),
        ("'{{x}}' == 'a' && my-item == 'b'", RemarkKind.FAILS_IF_REACHED),
        ("{{x}} == 'a' && 'b'", RemarkKind.FAILS_IF_REACHED),
    ],
)
def test_remark_on_a_part(text: str, kind: RemarkKind) -> None:
    assert [remark.kind for remark in analyse_when(text).remarks] == [kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'{{x}}' == 1", False),
        ("'v{{x}}' == 'main'", False),
        ("'{{x}}' == 'a' || true", True),
        ("'{{x}}' == 'a' && false", False),
        ("1 == 1 & {{x}} == 2", False),
    ],
)
def test_condition_that_no_tag_can_change(text: str, value: bool) -> None:
    analysis = analyse_when(text)

    assert analysis.is_constant
    assert analysis.value is value


def test_condition_without_tags_has_its_value_and_is_not_called_constant() -> None:
    analysis = analyse_when("'a' == 'a'")

    assert (analysis.value, analysis.is_constant) == (True, False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{{cronworkflow.failed}} < 5", "{{cronworkflow.failed}}"),
        ("'{{workflow.name}}' == 'x'", "{{workflow.name}}"),
        ('{{=cronworkflow.name == "c"}}', 'cronworkflow.name == "c"'),
        ("{{=cronworkflow.labels.team == 'core'}}", "cronworkflow.labels.team"),
        ("{{=cronworkflow.failed}}", "{{=cronworkflow.failed}}"),
        ("{{=cronworkflow.failed < }}", ""),
        ("{{=cronworkflow.failed}} < five", "five"),
        ("{{=nil}}", "nil"),
        ("{{x", "{{"),
    ],
)
def test_fault_in_the_condition_of_a_cron_workflow(text: str, place: str) -> None:
    problems = read_cron_when(text).problems

    assert [text[problem.start : problem.end] for problem in problems] == [place]


def test_counts_of_a_cron_workflow_are_used_when_they_are_known() -> None:
    text = "{{=cronworkflow.failed}} < 5"

    assert read_cron_when(text).value is None
    assert read_cron_when(text, CronFacts(failed=3)).value == "true"


def test_a_time_in_quotes_is_a_number() -> None:
    assert read_cron_when("'{{=now()}}' > 3").ok


def test_rows_of_cron_conditions_are_never_told_wrong() -> None:
    facts = CronFacts("c", "argo", 3, 2)
    wrong, untold = [], 0
    for row in rows_of("cronwhen"):
        for known in (facts, None):
            reading = read_cron_when(row["text"], known)
            told = reading.value if reading.ok else "error"
            if told not in (None, row["outcome"]):
                wrong.append((row["text"], known, told))
            untold += told is None and row["outcome"] == "error"

    assert wrong == []
    assert untold == 0


@given(st.text(st.sampled_from("{{}}=cronworkflow.failed'\" \\<\n"), max_size=40))
def test_no_cron_condition_crashes(text: str) -> None:
    for problem in read_cron_when(text).problems:
        assert 0 <= problem.start <= problem.end <= len(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02", 86400),
        ("0000-01-01", -62167219200),
        ("3:04PM", -62167164960),
        ("Mon Jan  2 15:04:05 2006", 1136214245),
        ("2006-01-02T15:04:05.5+07:00", 1136189045),
        ("2024-02-30", None),
        ("10:00", None),
        ("2024", None),
    ],
)
def test_times_of_go(text: str, seconds: int | None) -> None:
    assert unix_time(text) == seconds


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.0, "1"), (1e6, "1e+06"), (123456.5, "123456.5"), (1e-5, "1e-05"), (-0.25, "-0.25")],
)
def test_numbers_print_as_in_go(number: float, text: str) -> None:
    assert print_float(number) == text


_PIECES = st.sampled_from(
    (*"a1'\"() -!,?:\\[].é=<+\n_{}", "==", "&&", "true", " in ", "'a'", "{{x}}", "'{{x}}'", "=~")
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_no_text_crashes(text: str) -> None:
    for problem in read_when(text).problems:
        assert 0 <= problem.start <= problem.end <= len(text)
    analysis = analyse_when(text)
    if "{{" not in text and analysis.fault is None and analysis.value is not None:
        assert read_when(text).value == str(analysis.value).lower()


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "(",
        "1 + ",
        "true && ",
        "'",
        "!",
        "! (",
        "1 ? ",
        "a, ",
        "{{",
        "{{x}}",
        "\\",
        "a.B(",
        "-(",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    for text in (unit * 3000, unit * 3000 + "true" + ")" * 3000):
        read_when(text)
        analyse_when(text)

    assert time.process_time() - started < 60

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.languages.depends import TaskWord, joins_names, parse_depends, read_depends
from fanout_lint.languages.problem import Problem
from tests.languages.rows import rows_of

TASKS = ("a", "b", "my-task", "c1")
LOOPS = ("c1",)


def found(text: str) -> list[tuple[str, str]]:
    problems = read_depends(text, TASKS, LOOPS).problems
    return [(text[problem.start : problem.end], problem.message) for problem in problems]


def ways(text: str, task: str) -> set[str]:
    """Return how *task* may have ended where the condition holds."""
    allowed = parse_depends(text).ways_that_allow(LOOPS)
    assert allowed is not None
    return {" ".join(sorted(way)) for way in allowed[task]}


def test_words_are_placed_with_their_results() -> None:
    assert parse_depends("a && my-task.Failed").words == (
        TaskWord("a", None, 0, 1),
        TaskWord("my-task", "Failed", 5, 19),
    )


def test_a_word_alone_is_written_out_and_dashes_become_underscores() -> None:
    assert parse_depends("my-task || a.Failed").logic == (
        "(my_task.Succeeded || my_task.Skipped || my_task.Daemoned) || a.Failed"
    )


@pytest.mark.parametrize("text", ["a", " a ", "a && b", "!a.Failed", "a == b", "a; b", "a ?? b"])
def test_what_argo_runs_has_no_problem(text: str) -> None:
    assert found(text) == []


def test_unknown_task_is_placed_at_its_name() -> None:
    assert found("a && nosuch.Failed") == [("nosuch", "no task is called `nosuch`")]


def test_unknown_result_is_placed_at_the_result() -> None:
    assert [place for place, _ in found("a.Success")] == ["Success"]


def test_word_operators_are_taken_for_tasks() -> None:
    assert found("a and b") == [("and", "no task is called `and`")]


def test_result_of_loops_on_a_task_that_is_none() -> None:
    assert found("a.AnySucceeded") == [
        ("AnySucceeded", "`.AnySucceeded` is for loops; `a` has no items")
    ]


def test_a_later_word_alone_takes_the_complaint_about_loops_back() -> None:
    assert found("a.AnySucceeded || a") == []


def test_an_expression_that_argo_lint_does_not_read_is_a_problem() -> None:
    assert found("a && (b") == [("", "depends ends too early")]


def test_single_bit_operator_is_placed() -> None:
    assert found("a & b") == [("&", "`&` cannot stand here")]


def test_quoted_task_is_text_and_no_condition() -> None:
    assert found("'a'") == [("'a'", "depends must be a truth value, this is text")]


def test_task_that_begins_with_a_digit_is_refused() -> None:
    problems = read_depends("a", ("a", "1a"), ()).problems

    assert problems == (
        Problem("task `1a`: beside depends, no task's name can begin with a digit", 0, 1),
    )


def test_condition_that_no_end_fulfils_never_holds() -> None:
    assert parse_depends("a.Succeeded && a.Failed").never_holds()


def test_all_failed_and_any_succeeded_exclude_each_other() -> None:
    assert parse_depends("c1.AllFailed && c1.AnySucceeded").never_holds(LOOPS)


def test_loop_can_fail_and_have_a_success() -> None:
    assert not parse_depends("c1.Failed && c1.AnySucceeded").never_holds(LOOPS)


def test_word_alone_does_not_require_success_because_a_skip_will_do() -> None:
    assert ways("a", "a") == {"Succeeded", "Skipped", "Daemoned", "Daemoned Succeeded"}


def test_named_success_is_required_when_joined_by_and() -> None:
    assert ways("a.Succeeded && (b || c1)", "a") == {"Succeeded", "Daemoned Succeeded"}


def test_success_is_not_required_beside_an_alternative() -> None:
    assert "Failed" in ways("a.Succeeded || b.Failed", "a")


def test_rows_of_the_real_argo_are_told_exactly() -> None:
    wrong = []
    for row in rows_of("depends"):
        reading = read_depends(row["text"], row["tasks"], row["loops"])
        if reading.ok != (row["ok"] and row["runtime_ok"]):
            wrong.append((row["text"], reading.problems))

    assert wrong == []


def test_rows_of_the_real_argo_run_when_we_say_so() -> None:
    wrong = []
    for row in rows_of("depends"):
        depends = parse_depends(row["text"])
        for case in ("all_succeeded", "all_failed", "mixed"):
            expected = row["runtime"][case]
            if expected in ("run", "omit") and (
                depends.runs({task: _end(task, case, row["loops"]) for task in depends.tasks})
                is not (expected == "run")
            ):
                wrong.append((row["text"], case))

    assert wrong == []


def _end(task: str, case: str, loops: list[str]) -> frozenset[str]:
    if case == "all_succeeded":
        return frozenset(("Succeeded", "AnySucceeded") if task in loops else ("Succeeded",))
    if case == "all_failed":
        return frozenset(("Failed", "AllFailed") if task in loops else ("Failed",))
    mixed = {"a": "Failed", "b": "Skipped", "my-task": "Errored", "c1": "Failed AnySucceeded"}
    return frozenset(mixed.get(task, "Succeeded").split())


@given(st.text(st.sampled_from("ab1.SF-_ ()[]{}&|!?:;,'\"`\\/*é$"), max_size=40))
def test_no_text_crashes(text: str) -> None:
    reading = read_depends(text, TASKS, LOOPS)

    assert all(0 <= p.start <= p.end <= len(text) for p in reading.problems)
    parse_depends(text).never_holds(LOOPS)


@pytest.mark.parametrize("unit", ["a", "(", "a.", "a-", "!", "a && ", "a ? ", "[", "'", "/*", "\\"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()

    read_depends(unit * 5000, TASKS, LOOPS)
    parse_depends(unit * 5000).never_holds(LOOPS)

    assert time.process_time() - started < 60


def test_a_condition_over_a_thousand_tasks_is_read() -> None:
    text = " && ".join(["a.Failed"] * 1500)

    assert found(text) == []
    assert not parse_depends(text).never_holds()


def test_a_condition_over_three_hundred_tasks_is_followed() -> None:
    assert ways(" && ".join(["a.Failed"] * 300), "a") == {"Failed"}


@given(
    st.text("ab1-& .|!(", max_size=20)
    | st.lists(
        st.sampled_from(("a", "my-task", "1a", "and", "true", "nil", "a.Failed", "-a", "a-"))
    ).map(" && ".join)
)
def test_names_that_are_only_joined_never_err_and_can_hold(text: str) -> None:
    if joins_names(text):
        found_depends = parse_depends(text)
        assert found_depends.fault is None
        assert all(word.result is None for word in found_depends.words)
        assert not found_depends.never_holds(LOOPS)


@pytest.mark.parametrize("text", ["a", "a && b", " my-task&&c1 "])
def test_most_depends_only_join_names(text: str) -> None:
    assert joins_names(text)

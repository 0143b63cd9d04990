"""Tags of a text, and what each pass of Argo makes of it."""

from typing import Any

import pytest

from fanout_lint.languages.expression.passes import Pass
from fanout_lint.languages.expression.values import UNKNOWN
from fanout_lint.languages.tag import Replaced, Tag, read_tag, replace, scan
from tests.languages.rows import meta, rows_of

NAMES: dict[str, object] = {
    "inputs.parameters.name": "ada",
    "inputs.parameters.text": 'two\n"lines"',
    "steps.skip.outputs.result": None,
    "colour": "\x1b[31m",
}


def _replaced(text: str, names: dict[str, object] | None = NAMES) -> list[str | None]:
    return [replace(text, names, strictness).text for strictness in Pass]


def test_tags_are_cut_at_the_next_closing_braces() -> None:
    found = scan("a {{ x }} {{=y}}} {{{z}}")

    assert found.tags == (
        Tag(False, " x ", "x", 2, 9),
        Tag(True, "=y", "y", 10, 16),
        Tag(False, "{z", "{z", 18, 24),
    )


def test_a_blank_before_the_sign_makes_a_simple_tag() -> None:
    assert [tag.is_expression for tag in scan("{{ =x}}{{==x}}").tags] == [False, True]


def test_a_tab_beside_a_name_belongs_to_the_name() -> None:
    assert scan("{{\tx \u00a0}}").tags[0].name == "\\tx"


def test_braces_that_are_never_closed_are_told() -> None:
    (problem,) = read_tag("{{a}} {{b}", None).problems

    assert (problem.start, problem.end) == (6, 8)


def test_a_value_is_inserted_whatever_it_holds() -> None:
    assert _replaced("<{{inputs.parameters.text}}>") == ['<two\n"lines">'] * 3


def test_an_escape_sequence_cannot_be_inserted() -> None:
    assert not read_tag("{{colour}}", NAMES).ok


def test_what_is_unknown_stays_in_the_passes_that_allow_it() -> None:
    assert _replaced("{{steps.x}} {{item}}") == ["{{steps.x}} {{item}}", None, None]
    assert (
        _replaced("{{tasks.x.outputs.artifacts.a}}")[:2] == ["{{tasks.x.outputs.artifacts.a}}"] * 2
    )


def test_an_expression_that_fails_stays_in_the_open_pass() -> None:
    text = "{{=asInt(inputs.parameters.name)}}"

    assert _replaced(text) == [text, None, None]


def test_an_expression_waits_for_a_name_that_comes_late() -> None:
    assert _replaced("{{=item == 'a'}}")[0] == "{{=item == 'a'}}"


def test_a_skipped_output_fails_in_every_pass() -> None:
    assert _replaced("{{steps.skip.outputs.result}}") == [None] * 3
    assert _replaced("{{=steps.skip.outputs.result ?? 'x'}}") == ["x"] * 3


def test_a_nested_tag_names_the_outer_one() -> None:
    assert _replaced("{{a-{{inputs.parameters.name}}}}") == ["{{a-ada}}"] * 3


def test_a_fault_in_an_expression_is_placed_in_the_text() -> None:
    text = "x {{=1 +* 2}}"

    (problem,) = read_tag(text, None).problems

    assert text[problem.start : problem.end] == "*"


def test_what_is_unknown_cannot_be_told() -> None:
    assert replace("{{a}}", {"a": UNKNOWN}, Pass.OPEN) == Replaced(None)
    assert replace("{{=a + 'x'}}", {"a": UNKNOWN}, Pass.STRICT) == Replaced(None)
    assert replace("{{=a.b}}", {"a": UNKNOWN}, Pass.STRICT) == Replaced(None)
    assert read_tag("{{a}} {{=b + 1}}", None).ok


def test_a_text_without_tags_is_its_own_value() -> None:
    assert read_tag("a } {b", NAMES).value == "a } {b"


def _agrees(found: Replaced, verdict: str, text: str, value: str | None) -> bool:
    """Whether *found* says nothing else than *verdict*; what is not told agrees with all."""
    if found.problem is not None:
        return verdict.startswith("error")
    if found.text is None:
        return True
    if verdict in ("unchanged", "literal"):
        return found.text == text
    if verdict == "value":
        return value is None or found.text == value or len(value) >= 200
    return verdict.startswith("text: ") and (found.text == verdict[6:] or len(verdict) >= 200)


@pytest.mark.parametrize("strictness", Pass)
def test_texts_become_what_argo_makes_of_them(strictness: Pass) -> None:
    cases: list[tuple[dict[str, Any], str, str]] = [
        (row, row["text"], row["replace"][strictness.value]) for row in rows_of("tag")
    ]
    cases += [
        (row, "{{=" + row["text"] + "}}", row["tag"][strictness.value])
        for row in rows_of("expr")
        if "tag" in row and meta()["envs"][row["env"]]["funcs"]
    ]
    wrong: list[str] = []
    told = 0
    for row, text, verdict in cases:
        found = replace(text, meta()["envs"][row["env"]]["flat"], strictness)
        told += found != Replaced(None)
        if not _agrees(found, verdict, text, row.get("value_text")):
            wrong.append(text)

    assert (wrong, told > 0.98 * len(cases)) == ([], True)


def test_tags_are_found_where_argo_finds_them() -> None:
    wrong = []
    for row in rows_of("tag"):
        found = scan(row["text"])
        names = [tag.name for tag in found.tags]
        wanted = [tag.get("name", tag.get("expr")) for tag in row.get("tags", [])]
        if row["ok"] is not (found.problem is None) or (row["ok"] and names != wanted):
            wrong.append(row["text"])

    assert wrong == []

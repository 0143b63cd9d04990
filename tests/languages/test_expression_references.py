"""What an expression reads, as Argo waits for it, and as a rule resolves it."""

from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.references import (
    HyphenatedName,
    Segment,
    hyphenated_names,
    identifiers,
    references,
)


def _paths(text: str) -> list[str]:
    return [reference.path for reference in references(parse(text))]


def test_argo_waits_for_every_step_of_a_path() -> None:
    found = identifiers(parse("upper(steps['a-b'].outputs.result) + item"))

    assert found == (
        *("steps", "steps.a-b", "steps.a-b.outputs", "steps.a-b.outputs.result"),
        "item",
    )


def test_argo_does_not_wait_for_what_is_guarded() -> None:
    assert identifiers(parse("steps.a.x ?? inputs?.b?.c")) == ("steps", "inputs")


def test_a_reference_has_a_place_and_a_quote_for_each_segment() -> None:
    (found,) = references(parse("""1 + steps?.['a-b']["c"].d"""))

    assert found.segments == (
        Segment("steps", 4, 9),
        Segment("a-b", 12, 17, "'", optional=True),
        Segment("c", 19, 22, '"'),
        Segment("d", 24, 25),
    )


def test_a_computed_index_leaves_the_reference_open() -> None:
    found = references(parse("steps[name].x + sprig.upper(item)"))

    assert [(one.path, one.open, one.called) for one in found] == [
        ("steps", True, False),
        ("name", False, False),
        ("sprig.upper", False, True),
        ("item", False, False),
    ]


def test_only_the_left_of_a_fallback_is_guarded() -> None:
    found = references(parse("(a.b + c) ?? d.e"))

    assert [(one.path, one.guarded) for one in found] == [
        ("a.b", True),
        ("c", True),
        ("d.e", False),
    ]


def test_locals_and_pointers_are_no_references() -> None:
    assert _paths("let x = inputs.a; map(xs, x.b + #.c + .d)") == ["inputs.a", "xs"]


def test_the_environment_by_name_is_the_environment() -> None:
    assert _paths("$env['steps'].a + $env.b") == ["steps.a", "b"]


def test_a_name_with_hyphens_is_known_by_its_adjacent_parts() -> None:
    (found,) = hyphenated_names(parse("1 + steps.my-long-gen.outputs.result"))

    assert found == HyphenatedName(("steps", "my-long-gen", "outputs", "result"), 1, 4, 36)


def test_a_subtraction_with_blanks_is_no_name() -> None:
    assert hyphenated_names(parse("a.b - c")) == ()


def test_a_subtraction_of_numbers_is_no_name() -> None:
    assert hyphenated_names(parse("a.b-1")) == ()

"""Where tags begin and end in a text."""

from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import find_unclosed, scan


def _scalar(value: str) -> Scalar:
    return Scalar(Source("x.yaml", value), Span(0, len(value)), value, "'")


def _find_unclosed(value: str) -> int:
    return find_unclosed(value, scan(_scalar(value)))


def test_a_tag_inside_another_says_where_the_outer_one_begins() -> None:
    (tag,) = scan(_scalar("a {{x {{ y }} z"))

    assert (tag.start, tag.end, tag.text, tag.is_nested, tag.outer) == (6, 13, "y", True, 2)


def test_what_a_later_tag_closes_is_not_open() -> None:
    assert _find_unclosed("{{a and {{b}}") == -1
    assert _find_unclosed("{{a}} and {{b") == 10
    assert _find_unclosed("a }} b") == -1


@given(st.text("{} a", max_size=30))
def test_nothing_closes_what_is_told_as_open(value: str) -> None:
    place = _find_unclosed(value)
    tags = scan(_scalar(value))

    if place < 0:
        assert value.count("{{") == 0 or tags != ()
    else:
        assert value.startswith("{{", place)
        assert "}}" not in value[place + 2 :]
        assert all(tag.end <= place for tag in tags)

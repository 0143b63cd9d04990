"""Every character of a value is found again in the file, whatever the style."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.source.text import Source
from fanout_lint.syntax.ink import offsets, span_in
from fanout_lint.syntax.nodes import Mapping, Scalar, scalars
from fanout_lint.syntax.parse import parse

WORDS = st.text("abc{}é日😀'\"\\#:-$", min_size=1, max_size=6)
LINES = st.lists(WORDS, min_size=1, max_size=5)


def scalar_of(text: str) -> Scalar:
    documents, hits = parse(Source("x.yaml", text))

    assert hits == []
    root = documents[0].root
    assert isinstance(root, Mapping)
    value = root.entries["k"].value
    assert isinstance(value, Scalar)
    return value


def written(style: str, words: list[list[str]], ending: str) -> str:
    lines = [" ".join(line) for line in words]
    if style == "|":
        text = "k: |\n" + "".join(f"   {line}\n" for line in lines)
    elif style == ">":
        text = "k: >-\n" + "".join(f"   {line}\n\n" for line in lines)
    elif style == "'":
        text = "k: '" + "\n   ".join(line.replace("'", "''") for line in lines) + "'\n"
    else:
        dumped = yaml.safe_dump("\n".join(lines), default_style='"', width=20)
        text = "k: " + dumped.replace("\n", "\n  ").rstrip() + "\n"
    return text.replace("\n", ending)


@given(
    st.sampled_from(["|", ">", "'", '"']),
    st.lists(LINES, min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_inked_characters_are_placed_exactly(
    style: str, words: list[list[str]], ending: str
) -> None:
    text = written(style, words, ending)
    scalar = scalar_of(text)
    places = offsets(scalar)

    assert len(places) == len(scalar.value) + 1
    assert list(places) == sorted(places)
    for char, at in zip(scalar.value, places, strict=False):
        if not char.isspace():
            assert text[at] == char or text[at] == "\\"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30))
def test_plain_dumps_are_placed_exactly(value: str) -> None:
    text = yaml.safe_dump({"k": "x" + value + "y"}, allow_unicode=True, width=12)
    documents, _ = parse(Source("x.yaml", text))
    if not documents:
        return  # U+FEFF and its like: refused, and said so elsewhere
    scalar = scalar_of(text)

    for char, at in zip(scalar.value, offsets(scalar), strict=False):
        if not char.isspace():
            assert text[at] == char or text[at] == "\\"


def test_escapes_in_double_quotes_stand_at_their_backslash() -> None:
    text = 'k: "a\\tb \\u00e9{{x}}\\\n   \\ c"\n'
    scalar = scalar_of(text)
    tag = scalar.value.index("{{x}}")
    span = span_in(scalar, tag, tag + 5)

    assert scalar.value == "a\tb é{{x}} c"
    assert text[span.start : span.end] == "{{x}}"


def test_a_literal_block_with_an_indentation_indicator_keeps_its_lead() -> None:
    text = "k: |2\n    {{a}}\n  b\n"
    scalar = scalar_of(text)
    span = span_in(scalar, scalar.value.index("{{a}}"), scalar.value.index("{{a}}") + 5)

    assert text[span.start : span.end] == "{{a}}"


def test_a_folded_block_is_placed_past_its_fold() -> None:
    text = "k: >-\n  one\n  {{item}} two\n"
    scalar = scalar_of(text)
    start = scalar.value.index("{{item}}")
    span = span_in(scalar, start, start + 8)

    assert text[span.start : span.end] == "{{item}}"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("header", ["|", "|-", ">", ">+"])
def test_every_line_break_of_yaml_ends_a_line_of_a_block(header: str, ending: str) -> None:
    text = f"key: {header}{ending}{ending}  über{ending}{ending}    zwei{ending}  drei\n"
    document = parse(Source("x.yaml", text))[0][0]
    (scalar,) = (each for each in scalars(document.root) if each.style)
    places = offsets(scalar)

    inked = [(char, at) for char, at in zip(scalar.value, places, strict=False) if char.strip()]
    assert [text[at] for _, at in inked] == [char for char, _ in inked]
    assert len(inked) == len("überzweidrei")
    assert all(scalar.span.start <= at <= len(text) for at in places)

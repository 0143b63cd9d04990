"""A place's pointer leads to the node that holds it."""

from collections.abc import Iterator
from textwrap import dedent

import pytest

from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, Sequence
from fanout_lint.syntax.parse import parse
from fanout_lint.verdict.pointer import Pointers

_TEXT = dedent("""\
    spec:
      a/b~c: one
      list:
      - x: two
        w: [three, {z: four}]
    """)


def _pointer(text: str, words: str) -> str:
    start = text.index(words)
    documents, _ = parse(Source("a.yaml", text))
    return Pointers(documents).of(Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("one", "/spec/a~1b~0c"),
        ("a/b~c", "/spec/a~1b~0c"),
        ("two", "/spec/list/0/x"),
        ("three", "/spec/list/0/w/0"),
        ("z", "/spec/list/0/w/1/z"),
        ("four", "/spec/list/0/w/1/z"),
        ("three, {z", "/spec/list/0/w"),
        ("spec", "/spec"),
        ("[", "/spec/list/0/w"),
    ],
)
def test_pointer_names_the_deepest_node_around_the_place(words: str, expected: str) -> None:
    assert _pointer(_TEXT, words) == expected


def test_place_in_a_block_of_text_is_the_blocks() -> None:
    assert _pointer("a:\n  b: |\n    one\n    two\n", "two") == "/a/b"


def test_each_document_is_counted_from_its_own_root() -> None:
    assert _pointer("a: one\n---\nb: two\n", "two") == "/b"


def test_aliased_node_is_named_where_it_is_written() -> None:
    text = "first: &x {a: one}\nsecond: *x\n"

    assert _pointer(text, "one") == "/first/a"
    assert _pointer(text, "*x") == "/second"


def test_merged_node_is_named_where_it_is_written() -> None:
    text = "base: &x {a: one}\nother:\n  <<: *x\n  b: two\n"

    assert _pointer(text, "one") == "/base/a"
    assert _pointer(text, "two") == "/other/b"


def test_node_that_is_merged_into_its_own_parent_is_named_where_it_is_written() -> None:
    text = "base: &x {a: one}\n<<: *x\na: two\n"

    assert _pointer(text, "one") == "/base/a"
    assert _pointer(text, "two") == "/a"


def test_key_that_lost_to_a_later_one_is_named_too() -> None:
    assert _pointer("a:\n  first: 1\n  again: 2\n  again: 3\n", "again") == "/a/again"


def test_place_outside_all_documents_has_the_root_pointer() -> None:
    assert Pointers(()).of(Span(0, 1)) == ""


def test_every_scalar_is_led_to() -> None:
    documents, _ = parse(Source("a.yaml", _TEXT))
    led = {
        path: Pointers(documents).of(scalar.span) for path, scalar in _leaves(documents[0].root, "")
    }

    assert led == {path: path for path in led}


def _leaves(node: Node, path: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Mapping):
        for name, entry in node.entries.items():
            part = name.replace("~", "~0").replace("/", "~1")
            yield from _leaves(entry.value, f"{path}/{part}")
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _leaves(item, f"{path}/{index}")
    else:
        yield path, node

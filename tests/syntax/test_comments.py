"""Which comments are ours, which names they allow, and what they cover."""

from textwrap import dedent

from fanout_lint.source.text import Source, Span
from fanout_lint.syntax.comments import NONE, Comments, read
from fanout_lint.syntax.parse import parse


def _read(text: str) -> tuple[Source, Comments]:
    source = Source("a.yaml", dedent(text))
    documents, _ = parse(source)
    return source, read(source, [document.root for document in documents])


def _covered(text: str) -> dict[str, list[str]]:
    """Return by rule the texts of what is allowed."""
    source, comments = _read(text)
    whole = (Span(0, len(source.text)),)
    covers = {
        allow.rule: whole if allow.is_everywhere else (*filter(None, [allow.line]), *allow.scalars)
        for allow in comments.allows
    }
    return {
        rule: [source.text[span.start : span.end] for span in spans]
        for rule, spans in covers.items()
    }


def test_text_without_the_mark_is_not_looked_at() -> None:
    assert read(Source("a.yaml", "a: 1 # allow[x]\n"), ()) is NONE


def test_comment_at_the_end_of_a_line_covers_the_line() -> None:
    covered = _covered("""\
        a: 1
        b: 2  # fanout-lint: allow[rule] it is known
        c: 3
        """)

    assert covered == {"rule": ["b: 2  # fanout-lint: allow[rule] it is known"]}


def test_comment_alone_covers_the_next_line_and_not_its_own() -> None:
    covered = _covered("""\
        # fanout-lint: allow[rule]
        a: 1
        b: 2
        """)

    assert covered == {"rule": ["a: 1"]}


def test_comments_alone_may_stand_above_one_another() -> None:
    covered = _covered("""\
        # fanout-lint: allow[one]
        # fanout-lint: allow[two] for reasons
        # of which there are many
        a: 1
        """)

    assert covered == {"one": ["a: 1"], "two": ["a: 1"]}


def test_comment_alone_above_a_blank_line_covers_nothing_more() -> None:
    covered = _covered("# fanout-lint: allow[rule]\n\na: 1\n")

    assert covered == {"rule": [""]}


def test_several_names_are_told_apart_each_at_its_own_words() -> None:
    source, comments = _read("a: 1 # fanout-lint: allow[one,  two-three ,four]\n")

    names = [source.text[allow.span.start : allow.span.end] for allow in comments.allows]
    assert names == ["one", "two-three", "four"]
    assert [allow.rule for allow in comments.allows] == names


def test_allow_file_covers_the_whole_file_from_anywhere() -> None:
    text = "a: 1\nb: |\n  // fanout-lint: allow-file[rule]\n  x\n"

    assert _covered(text) == {"rule": [text]}


def test_script_is_covered_by_its_own_comments_in_any_language() -> None:
    covered = _covered("""\
        a: |
          echo 1  # fanout-lint: allow[shell]
          echo 2
          print(1) // fanout-lint: allow[script]
          select 1; -- fanout-lint: allow[sql]
        """)

    assert covered == {
        "shell": ["  echo 1  # fanout-lint: allow[shell]"],
        "script": ["  print(1) // fanout-lint: allow[script]"],
        "sql": ["  select 1; -- fanout-lint: allow[sql]"],
    }


def test_comment_alone_in_a_script_covers_the_next_line() -> None:
    covered = _covered("""\
        a: |
          # fanout-lint: allow[rule]
          echo 1
          echo 2
        """)

    assert covered == {"rule": ["  echo 1"]}


def test_comment_on_the_header_of_a_block_covers_the_block_too() -> None:
    covered = _covered("""\
        a: |  # fanout-lint: allow[rule]
          echo 1
          echo 2
        b: 1
        """)

    header = "|  # fanout-lint: allow[rule]"
    assert covered == {"rule": [f"a: {header}", f"{header}\n  echo 1\n  echo 2"]}


def test_comment_after_a_block_is_yaml_and_no_part_of_the_script() -> None:
    covered = _covered("""\
        a:
          b: |
            echo 1
          # fanout-lint: allow[rule]
          c: 1
        """)

    assert covered == {"rule": ["  c: 1"]}


def test_comment_covers_a_quoted_text_that_goes_on_over_lines() -> None:
    covered = _covered("""\
        # fanout-lint: allow[above]
        a: "one
          two"  # fanout-lint: allow[behind]
        """)

    assert covered == {
        "above": ['a: "one', '"one\n  two"'],
        "behind": ['  two"  # fanout-lint: allow[behind]', '"one\n  two"'],
    }


def test_hash_in_a_scalar_is_no_comment() -> None:
    _, comments = _read("""\
        a: "x # fanout-lint: allow[one]"
        b: 'x # fanout-lint: allow[two]'
        c: x#fanout-lint:allow[three]
        "# fanout-lint: allow[four]": 1
        d: |
          echo "# fanout-lint: allow[five]"
          // see fanout-lint: it says so
        """)

    assert comments == NONE


def test_slashes_are_no_comment_of_yaml() -> None:
    _, comments = _read("a: b // fanout-lint: allow[one]\n")

    assert comments == NONE


def test_comment_in_a_document_that_is_no_yaml_is_read_still() -> None:
    covered = _covered("a: [1\n--- \nb: {{x}}  # fanout-lint: allow[yaml-syntax]\n")

    assert list(covered) == ["yaml-syntax"]


def test_what_is_misspelt_is_told_at_its_words() -> None:
    _, comments = _read("""\
        a: 1  # fanout-lint: alow[rule] reason
        b: 1  # fanout-lint: allow rule
        c: 1  # fanout-lint: allow[]
        d: 1  # fanout-lint: allow[rule
        e: 1  # fanout-lint:
        """)

    assert [misspelt.text for misspelt in comments.misspelt] == [
        "fanout-lint: alow[rule]",
        "fanout-lint: allow",
        "fanout-lint: allow[]",
        "fanout-lint: allow[rule",
        "fanout-lint:",
    ]
    assert comments.allows == ()


def test_lines_end_as_in_windows() -> None:
    covered = _covered("# fanout-lint: allow[rule]\r\na: 1\r\nb: 2\r\n")

    assert covered == {"rule": ["a: 1"]}


def test_key_whose_value_an_alias_brings_is_covered_where_it_stands() -> None:
    covered = _covered("""\
        a: &x "one
          two"
        b: *x  # fanout-lint: allow[rule]
        """)

    assert covered == {"rule": ["b: *x  # fanout-lint: allow[rule]"]}

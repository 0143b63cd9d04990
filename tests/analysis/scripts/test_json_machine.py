"""The reader of JSON that can begin anywhere."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.analysis.scripts.json_machine import ANYWHERE, START, Top, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)  # fmt: skip


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=lambda name: 1 / 0)
    except (ValueError, ZeroDivisionError):
        return False
    return True


@settings(max_examples=200)
@given(VALUES, st.integers(0, 40), st.text(alphabet='[]{},:"\\0123-+.eE tfnulrsa\n', max_size=2))
def test_reader_agrees_with_a_real_one(value: object, place: int, change: str) -> None:
    text = json.dumps(value, indent=1)
    text = text[:place] + change + text[place + len(change) :]

    complete = any(state.complete for state in read(START, text))

    assert complete == _is_json(text)


@settings(max_examples=100)
@given(VALUES, st.integers(0, 60))
def test_end_of_any_json_can_be_read_from_anywhere(value: object, cut: int) -> None:
    text = json.dumps(value)
    rest = text[min(cut, len(text)) :]

    assert any(read(state, rest) for state in ANYWHERE)


@pytest.mark.parametrize("line", ["found 3 files\n", "INFO:root:x\n", "\x1b[32mok", "'a'\n\n]x"])
def test_line_of_words_fits_nowhere_in_json(line: str) -> None:
    assert not any(read(state, line) for state in ANYWHERE)


@pytest.mark.parametrize("part", ["found 3 files", '", "b', "]\n", "1, 2", "e5"])
def test_piece_that_fits_somewhere_is_no_noise(part: str) -> None:
    assert any(read(state, part) for state in ANYWHERE)


def test_kind_of_the_outermost_value_is_kept() -> None:
    tops = {state.top for state in read(START, ' {"a": [1]} ')}

    assert tops == {Top.OBJECT}

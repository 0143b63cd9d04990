"""What is told of a jq filter from shapes, against what the filter gives for real values."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fanout_lint.analysis.scripts.shape import (
    Field,
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    shape_of,
)
from fanout_lint.analysis.scripts.shell.jq_shapes import bounded
from fanout_lint.analysis.scripts.shell.jq_values import values_of
from fanout_lint.languages.jq.environment import Scope
from fanout_lint.languages.jq.evaluation import Evaluation
from fanout_lint.languages.jq.faults import JqError, JqUnknown
from fanout_lint.languages.jq.parser import parse_filter
from fanout_lint.languages.jq.values import kind_of
from fanout_lint.unknown import UNKNOWN

STRING = ScalarShape(ScalarKind.STRING)
NUMBER = ScalarShape(ScalarKind.NUMBER)
ROWS = shape_of([{"name": "a", "n": 1}, {"name": "b", "n": 2}])


def one(shape: Shape) -> tuple[Shape, int, int | None]:
    return shape, 1, 1


@pytest.mark.parametrize(
    ("program", "value", "expected"),
    [
        (".", ROWS, one(ROWS)),
        (".[]", ROWS, (ObjectShape((Field("name", STRING), Field("n", NUMBER)), False), 2, 2)),
        (".[0].name", ROWS, one(shape_of("a"))),
        (".[].name", ROWS, (STRING, 2, 2)),
        ("select(.a), select(.b)", UNKNOWN, (UNKNOWN, 0, 2)),
        ("{(.x, .y): 1}", UNKNOWN, (ObjectShape(), 2, 2)),
        ("{a: (.x, .y)}", UNKNOWN, (ObjectShape((Field("a", UNKNOWN),), False), 2, 2)),
        ("map({id: .n, name})", UNKNOWN, one(
            ListShape(ObjectShape((Field("id", UNKNOWN), Field("name", UNKNOWN)), False))
        )),
        ("[.[] | select(.n > 1)]", ROWS, one(
            ListShape(ObjectShape((Field("name", STRING), Field("n", NUMBER)), False), 0, 2)
        )),
        ("[range(4)]", UNKNOWN, one(ListShape(NUMBER, 4, 4))),
        ("[.[] | .name] | unique", ROWS, one(ListShape(STRING, 1, 2))),
        ("to_entries[] | .key", UNKNOWN, (UNKNOWN, 0, None)),
        ("to_entries[] | .key", ObjectShape(), (STRING, 0, None)),
        (". + {x: 1}", UNKNOWN, one(ObjectShape((Field("x", ScalarShape(ScalarKind.NUMBER, 1)),)))),
        ("[1] + [\"a\"]", UNKNOWN, one(shape_of([1, "a"]))),
        (".items // []", UNKNOWN, one(UNKNOWN)),
        ("if .a then [1] else [] end", UNKNOWN, one(ListShape(shape_of(1), 0, 1))),
        (".a as $x | [$x]", UNKNOWN, one(ListShape(UNKNOWN, 1, 1, (UNKNOWN,)))),
        ("empty", UNKNOWN, (UNKNOWN, 0, 0)),
        ("[.[] | {a: 1}, {b: 2}]", ROWS, one(ListShape(ObjectShape((
            Field("a", shape_of(1), sure=False), Field("b", shape_of(2), sure=False)), False,
        ), 4, 4))),
    ],
)  # fmt: skip
def test_values_are_told_from_shapes(
    program: str, value: Shape, expected: tuple[Shape, int, int | None]
) -> None:
    values = values_of(program, value)

    assert values is not None
    assert (values.item, values.least, values.most) == expected


@pytest.mark.parametrize(
    "program",
    [
        "def map(f): 1, 2; map(.)",
        "inputs",
        "limit(2; .[])",
        ".a.",
        'include "m"; .',
        "try 1 catch 2",
    ],
)
def test_number_of_values_may_be_unknown(program: str) -> None:
    assert values_of(program, UNKNOWN) is None


@pytest.mark.parametrize("stage", ["{a: ., b: .}", "[.[], .[]]", "[., .]", ". + [.[]]"])
def test_what_grows_at_every_pipe_is_cut(stage: str) -> None:
    values = values_of(" | ".join([stage] * 30), shape_of([1]))

    assert values is not None
    assert bounded(values.item) is values.item


_LEAVES = st.sampled_from(
    [".", ".a", ".b", ".[]", ".[0]", ".[]?", "1", '"a"', "null", "[]", "{}", "empty", "length",
     "keys", "sort", "reverse", "unique", "to_entries", "add", "{a}", "{a: 1}", "range(2)",
     "[1, 2]", "tojson", "1.5", "type", "flatten"]
)  # fmt: skip


def _extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from([" | ", ", ", " // ", " + ", " - ", " * ", " == ", " and "])
    two = st.builds("({}){}({})".format, inner, operators, inner)
    shapes = ["[{}]", "map({})", "select({})", "{{a: ({})}}", "first({})", "({})[]", "({})[0]",
              "try ({})", "group_by({})", "unique_by({})", "{{(({}) | tostring): 1, b: 2}}",
              "{{b: 2, (({}) | tostring): 1}}", "-({})", '"x\\({})"', "({}) as $x | [$x, .]",
              "({}).a", ".[{}]?", "sort_by({})"]  # fmt: skip
    shaped = st.builds(lambda shape, text: shape.format(text), st.sampled_from(shapes), inner)
    chosen = st.builds("if {} then {} else {} end".format, inner, inner, inner)
    return two | shaped | chosen


_PROGRAMS = st.recursive(_LEAVES, _extended, max_leaves=6)
_SCALARS = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from(["", "a", "b"])
_DOCUMENTS = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "key"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def fits(value: object, shape: Shape) -> bool:
    match shape:
        case ScalarShape(kind, known):
            return kind_of(value) == kind.value and known in (UNKNOWN, value)
        case ListShape():
            return isinstance(value, list) and all_fit(value, shape)
        case ObjectShape(fields, is_open):
            if not isinstance(value, dict):
                return False
            known_names = {field.name for field in fields}
            return (is_open or set(value) <= known_names) and all(
                fits(value[field.name], field.shape) if field.name in value else not field.sure
                for field in fields
            )
    return True


def all_fit(values: list[object], shape: ListShape) -> bool:
    enough = shape.least <= len(values) and (shape.most is None or len(values) <= shape.most)
    if shape.items is not None:
        return len(values) == len(shape.items) and all(map(fits, values, shape.items))
    return enough and all(fits(value, shape.item) for value in values)


@given(_PROGRAMS, _DOCUMENTS, st.booleans())
def test_what_a_filter_gives_is_what_its_shapes_tell(
    program: str, document: object, is_known: bool
) -> None:
    try:
        tree = parse_filter(program).query
        given_values = list(Evaluation().values(tree, Scope(), (None, document)))
    except (JqError, JqUnknown):
        assume(False)
    told = values_of(program, shape_of(document) if is_known else UNKNOWN)

    assert told is None or all_fit(given_values, told)

"""sprig's functions answer as Go's do; the expected values were asked of sprig v3.3.0."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.languages.expression.values import (
    UNKNOWN,
    GoError,
    SizedNumber,
    Slice,
    Time,
    TypedMap,
)
from fanout_lint.languages.sprig import FUNCTIONS, REMOVED, SprigError, call_sprig, table

MOMENT = Time(1_709_296_496, 0, "UTC", 0)

ANSWERS: list[tuple[str, tuple[object, ...], object]] = [
    ("title", ("hello wörld_x y",), "Hello Wörld_x Y"),
    ("upper", ("straße",), "STRAßE"),
    ("swapcase", ("This Is",), "tHIS iS"),
    ("snakecase", ("HTTP20xOK",), "http_20x_ok"),
    ("kebabcase", ("Bld4Floor3rd",), "bld4-floor-3rd"),
    ("camelcase", ("_complex__case_",), "_Complex_Case_"),
    ("trunc", (-2, "abc"), "bc"),
    ("substr", (1, 99, "abc"), "bc"),
    ("abbrev", (5, "hello world"), "he..."),
    ("abbrevboth", (5, 10, "1234 5678 9123"), "...5678..."),
    ("wrapWith", (3, "|", "abcdefg hi"), "abc|def|g|hi"),
    ("quote", ("a", None, 1), '"a" "1"'),
    ("cat", ("a", [1, 2.5], None), "a [1 2.5]"),
    ("join", (",", ["a", None, 1.0]), "a,1"),
    ("splitn", (",", 2, "a,b,c"), TypedMap("string", "string", {"_0": "a", "_1": "b,c"})),
    ("int64", ("017",), SizedNumber("int64", 15)),
    ("int", ("1e3",), 0),
    ("float64", ("1_000.5",), 1000.5),
    ("add", ("2", 3, 1.9, None), SizedNumber("int64", 6)),
    ("mul", (2**62, 4), SizedNumber("int64", 0)),
    ("mod", (-7, 3), SizedNumber("int64", -1)),
    ("addf", (0.1, 0.2), 0.3),
    ("divf", (1, 3), 0.3333333333333333),
    ("round", (-1.5, 0), -2.0),
    ("seq", (5, -2, 0), "5 3 1"),
    ("until", (-2,), Slice("int", [0, -1])),
    ("chunk", (2, [1, 2, 3]), Slice("[]interface {}", [[1, 2], [3]])),
    ("uniq", ([1, 1.0, 1],), [1, 1.0]),
    ("has", (1, [1.0]), False),
    ("default", ("d", 0), "d"),
    ("coalesce", (None, "", [], "x"), "x"),
    ("ternary", ("y", "n", True), "y"),
    ("dict", ("a", 1, "b"), {"a": 1, "b": ""}),
    ("dig", ("a", "b", "none", {"a": {"b": 2}}), 2),
    ("merge", ({"a": "", "b": {"c": 1}}, {"a": "x", "b": {"c": 2, "d": 3}}), None),
    ("fromJson", ("{bad",), None),
    ("toRawJson", ({"a": "<\\u003c>"},), '{"a":"<\\\\u003c>"}'),
    ("typeOf", (["a"],), "[]interface {}"),
    ("kindOf", (Slice("int", []),), "slice"),
    ("b64enc", ("pi",), "cGk="),
    ("clean", ("/a/../b//c/",), "/b/c"),
    ("base", ("a/b/",), "b"),
    ("dir", ("a",), "."),
    ("ext", ("a.tar.gz",), ".gz"),
    ("semverCompare", (">=1.2, <2", "v1.9"), True),
    ("semverCompare", ("^1.2.3", "1.3.0-beta"), False),
    ("semverCompare", ("!=1.2", "1.2.9"), False),
    ("semverCompare", ("1.2 - 1.4", "1.3.1"), True),
    ("dateInZone", ("Mon Jan _2 15:04:05.000 2006 MST", MOMENT, "UTC"), None),
    ("toDate", ("2006-01-02", "nope"), Time(-62_135_596_800, 0, "UTC", 0)),
    ("mustToDate", ("2006-01-02 03:04pm", "2024-03-01 01:00pm"), Time(1_709_298_000, 0, "UTC", 0)),
    ("dateModify", ("-1.5h", MOMENT), Time(1_709_291_096, 0, "UTC", 0)),
    ("duration", ("95",), "1m35s"),
    ("duration", (95,), "0s"),
    ("durationRound", ("2h10m5s",), "2h"),
    ("urlParse", ("https://h.io:80/p?q=1#f",), None),
    ("regexQuoteMeta", ("a.b*",), "a\\.b\\*"),
    ("rest", ([],), UNKNOWN),
    ("keys", ({"a": 1, "b": 2},), UNKNOWN),
    ("now", (), UNKNOWN),
    ("upper", (UNKNOWN,), UNKNOWN),
    ("list", ([UNKNOWN],), UNKNOWN),
]

LONGER: dict[str, object] = {
    "merge": {"a": "x", "b": {"c": 1, "d": 3}},
    "dateInZone": "Fri Mar  1 12:34:56.000 2024 UTC",
    "urlParse": {
        "scheme": "https",
        "host": "h.io:80",
        "hostname": "h.io",
        "path": "/p",
        "query": "q=1",
        "opaque": "",
        "fragment": "f",
        "userinfo": "",
    },
}


@pytest.mark.parametrize(("name", "arguments", "expected"), ANSWERS)
def test_function_gives_what_go_gives(
    name: str, arguments: tuple[object, ...], expected: object
) -> None:
    found = call_sprig(name, arguments)

    assert (type(found), found) == (type(LONGER.get(name, expected)), LONGER.get(name, expected))


FAILURES: list[tuple[str, tuple[object, ...], str]] = [
    ("upper", (1,), "sprig.upper takes string as argument 1, not int"),
    ("until", ("3",), "sprig.until takes int as argument 1, not string"),
    ("until", (3.0,), "sprig.until takes int as argument 1, not float64"),
    ("ternary", (1, 2, "true"), "sprig.ternary takes bool as argument 3, not string"),
    ("upper", (), "sprig.upper takes 1 argument, and has 0"),
    ("join", (",",), "sprig.join takes 2 arguments, and has 1"),
    ("default", (), "sprig.default takes at least 1 arguments, and has 0"),
    ("fromYaml", ("a",), "sprig has no function 'fromYaml'"),
    ("env", ("HOME",), "Argo removes sprig.env, so that no expression reads its environment"),
    ("first", ("abc",), "cannot find the first of type string"),
    ("div", (1, 0), "the divisor is 0"),
    ("substr", (3, 2, "abc"), "substr cannot take bytes 3 to 2 of 3"),
    ("dig", ("a", "b", 0, {"a": 1}), "dig cannot look for 'b' in a int, only in a dict"),
    ("semverCompare", ("1.2.3.4", "1.2.3"), "'1.2.3.4' is no version constraint"),
    ("fail", ("boom",), "boom"),
]


@pytest.mark.parametrize(("name", "arguments", "message"), FAILURES)
def test_sure_failure_is_told(name: str, arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(SprigError) as failure:
        call_sprig(name, arguments)

    assert str(failure.value) == message


def test_dict_that_is_given_stays_as_it_was() -> None:
    given_dict: dict[str, object] = {"a": {"b": 1}}

    call_sprig("merge", (given_dict, {"a": {"c": 2}}))
    call_sprig("set", (given_dict, "x", 1))

    assert given_dict == {"a": {"b": 1}}


def test_each_function_is_listed_under_the_module_that_has_it() -> None:
    for home, names in table._MODULES.items():
        assert list(table._functions_in(home)) == names.split()


def test_removed_functions_are_no_functions() -> None:
    assert not REMOVED & FUNCTIONS.keys()


GO_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text()
    | st.just(MOMENT)
    | st.just(UNKNOWN)
    | st.builds(SizedNumber, st.just("int64"), st.integers(-(2**63), 2**63 - 1)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(GO_VALUES, max_size=5), st.integers(-9, 99))
def test_no_call_crashes(name: str, values: list[object], number: int) -> None:
    function = FUNCTIONS[name]
    fitting: dict[str, object] = {"int": number, "string": str(number), "bool": True, "map": {}}
    arguments = [
        fitting.get(kind, value) for kind, value in zip(function.parameters, values, strict=False)
    ]
    with suppress(GoError):
        call_sprig(name, tuple(arguments))

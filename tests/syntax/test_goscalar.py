"""Plain scalars are typed as Argo's Go reader types them."""

import pytest

from fanout_lint.syntax.goscalar import Resolved, key_text, resolve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y", True),
        ("off", False),
        ("~", None),
        ("", None),
        ("0o17", 15),
        ("012", 10),
        ("08", 8.0),
        ("0x1F", 31),
        ("0b101", 5),
        ("1_000", 1000),
        ("1e3", 1000.0),
        ("+5", 5),
        ("-0", 0),
        (".5", 0.5),
        ("1.", 1.0),
        ("1:30", "1:30"),
        ("2020-01-01", "2020-01-01"),
        ("=", "="),
        ("truely", "truely"),
        ("9" * 5000, "9" * 5000),
        ("18446744073709551615", 2**64 - 1),
    ],
)
def test_plain_text_is_typed_as_go_types_it(text: str, expected: Resolved) -> None:
    value = resolve(text, None)

    assert (type(value), value) == (type(expected), expected)


def test_an_explicit_tag_decides() -> None:
    assert resolve("1", "tag:yaml.org,2002:str") == "1"
    assert resolve("1", "tag:yaml.org,2002:float") == 1.0


@pytest.mark.parametrize(("value", "expected"), [(True, "true"), (1, "1"), (None, None)])
def test_keys_are_texts(value: Resolved, expected: str | None) -> None:
    assert key_text(value) == expected

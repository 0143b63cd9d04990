"""Whether two values of a ``when`` are the same, in order, or a match."""

from typing import TypeVar

from fanout_lint.languages.when.tokens import FaultKind, WhenError
from fanout_lint.languages.when.values import (
    Anything,
    Items,
    Moment,
    Pattern,
    SomeBool,
    SomeNumber,
    SomeText,
    Value,
    can_be_number,
    can_be_text,
    show,
)

_Kind = TypeVar("_Kind", str, float)


def noun(value: Value) -> str:
    match value:
        case str():
            return f"the text `{value}`"
        case SomeText():
            return "text"
        case float():
            return f"the number `{show(value)}`"
        case SomeNumber():
            return "a number"
        case bool():
            return f"`{show(value)}`"
        case SomeBool():
            return "a truth value"
        case None:
            return "nothing"
        case Items():
            return "a list"
        case Pattern(text):
            return f"the pattern `{text}`"
    return "this"


def same(left: Value, right: Value) -> bool | None:
    """Return whether Go's ``DeepEqual`` holds; ``None``: the tags decide."""
    match left, right:
        case (Anything(), _) | (_, Anything()):
            return None
        case (SomeText() as some, str() as text) | (str() as text, SomeText() as some):
            return None if some.can_be(text) else False
        case (SomeText(), SomeText() | Moment() | SomeNumber()):
            return None
        case (Moment() | SomeNumber(), SomeText()):
            return None
        case (SomeBool(), SomeBool() | bool()) | (bool(), SomeBool()):
            return None
        case (SomeNumber(), SomeNumber() | float()) | (float(), SomeNumber()):
            return None
        case Items(ones), Items(others):
            if len(ones) != len(others):
                return False
            answers = [same(*pair) for pair in zip(ones, others, strict=True)]
            return False if False in answers else None if None in answers else True
        case Pattern(), Pattern():
            return None
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if type(left) is type(right) or (isinstance(left, float) and isinstance(right, float)):
        return left == right
    return False


def compare(sign: str, left: _Kind, right: _Kind) -> bool:
    """Compare two of a kind; text goes by its UTF-8 bytes, which is the order of characters."""
    match sign:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right


def can_be_ordered(left: Value, right: Value) -> bool:
    """Whether the two may be of a kind; text with a tag may be a date beside a date."""
    if can_be_text(left) and can_be_text(right):
        return True
    for some, other in ((left, right), (right, left)):
        if (
            isinstance(some, SomeText)
            and isinstance(other, float)
            and not isinstance(other, Moment)
        ):
            return False
    return can_be_number(left) and can_be_number(right)


def matches(pattern: str, text: str) -> bool | None:
    from fanout_lint.languages.goregexp import match

    return match(pattern, text)


def check_pattern(pattern: str, start: int, end: int) -> None:
    """Raise WhenError when Go cannot compile the pattern."""
    from fanout_lint.languages.goregexp import read_goregexp

    if not read_goregexp(pattern).ok:
        message = f"`{pattern}` is no regular expression of Go"
        raise WhenError(message, start, end, FaultKind.PATTERN)

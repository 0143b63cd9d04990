"""The values of a ``when``: govaluate's own, and what is known of one that a tag decides."""

from msgspec import Struct

from fanout_lint.languages.gonumber import print_float


class Moment(float):
    """Seconds since 1970 of a quoted date: a number to govaluate."""


class Pattern(Struct, frozen=True):
    """A regular expression behind ``=~``."""

    text: str


class Items(Struct, frozen=True):
    """``1, 2, 3``."""

    members: tuple["Value", ...]


class SomeText(Struct, frozen=True):
    """Quoted text with a tag in it; *before* and *after* surround what is not known.

    When all of it looks like a date, govaluate makes it a number.
    """

    before: str
    after: str

    def can_be(self, text: str) -> bool:
        return (
            len(text) >= len(self.before) + len(self.after)
            and text.startswith(self.before)
            and text.endswith(self.after)
        )


class SomeBool(Struct, frozen=True):
    """True or false."""


class SomeNumber(Struct, frozen=True):
    """A number."""


class Anything(Struct, frozen=True):
    """Nothing is known, not even whether it is an error."""


Value = float | str | bool | None | Pattern | Items | SomeText | SomeBool | SomeNumber | Anything

SOME_BOOL = SomeBool()
SOME_NUMBER = SomeNumber()
ANYTHING = Anything()


def is_known(value: Value) -> bool:
    match value:
        case SomeText() | SomeBool() | SomeNumber() | Anything():
            return False
        case Items(members):
            return all(is_known(member) for member in members)
    return True


def can_be_bool(value: Value) -> bool:
    return isinstance(value, bool | SomeBool | Anything)


def can_be_number(value: Value) -> bool:
    """Whether the value may be a number, text with a tag being a date."""
    return isinstance(value, float | SomeNumber | Anything | SomeText)


def can_be_text(value: Value) -> bool:
    return isinstance(value, str | SomeText | Anything)


def show(value: Value) -> str:
    """Return the text of Go's ``%v``, which ``+`` appends to text."""
    match value:
        case None:
            return "<nil>"
        case bool():
            return "true" if value else "false"
        case float():
            return print_float(value)
        case str():
            return value
        case Pattern(text):
            return text
        case Items(members):
            return f"[{' '.join(map(show, members))}]"
    return "…"

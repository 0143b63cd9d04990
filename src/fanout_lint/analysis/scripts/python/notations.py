"""What a person calls the text that ``print`` makes of a value."""

from fanout_lint.analysis.scripts.flow import Notation
from fanout_lint.analysis.scripts.python.render import object_of
from fanout_lint.analysis.scripts.python.state import State
from fanout_lint.analysis.scripts.python.values import (
    DictObject,
    Iterable,
    ListObject,
    Opaque,
    Scalar,
    Str,
    Tuple,
    Value,
)
from fanout_lint.analysis.scripts.text import Either, Text, first_words, literal


def notation(values: tuple[Value, ...], state: State) -> tuple[Notation, str]:
    """Return how the text that ``print(*values)`` makes is to be called, and in which words."""
    if len(values) != 1:
        return Notation.TEXT, ""
    value = values[0]
    match value:
        case Str(text) if _is_list_repr(text):
            return Notation.PYTHON, "a Python list in Python's own notation, with single quotes"
        case Tuple() | Iterable("tuple"):
            return Notation.PYTHON, "a Python tuple, in parentheses"
        case Iterable("list"):
            return Notation.PYTHON, "a Python list in Python's own notation, with single quotes"
        case Iterable(kind):
            return Notation.PYTHON, f"a Python {kind} object, not what is in it"
        case Scalar(None) | Scalar(True) | Scalar(False):
            return Notation.PYTHON, f"Python's {value.value}, which is not JSON"
    item = object_of(value, state)
    match item:
        case ListObject(elements, "list"):
            quoted = isinstance(elements.item, Str) or elements.item == Opaque()
            ending = ", with single quotes" if quoted else ""
            return Notation.PYTHON, f"a Python list in Python's own notation{ending}"
        case ListObject():
            return Notation.PYTHON, f"a Python {item.kind} in Python's own notation"
        case DictObject():
            return Notation.PYTHON, "a Python dict in Python's own notation, with single quotes"
    return Notation.TEXT, ""


def _is_list_repr(text: Text) -> bool:
    """Say whether *text* is what ``str`` makes of a list or dict of strings."""
    first = text[0] if text else None
    if isinstance(first, Either) and first.genuine and first.options[0] == literal("[]"):
        text = first.options[-1]
        return len(first.options) == 2 and "[" in first_words(text)[:1]
    return first_words(text)[:2] in ("['", "{'") or first_words(text)[:3] == "[{'"

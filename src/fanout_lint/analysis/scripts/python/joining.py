"""``str.join`` over values of which only parts are known."""

from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.python.values import (
    Str,
    Value,
)
from fanout_lint.analysis.scripts.text import (
    ANY_TEXT,
    Many,
    Text,
    concat,
)

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.functions import Caller


def joined(caller: "Caller", between: Text, value: Value) -> Text:
    elements = caller.evaluator.elements(value)
    if elements.items is not None:
        pieces: list[Text] = []
        for index, item in enumerate(elements.items):
            one = item.text if isinstance(item, Str) else ANY_TEXT
            pieces += [between, one] if index else [one]
        return concat(*pieces)
    one = elements.item.text if isinstance(elements.item, Str) else ANY_TEXT
    return (Many(one, between, elements.least, None),)

"""Names with a hyphen that an expression reads as subtractions."""

import re
from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, hit

_WORD = r"[A-Za-z_]\w*\Z"


def check(facts: Facts) -> Iterator[Hit]:
    for expression in facts.expressions:
        for name in expression.hyphenated:
            words = {
                "written": expression.written[name.start : name.end],
                "meant": _in_brackets(name.segments),
                "end": expression.fate.end.value,
            }
            yield hit(expression.place(name.start, name.end), **words)


def _in_brackets(segments: tuple[str, ...]) -> str:
    """Return the path with brackets around the names that need them."""
    first, *rest = segments
    return first + "".join(f".{name}" if re.match(_WORD, name) else f"['{name}']" for name in rest)

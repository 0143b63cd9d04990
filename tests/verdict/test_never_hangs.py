"""Files full of comments or findings take time in proportion to their length."""

import time
from collections.abc import Callable

import pytest

from fanout_lint.findings import Hit, Place
from fanout_lint.source.text import Span
from tests.verdict.judging import PATH, judged

_LINES = 20_000
_SECONDS = 20.0

_ALLOW = "# fanout-lint: allow[bad-step]"


def _hits(text: str, words: str) -> list[Hit]:
    hits = []
    at = text.find(words)
    while at >= 0:
        hits.append(Hit("bad-step", Place(PATH, Span(at, at + len(words)))))
        at = text.find(words, at + 1)
    return hits


_TEXTS: dict[str, Callable[[], str]] = {
    "comments above one another": lambda: f"{_ALLOW}\n" * _LINES + "a: one\n",
    "comments on one line": lambda: f"a: one {_ALLOW * _LINES}\n",
    "comments of many marks": lambda: f"a: one {('#' * 50 + ' ' * 50) * _LINES} fanout-lint:\n",
    "names without a rule": lambda: "".join(
        f"a{line}: one # fanout-lint: allow[bad-stop-{line}]\n" for line in range(_LINES)
    ),
    "keys that stand twice": lambda: "a: one\n" * _LINES,
    "items": lambda: "- one\n" * _LINES,
    "items on one line": lambda: f"[{'one, ' * _LINES}] {_ALLOW}\n",
    "documents": lambda: "a: one\n---\n" * _LINES,
    "lines of a script": lambda: f"a: |\n{f'  one {_ALLOW}' * 10}\n" + f"  one {_ALLOW}\n" * _LINES,
}


@pytest.mark.parametrize("name", _TEXTS)
def test_long_file_is_judged_in_time(name: str) -> None:
    text = _TEXTS[name]()
    hits = _hits(text, "one")
    before = time.process_time()
    judged(text, hits)

    assert time.process_time() - before < _SECONDS

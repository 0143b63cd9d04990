"""A misspelt tag is flagged at its exact words, in every style in which YAML writes a text."""

from collections.abc import Callable

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.engine import lint_text
from fanout_lint.findings import Finding
from fanout_lint.report.contract import Report, extent

_HEAD = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: w-}
spec:
  entrypoint: main
  templates:
    - name: main
      container:
        image: "bäcker:1"
        args:
          - """
_MISSPELT = "nmae"
_TAG = "{{workflow.nmae}}"


def _plain(lines: list[str]) -> str:
    return "x" + "\n            ".join(lines)


def _single(lines: list[str]) -> str:
    return "'" + "\n\n            ".join(line.replace("'", "''") for line in lines) + "'"


def _double(lines: list[str]) -> str:
    """Return it as a person may write it, each backslash and quote escaped."""
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n\\\n            ".join(escaped) + '"'


def _dumped(lines: list[str]) -> str:
    """Return it as a program writes it: wrapped, and with escapes for what is not ASCII."""
    text = yaml.safe_dump("\n".join(lines), default_style='"', width=30)
    return text.rstrip("\n").replace("\n", "\n            ")


def _block(header: str) -> Callable[[list[str]], str]:
    def written(lines: list[str]) -> str:
        return f"{header}\n            " + "\n\n            ".join(lines)

    return written


_STYLES: dict[str, Callable[[list[str]], str]] = {
    "plain": _plain,
    "single quotes": _single,
    "double quotes": _double,
    "double quotes, dumped": _dumped,
    **{
        f"block {header}": _block(header)
        for header in ("|", "|-", "|+", ">", ">-", ">+", "|2", ">2-")
    },
}

# No braces, nor what ends a plain text; other marks, other scripts, and characters of two halves.
_WORDS = st.text("abcé日😀ß\u0301'\"\\.,;()", min_size=1, max_size=8)
_PLAIN_WORDS = st.text("abcé日😀ß\u0301.,;()", min_size=1, max_size=8)


def _lines(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[list[str], list[str]]]:
    line = st.lists(words, min_size=1, max_size=4).map(" ".join)
    return st.tuples(st.lists(line, max_size=3), st.lists(line, max_size=3))


def _found(report: Report) -> list[tuple[str, str]]:
    return [(finding.rule, _flagged(report, finding)) for finding in report.findings]


def _flagged(report: Report, finding: Finding) -> str:
    """Return what stands at the lines and columns that are shown, as a reader counts them."""
    place = extent(report, finding.place)
    source = report.sources[finding.place.path]
    rows = source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    assert place.start.line == place.end.line
    return rows[place.start.line - 1][place.start.column - 1 : place.end.column - 1]


def _holds(style: str, before: list[str], after: list[str], ending: str) -> None:
    with_tag = [*before, f"ü {_TAG} 日", *after]
    text = f"{_HEAD}{_STYLES[style](with_tag)}\n".replace("\n", ending)
    report = lint_text(text)

    assert _found(report) == [("unknown-reference", _MISSPELT)], text
    (finding,) = report.findings
    assert finding.place.span.start == text.index(_MISSPELT)


@settings(max_examples=150)
@given(
    st.sampled_from([style for style in _STYLES if style != "plain"]),
    _lines(_WORDS),
    st.sampled_from(["\n", "\r\n"]),
)
def test_misspelt_tag_is_flagged_in_every_style(
    style: str, around: tuple[list[str], list[str]], ending: str
) -> None:
    _holds(style, *around, ending)


@settings(max_examples=60)
@given(_lines(_PLAIN_WORDS), st.sampled_from(["\n", "\r\n"]))
def test_misspelt_tag_is_flagged_in_a_plain_text(
    around: tuple[list[str], list[str]], ending: str
) -> None:
    _holds("plain", *around, ending)

"""Nothing that stands in a file, or in its name, can add or change a line of a report."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from fanout_lint.findings import Place, Related, Severity
from fanout_lint.report import github, line, text
from fanout_lint.report import json as json_format
from fanout_lint.report.cells import cells
from fanout_lint.report.contract import Report
from fanout_lint.report.paint import Look
from fanout_lint.report.visible import is_plain, visible
from fanout_lint.source.text import Source, Span
from tests.report.samples import finding, report

_NASTY = [
    "\x1b[31m", "\x1b]8;;http://x\x07", "\x9b2J", "\r", "\n", "\r\n", "\u2028", "\u2029", "\x85",
    "\u202e", "\u2066", "\u200f", "\ud800", "\udcff", "\x00", "\x7f", "\ufeff", "\U000e0041",
    "::error::x", "\n::error file=a::x", "##[error]x", "##vso[task.complete]", "%0A", "%", ",", ":",
    "[bold]", "[/x]", ":smile:", "error[x]: y", "  --> a:1:1", "日本", "👩‍💻", "e\u0301", "\t", " ",
]  # fmt: skip
_words = st.lists(st.one_of(st.sampled_from(_NASTY), st.text(max_size=8)), max_size=8).map("".join)
_ORDER = re.compile(r"##(vso)?\[", re.IGNORECASE)


@st.composite
def _reports(draw: st.DrawFn) -> Report:
    body = draw(_words)
    source = Source(draw(_words) or "a", body)
    other = Source(draw(_words) or "b", draw(_words))
    ends = st.integers(0, len(body) + 1)

    def somewhere() -> Place:
        return Place(source.path, Span(*sorted((draw(ends), draw(ends)))))

    made = [
        finding(
            somewhere(),
            draw(_words) or "m",
            severity=draw(st.sampled_from(Severity)),
            help_text=draw(_words).replace("\n", ""),
            related=[
                Related(somewhere(), draw(_words)),
                Related(Place(other.path, Span(0, 1)), draw(_words)),
            ],
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    return report(made, source, other)


def _is_one_line(shown: str) -> bool:
    return shown.endswith("\n") and len(shown.splitlines()) == shown.count("\n") == 1


@given(_words)
def test_visible_text_is_one_line_of_characters_that_show(words: str) -> None:
    shown = visible(words)

    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert not _ORDER.search(shown)


@given(_words)
def test_line_is_shown_character_for_character_as_it_is_made_visible(words: str) -> None:
    shown = "".join(cells(words.replace("\t", " ")).texts)

    assert shown == visible(words.replace("\t", " "))
    assert not is_plain(words) or visible(words) == words


@settings(max_examples=150)
@given(_reports(), st.sampled_from([30, 60, 100]))
def test_text_has_as_many_heads_as_findings(found: Report, width: int) -> None:
    shown = text.render(found, Look(width=width))
    starts = [row for row in shown.split("\n") if re.match(r"(error|warning|info)\[", row)]

    assert len(starts) == len(found.findings)
    assert len(shown.splitlines()) == shown.count("\n")
    assert "\x1b" not in shown
    assert not any(row.lstrip().startswith("::") for row in shown.split("\n"))


@settings(max_examples=100)
@given(_reports())
def test_only_our_own_escapes_are_in_coloured_text(found: Report) -> None:
    shown = text.render(found, Look(colour=True))

    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == text.render(found, Look())


@settings(max_examples=150)
@given(_reports())
def test_line_and_github_have_a_line_for_each_finding(found: Report) -> None:
    for render in (line.render, github.render):
        shown = render(found)

        assert len(shown.splitlines()) == shown.count("\n") == len(found.findings)
        assert render is github.render or not re.search(r"^\s*::", shown, re.MULTILINE)
        assert not _ORDER.search(shown)


_COMMAND = re.compile(
    r"::(error|warning|notice) file=(?P<file>[^,:]+),line=\d+(,col=\d+)?,endLine=\d+"
    r"(,endColumn=\d+)?,title=fanout-lint some-rule::(?P<words>.+)"
)


@settings(max_examples=100)
@given(_reports())
def test_github_command_gives_back_what_it_was_given(found: Report) -> None:
    by_severity = sorted(found.findings, key=lambda its: its.severity.rank)
    for row, its in zip(github.render(found).split("\n"), by_severity, strict=False):
        parsed = _COMMAND.fullmatch(row)

        assert parsed is not None
        file = parsed["file"].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        assert file == visible(its.place.path)


@settings(max_examples=150)
@given(_reports())
def test_json_is_ascii_and_faithful_but_for_lone_surrogates(found: Report) -> None:
    shown = json_format.render(found)
    read = json.loads(shown)["findings"]

    assert shown.isascii()
    assert "\x1b" not in shown
    assert not _ORDER.search(shown)
    for its, told in zip(found.findings, read, strict=True):
        told_message = told["message"].encode("utf-8")
        assert told_message == its.message.encode("utf-8", "backslashreplace")
        assert told["path"].encode("utf-8") == its.place.path.encode("utf-8", "backslashreplace")


def test_message_with_a_line_end_stays_on_its_line() -> None:
    source = Source("a.yaml", "a: b\n")
    forged = report([finding(Place("a.yaml", Span(0, 1)), "x\nb.yaml:1:1: error r: y")], source)

    assert line.render(forged) == "a.yaml:1:1: error some-rule: x\\nb.yaml:1:1: error r: y\n"
    assert _is_one_line(line.render(forged))


def test_help_cannot_start_a_line_at_the_margin() -> None:
    source = Source("a.yaml", "a: b\n")
    forged = report(
        [finding(Place("a.yaml", Span(0, 1)), help_text="x\nerror[y]: z\n::error::w")], source
    )

    shown = text.render(forged, Look()).split("\n")

    assert shown[-5:-3] == ["          error[y]: z", "          \\x3a:error::w"]


def test_wrapped_help_starts_no_row_with_a_command() -> None:
    source = Source("a.yaml", "a: b\n")
    forged = report(
        [finding(Place("a.yaml", Span(0, 1)), help_text="word ::error::w " * 9)], source
    )

    assert not re.search(r"^\s*::", text.render(forged, Look(width=40)), re.MULTILINE)


def test_file_name_that_is_a_command_starts_no_line() -> None:
    source = Source(" ::error::w", "a: b\n")
    forged = report([finding(Place(source.path, Span(0, 1)))], source)

    assert line.render(forged).startswith(r" \x3a:error::w:1:1: error")


def test_python_escape_is_used_for_what_does_not_show() -> None:
    assert visible("a\x1b[1mb\u202ec\U000e0041\t##[x") == r"a\x1b[1mb\u202ec\U000e0041\t#\x23[x"

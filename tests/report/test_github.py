"""Workflow commands: their order, their escapes, and what GitHub hides."""

from fanout_lint.findings import Place, Severity
from fanout_lint.report import github
from fanout_lint.source.text import Source, Span
from tests.report.samples import finding, report

_SOURCE = Source("a,b:c%.yaml", "x" * 100 + "\n")


def _many(errors: int, infos: int) -> list[str]:
    found = [
        finding(Place(_SOURCE.path, Span(n, n + 1)), severity=severity)
        for severity, count in ((Severity.INFO, infos), (Severity.ERROR, errors))
        for n in range(count)
    ]
    return github.render(report(found, _SOURCE)).splitlines()


def test_names_and_words_are_escaped() -> None:
    found = report([finding(Place(_SOURCE.path, Span(2, 4)), "100 %", help_text="a\nb")], _SOURCE)

    assert github.render(found) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=3,endLine=1,endColumn=5,"
        "title=fanout-lint some-rule::100 %25%0Aa%0Ab\n"
    )


def test_errors_come_first() -> None:
    assert [row.split(" ")[0] for row in _many(1, 1)] == ["::error", "::notice"]


def test_ten_of_a_kind_need_no_notice() -> None:
    assert len(_many(10, 10)) == 20


def test_what_github_hides_is_told_at_the_end() -> None:
    *_, last = _many(12, 1)

    assert last.endswith("for one step; 2 more errors only in the log of this step")


def test_the_telling_notice_is_among_the_ten_that_show() -> None:
    rows = _many(11, 30)

    assert rows[11 + 9].endswith("1 more error, 21 more notices only in the log of this step")

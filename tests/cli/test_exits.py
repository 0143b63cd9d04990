"""The exit code: our fault over what could not be done over findings."""

import pytest
from msgspec.structs import replace

from fanout_lint.cli.exits import exit_code
from fanout_lint.findings import Severity
from tests.report.samples import LIBRARY, finding, place, report

_HERE = place(LIBRARY, "library")


@pytest.mark.parametrize(
    ("severity", "fail_level", "code"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("info", "error", 0),
        ("error", "warning", 1),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("info", "info", 1),
    ],
)
def test_findings_at_the_fail_level_or_worse_fail(
    severity: str, fail_level: str, code: int
) -> None:
    found = report([finding(_HERE, severity=Severity(severity))])

    assert exit_code(found, Severity(fail_level), exit_zero=False) == code
    assert exit_code(found, Severity(fail_level), exit_zero=True) == 0


def test_failure_outweighs_findings_and_is_not_forgiven() -> None:
    found = replace(report([finding(_HERE)]), failures=("no such path",))

    assert exit_code(found, Severity.ERROR, exit_zero=True) == 2


def test_our_fault_outweighs_all() -> None:
    found = replace(report([finding(_HERE, rule="internal-error")]), failures=("no such path",))

    assert exit_code(found, Severity.ERROR, exit_zero=True) == 3

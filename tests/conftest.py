"""What all tests share: goldens, hypothesis's profile, and what a skipped test means."""

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

Golden = Callable[[Path, str], None]
"""Holds a text to the file that keeps it."""

_SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
_MUST_RUN = bool(os.environ.get("FANOUT_LINT_TESTS_MUST_RUN"))
"""Set by ``.ci/run``, which has installed all that tests want."""

# A busy machine is no fault: how long an example takes, to make or to run, decides nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write what the program says now into the golden files; then read the diff",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the function that compares a text with a golden, or rewrites that if asked to."""

    def hold(path: Path, text: str) -> None:
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        if not path.exists():
            pytest.fail(f"{path} is missing; run pytest with --update-goldens, then read it")
        with path.open(encoding="utf-8", newline="") as file:
            kept = file.read()

        assert text == kept, f"differs from {path}; --update-goldens takes the new text"

    return hold


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _must_run(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _must_run(report)
    return report


def _must_run(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure where nothing may be missing."""
    if not _MUST_RUN or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if not _may_be_missing(reason):
        report.outcome = "failed"
        report.longrepr = f"nothing may be missing here, but: {reason}"


def _may_be_missing(reason: str) -> bool:
    """Tell whether *reason* is one that no installation can remove."""
    if "../shared" in reason:
        return not _SHARED.exists()
    return "any other user" in reason

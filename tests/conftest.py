"""What all tests share: goldens, which are whole outputs kept as files."""

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]
"""Holds a text to the file that keeps it."""


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

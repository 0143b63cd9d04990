"""Arguments that need no option parser are read as click reads them."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanout_lint.cli import commands
from fanout_lint.cli.check import CheckOptions
from fanout_lint.cli.entry import COMMANDS, plain_options
from fanout_lint.cli.exits import ExitCode
from tests.cli.conftest import Run, start

_FLAGS = ("--argo-only", "--exit-zero", "--no-color", "--quiet", "-q")
# No argument of a process can hold a NUL.
_WORDS = st.one_of(
    st.sampled_from((*_FLAGS, "a.yaml", "rules", "check", "")),
    st.text(st.characters(exclude_characters="\0")),
)


def _by_click(arguments: list[str]) -> CheckOptions:
    with patch.object(commands, "check", return_value=ExitCode.CLEAN) as check:
        commands.program.main(arguments, prog_name="fanout-lint", standalone_mode=False)
    options: CheckOptions = check.call_args.args[0]
    return options


@given(st.lists(_WORDS))
def test_paths_and_flags_are_read_as_click_reads_them(arguments: list[str]) -> None:
    options = plain_options(arguments)

    assert options is None or options == _by_click(arguments)


@pytest.mark.parametrize("flag", _FLAGS)
def test_flags_need_no_click(flag: str) -> None:
    options = plain_options(["a.yaml", flag, "b"])

    assert options is not None
    assert options.paths == ("a.yaml", "b")
    assert options != CheckOptions(("a.yaml", "b"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "json"],
        ["a.yaml", "--select=x"],
        ["--", "a.yaml"],
        ["-"],
        ["--quie", "a.yaml"],
        ["-qq"],
        ["--help"],
        *([command] for command in COMMANDS),
    ],
)
def test_anything_else_is_left_to_click(arguments: list[str]) -> None:
    assert plain_options(arguments) is None


def test_commands_are_those_that_click_knows() -> None:
    assert set(commands.program.commands) == COMMANDS


def test_shell_asks_for_completions(folder: object) -> None:
    asked = {"_FANOUT_LINT_COMPLETE": "bash_complete", "COMP_WORDS": "fanout-lint --fa"}
    outcome = start(environment={**asked, "COMP_CWORD": "1"})

    assert outcome.out == "plain,--fail-level\n"


def test_interruption_has_its_own_exit_code(lint: Run) -> None:
    with patch("fanout_lint.cli.entry.check", side_effect=KeyboardInterrupt):
        assert lint("clean.yaml").code == ExitCode.INTERRUPTED

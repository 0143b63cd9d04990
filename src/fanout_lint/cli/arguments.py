"""Arguments to an exit code: read by click, unless they are plain enough to need no reading."""

import os
from collections.abc import Sequence

from fanout_lint.cli.check import CheckOptions, check
from fanout_lint.cli.exits import ExitCode
from fanout_lint.cli.terminal import say
from fanout_lint.errors import FanoutLintError

_COMPLETION = "_FANOUT_LINT_COMPLETE"
"""Set by a shell that asks click which words may come next."""
COMMANDS = frozenset(("check", "explain", "rules", "try"))
_FLAGS = frozenset(("--argo-only", "--exit-zero", "--no-color", "--quiet", "-q"))


def run(arguments: Sequence[str]) -> int:
    """Run what *arguments* ask for and return the exit code; the process goes on."""
    try:
        options = plain_options(arguments)
        return _by_click(arguments) if options is None else check(options)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except FanoutLintError as error:
        say("error", str(error))
        return ExitCode.CANNOT_RUN


def plain_options(arguments: Sequence[str]) -> CheckOptions | None:
    """Return what *arguments* say where they are paths and flags; ``None`` where click must read.

    To import click takes a sixth of the time of a run over one file.
    """
    if _COMPLETION in os.environ or (arguments and arguments[0] in COMMANDS):
        return None
    paths = tuple(word for word in arguments if not word.startswith("-"))
    flags = {word for word in arguments if word.startswith("-")}
    if not flags <= _FLAGS:
        return None
    return CheckOptions(
        paths,
        quiet="--quiet" in flags or "-q" in flags,
        exit_zero="--exit-zero" in flags,
        no_color="--no-color" in flags,
        argo_only="--argo-only" in flags,
    )


def _by_click(arguments: Sequence[str]) -> int:
    import click

    from fanout_lint.cli.commands import program

    try:
        code = program.main(list(arguments), prog_name="fanout-lint", standalone_mode=False)
    except click.exceptions.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        say("error", f"{error.format_message()} See fanout-lint --help.")
        return ExitCode.CANNOT_RUN
    return int(code or ExitCode.CLEAN)

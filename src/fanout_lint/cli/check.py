"""What was asked for on the command line → a report, shown, and an exit code."""

import sys

from msgspec import Struct

from fanout_lint.cli.exits import ExitCode, exit_code
from fanout_lint.cli.progress import progress_bar
from fanout_lint.cli.terminal import look, say, write, write_file
from fanout_lint.findings import Severity
from fanout_lint.report.contract import Report
from fanout_lint.report.paint import Look


class CheckOptions(Struct, frozen=True):
    """The options of ``check``, and what holds where one is not given."""

    paths: tuple[str, ...] = ()
    report_format: str = "text"
    output: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_level: Severity = Severity.ERROR
    argo_version: tuple[int, int] | None = None
    config: str | None = None
    quiet: bool = False
    exit_zero: bool = False
    no_color: bool = False
    stdin_filename: str | None = None
    argo_only: bool = False


def check(options: CheckOptions) -> ExitCode:
    """Lint, show, and say how it went.

    :raises FanoutLintError: when nothing could be done, or the report cannot be written.
    """
    report = _lint(options)
    if options.output is None:
        write(rendered(report, options, look(options.no_color)), sys.stdout)
    else:
        write_file(rendered(report, options, Look()), options.output)
    if not options.quiet:
        for note in report.notes:
            say("note", note)
    for failure in report.failures:
        say("error", failure)
    return exit_code(report, options.fail_level, options.exit_zero)


def _lint(options: CheckOptions) -> Report:
    from fanout_lint.discovery.discover import StandardInput
    from fanout_lint.engine import Request, lint

    stdin = None
    if "-" in options.paths and sys.stdin is not None:
        stdin = StandardInput(sys.stdin.buffer, options.stdin_filename)
    progress = progress_bar(options.quiet)
    try:
        return lint(
            Request(
                paths=options.paths or (".",),
                stdin=stdin,
                config_path=options.config,
                select=options.select,
                ignore=options.ignore,
                argo_version=options.argo_version,
                argo_only=options.argo_only,
                progress=progress,
                owns_process=True,
            )
        )
    finally:
        if progress is not None:
            progress.close()


def rendered(report: Report, options: CheckOptions, its_look: Look) -> str:
    """Return *report* in the format that was asked for; only that format's module is imported."""
    match options.report_format:
        case "json":
            from fanout_lint.report import json

            return json.render(report)
        case "github":
            from fanout_lint.report import github

            return github.render(report)
        case "line":
            from fanout_lint.report import line

            return line.render(report)
        case _:
            from fanout_lint.report import text

            return text.render(report, its_look, with_summary=not options.quiet)

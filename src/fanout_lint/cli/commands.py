"""The commands and their options, as click reads them.

``fanout-lint PATHS`` is ``fanout-lint check PATHS``: what does not start with
the name of a command goes to ``check``. A path that is called like a command is
written ``./rules``.
"""

import sys

import click

from fanout_lint.cli.check import CheckOptions, check
from fanout_lint.cli.exits import ExitCode
from fanout_lint.cli.terminal import is_terminal, look, write
from fanout_lint.config.settings import ARGO_VERSIONS, argo_version
from fanout_lint.errors import UsageError
from fanout_lint.findings import Severity
from fanout_lint.version import __version__

_OWN_FLAGS = {"--help", "-h", "--version"}
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Program(click.Group):
    """The commands, with ``check`` where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in _OWN_FLAGS):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] [PATHS]...")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", "       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (p for p in self.commands["check"].params if isinstance(p, click.Option))
        of_check = [option.get_help_record(ctx) for option in options]
        own = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        with formatter.section("Options"):
            formatter.write_dl([record for record in (*of_check, *own) if record])
        self.format_commands(ctx, formatter)


def _names(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the names in *given*, which may be lists with commas; ``None`` without any."""
    if not given:
        return None
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _argo_version(
    ctx: click.Context, param: click.Parameter, given: str | None
) -> tuple[int, int] | None:
    if given is None:
        return None
    version = argo_version(given)
    if version is None:
        known = ", ".join(f"{major}.{minor}" for major, minor in ARGO_VERSIONS)
        raise UsageError(f"--argo-version: {given!r} is none of the versions known: {known}")
    return version


_no_color = click.option(
    "--no-color", is_flag=True, help="Print no colours, whatever else says so."
)


@click.group(cls=Program, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="fanout-lint", message="%(prog)s %(version)s")
def program() -> None:
    """Find the faults of Argo Workflows fan-outs before the cluster does.

    PATHS are files and folders, the current folder by default; - reads stdin.
    """


@program.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "line", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show what is found.",
)
@click.option("--output", metavar="FILE", help="Write the report to FILE, not to stdout.")
@click.option(
    "--select",
    multiple=True,
    callback=_names,
    metavar="NAMES",
    help="Only these rules: names, or stage:NAME, with commas between.",
)
@click.option(
    "--ignore", multiple=True, callback=_names, metavar="NAMES", help="All but these rules."
)
@click.option(
    "--fail-level",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 for a finding this bad or worse.",
)
@click.option(
    "--argo-version",
    callback=_argo_version,
    metavar="VERSION",
    help="The version of Argo that will run it; without, 3.4 to 4.1 are in mind.",
)
@click.option("--config", metavar="FILE", help="The configuration, in place of the one found.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only: no summary, no notes.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@_no_color
@click.option("--stdin-filename", metavar="PATH", help="What file the text from stdin stands for.")
@click.option(
    "--argo-only", is_flag=True, help="Pass over named files that do not speak of Argo: for hooks."
)
def check_command(
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_level: str,
    argo_version: tuple[int, int] | None,
    paths: tuple[str, ...],
    report_format: str,
    output: str | None,
    config: str | None,
    quiet: bool,
    exit_zero: bool,
    no_color: bool,
    stdin_filename: str | None,
    argo_only: bool,
) -> ExitCode:
    """Lint PATHS; the same as without a command."""
    return check(
        CheckOptions(
            paths=paths,
            report_format=report_format,
            output=output,
            select=select,
            ignore=ignore or (),
            fail_level=Severity(fail_level),
            argo_version=argo_version,
            config=config,
            quiet=quiet,
            exit_zero=exit_zero,
            no_color=no_color,
            stdin_filename=stdin_filename,
            argo_only=argo_only,
        )
    )


@program.command("rules")
@click.option("--format", "list_format", type=click.Choice(["text", "json"]), default="text")
@_no_color
def rules_command(list_format: str, no_color: bool) -> ExitCode:
    """List the rules."""
    from fanout_lint.cli import rule_views
    from fanout_lint.rulebook.index import load_index

    cards = load_index().values()
    its_look = look(no_color)
    if list_format == "json":
        write(rule_views.as_json(cards), sys.stdout)
    elif is_terminal(sys.stdout):
        write(rule_views.as_table(cards, its_look), sys.stdout)
    else:
        write(rule_views.as_lines(cards, its_look), sys.stdout)
    return ExitCode.CLEAN


@program.command("explain")
@click.argument("rule")
@_no_color
def explain_command(rule: str, no_color: bool) -> ExitCode:
    """Say what RULE finds, why it hurts, and how to put it right."""
    from fanout_lint.cli import rule_views
    from fanout_lint.rulebook.frontmatter import split
    from fanout_lint.rulebook.index import load_index, readme
    from fanout_lint.rulebook.select import no_such

    cards = load_index()
    card = cards.get(rule)
    if card is None:
        raise UsageError(no_such(rule, cards))
    _, body = split(readme(card))
    if is_terminal(sys.stdout):
        write(rule_views.as_page(card, body, look(no_color)), sys.stdout)
    else:
        write(rule_views.as_markdown(card, body), sys.stdout)
    return ExitCode.CLEAN


@program.command("try")
@click.argument("lang", required=False)
@click.argument("text", required=False)
@click.option(
    "--jsonl",
    is_flag=True,
    help="Answer each line of stdin: an object with lang, text, and what else is known: names, "
    "tasks, loops, dialect, timezone, doc.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME=VALUE",
    help="A name that tags and expressions may read, such as inputs.parameters.n=3.",
)
@click.option(
    "--task", "tasks", multiple=True, callback=_names, help="For depends: another task of the DAG."
)
@click.option(
    "--loop", "loops", multiple=True, callback=_names, help="For depends: another task, that loops."
)
@click.option(
    "--dialect",
    type=click.Choice(["expr", "kubectl"]),
    default="expr",
    show_default=True,
    help="For jsonpath: that of expressions, or that of valueFrom.jsonPath.",
)
@click.option("--timezone", metavar="ZONE", help="For cron: the field beside the schedule.")
@click.option("--doc", metavar="FILE", help="For jsonpath and jq: the JSON that is read.")
def try_command(
    lang: str | None,
    text: str | None,
    jsonl: bool,
    names: tuple[str, ...],
    tasks: tuple[str, ...] | None,
    loops: tuple[str, ...] | None,
    dialect: str,
    timezone: str | None,
    doc: str | None,
) -> ExitCode:
    """Say what TEXT, or what stdin holds, means in the language LANG, as JSON.

    LANG is expr, when, cronwhen, depends, sequence, cron, duration, quantity, labelselector,
    goregexp, jsonpath, jq or tag.
    """
    from fanout_lint.cli.try_language import document_of, names_of, try_lines, try_one
    from fanout_lint.languages.trying import Surroundings

    known = None if tasks is None and loops is None else (*(tasks or ()), *(loops or ()))
    around = Surroundings(
        names=names_of(names),
        tasks=known,
        loops=loops or (() if known is not None else None),
        dialect=dialect,
        timezone=timezone,
        document=document_of(doc),
    )
    if not jsonl:
        return try_one(lang, text, around)
    if text is not None:
        raise UsageError("--jsonl reads its texts from stdin, so there can be none beside it")
    return try_lines(lang, around)

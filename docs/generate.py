"""Makes the pages that are drawn from the program: rules.md, coverage.md and cli.md.

``python docs/generate.py`` writes them; a test fails when one is stale.
"""

import sys
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click
import yaml

from fanout_lint.cli.commands import program
from fanout_lint.findings import Severity, Stage
from fanout_lint.rulebook.contract import RuleCard
from fanout_lint.rulebook.index import load_index

_DOCS = Path(__file__).resolve().parent
_MADE = "<!-- Made by docs/generate.py; change what it is made of, and run that. -->\n"

_STAGES = {
    Stage.ADMISSION: "Argo refuses it, or drops it without a word",
    Stage.RUNTIME: "it fails, hangs, or runs otherwise than written",
    Stage.RISK: "it works, until load, time or input says otherwise",
    Stage.UPKEEP: "deprecated, unused or needless",
}


def pages() -> dict[str, str]:
    """Return the text of each page, by its file name in ``docs/``."""
    cards = load_index()
    return {
        "rules.md": rules_page(cards.values()),
        "coverage.md": coverage_page(cards.values(), checks()),
        "cli.md": cli_page(program),
    }


def checks() -> dict[str, dict[str, str]]:
    """Return ``docs/checks.yaml``: ``faults``, ``refusals`` and ``declined``, each by number."""
    text = (_DOCS / "checks.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = yaml.safe_load(text)
    return read


def rules_page(cards: Iterable[RuleCard]) -> str:
    """Return the list of all rules, by stage, with their options."""
    cards = list(cards)
    lines = ["# Rules", "", _MADE]
    lines += [f"There are {len(cards)} rules. A name leads to what the rule finds, why it hurts,"]
    lines += ["how to put it right, and examples.", ""]
    for stage, meaning in _STAGES.items():
        of_stage = [card for card in cards if card.stage is stage]
        if not of_stage:
            continue
        lines += [f"## {stage.value}", "", f"{meaning[0].upper()}{meaning[1:]}.", ""]
        lines += ["| rule | severity | it says |", "|---|---|---|"]
        lines += [f"| {_link(card)} | {_severities(card)} | {card.summary} |" for card in of_stage]
        lines.append("")
    return "\n".join([*lines, *_options(cards)])


def _link(card: RuleCard) -> str:
    return f"[`{card.id}`](../rules/{card.folder}/README.md)"


def _severities(card: RuleCard) -> str:
    found = {message.severity for message in card.messages.values()}
    return ", ".join(severity.value for severity in Severity if severity in found)


def _options(cards: list[RuleCard]) -> list[str]:
    lines = ["## Options", "", "They are set in the configuration, under `rules:`.", ""]
    lines += ["| rule | option | default | |", "|---|---|---|---|"]
    for card in cards:
        for name, schema in card.options.items():
            default = f"`{schema['default']}`"
            lines.append(f"| {_link(card)} | `{name}` | {default} | {schema['description']} |")
    return [*lines, ""]


def coverage_page(cards: Iterable[RuleCard], held: Mapping[str, Mapping[str, str]]) -> str:
    """Return which rules answer each check, and which checks are open or declined."""
    answers: dict[str, list[RuleCard]] = {}
    for card in cards:
        for number in card.covers:
            answers.setdefault(number, []).append(card)
    declined = held["declined"]
    lines = ["# Coverage", "", _MADE]
    lines += [
        "What Argo refuses or lets pass, and the rules that answer it, wholly or in part.",
        "",
    ]
    for heading, part in (("What Argo lets pass", "faults"), ("What Argo refuses", "refusals")):
        numbers = held[part]
        answered = sum(number in answers for number in numbers)
        passed_over = sum(number in declined for number in numbers)
        rest = len(numbers) - answered - passed_over
        lines += [f"## {heading}", ""]
        lines += [
            f"{answered} of {len(numbers)} answered, {rest} open, {passed_over} declined.",
            "",
        ]
        lines += ["| check | what it is | answered by |", "|---|---|---|"]
        for number, name in numbers.items():
            by = ", ".join(_link(card) for card in answers.get(number, ()))
            reason = f"declined: {declined[number]}" if number in declined else "open"
            lines.append(f"| {number} | {name} | {by or reason} |")
        lines.append("")
    return "\n".join(lines)


def cli_page(group: click.Group) -> str:
    """Return the commands with their options."""
    lines = ["# The command line", "", _MADE, cleandoc(group.help or ""), ""]
    lines += ["`fanout-lint PATHS` is short for `fanout-lint check PATHS`.", ""]
    for name, command in group.commands.items():
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        shown = " ".join(_argument(argument) for argument in arguments)
        lines += [f"## `{' '.join(('fanout-lint', name, shown)).strip()}`", ""]
        lines += [cleandoc(command.help or ""), ""]
        options = [p for p in command.params if isinstance(p, click.Option)]
        lines += ["| option | |", "|---|---|"]
        lines += [f"| {_flags(option)} | {_said(option)} |" for option in options]
        lines.append("")
    return "\n".join(lines)


def _argument(argument: click.Argument) -> str:
    name = (argument.name or "").upper()
    if argument.nargs == -1:
        return f"[{name}]..."
    return name if argument.required else f"[{name}]"


def _flags(option: click.Option) -> str:
    flags = ", ".join(option.opts)
    if isinstance(option.type, click.Choice):
        flags += " " + "\\|".join(map(str, option.type.choices))
    elif not option.is_flag:
        flags += f" {option.metavar or (option.name or '').upper()}"
    return f"`{flags}`"


def _said(option: click.Option) -> str:
    default: Any = option.default
    if option.is_flag or not isinstance(default, str):
        return option.help or ""
    return f"{option.help or ''} Default: `{default}`.".strip()


def main() -> None:
    """Write the pages that have changed, and name them."""
    for name, text in pages().items():
        path = _DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote docs/{name}\n")


if __name__ == "__main__":
    main()

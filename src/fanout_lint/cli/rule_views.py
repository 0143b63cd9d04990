"""Rules → the table that ``rules`` prints, and the page that ``explain`` prints."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fanout_lint.report.paint import TINTS, Look
from fanout_lint.rulebook.contract import RuleCard

if TYPE_CHECKING:
    from rich.console import RenderableType


def as_json(cards: Iterable[RuleCard]) -> str:
    """Return the rules as JSON for other programs."""
    import json

    rules = [
        {
            "id": card.id,
            "summary": card.summary,
            "severity": card.severity.value,
            "stage": card.stage.value,
            "confidence": card.confidence.value,
            "since": card.since,
            "covers": list(card.covers),
        }
        for card in cards
    ]
    return json.dumps({"version": 1, "rules": rules}, indent=2) + "\n"


def as_lines(cards: Iterable[RuleCard], look: Look) -> str:
    """Return a line for each rule, in columns: fit for grep."""
    cards = tuple(cards)
    widest = max((len(card.id) for card in cards), default=0)
    return "".join(
        f"{card.id:{widest}}  {look.paint(f'{card.severity.value:7}', TINTS[card.severity])}"
        f"  {card.stage.value:9}  {card.summary}\n"
        for card in cards
    )


def as_table(cards: Iterable[RuleCard], look: Look) -> str:
    """Return the rules as a table that keeps long summaries in their column."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("rule", "severity", "stage", "it says"):
        table.add_column(heading, no_wrap=heading != "it says")
    styles = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
    for card in cards:
        severity = card.severity.value
        cells = (card.id, severity, card.stage.value, card.summary)
        table.add_row(*(Text(cell, style=styles.get(cell, "")) for cell in cells))
    return _drawn(table, look)


def as_page(card: RuleCard, body: str, look: Look) -> str:
    """Return the rule's README, *body* being what follows its front matter, set for a terminal."""
    from rich.console import Group
    from rich.markdown import Markdown
    from rich.text import Text

    page = Markdown(body, code_theme="ansi_dark")
    return _drawn(Group(page, Text(""), Text(_facts(card), style="dim")), look)


def as_markdown(card: RuleCard, body: str) -> str:
    """Return the rule's README as it is, fit for a pipe."""
    return f"{body.strip()}\n\n{_facts(card)}\n"


def _facts(card: RuleCard) -> str:
    """Return what the front matter says that a reader can use."""
    weight = f"{card.severity.value}, stage {card.stage.value}, {card.confidence.value}"
    lines = [f"{weight}; since {card.since}."]
    for name, schema in card.options.items():
        lines.append(f"Option {name}, {schema.get('default')} unless configured.")
    lines.extend(f"See {source}" for source in card.sources)
    return "\n".join(lines)


def _drawn(renderable: "RenderableType", look: Look) -> str:
    """Return what rich makes of *renderable*; escapes only where colour is wanted."""
    import io

    from rich.console import Console

    sheet = io.StringIO()
    console = Console(
        file=sheet,
        width=look.width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    console.print(renderable)
    lines = sheet.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)

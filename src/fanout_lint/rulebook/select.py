"""What is asked for (names, stages, severities, options) to what shall run and be shown.

A rule is chosen by its name or by a stage (``stage:runtime``). A rule with faces
of several stages runs when one of them is chosen, and only those are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from fanout_lint.config.settings import Off, RuleSettings
from fanout_lint.errors import ConfigError, UsageError
from fanout_lint.findings import Severity, Stage
from fanout_lint.rulebook.contract import RuleCard

ALWAYS = frozenset({"internal-error"})
"""What cannot be switched off: that we failed must never stay unsaid."""

UNJUDGED = frozenset({"unreadable-file", "yaml-syntax"})
"""What says that a file was not judged at all: shown whatever is selected, unless ignored."""

_STAGE = "stage:"


class Selection(Struct, frozen=True, dict=True):
    """Which rules run, which of their faces are shown, and how they are set.

    ``severities`` holds only those that the settings change. ``options`` are
    the keyword arguments of each rule that takes any, defaults included.
    """

    shown: frozenset[tuple[str, Stage]]
    severities: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def rules(self) -> frozenset[str]:
        """The names of the rules that run."""
        return frozenset(rule for rule, _ in self.shown)

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The names of the rules that run, in the order in which they are asked."""
        return tuple(sorted(self.rules))


def choose(
    cards: Mapping[str, RuleCard],
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    rules: Mapping[str, RuleSettings] | None = None,
) -> Selection:
    """Return what runs and is shown; *select* being ``None``, everything that is not ignored.

    *rules* are the settings of single rules.

    :raises UsageError: when a name in *select* or *ignore* is no rule's and no stage's.
    :raises ConfigError: when *rules* names no rule, or a rule has no such option.
    """
    rules = rules or {}
    for rule in rules:
        if rule not in cards:
            raise ConfigError(no_such(rule, cards))
    everything = _all(cards)
    shown = everything if select is None else _faces(cards, select)
    shown = shown | {face for face in everything if face[0] in UNJUDGED}
    shown -= _faces(cards, ignore)
    off = {rule for rule, settings in rules.items() if settings.severity is Off.OFF}
    if off:
        shown = {face for face in shown if face[0] not in off}
    shown |= {face for face in everything if face[0] in ALWAYS}
    given = {rule: settings.options for rule, settings in rules.items()}
    return Selection(
        frozenset(shown),
        {
            rule: settings.severity
            for rule, settings in rules.items()
            if isinstance(settings.severity, Severity)
        },
        {
            rule: keywords(card, given.get(rule, {}))
            for rule, card in cards.items()
            if card.options or given.get(rule)
        },
    )


def _all(cards: Mapping[str, RuleCard]) -> set[tuple[str, Stage]]:
    return {
        (card.id, message.stage) for card in cards.values() for message in card.messages.values()
    }


def _faces(cards: Mapping[str, RuleCard], names: Sequence[str]) -> set[tuple[str, Stage]]:
    stages = {stage.value for stage in Stage}
    faces: set[tuple[str, Stage]] = set()
    for name in names:
        if name in cards:
            faces |= {(name, stage) for stage in cards[name].stages}
        elif name.startswith(_STAGE) and name.removeprefix(_STAGE) in stages:
            stage = Stage(name.removeprefix(_STAGE))
            faces |= {face for face in _all(cards) if face[1] is stage}
        else:
            raise UsageError(no_such(name, cards))
    return faces


def no_such(name: str, cards: Iterable[str]) -> str:
    """Return the sentence that says that no rule and no stage is called *name*."""
    stages = [_STAGE + stage.value for stage in Stage]
    if name.startswith(_STAGE):
        stage = name.removeprefix(_STAGE)
        return f"no stage is called {stage!r}; there are {', '.join(s.value for s in Stage)}"
    near = nearest(name, (*cards, *stages))
    way_out = f"the nearest name is {near!r}" if near else "see `fanout-lint rules`"
    return f"no rule is called {name!r}; {way_out}"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return which of *names* comes nearest to *name*, ``None`` when none is near."""
    import difflib

    wanted = name.lower().replace("_", "-")
    found = difflib.get_close_matches(wanted[:80], sorted(names), n=1, cutoff=0.6)
    return found[0] if found else None


def keywords(card: RuleCard, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the keyword arguments of the rule's ``check``: *given* over the defaults.

    The values in *given* are of the right types, which the configuration has seen to.

    :raises ConfigError: when the rule has no such option.
    """
    for name in given:
        if name not in card.options:
            near = nearest(name, card.options)
            has = f"the nearest is {near!r}" if near else _named(card.options)
            raise ConfigError(f"rule {card.id!r} has no option {name!r}; {has}")
    return {
        name.replace("-", "_"): _frozen(given.get(name, schema["default"]))
        for name, schema in card.options.items()
    }


def _named(options: Mapping[str, Any]) -> str:
    return f"it has {', '.join(map(repr, options))}" if options else "it has none"


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

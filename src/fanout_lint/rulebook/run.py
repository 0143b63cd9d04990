"""Facts to hits: each chosen rule is asked, and one that breaks stops no other.

A rule's module is imported when the facts that it needs exist, so a file
without loops never pays for the rules about loops.
"""

import sys
from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.assets import asset_dir
from fanout_lint.findings import Hit, Place
from fanout_lint.rulebook.contract import Check, HasKinds, RuleCard
from fanout_lint.rulebook.select import Selection

INTERNAL_ERROR = "internal-error"

_NO_OPTIONS: Mapping[str, Any] = {}


class Outcome(Struct, frozen=True):
    """What the rules said, and which of them came to an end.

    ``ran`` has the rules of other stages too, and those without facts to judge:
    they were asked, and had nothing to say.
    """

    hits: tuple[Hit, ...]
    ran: frozenset[str]


class Plan:
    """The rules to ask in one project: those that have grounds to speak, for each mix of facts.

    Most rules have nothing to say about most files, and to sort them out takes longer than to
    ask many of them, so it is done once for all files that have facts of the same kinds.
    """

    def __init__(self, cards: Mapping[str, RuleCard], selection: Selection) -> None:
        self.selection = selection
        self._cards = [cards[rule] for rule in selection.in_order]
        self._by_kinds: dict[frozenset[str], tuple[RuleCard, ...]] = {}
        self._checks: dict[str, Check] = {}

    def rules_for(self, facts: HasKinds) -> list[RuleCard]:
        """Return the rules to ask about *facts*, in the order of their names."""
        kinds = facts.kinds
        if kinds not in self._by_kinds:
            self._by_kinds[kinds] = tuple(
                card for card in self._cards if card.emitted_by is None and _has_kinds(card, kinds)
            )
        written = facts.written
        return [card for card in self._by_kinds[kinds] if _has_fields(card, written)]

    def check(self, card: RuleCard) -> Check:
        """Return the function ``check`` of the rule.

        :raises OSError: when it has none.
        """
        check = self._checks.get(card.id)
        if check is None:
            check = self._checks[card.id] = load(card)
        return check


def run(facts: HasKinds, plan: Plan, top: Place) -> Outcome:
    """Ask the rules of *plan* about *facts*, in the order of their names.

    *top* is where a finding stands that says that a rule of ours broke.
    """
    options = plan.selection.options
    hits: list[Hit] = []
    broken: set[str] = set()
    try:
        cards = plan.rules_for(facts)
    except Exception as error:  # One of the two places that may: a file is never the end.
        return Outcome((failure("the analysis stage", error, top),), frozenset())
    for card in cards:
        try:
            found = plan.check(card)(facts, **options.get(card.id, _NO_OPTIONS))
            hits.extend(hit if hit.rule else replace(hit, rule=card.id) for hit in found)
        except Exception as error:  # Likewise: a rule is never the end.
            broken.add(card.id)
            hits.append(failure(f"the rule {card.id!r}", error, top))
    return Outcome(tuple(hits), plan.selection.rules - broken)


def _has_kinds(card: RuleCard, kinds: frozenset[str]) -> bool:
    return kinds.issuperset(card.needs)


def _has_fields(card: RuleCard, written: frozenset[str]) -> bool:
    return not card.needs_fields or not written.isdisjoint(card.needs_fields)


def load(card: RuleCard) -> Check:
    """Return the function ``check`` of the rule's ``check.py``.

    :raises OSError: when the folder has none.
    """
    name = f"fanout_lint.rules.{card.folder}.check"
    module = sys.modules.get(name)
    if module is None:
        module = _import(name, f"{asset_dir('rules')}/{card.folder}/check.py")
    check: Check = module.check
    return check


def _import(name: str, path: str) -> ModuleType:
    """Import the module by its path: to search 60 folders for theirs takes ten times as long."""
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    try:
        SourceFileLoader(name, path).exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def failure(where: str, error: Exception, place: Place) -> Hit:
    """Return the hit that says that *where* (a rule, a stage) of ours broke with *error*."""
    said = " ".join(str(error).split()) or "no message"
    words = {"where": where, "error": f"{type(error).__name__}: {said[:200]}"}
    return Hit(INTERNAL_ERROR, place, words=words)

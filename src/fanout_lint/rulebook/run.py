"""Facts to hits: each chosen rule is asked, and one that breaks stops no other.

A rule's module is imported when the facts that it needs exist, so a file
without loops never pays for the rules about loops.
"""

import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from msgspec import Struct
from msgspec.structs import replace

from fanout_lint.assets import asset_dir
from fanout_lint.findings import Hit, Place
from fanout_lint.rulebook.contract import Check, HasKinds, RuleCard
from fanout_lint.rulebook.select import Selection

INTERNAL_ERROR = "internal-error"


class Outcome(Struct, frozen=True):
    """What the rules said, and which of them came to an end.

    ``ran`` has the rules of other stages too, and those without facts to judge:
    they were asked, and had nothing to say.
    """

    hits: tuple[Hit, ...]
    ran: frozenset[str]


def run(
    facts: HasKinds, cards: Mapping[str, RuleCard], selection: Selection, top: Place
) -> Outcome:
    """Ask the chosen rules about *facts*, in the order of their names.

    *top* is where a finding stands that says that a rule of ours broke.
    """
    kinds, written = facts.kinds, facts.written
    hits: list[Hit] = []
    broken: set[str] = set()
    for rule in selection.in_order:
        card = cards[rule]
        if card.emitted_by is not None or not kinds.issuperset(card.needs):
            continue
        if card.needs_fields and written.isdisjoint(card.needs_fields):
            continue
        try:
            found = load(card)(facts, **selection.options.get(rule, {}))
            hits.extend(hit if hit.rule else replace(hit, rule=rule) for hit in found)
        except Exception as error:  # One of the two places that may: a rule is never the end.
            broken.add(rule)
            hits.append(failure(f"the rule {rule!r}", error, top))
    return Outcome(tuple(hits), selection.rules - broken)


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
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def failure(where: str, error: Exception, place: Place) -> Hit:
    """Return the hit that says that *where* (a rule, a stage) of ours broke with *error*."""
    said = " ".join(str(error).split()) or "no message"
    words = {"where": where, "error": f"{type(error).__name__}: {said[:200]}"}
    return Hit(INTERNAL_ERROR, place, words=words)

"""What becomes of an expression on its way through Argo, in every run that gets there."""

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from fanout_lint.analysis.calls import Call
from fanout_lint.analysis.expression_fields import Field
from fanout_lint.analysis.expression_names import Lacking
from fanout_lint.analysis.items import Item
from fanout_lint.analysis.sites import Site
from fanout_lint.languages.expression.nodes import Identifier, Let, Node, walk
from fanout_lint.languages.expression.values import UNKNOWN
from fanout_lint.languages.problem import Problem

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Links, Use


class End(Enum):
    """What becomes of an expression; the value says it as the end of a sentence."""

    INSERTED = "it is nil in the expression"
    LEFT = "the expression is left as it is, and passed on as a text"
    POD = "the expression reaches the pod as it is"
    FAILS = "it cannot be evaluated, and the run fails"
    NEVER = "it cannot be evaluated, and the hook never runs"
    WAITS = "the workflow waits for it for ever, without a message"
    UNKNOWN = "the expression cannot read it"


class Fate(Struct, frozen=True):
    """What becomes of one expression.

    ``problem`` says why there is no value, with offsets into the expression, and ``missing``
    which name lacks, each where that decides. ``value`` is what it gives and ``type`` its
    type, where that is known. ``item`` is the item of the loop for which it is so, where it
    is not so for all.

    ``is_early`` says that it is there before the steps that the expression reads have run,
    ``early`` for which calls, and ``may_be_early`` that a call from elsewhere would make it
    so; ``early_value`` is what it is then.
    """

    end: End
    problem: Problem | None = None
    missing: str = ""
    value: object = UNKNOWN
    type: str | None = None
    item: Item | None = None
    is_early: bool = False
    early: tuple[Call, ...] = ()
    may_be_early: bool = False
    early_value: object = UNKNOWN

    @staticmethod
    def of_fault(fault: Problem | None) -> "Fate":
        return Fate(End.UNKNOWN if fault is None else End.FAILS, fault)


class Case(Struct, frozen=True, eq=False, dict=True):
    """An expression to be judged: where it stands, its tree and the names that it reads.

    ``lacking`` are the steps that did not run, in the runs that are asked about, and
    ``values`` what names have in them, by path. ``constants`` keeps what has been found of
    names that may have one value in every run, since each pass asks for them.
    """

    links: "Links"
    site: Site
    kind: Field
    root: Node
    uses: "tuple[Use, ...]"
    lacking: Lacking = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    constants: dict[tuple[str, ...], str | None] = field(default_factory=dict)

    @cached_property
    def _roots(self) -> frozenset[str]:
        """The first words of all that the expression looks up, or gives a name to."""
        return frozenset(
            node.name for node in walk(self.root) if isinstance(node, Identifier | Let)
        )

    def may_read(self, *roots: str) -> bool:
        """Whether the expression may look up a name that begins with one of *roots*."""
        return "$env" in self._roots or not self._roots.isdisjoint(roots)

    def needed(self, names: Mapping[str, object]) -> dict[str, object]:
        """Return those of *names*, flat ones, that can make a difference to the expression."""
        if "$env" in self._roots:
            return dict(names)
        roots = self._roots
        return {name: each for name, each in names.items() if name.partition(".")[0] in roots}

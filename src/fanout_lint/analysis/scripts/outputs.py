"""What a script writes where: the one answer that every language's analysis gives."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from msgspec import Struct

from fanout_lint.analysis.scripts.flow import (
    Choice,
    Flow,
    Repeat,
    Target,
    Write,
    all_writes,
    repeated_writes,
    sure_writes,
)
from fanout_lint.unknown import UNKNOWN


class Certainty:
    """How surely a write is carried out, in the runs that end well."""

    SURE: Final = "sure"  #: Every run that ends well does it.
    PERHAPS: Final = "perhaps"  #: It stands in a branch.
    REPEATED: Final = "repeated"  #: It stands in a loop that may run any number of times.


class ScriptOutput(Struct, frozen=True, dict=True):
    """All that a script writes in the runs that end with exit code 0.

    ``understood`` is false where something ran that could print without our
    seeing it (a function of an unknown library): what is seen is still seen, but
    nothing follows from what is not. ``always_fails`` says that no run ends well.
    ``failure`` says where and why the script itself raises an exception, as (start, end,
    reason): in all runs, or, where some end well, in all in which a list is not empty.
    """

    flow: Flow
    understood: bool = True
    always_fails: bool = False
    failure: tuple[int, int, str] | None = None

    @cached_property
    def writes(self) -> tuple[Write, ...]:
        """Each write once, in the order of the runs."""
        return tuple(dict.fromkeys(all_writes(self.flow)))

    @cached_property
    def _sure(self) -> frozenset[Write]:
        return sure_writes(self.flow)

    @cached_property
    def _repeated(self) -> frozenset[Write]:
        return repeated_writes(self.flow)

    def certainty(self, write: Write) -> str:
        if write in self._sure:
            return Certainty.SURE
        return Certainty.REPEATED if write in self._repeated else Certainty.PERHAPS


def flow_to(flow: Flow, target: Target) -> Flow:
    """Return *flow* with only the writes that go, or may go, to *target*."""
    return tuple(_nodes_to(flow, target))


def _nodes_to(flow: Flow, target: Target) -> Iterator[Write | Choice | Repeat]:
    for node in flow:
        match node:
            case Write():
                if node.target is UNKNOWN or node.target == target:
                    yield node
            case Choice(options):
                narrowed = tuple(flow_to(option, target) for option in options)
                if any(narrowed):
                    yield Choice(narrowed)
            case Repeat(body, least, most):
                if inner := flow_to(body, target):
                    yield Repeat(inner, least, most)

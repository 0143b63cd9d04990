"""What a rule says of itself: the front matter of its README, typed.

A rule is a folder. Its README says what is wrong and why, in front matter that
the program reads; its ``check.py`` has a function ``check(facts, **options)``
that yields a :class:`~fanout_lint.findings.Hit` for each fault. A rule whose
findings another stage makes (``yaml-syntax``) has no ``check.py``, and names
that stage as :attr:`RuleCard.emitted_by`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from fanout_lint.findings import Confidence, Hit, Severity, Stage


class Message(Struct, frozen=True):
    """One face of a rule: the texts of its findings, and how they weigh.

    ``message`` and ``help`` are templates of :class:`string.Template`; a hit's
    words fill them. ``help`` may be empty.
    """

    message: str
    help: str
    severity: Severity
    stage: Stage
    confidence: Confidence


class RuleCard(Struct, frozen=True, rename="kebab", kw_only=True):
    """A rule as the index knows it, whose records are read into cards as they are.

    ``messages`` is by face, ``""`` being the face of a rule that has only one.
    ``severity``, ``stage`` and ``confidence`` are what a face has that says
    nothing else. ``options`` is a JSON Schema for each option, by its name in
    kebab-case, each with a default. ``covers`` are check numbers (``F07``,
    ``V52``); ``needs`` the kinds of fact without which it has nothing to say, and
    ``needs_fields`` the fields, if any, of which one must be written there, or in a file
    that has to do with it.
    """

    id: str
    summary: str
    severity: Severity
    stage: Stage
    confidence: Confidence
    since: str
    covers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_fields: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = {}
    sources: tuple[str, ...] = ()
    messages: Mapping[str, Message]
    emitted_by: str | None = None
    folder: str

    @property
    def stages(self) -> frozenset[Stage]:
        """The stages of its faces."""
        return frozenset(message.stage for message in self.messages.values())


class HasKinds(Protocol):
    """Facts, as far as the rulebook looks at them."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of fact that there are any of."""

    @property
    def written(self) -> frozenset[str]:
        """The fields that are written here, or wherever these facts may have to do with."""


class Check(Protocol):
    """The function ``check`` of a rule's ``check.py``."""

    def __call__(self, facts: Any, **options: Any) -> Iterable[Hit]: ...

"""All that rules may ask, worked out once.

:class:`Links` are about a whole project; :class:`Facts` about the manifests of one
file in it, its *focus*, which is what a rule judges. Every collection is made at
the first question and kept, in the order of the text.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.calls import Call, calls
from fanout_lint.analysis.constants import Constants
from fanout_lint.analysis.endings import Endings
from fanout_lint.analysis.expression_fields import has_fields
from fanout_lint.analysis.fanouts import FanOut, ListRead, find_fanouts, find_list_reads
from fanout_lint.analysis.limits import Reached, reached
from fanout_lint.analysis.name_lists import has_odd_names
from fanout_lint.analysis.order import Order
from fanout_lint.analysis.origins import Callers, Origins, find_callers
from fanout_lint.analysis.outcomes import Outcome
from fanout_lint.analysis.producers import Producers
from fanout_lint.analysis.project import Project
from fanout_lint.analysis.scope_workflow import GlobalNames
from fanout_lint.analysis.scopes import Scope
from fanout_lint.analysis.sites import Site, Text, texts
from fanout_lint.findings import Place
from fanout_lint.model.references import stands_alone
from fanout_lint.model.workflow import Kind, Manifest, Step, Template, TemplateKind, with_inline
from fanout_lint.source.text import Span
from fanout_lint.syntax.nodes import Node
from fanout_lint.tags.reference import Reference, refer
from fanout_lint.tags.scan import Tag, scan

# Expressions are read by much code, which is imported when a file has some.
if TYPE_CHECKING:
    from fanout_lint.analysis.conditions import Condition, Worked
    from fanout_lint.analysis.expressions import Expression
    from fanout_lint.analysis.fates import Fate
    from fanout_lint.analysis.mentions import Mentions


class Use(Struct, frozen=True, eq=False):
    """A simple tag or a name in an expression, where it stands, and what it speaks of.

    ``fate`` is what becomes of the expression, ``None`` for a simple tag. ``is_guarded``
    says that the expression provides for its absence: with ``??`` or ``?.``, or it asks for nil.
    """

    reference: Reference
    text: Text
    outcome: Outcome
    fate: "Fate | None" = None
    is_guarded: bool = False

    @property
    def site(self) -> Site:
        return self.text.site

    @property
    def end(self) -> str:
        """What becomes of the expression when the name has no value; empty for a simple tag."""
        return "" if self.fate is None else self.fate.end.value

    def place(self, first: int | None = None, last: int | None = None) -> Place:
        """Return the place of the segments *first* to *last*, of the whole tag by default."""
        span = self.reference.span if first is None else self.reference.span_of(first, last)
        return Place(self.site.manifest.path, span)


class Links(Struct, frozen=True, eq=False, dict=True):
    """What holds for a project as a whole: who calls whom, what names mean, where values begin."""

    project: Project

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.project, Order(), GlobalNames(self.project))

    @cached_property
    def callers(self) -> Callers:
        return find_callers(self.project)

    @cached_property
    def origins(self) -> Origins:
        return Origins(self.project, self.scope, self.callers)

    @cached_property
    def producers(self) -> Producers:
        return Producers()

    @cached_property
    def constants(self) -> Constants:
        return Constants(self.scope, self.origins, self.producers)

    @cached_property
    def endings(self) -> Endings:
        return Endings(self.constants)

    @cached_property
    def _fanouts(self) -> dict[Manifest, tuple[FanOut, ...]]:
        return {}

    def fanouts_of(self, manifest: Manifest) -> tuple[FanOut, ...]:
        """Return the loops of *manifest* that expand."""
        if manifest not in self._fanouts:
            self._fanouts[manifest] = find_fanouts(self.project, self.constants, manifest)
        return self._fanouts[manifest]

    @cached_property
    def _indexed(self) -> dict[Manifest, dict[Step, FanOut]]:
        return {}

    def fanout_of(self, manifest: Manifest, step: Step) -> FanOut | None:
        """Return the loop of *step*, which stands in *manifest*; ``None`` if it does not expand."""
        if manifest not in self._indexed:
            loops = {fanout.step: fanout for fanout in self.fanouts_of(manifest)}
            self._indexed[manifest] = loops
        return self._indexed[manifest].get(step)

    def fanouts_in(self, manifest: Manifest, template: Template) -> tuple[FanOut, ...]:
        """Return the loops among the steps of *template*, which stands in *manifest*."""
        found = (self.fanout_of(manifest, step) for step in template.steps)
        return tuple(fanout for fanout in found if fanout is not None)

    @cached_property
    def _list_reads(self) -> dict[Manifest, tuple[ListRead, ...]]:
        return {}

    def list_reads(self, manifest: Manifest) -> tuple[ListRead, ...]:
        """Return the outputs that the loops of *manifest* take for their lists."""
        if manifest not in self._list_reads:
            self._list_reads[manifest] = tuple(find_list_reads(self.fanouts_of(manifest)))
        return self._list_reads[manifest]


class Facts(Struct, frozen=True, eq=False, dict=True):
    """What is known of the manifests in ``focus``. ``version`` is Argo's, if stated."""

    links: Links
    focus: tuple[Manifest, ...]
    version: tuple[int, int] | None = None

    @property
    def project(self) -> Project:
        return self.links.project

    @cached_property
    def written(self) -> frozenset[str]:
        """The fields that are written in the focus, or in any file that it may have to do with."""
        if all(stands_alone(manifest) for manifest in self.focus):
            return frozenset().union(*(manifest.written for manifest in self.focus))
        return self.project.written

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of fact there are; a rule rests whose ``needs`` are not all among them."""
        kinds = {"manifests"} if self.focus else set()
        if self.runnable:
            kinds.add("workflows")
        if self.templates:
            kinds.add("templates")
        if self.steps:
            kinds.add("steps")
        for _, _, step in self.steps:
            if step.loops:
                kinds.add("loops")
            if len(step.loops) > 1:
                kinds.add("double-loops")
            if step.when is not None:
                kinds.add("conditions")
            if step.is_task:
                kinds.add("tasks")
        if any(manifest.kind is Kind.CRON_WORKFLOW for manifest in self.focus):
            kinds.add("schedules")
        if any(template.kind is TemplateKind.RESOURCE for _, template in self.templates):
            kinds.add("resources")
        if any(tag.is_expression for tag, _ in self._tagged) or has_fields(self.focus):
            kinds.add("expressions")
        if self.texts or "expressions" in kinds:
            kinds.add("references")
        if any(tag.is_nested for tag, _ in self._tagged):
            kinds.add("nested-tags")
        if has_odd_names(self.focus):
            kinds.add("odd-names")
        return frozenset(kinds)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text of the focus that Argo substitutes and that holds ``{{``."""
        return tuple(text for manifest in self.focus for text in texts(manifest))

    @cached_property
    def tags(self) -> tuple[tuple[Text, tuple[Tag, ...]], ...]:
        """Every text of the focus with the tags in it."""
        return tuple((text, scan(text.scalar)) for text in self.texts)

    @cached_property
    def _tagged(self) -> tuple[tuple[Tag, Text], ...]:
        return tuple((tag, text) for text, tags in self.tags for tag in tags)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every simple tag of the focus; those that hold another are left out."""
        return tuple(self._use(tag, text) for tag, text in self._tagged if not tag.is_expression)

    def _use(self, tag: Tag, text: Text) -> Use:
        reference = refer(tag)
        outcome = self.links.scope.resolve(reference.names, text.site, text.scalar.value)
        return Use(reference, text, outcome)

    @cached_property
    def expressions(self) -> "tuple[Expression, ...]":
        """Every expression of the focus, in tags with ``=`` and in fields without braces."""
        if "expressions" not in self.kinds:
            return ()
        from fanout_lint.analysis.expressions import find_expressions

        return tuple(find_expressions(self.links, self.focus, self._tagged))

    @cached_property
    def reads(self) -> tuple[Use, ...]:
        """Every name that a simple tag or an expression of the focus reads, in that order."""
        inner = (use for expression in self.expressions for use in expression.uses)
        return (*self.uses, *inner)

    @cached_property
    def mentions(self) -> "Mentions":
        """What each template of the focus reads, by its words alone."""
        from fanout_lint.analysis.mentions import find_mentions

        return find_mentions(self.focus, self._tagged)

    @cached_property
    def templates(self) -> tuple[tuple[Manifest, Template], ...]:
        """Every template of the focus, those written inside steps after the one around them."""
        return tuple(
            (manifest, template)
            for manifest in self.focus
            for outermost in manifest.templates
            for template in with_inline(outermost)
        )

    @cached_property
    def steps(self) -> tuple[tuple[Manifest, Template, Step], ...]:
        """Every step and task of the focus."""
        return tuple(
            (manifest, template, step)
            for manifest, template in self.templates
            for step in template.steps
        )

    @cached_property
    def conditions(self) -> "tuple[Condition, ...]":
        """Every ``when`` of the focus that is a text."""
        from fanout_lint.analysis.conditions import find_conditions

        return tuple(find_conditions(self))

    @cached_property
    def worked(self) -> "dict[Condition, tuple[Worked, ...]]":
        """What :mod:`~fanout_lint.analysis.conditions` has worked out of each."""
        return {}

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every call that the focus makes."""
        return tuple(call for manifest in self.focus for call in calls(self.project, manifest))

    @cached_property
    def fanouts(self) -> tuple[FanOut, ...]:
        """Every loop of the focus that expands."""
        return tuple(
            fanout for manifest in self.focus for fanout in self.links.fanouts_of(manifest)
        )

    def fanout_of(self, manifest: Manifest, step: Step) -> FanOut | None:
        """Return the loop of *step*; ``None`` if it does not expand."""
        return self.links.fanout_of(manifest, step)

    def reached(self, manifest: Manifest) -> Iterator[Reached]:
        """Yield the loops that a run of *manifest* may come to."""
        return reached(self.project, manifest, self.links.fanouts_in)

    @property
    def waits(self) -> str:
        """What becomes of a step that reads a value which never comes, by version.

        Argo 4 tries again for ever (``operator.go``: ErrRequeue); 3 failed the step.
        """
        if self.version is None:
            return "waits for ever without a message on Argo 4, and fails on Argo 3"
        return "fails" if self.version < (4, 0) else "waits for ever, without a message"

    @cached_property
    def runnable(self) -> tuple[Manifest, ...]:
        """The manifests of the focus that run by themselves: workflows and cron workflows."""
        return tuple(
            manifest
            for manifest in self.focus
            if manifest.kind in (Kind.WORKFLOW, Kind.CRON_WORKFLOW)
        )


def node_place(node: Node) -> Place:
    return Place(node.source.path, node.span)


def span_place(manifest: Manifest, span: Span) -> Place:
    return Place(manifest.path, span)

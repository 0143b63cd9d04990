"""Where a value comes from: back along tags, inputs and arguments to what first made it.

``withParam: "{{inputs.parameters.list}}"`` leads to the arguments of every call of
the template, each of them to a literal, an output, or further up. The way is kept:
a fault at its beginning is shown with every place that passed it on.
"""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from fanout_lint.analysis.calls import Call, CallKind, calls
from fanout_lint.analysis.literals import parameter_text
from fanout_lint.analysis.outcomes import (
    Outcome,
    Part,
    ReadsInput,
    ReadsStep,
    ReadsWorkflowParameter,
)
from fanout_lint.analysis.project import Project
from fanout_lint.analysis.scopes import Scope
from fanout_lint.analysis.sites import Region, Site
from fanout_lint.model.workflow import Manifest, Parameter, Template
from fanout_lint.syntax.nodes import Node, Scalar
from fanout_lint.tags.reference import Reference, refer
from fanout_lint.tags.scan import Tag, sole_tag

_MAX_DEPTH = 20
_MAX_ORIGINS = 200


class Hop(Struct, frozen=True):
    """A place that passes a value on, and the file it stands in."""

    node: Node
    manifest: Manifest
    what: str


class Literal(Struct, frozen=True):
    """A value written in the manifest, without any tag.

    ``is_default`` says that a caller or a submitter may give another.
    """

    node: Node
    text: str
    manifest: Manifest
    way: tuple[Hop, ...]
    is_default: bool


class Read(Struct, frozen=True):
    """A value that only the run makes: what ``outcome`` speaks of, read at ``site``."""

    outcome: Outcome
    reference: Reference
    site: Site
    way: tuple[Hop, ...]


class Composed(Struct, frozen=True):
    """A text with tags in it, or an expression: made of parts at run time.

    ``is_default`` is that of a :class:`Literal`.
    """

    node: Node
    site: Site
    way: tuple[Hop, ...]
    is_default: bool

    @property
    def is_expression(self) -> bool:
        """Whether it is an expression, and perhaps more."""
        return type(self.node) is Scalar and self.node.value.lstrip().startswith("{{=")


class Outside(Struct, frozen=True):
    """A value from a caller or a submitter that no file shows."""

    way: tuple[Hop, ...]


Origin = Literal | Read | Composed | Outside


class Origins(Struct, frozen=True, eq=False):
    """Answers where values come from, for a whole project."""

    project: Project
    scope: Scope
    callers: "Callers"

    def through(self, template: Template, call: Call) -> "Origins":
        """Return the same, as if *call* were all that calls *template*."""
        return Origins(self.project, self.scope, self.callers.through(template, call))

    def of(self, node: Node, site: Site) -> tuple[Origin, ...]:
        """Return every origin of the value *node* written at *site*; never empty."""
        found = islice(self._of(node, site, (), frozenset(), False), _MAX_ORIGINS)
        origins = dict.fromkeys(found)
        if len(origins) == _MAX_ORIGINS:
            origins[Outside(())] = None
        return tuple(origins)

    def _of(
        self,
        node: Node,
        site: Site,
        way: tuple[Hop, ...],
        seen: frozenset[int],
        is_default: bool,
    ) -> Iterator[Origin]:
        if type(node) is not Scalar or "{{" not in node.value:
            yield Literal(node, parameter_text(node), site.manifest, way, is_default)
            return
        tag = sole_tag(node)
        if tag is None:
            yield Composed(node, site, way, is_default)
            return
        reference = _path(tag) if tag.is_expression else refer(tag)
        outcome = (
            self.scope.resolve(reference.names, site, node.value) if reference is not None else None
        )
        if reference is None or outcome is None or (tag.is_expression and not is_text(outcome)):
            yield Composed(node, site, way, is_default)
            return
        if id(node) in seen or len(seen) > _MAX_DEPTH:
            yield Outside(way)
            return
        yield from self._follow(outcome, reference, node, site, way, seen | {id(node)})

    def _follow(
        self,
        outcome: Outcome,
        reference: Reference,
        node: Node,
        site: Site,
        way: tuple[Hop, ...],
        seen: frozenset[int],
    ) -> Iterator[Origin]:
        here = Hop(node, site.manifest, reference.text)
        match outcome:
            case ReadsInput(template, Parameter() as declared):
                yield from self._input(template, declared, site.manifest, (*way, here), seen)
            case ReadsWorkflowParameter(declared):
                yield from self._declared(declared, site, (*way, here), seen)
            case _:
                yield Read(outcome, reference, site, way)

    def _declared(
        self, declared: Parameter, site: Site, way: tuple[Hop, ...], seen: frozenset[int]
    ) -> Iterator[Origin]:
        value = declared.value
        if value is None or declared.value_from is not None:
            yield Outside(way)
            return
        spec = Site(site.manifest, Region.SPEC, None, None, "arguments")
        yield from self._of(value, spec, way, seen, True)

    def _input(
        self,
        template: Template,
        declared: Parameter,
        manifest: Manifest,
        way: tuple[Hop, ...],
        seen: frozenset[int],
    ) -> Iterator[Origin]:
        name = declared.name.value
        needs_default = False
        for call in self.callers.of(template):
            given = call.arguments.parameter(name)
            if given is None:
                needs_default = True
            elif given.value is None or given.value_from is not None:
                yield Outside(way)
            else:
                hop = Hop(given.node, call.manifest, f"argument {name}")
                yield from self._of(given.value, call_site(call), (*way, hop), seen, False)
        if self.callers.may_be_called_from_outside(template):
            yield Outside(way)
            needs_default = True
        if needs_default and (default := declared.value or declared.default):
            own = Site(manifest, Region.TEMPLATE, template, None, "inputs")
            yield from self._of(default, own, way, seen, True)


def _path(tag: Tag) -> Reference | None:
    """Return the name that the expression *tag* reads and does nothing else with, if it is one."""
    if not _may_be_path(tag.text):
        return None
    from fanout_lint.analysis.expression_uses import names_of, refer_to
    from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
    from fanout_lint.languages.expression.parser import parse
    from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
    from fanout_lint.languages.expression.references import member_path, references

    try:
        root = parse(tag.text)
    except (ExpressionSyntaxError, ExpressionTooDeepError):
        return None
    paths = references(root)
    if len(paths) != 1 or member_path(root) != paths[0].path:
        return None
    path = paths[0]
    names = names_of(path)
    if len(names) != len(path.segments) or any(part.optional for part in path.segments):
        return None
    return refer_to(path, names, tag.scalar, tag.text, tag.text_start)


def _may_be_path(text: str) -> bool:
    """Whether it is worth parsing *text*: not where it surely calls or computes something.

    What stands in quotes or in a comment is left out: there, signs mean nothing.
    """
    bare = re.split(r"['\"`]|//|/\*", text, maxsplit=1)[0]
    return re.search(r"\w\s*\(|[+*,;:<>=!&|{}]", bare) is None


def is_text(outcome: Outcome) -> bool:
    """Whether a name that speaks of *outcome* is one text, where it has a value at all."""
    if isinstance(outcome, ReadsInput):
        return isinstance(outcome.declared, Parameter)
    if isinstance(outcome, ReadsStep):
        return outcome.part in (Part.RESULT, Part.PARAMETER)
    return isinstance(outcome, ReadsWorkflowParameter)


def call_site(call: Call) -> Site:
    """Return the site of a call's arguments."""
    if call.step is None:
        return Site(call.manifest, Region.SPEC, None, None, "arguments")
    region = Region.HOOK if call.kind is not CallKind.STEP else Region.STEP
    return Site(call.manifest, region, call.template, call.step, "arguments")


class Callers(Struct, frozen=True, eq=False):
    """Who calls a template, in the whole project."""

    project: Project
    _index: dict[Template, list[Call]]
    _holders: dict[Template, Manifest]
    _only: tuple[Template, Call] | None = None

    def of(self, template: Template) -> tuple[Call, ...]:
        if self._only is not None and self._only[0] is template:
            return (self._only[1],)
        return tuple(self._index.get(template, ()))

    def through(self, template: Template, call: Call) -> "Callers":
        """Return the same, as if *call* were all that calls *template*."""
        return Callers(self.project, self._index, self._holders, (template, call))

    def may_be_called_from_outside(self, template: Template) -> bool:
        """Whether a manifest that is in no file may call it."""
        if self._only is not None and self._only[0] is template:
            return False
        holder = self._holders.get(template)
        return holder is None or (holder.is_library and not self.project.is_complete)


def find_callers(project: Project) -> Callers:
    """Return the callers of every template of *project*."""
    index: dict[Template, list[Call]] = {}
    holders: dict[Template, Manifest] = {}
    for manifest in project.manifests:
        for template in manifest.templates:
            _hold(template, manifest, holders)
        for call in calls(project, manifest):
            for target in call.targets:
                index.setdefault(target.template, []).append(call)
    return Callers(project, index, holders)


def _hold(template: Template, manifest: Manifest, holders: dict[Template, Manifest]) -> None:
    if template in holders:
        return
    holders[template] = manifest
    for step in template.steps:
        if step.inline is not None:
            _hold(step.inline, manifest, holders)

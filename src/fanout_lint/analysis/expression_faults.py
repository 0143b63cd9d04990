"""Why an expression does not work, where no name that it reads is to blame.

A text that cannot be parsed, a function that does not exist, a value of the wrong type, a
result that is nil: each with the place that is at fault.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from fanout_lint.analysis.expression_fields import ROOTS, Field
from fanout_lint.analysis.expressions import Expression
from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.fates import Case, End, Fate
from fanout_lint.analysis.follow_tag import fate_of
from fanout_lint.analysis.given import Given, given_values
from fanout_lint.analysis.items import Item
from fanout_lint.analysis.outcomes import Part, ReadsInput, ReadsStep, ReadsWorkflowParameter
from fanout_lint.analysis.sites import Region
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.builtin_names import BUILTINS
from fanout_lint.languages.expression.signatures import ARGO_FUNCTIONS
from fanout_lint.languages.problem import Problem
from fanout_lint.tags.scan import as_tag

if TYPE_CHECKING:
    from fanout_lint.analysis.facts import Use


class Why(Enum):
    """What is wrong with an expression."""

    SYNTAX = "syntax"
    CUT = "cut"  #: The first ``}}`` ended the tag, though the expression goes on.
    TAG_INSIDE = "tag-inside"  #: A tag inside the braces of an expression.
    BRACES = "braces"  #: Braces in a field that is an expression already.
    FUNCTION = "function"
    REMOVED = "removed"  #: A function of sprig that Argo takes out.
    NAME = "name"
    VALUE = "value"
    LOCAL = "local"  #: A name of ``let``, or ``$env``, in a step that loops.
    MISSING = "missing"
    NIL = "nil"
    PARAMETER = "parameter"  #: An expression where Argo looks one name up.
    ARTIFACT = "artifact"  #: An artifact in a tag, where Argo knows texts alone.
    ITEM = "item"  #: Only for some items of a loop.
    GIVEN = "given"  #: For a value that some run surely gets.
    PHASE = "phase"  #: In a phase that the hook's own step surely gets to.


class ExpressionFault(Struct, frozen=True):
    """``name`` is the word at fault, ``known`` are those that might have been meant.

    ``becomes`` is what becomes of the expression with the value ``given``.
    """

    why: Why
    start: int
    end: int
    reason: str = ""
    name: str = ""
    known: tuple[str, ...] = ()
    item: Item | None = None
    given: Given | None = None
    becomes: End | None = None


def fault_of(facts: Facts, expression: Expression) -> ExpressionFault | None:
    """Return why *expression* does not work, ``None`` where it may, or names are to blame."""
    if expression.fault is not None:
        return _syntax(expression, expression.fault)
    if _is_looked_up(expression) and expression.fate.end is End.FAILS:
        return ExpressionFault(Why.PARAMETER, 0, len(expression.written))
    return (
        _in_a_phase(facts, expression)
        or _in_all_runs(expression)
        or _with_a_value(facts, expression)
    )


def _is_looked_up(expression: Expression) -> bool:
    """Whether it stands in ``valueFrom.parameter`` or ``from`` of a steps or dag template's output.

    There Argo compiles an expression without its names (``util/template/resolve_var.go``).
    """
    template, scalar = expression.site.template, expression.text.scalar
    if expression.site.region is not Region.OUTPUTS or template is None or not template.steps:
        return False
    sources = (each.value_from for each in template.outputs.parameters)
    taken = [source.parameter for source in sources if source is not None]
    taken.extend(artifact.source for artifact in template.outputs.artifacts)
    return any(each is scalar for each in taken)


def _with_a_value(facts: Facts, expression: Expression) -> ExpressionFault | None:
    """Return what fails for a value that is written somewhere and sure to come."""
    if expression.fate.end is not End.INSERTED and expression.fate.end is not End.UNKNOWN:
        return None
    if expression.root is None or expression.misnames or expression.fate.problem is not None:
        return None
    found = tuple(_given(facts, expression))
    for given, values in (*_each(found), *_of_one_run(found)):
        fate = _fate_with(facts, expression, expression.root, values)
        if fate.problem is not None and fate.end not in (End.INSERTED, End.UNKNOWN):
            problem = fate.problem
            return ExpressionFault(
                Why.GIVEN,
                problem.start,
                problem.end,
                problem.message,
                given=given,
                becomes=fate.end,
            )
    return None


def _fate_with(
    facts: Facts, expression: Expression, root: nodes.Node, values: Mapping[str, str]
) -> Fate:
    """Return what becomes of *expression*, whose tree is *root*, with *values* for its names."""
    site, field = expression.site, expression.field
    return fate_of(Case(facts.links, site, field, root, expression.uses, values=values))


def _in_a_phase(facts: Facts, expression: Expression) -> ExpressionFault | None:
    """Return what fails in the condition of a hook when its own step runs, or has succeeded."""
    step = expression.site.step
    if expression.field is not Field.HOOK or step is None or step.loop is not None:
        return None
    if expression.root is None or expression.misnames:
        return None
    own = (step.root, step.label, "outputs")
    if not any(use.reference.names[:3] == own for use in expression.uses):
        return None
    for phase in ("Running", "Succeeded"):
        values = {f"{step.root}.{step.label}.status": phase}
        fate = _fate_with(facts, expression, expression.root, values)
        if fate.problem is not None and fate.end in (End.FAILS, End.NEVER):
            start, end, reason = fate.problem.start, fate.problem.end, fate.problem.message
            return ExpressionFault(Why.PHASE, start, end, reason, phase, becomes=fate.end)
    return None


Values = tuple[tuple[Given, dict[str, str]], ...]
"""What names have in a run, by path, each with one of the values to be shown."""


def _each(found: tuple[tuple[str, Given], ...]) -> Values:
    return tuple((given, {path: given.literal.text}) for path, given in found)


def _of_one_run(found: tuple[tuple[str, Given], ...]) -> Values:
    """Return the values that come together: parameters of the workflow have one each in a run."""
    together = {path: given for path, given in found if path.startswith("workflow.")}
    if len(together) < 2:
        return ()
    values = {path: given.literal.text for path, given in together.items()}
    return ((next(iter(together.values())), values),)


def _given(facts: Facts, expression: Expression) -> Iterator[tuple[str, Given]]:
    for use in expression.uses:
        if isinstance(use.outcome, ReadsInput | ReadsWorkflowParameter):
            path = ".".join(use.reference.names)
            tag = use.text.scalar.with_text(as_tag(path))
            for given in given_values(facts, tag, expression.site):
                if given.is_sure:
                    yield path, given


def _in_all_runs(expression: Expression) -> ExpressionFault | None:
    fate = expression.fate
    if expression.root is None or expression.misnames or fate.end is End.INSERTED:
        return None
    if fate.missing.startswith("item."):
        return None  # A key that items lack is told as that.
    if (use := _artifact(expression)) is not None:
        start = use.reference.tag.text_start - expression.start
        name = use.reference.text
        return ExpressionFault(Why.ARTIFACT, start, start + len(name), name=name)
    if fate.problem is not None:
        if fate.item is not None:
            start, end, reason = fate.problem.start, fate.problem.end, fate.problem.message
            return ExpressionFault(Why.ITEM, start, end, reason, item=fate.item)
        return _problem(expression, expression.root, fate.problem)
    if fate.end is End.UNKNOWN:
        return None
    if fate.missing:
        return _missing(expression, expression.root, fate.missing)
    if fate.end in (End.POD, End.LEFT, End.FAILS):
        return ExpressionFault(Why.NIL, 0, len(expression.written))
    return None


def _artifact(expression: Expression) -> "Use | None":
    """Return the artifact for the sake of which a tag has no value."""
    fate = expression.fate
    if expression.field is not Field.TAG or fate.end is End.UNKNOWN:
        return None
    for use in expression.uses:
        names = use.reference.names
        is_artifact = isinstance(use.outcome, ReadsStep) and use.outcome.part is Part.ARTIFACT
        is_artifact = is_artifact or (names[:2] == ("inputs", "artifacts") and len(names) == 3)
        path = ".".join(names)
        if is_artifact and (not fate.missing or f"{path}.".startswith(f"{fate.missing}.")):
            return use
    return None


def _syntax(expression: Expression, fault: Problem) -> ExpressionFault:
    written = expression.written
    why = Why.SYNTAX
    if expression.field is not Field.TAG and "{{" in written:
        start = written.index("{{")
        return ExpressionFault(Why.BRACES, start, start + 2, fault.message)
    if "{{" in written:
        start = written.index("{{")
        return ExpressionFault(Why.TAG_INSIDE, start, len(written), fault.message)
    if expression.field is Field.TAG and written.count("{") > written.count("}"):
        return ExpressionFault(Why.CUT, 0, len(written), fault.message)
    return ExpressionFault(why, fault.start, fault.end, fault.message)


def _problem(expression: Expression, root: nodes.Node, problem: Problem) -> ExpressionFault | None:
    start, end, reason = problem.start, problem.end, problem.message
    node = _node_at(root, start, end)
    match node:
        case nodes.Identifier(name=name):
            if _is_called(root, node):
                return ExpressionFault(Why.FUNCTION, start, end, reason, name, _functions())
            if _may_be_foreign(expression) or expression.fate.end is End.UNKNOWN:
                return None
            return ExpressionFault(Why.NAME, start, end, reason, name, tuple(ROOTS))
        case nodes.Member(node=nodes.Identifier(name="sprig"), property=nodes.String(value=name)):
            why = Why.REMOVED if name in ("env", "expandenv") else Why.FUNCTION
            if name not in _sprig():
                return ExpressionFault(why, start, end, reason, f"sprig.{name}", _functions())
    return ExpressionFault(Why.VALUE, start, end, reason)


def _node_at(root: nodes.Node, start: int, end: int) -> nodes.Node | None:
    for node in nodes.walk(root):
        if node.start == start and node.end == end:
            return node
    return None


def _is_called(root: nodes.Node, callee: nodes.Node) -> bool:
    return any(isinstance(node, nodes.Call) and node.callee is callee for node in nodes.walk(root))


def _may_be_foreign(expression: Expression) -> bool:
    """Whether another language may be meant, whose braces Argo leaves alone: ``{{= it.name }}``."""
    in_body = expression.site.region in (Region.BODY, Region.OUTPUTS, Region.DEFAULTS)
    is_argo = any(use.reference.names[0] in ROOTS for use in expression.uses)
    return in_body and expression.field is Field.TAG and not is_argo


def _missing(expression: Expression, root: nodes.Node, name: str) -> ExpressionFault:
    first = name.split(".")[0]
    for node in nodes.walk(root):
        if isinstance(node, nodes.Identifier) and node.name == first:
            is_local = first not in ROOTS
            why = Why.LOCAL if is_local else Why.MISSING
            end = node.end if is_local else _end_of(expression, node)
            return ExpressionFault(why, node.start, end, name=name)
    return ExpressionFault(Why.MISSING, 0, len(expression.written), name=name)


def _end_of(expression: Expression, node: nodes.Node) -> int:
    """Return where the path ends that begins with *node*."""
    for use in expression.uses:
        if use.reference.tag.text_start == expression.start + node.start:
            return node.start + len(use.reference.text)
    return node.end


def _sprig() -> frozenset[str]:
    from fanout_lint.languages.sprig import FUNCTIONS

    return frozenset(FUNCTIONS)


def _functions() -> tuple[str, ...]:
    """Return the names of all functions, those of sprig with their first word."""
    sprig = (f"sprig.{name}" for name in sorted(_sprig()))
    return (*sorted(BUILTINS), *ARGO_FUNCTIONS, *sprig)

"""Expressions that work, and hardly do what they seem to.

Texts are taken for lists without an error, since a text is a list of bytes; a time is an
object; a name with a dot in brackets is never found; and the parameters of a loop's runs
come as one object (``util/expand/expand.go`` of v4.1.2, expr-lang 1.17.8).
"""

from collections.abc import Iterator

from fanout_lint.analysis.expression_fields import Field
from fanout_lint.analysis.expressions import Expression
from fanout_lint.analysis.facts import Use
from fanout_lint.analysis.fates import End
from fanout_lint.analysis.odd_comparisons import never_passed, unequal
from fanout_lint.analysis.odd_labels import clashes
from fanout_lint.analysis.oddity import Odd, Oddity
from fanout_lint.analysis.origins import is_text
from fanout_lint.analysis.outcomes import PLAIN_PARTS, Part, ReadsItem, ReadsStep
from fanout_lint.analysis.outputs import output_names
from fanout_lint.languages.expression import nodes

_LOOPS = frozenset(
    (
        *("filter", "map", "all", "any", "none", "one", "find", "findIndex", "findLast"),
        *("findLastIndex", "count", "groupBy", "sortBy", "sum", "reduce"),
    )
)
_DOTTED = ("workflow", "inputs", "item")
_NODE_PARTS = frozenset(PLAIN_PARTS.values())
_TIME_FUNCTIONS = frozenset(("date", "dateInZone", "htmlDate", "ago", "unixEpoch"))


def oddities(expression: Expression) -> Iterator[Odd]:
    """Yield what is odd in *expression*, by place."""
    if expression.root is None or expression.fate.end not in (End.INSERTED, End.UNKNOWN, End.POD):
        return
    root = expression.root
    texts = {
        use.reference.tag.text_start - expression.start: use
        for use in expression.uses
        if _is_text(use)
    }
    found = [
        *_in_tree(expression, root, texts),
        *_comparisons(expression, root, texts),
        *_objects(expression),
        *_times(expression, root),
        *clashes(expression.start, expression.uses),
    ]
    yield from sorted(found, key=lambda odd: (odd.start, odd.end))


def _is_text(use: Use) -> bool:
    """Whether the name surely stands for a text, as all values do that come from outside."""
    outcome = use.outcome
    if isinstance(outcome, ReadsItem):
        return bool(outcome.key) and len(use.reference.names) == 2
    return is_text(outcome)


def _in_tree(expression: Expression, root: nodes.Node, texts: dict[int, Use]) -> Iterator[Odd]:
    for node in nodes.walk(root):
        match node:
            case nodes.Builtin(name=name, arguments=(first, *_)) if name in _LOOPS:
                use = _whole(expression, first, texts)
                if use is not None:
                    yield Odd(Oddity.BYTES, first.start, first.end, use.reference.text)
            case nodes.Builtin(name="first" | "last", arguments=(first,)):
                use = _whole(expression, first, texts)
                if use is not None:
                    yield Odd(Oddity.BYTE, node.start, node.end, use.reference.text)
            case nodes.Member(node=base, property=nodes.Integer()):
                use = _whole(expression, base, texts)
                if use is not None:
                    yield Odd(Oddity.BYTE, node.start, node.end, use.reference.text)
            case nodes.Member(property=nodes.String(value=name, quote=quote)) if (
                quote and "." in name and _first_name(node) in _DOTTED
            ):
                yield Odd(Oddity.DOTTED, node.start, node.end, name)
            case nodes.Binary(operator="??", left=left):
                yield from _fallbacks(left)
            case nodes.Call():
                yield from _calls(expression, node)


def _comparisons(expression: Expression, root: nodes.Node, texts: dict[int, Use]) -> Iterator[Odd]:
    names = {start: use.reference.text for start, use in texts.items()}
    for use in expression.uses:
        if _is_of_node(use):
            names[use.reference.tag.text_start - expression.start] = use.reference.text
    for node in nodes.walk(root) if names else ():
        if type(node) is nodes.Binary:
            yield from unequal(expression.written, node, names)


def _is_of_node(use: Use) -> bool:
    """Whether the name is one of those that Argo itself has for a node: texts, digits too."""
    if isinstance(use.outcome, ReadsStep):
        return use.outcome.part in _NODE_PARTS
    return use.reference.names[0] in ("lastRetry", "retries")


def _times(expression: Expression, root: nodes.Node) -> Iterator[Odd]:
    """Yield the workflow's time where it is used as a whole, and not given to a function."""
    whole = ("workflow", "creationTimestamp")
    uses = [use for use in expression.uses if use.reference.names == whole]
    if not uses:
        return
    given = {
        argument.start
        for node in nodes.walk(root)
        if isinstance(node, nodes.Call | nodes.Builtin)
        for argument in node.arguments
    }
    for use in uses:
        start = use.reference.tag.text_start - expression.start
        if start not in given:
            text = use.reference.text
            yield Odd(Oddity.TIME_OBJECT, start, start + len(text), text)


def _whole(expression: Expression, node: nodes.Node, texts: dict[int, Use]) -> Use | None:
    """Return the text that *node* is, if nothing else is done to it."""
    use = texts.get(node.start)
    if use is None or not isinstance(node, nodes.Member | nodes.Identifier):
        return None
    written = expression.written[node.start : node.end]
    return use if written.strip() == use.reference.text else None


def _first_name(node: nodes.Node) -> str:
    while isinstance(node, nodes.Member | nodes.Chain):
        node = node.node
    return node.name if isinstance(node, nodes.Identifier) else ""


def _fallbacks(left: nodes.Node) -> Iterator[Odd]:
    for node in nodes.walk(left):
        match node:
            case nodes.Call(callee=nodes.Identifier(name="jsonpath")):
                yield Odd(Oddity.FALLBACK, node.start, node.end, "jsonpath")


def _calls(expression: Expression, call: nodes.Call) -> Iterator[Odd]:
    name = call.callee.name if isinstance(call.callee, nodes.Identifier) else ""
    if isinstance(call.callee, nodes.Member) and _first_name(call.callee) == "sprig":
        prop = call.callee.property
        name = prop.value if isinstance(prop, nodes.String) else ""
    for argument in call.arguments:
        path = expression.written[argument.start : argument.end].strip()
        if name in _TIME_FUNCTIONS and path == "workflow.creationTimestamp":
            yield Odd(Oddity.TIME, argument.start, argument.end, path)
        if name == "jsonpath" and argument is call.arguments[0]:
            yield from never_passed(call)
        if name == "asInt" and path == "lastRetry.duration":
            yield Odd(Oddity.WHOLE, call.start, call.end, path)


def _objects(expression: Expression) -> Iterator[Odd]:
    """Yield the parameters of a loop where the expression gives them as a whole."""
    root = expression.root
    while isinstance(root, nodes.Binary) and root.operator == "??":
        root = root.left
    if root is None or expression.field not in (Field.TAG, Field.OUTPUT):
        return
    if expression.text.site.field == "withParam" and root is expression.root:
        return  # No mere oddity there: the loop fails.
    for use in expression.uses:
        read = use.outcome
        if not isinstance(read, ReadsStep) or read.part is not Part.PARAMETERS:
            continue
        start = use.reference.tag.text_start - expression.start
        is_whole = root.start == start and root.end == start + len(use.reference.text)
        if is_whole and read.step.loops and output_names(read.callee, Part.PARAMETER):
            yield Odd(Oddity.OBJECT, root.start, root.end, use.reference.text)

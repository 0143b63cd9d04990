"""Expressions that are all of a text: what is inserted for them, as far as it is known.

What is inserted is a text: a text bare, all else as JSON (``util/template/
expression_template.go:expressionReplaceCore`` of v4.1.2).
"""

from collections.abc import Iterable

from msgspec import Struct

from fanout_lint.analysis.constants import Constants
from fanout_lint.analysis.expression_shapes import Shapes
from fanout_lint.analysis.expression_uses import names_of
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.origins import Composed, is_text
from fanout_lint.analysis.outcomes import Outcome, Part, ReadsStep
from fanout_lint.analysis.outputs import output_names
from fanout_lint.analysis.scripts.shape import (
    ListShape,
    ObjectShape,
    ScalarKind,
    ScalarShape,
    Shape,
    parse_json,
)
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Place
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.checker import check
from fanout_lint.languages.expression.environment import environment_of, natures_of
from fanout_lint.languages.expression.json_text import UnknownText
from fanout_lint.languages.expression.lexer import ExpressionSyntaxError
from fanout_lint.languages.expression.parser import parse
from fanout_lint.languages.expression.reading import inserted, value_of
from fanout_lint.languages.expression.recursion import ExpressionTooDeepError
from fanout_lint.languages.expression.references import references
from fanout_lint.languages.expression.values import UNKNOWN as UNKNOWN_VALUE
from fanout_lint.languages.expression.values import UNKNOWN_STRING, GoError
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import as_tag, sole_tag
from fanout_lint.unknown import UNKNOWN


class WholeExpression(Struct, frozen=True, eq=False):
    """An expression that is all of a text.

    ``text`` is what is inserted, ``None`` where it varies; ``root`` and ``shapes`` tell
    the rest. Places are offsets into ``written``, which begins at ``start``.
    """

    node: Scalar
    start: int
    written: str
    root: nodes.Node
    text: str | None
    shapes: Shapes

    def place(self, node: nodes.Node) -> Place:
        return words_place(self.node, self.start + node.start, self.start + node.end)

    def words(self, node: nodes.Node) -> str:
        return self.written[node.start : node.end].strip()

    @property
    def kind(self) -> str:
        """What it gives, in a user's words; empty where that is a text, or not known."""
        shape = self.shapes.of(self.root)
        if isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING:
            return ""
        return "a list" if isinstance(shape, ListShape) else noun_of(shape)


def whole_expression(constants: Constants, origin: Composed) -> WholeExpression | None:
    """Return the expression that *origin* is, where it is nothing else and can be evaluated."""
    known = constants.expressions
    if origin not in known:
        known[origin] = _evaluated(constants, origin)
    return known[origin]


def _evaluated(constants: Constants, origin: Composed) -> WholeExpression | None:
    node = origin.node
    if type(node) is not Scalar or not is_plain_text(node):
        return None
    tag = sole_tag(node)
    if tag is None or not tag.is_expression or "\\u00" in tag.text:
        return None
    try:
        root = parse(tag.text)
    except (ExpressionSyntaxError, ExpressionTooDeepError):
        return None
    reader = Reader(constants, origin)
    names = reader.names(root)
    environment = environment_of(names, functions=True)
    value, _, problems = value_of(root, environment)
    if problems or value is None:
        return None
    try:
        text = _text(value)
    except GoError:
        return None
    natures = check(root, natures_of(environment)).natures
    texts = frozenset(path for path, given in names.items() if given is not UNKNOWN_VALUE)
    shapes = Shapes(natures, texts, reader.shape, reader.objects(names))
    return WholeExpression(node, tag.text_start, tag.text, root, text, shapes)


def _text(value: object) -> str | None:
    """Return what is inserted for *value*, where that is known; GoError where nothing can be."""
    try:
        text = inserted(value)
    except UnknownText:
        return None
    return None if text is None or "{{" in text else text


class Reader(Struct, frozen=True, eq=False):
    """Answers what the names of the expression *origin* stand for."""

    constants: Constants
    origin: Composed

    def names(self, root: nodes.Node) -> dict[str, object]:
        """Return flat names for all that *root* reads; what may be absent is UNKNOWN."""
        names: dict[str, object] = {}
        for path in references(root):
            if path.called:
                continue
            parts = names_of(path)
            whole = len(parts) == len(path.segments) and not path.open
            sure = whole and not path.guarded and not any(part.optional for part in path.segments)
            known = sure and is_text(self._outcome(parts))
            path_text = ".".join(parts)
            names[path_text] = self._value(path_text) if known else UNKNOWN_VALUE
        return names

    def objects(self, names: Iterable[str]) -> frozenset[str]:
        """Return those of *names* that stand for all output parameters of a step.

        An expression gets them as an object even where the step is a loop
        (``util/expand/expand.go`` of v4.1.2: the list that a tag gives goes).
        """
        return frozenset(name for name in names if self._is_object(name))

    def _is_object(self, path: str) -> bool:
        read = self._outcome(tuple(path.split(".")))
        if not isinstance(read, ReadsStep) or read.part is not Part.PARAMETERS:
            return False
        return bool(output_names(read.callee, Part.PARAMETER))

    def shape(self, path: str) -> Shape:
        """Return the shape of the JSON that *path* holds as a text."""
        text = self._constant(path)
        if text is not None:
            found = parse_json(text)
            return UNKNOWN if found is None else found
        read = self._outcome(tuple(path.split(".")))
        return self.constants.producers.shape_of(read) if isinstance(read, ReadsStep) else UNKNOWN

    def _outcome(self, path: tuple[str, ...]) -> Outcome:
        return self.constants.scope.resolve(path, self.origin.site, "")

    def _value(self, path: str) -> object:
        text = self._constant(path)
        return UNKNOWN_STRING if text is None else text

    def _constant(self, path: str) -> str | None:
        assert isinstance(self.origin.node, Scalar)  # An expression is a text.
        tag = self.origin.node.with_text(as_tag(path))
        return self.constants.text(tag, self.origin.site)


def noun_of(shape: Shape) -> str:
    """Return what a user calls a value of *shape*, empty where that is not known."""
    match shape:
        case ObjectShape():
            return "a map"
        case ScalarShape(kind=ScalarKind.NULL):
            return ""
        case ScalarShape(kind=kind):
            return f"a {kind.value}"
    return ""

"""What an expression gives to a loop that takes it for its list.

``withParam: "{{=…}}"`` gets the value as a text: a text bare, all else as JSON
(``util/template/expression_template.go:expressionReplaceCore`` of v4.1.2). So a list needs
no ``toJson``, and a text that ``toJson`` has gone over is a JSON string, no list.
"""

from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from fanout_lint.analysis.constants import Constants
from fanout_lint.analysis.expression_shapes import Shapes, is_json_writer
from fanout_lint.analysis.expression_uses import names_of
from fanout_lint.analysis.fanouts import judge_source
from fanout_lint.analysis.items import Item, located_items
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.analysis.origins import Composed, is_text
from fanout_lint.analysis.outcomes import Outcome, Part, ReadsStep
from fanout_lint.analysis.outputs import output_names
from fanout_lint.analysis.project import Found
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
from fanout_lint.languages.gojson import JsonError, JsonKind, JsonValue
from fanout_lint.languages.gojson import parse_json as read_json
from fanout_lint.syntax.nodes import Scalar
from fanout_lint.tags.scan import Tag, scan
from fanout_lint.unknown import UNKNOWN

_MOST_DEPTH = 50


class NoList(Enum):
    """Why an expression gives no JSON list."""

    EMPTY = "empty"  #: A text without a character, which is no loop.
    VALUE = "expression"  #: A number, a map …
    TEXT = "expression-text"  #: A text that is always the same, and no list.
    TWICE = "json-twice"  #: ``toJson`` of a text.
    JOINED = "joined"  #: Words that ``join`` has put together: hardly ever a list.


class NotAList(Struct, frozen=True):
    """Why, where, and what is given instead, in a user's words; ``reason`` is JSON's."""

    why: NoList
    place: Place
    what: str
    reason: str = ""


class ListExpression(Struct, frozen=True, eq=False):
    """An expression that is all of a text: its value, as far as it is known.

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

    @property
    def items(self) -> tuple[Item, ...] | None:
        """The items of the list, ``None`` where they vary or it is no list."""
        value = None if self.text is None else read_json(self.text)
        if not isinstance(value, JsonValue) or value.kind is not JsonKind.LIST:
            return None
        place = self.place(self.root)
        return located_items(value, place)

    @property
    def shape(self) -> ListShape | None:
        """What is known of the list, ``None`` where it may be none."""
        if self.text is not None:
            found = parse_json(self.text)
        else:
            argument = is_json_writer(self.root)
            found = self.shapes.of(self.root if argument is None else argument)
        return found if isinstance(found, ListShape) else None

    @property
    def fault(self) -> NotAList | None:
        """Why it is no list, ``None`` where it is or may be one."""
        if self.text is None:
            return self._fault(self.root)
        if self.text == "":
            return NotAList(NoList.EMPTY, self.place(self.root), "")
        value = read_json(self.text)
        if isinstance(value, JsonError):
            what = f"the text '{self.text}'"
            return NotAList(NoList.TEXT, self.place(self.root), what, value.message)
        if value.kind in (JsonKind.LIST, JsonKind.NULL):
            return None
        return self._fault(self.root) or NotAList(
            NoList.VALUE, self.place(self.root), f"a JSON {value.kind.value}"
        )

    @property
    def kind(self) -> str:
        """What it gives, in a user's words; empty where that is a text, or not known."""
        shape = self.shapes.of(self.root)
        if isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING:
            return ""
        return "a list" if isinstance(shape, ListShape) else _what(shape)

    def _fault(self, node: nodes.Node, depth: int = 0) -> NotAList | None:
        if depth > _MOST_DEPTH:
            return None
        match node:
            case nodes.Conditional(then=first, otherwise=second):
                return _surer(self._fault(first, depth + 1), self._fault(second, depth + 1))
            case nodes.Binary(operator="??", left=first, right=second):
                return _surer(self._fault(first, depth + 1), self._fault(second, depth + 1))
        argument = is_json_writer(node)
        if argument is not None:
            return self._written(node, argument)
        if _joins(node):
            return NotAList(NoList.JOINED, self.place(node), self._words(node))
        shape = self.shapes.of(node)
        if isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING:
            return None  # The text may be a list in JSON.
        what = _what(shape)
        return NotAList(NoList.VALUE, self.place(node), what) if what else None

    def _written(self, node: nodes.Node, argument: nodes.Node) -> NotAList | None:
        shape = self.shapes.of(argument)
        if isinstance(shape, ScalarShape) and shape.kind is ScalarKind.STRING:
            return NotAList(NoList.TWICE, self.place(node), self._words(argument))
        what = _what(shape)
        return NotAList(NoList.VALUE, self.place(node), f"{what} in JSON") if what else None

    def _words(self, node: nodes.Node) -> str:
        return self.written[node.start : node.end].strip()


def list_expression(constants: Constants, origin: Composed) -> ListExpression | None:
    """Return the expression that *origin* is, where it is nothing else and can be evaluated."""
    node = origin.node
    if type(node) is not Scalar or not is_plain_text(node):
        return None
    tag = whole_tag(node)
    if tag is None or "\\u00" in tag.text:
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
    return ListExpression(node, tag.text_start, tag.text, root, text, shapes)


def whole_tag(node: Scalar) -> Tag | None:
    """Return the one expression that *node* consists of, blanks around it aside."""
    tags = scan(node)
    if len(tags) != 1 or tags[0].is_nested or not tags[0].is_expression:
        return None
    rest = node.value[: tags[0].start] + node.value[tags[0].end :]
    return None if rest.strip() else tags[0]


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
        if not isinstance(read, ReadsStep) or read.step.loops or not isinstance(read.callee, Found):
            return UNKNOWN
        if len(read.callee.targets) != 1:
            return UNKNOWN
        from fanout_lint.analysis.scripts.verdict import IsJson

        verdict = judge_source(self.constants.producers, read, read.callee.targets[0])
        return verdict.shape if isinstance(verdict, IsJson) else UNKNOWN

    def _outcome(self, path: tuple[str, ...]) -> Outcome:
        return self.constants.scope.resolve(path, self.origin.site, "")

    def _value(self, path: str) -> object:
        text = self._constant(path)
        return UNKNOWN_STRING if text is None else text

    def _constant(self, path: str) -> str | None:
        node = self.origin.node
        tag = Scalar(node.source, node.span, f"{{{{{path}}}}}", "'")
        return self.constants.text(tag, self.origin.site)


def _surer(one: NotAList | None, other: NotAList | None) -> NotAList | None:
    """Return what is wrong whichever of two it is: the doubtful one, if one is."""
    if one is None or other is None:
        return None
    return other if other.why is NoList.JOINED else one


def _joins(node: nodes.Node) -> bool:
    match node:
        case nodes.Builtin(name="join"):
            return True
        case nodes.Call(
            callee=nodes.Member(
                node=nodes.Identifier(name="sprig"), property=nodes.String(value="join")
            )
        ):
            return True
    return False


def _what(shape: Shape) -> str:
    match shape:
        case ObjectShape():
            return "a map"
        case ScalarShape(kind=ScalarKind.NULL):
            return ""
        case ScalarShape(kind=kind):
            return f"a {kind.value}"
    return ""

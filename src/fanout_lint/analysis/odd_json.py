"""JSON that an expression makes of a text that is JSON already.

``toJson`` of a text is that text in quotes, with a backslash before each quote in it. For a
list or an object in JSON that is hardly what is wanted.
"""

from collections.abc import Iterator

from fanout_lint.analysis.expression_shapes import written_as_json
from fanout_lint.analysis.expressions import Expression
from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.given import given_values
from fanout_lint.analysis.oddity import Odd, Oddity
from fanout_lint.analysis.origins import Composed, is_text
from fanout_lint.languages.expression import nodes
from fanout_lint.languages.expression.references import member_path
from fanout_lint.tags.scan import as_tag


def written_twice(facts: Facts, expression: Expression) -> Iterator[Odd]:
    """Yield the calls of ``toJson`` in *expression* that are given a list or object in JSON."""
    texts = {".".join(use.reference.names): use for use in expression.uses if is_text(use.outcome)}
    if expression.root is None or not texts or _is_list(facts, expression):
        return
    for node in nodes.walk(expression.root):
        argument = written_as_json(node)
        path = None if argument is None else member_path(argument)
        use = None if path is None else texts.get(path)
        if path is not None and use is not None and _holds_json(facts, expression, path, use):
            yield Odd(Oddity.TWICE, node.start, node.end, use.reference.text)


def _is_list(facts: Facts, expression: Expression) -> bool:
    """Whether a loop takes it for its list, where the fault is told as that."""
    return any(
        isinstance(origin, Composed) and origin.node is expression.text.scalar
        for fanout in facts.fanouts
        for origin in fanout.origins
    )


def _holds_json(facts: Facts, expression: Expression, path: str, use: Use) -> bool:
    from fanout_lint.analysis.scripts.shape import ListShape, ObjectShape, parse_json
    from fanout_lint.analysis.whole_expressions import Reader

    scalar = expression.text.scalar
    origin = Composed(scalar, expression.site, (), is_default=False)
    given = given_values(facts, scalar.with_text(as_tag(path)), use.site)
    shapes = (
        Reader(facts.links.constants, origin).shape(path),
        *(parse_json(each.literal.text) for each in given),
    )
    return any(isinstance(shape, ListShape | ObjectShape) for shape in shapes)

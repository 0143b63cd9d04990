"""Comprehensions and generators: what they make of what they loop over."""

import ast
from typing import TYPE_CHECKING

from fanout_lint.analysis.scripts.python.operations import (
    UNROLLED,
    chained,
    dict_of,
)
from fanout_lint.analysis.scripts.python.render import (
    truth,
)
from fanout_lint.analysis.scripts.python.values import (
    OPAQUE,
    Elements,
    Iterable,
    Tuple,
    Value,
    known,
)

if TYPE_CHECKING:
    from fanout_lint.analysis.scripts.python.expressions import Evaluator


def comprehension(
    evaluator: "Evaluator", node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> Value:
    elements = generated(evaluator, node, list(node.generators))
    if isinstance(node, ast.DictComp):
        return evaluator.machine.new(node, dict_of(elements))
    if isinstance(node, ast.GeneratorExp):
        return Iterable("generator", elements)
    return evaluator.machine.new_list(
        node, elements, "list" if isinstance(node, ast.ListComp) else "set"
    )


def generated(
    evaluator: "Evaluator",
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    generators: list[ast.comprehension],
) -> Elements:
    if not generators:
        if isinstance(node, ast.DictComp):
            return known((Tuple((evaluator.value(node.key), evaluator.value(node.value))),))
        return known((evaluator.value(node.elt),))
    first, rest = generators[0], generators[1:]
    source = evaluator.elements(evaluator.value(first.iter))
    if source.items is not None and len(source.items) <= UNROLLED:
        total = known(())
        for index, item in enumerate(source.items):
            evaluator.machine.turns = (*evaluator.machine.turns, index)
            evaluator.assign(first.target, item)
            total = chained(total, kept(evaluator, node, first, rest))
            evaluator.machine.turns = evaluator.machine.turns[:-1]
        return total
    found: list[Elements] = []

    def turn() -> Value:
        evaluator.assign(first.target, source.item)
        found.append(kept(evaluator, node, first, rest))
        return OPAQUE

    evaluator.machine.repeated(turn)
    last = found[-1] if found else Elements()
    least = min(1, source.least) * min(1, last.least)
    return Elements(last.item, None, least, source.optional)


def kept(
    evaluator: "Evaluator",
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    first: ast.comprehension,
    rest: list[ast.comprehension],
) -> Elements:
    sure = True
    for condition in first.ifs:
        tested = truth(evaluator.value(condition), evaluator.machine.state)
        if tested is False:
            return known(())
        sure = sure and tested is True
    made = generated(evaluator, node, rest)
    if sure:
        return made
    # A test of the type may be what keeps out that which JSON cannot hold.
    of_type = any(_asks_for_type(condition) for condition in first.ifs)
    return Elements(OPAQUE if of_type else made.item, None, 0)


def _asks_for_type(condition: ast.expr) -> bool:
    names = (node.id for node in ast.walk(condition) if isinstance(node, ast.Name))
    return not {"isinstance", "hasattr", "type", "callable"}.isdisjoint(names)

"""Expressions that work, and hardly do what they seem to."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, hit


def check(facts: Facts) -> Iterator[Hit]:
    from fanout_lint.analysis.expression_oddities import oddities
    from fanout_lint.analysis.odd_json import written_twice

    for expression in facts.expressions:
        for odd in (*oddities(expression), *written_twice(facts, expression)):
            words = {"name": odd.name, "other": odd.other, "value": odd.value}
            yield hit(expression.place(odd.start, odd.end), odd.what.value, **words)

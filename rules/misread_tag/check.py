"""Tags that Argo's scanner reads otherwise than they look."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.misread_tags import misread_tags
from fanout_lint.analysis.strings import shortened
from fanout_lint.findings import Hit, hit


def check(facts: Facts) -> Iterator[Hit]:
    for tag in misread_tags(facts):
        yield hit(tag.place, tag.how, text=shortened(tag.text))

"""Tags that Argo's scanner reads otherwise than they look.

Argo writes what holds a text as JSON and cuts that at ``{{`` and the next ``}}``. So a line
break beside a name is the two characters ``\\n``, which are not trimmed; what stands in an
outer tag is looked up as it is, blanks included; and ``{{`` that nothing closes in its text
reaches into the fields behind (``util/template/{template,simple_template}.go`` of v4.1.2).
"""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from fanout_lint.analysis.facts import Facts, Use
from fanout_lint.analysis.nested_tags import nested_tag
from fanout_lint.analysis.outcomes import Present
from fanout_lint.analysis.scopes import looped_step
from fanout_lint.analysis.sites import Region, Text
from fanout_lint.analysis.strings import words_place
from fanout_lint.findings import Place
from fanout_lint.model.workflow import LoopKind
from fanout_lint.tags.scan import Tag, find_unclosed

_IN_A_TEMPLATE = frozenset((Region.BODY, Region.TEMPLATE, Region.STEP, Region.HOOK, Region.OUTPUTS))
_BEFORE_A_LOOP = frozenset((LoopKind.PARAM.value, "when"))
_QUOTES = ("", "'", '"', "`")


class Misreading:
    """How a tag is misread."""

    BREAK: Final = "break"  #: A line break or tab beside its name.
    BLANK: Final = "blank"  #: Blanks beside a name inside another tag.
    DOUBLED: Final = "doubled"  #: Four braces.
    EXPRESSION: Final = "expression"  #: An expression inside another tag.
    OPEN: Final = "open"  #: The name of something, and no end.
    OPEN_EXPRESSION: Final = "open-expression"
    OPEN_IN_LOOP: Final = "open-in-loop"  #: Braces of something else, in a step that loops.


class MisreadTag(Struct, frozen=True):
    """A tag that is misread; ``text`` is the name or what else stands in it."""

    how: str
    place: Place
    text: str


def misread_tags(facts: Facts) -> Iterator[MisreadTag]:
    """Yield the tags of the focus that are surely misread."""
    for use in facts.uses:
        if isinstance(use.outcome, Present) and not _is_refused(facts, use):
            yield from _name(use)
    for text, tags in facts.tags:
        nested = [tag for tag in tags if tag.is_nested]
        yield from _nested_expressions(text, nested)
        if text.site.region in _IN_A_TEMPLATE:
            yield from _names_cut_off(text, nested)
            yield from _unclosed(facts, text, find_unclosed(text.scalar.value, tags))


def _is_refused(facts: Facts, use: Use) -> bool:
    """Whether the tag stands in one that is refused however the inner one is written."""
    tag = use.reference.tag
    return tag.is_nested and nested_tag(use.text, tag, facts.version) is not None


def _name(use: Use) -> Iterator[MisreadTag]:
    tag = use.reference.tag
    value = tag.scalar.value
    around = value[tag.start + 2 : tag.end - 2].replace(tag.text, "", 1)
    if not around and not tag.is_nested:
        return
    how = None
    if any(character < " " or character in "\u2028\u2029" for character in around):
        how = Misreading.BREAK
    elif tag.is_nested and value[tag.outer + 2 : tag.start].strip() not in _QUOTES and around:
        how = Misreading.BLANK
    elif tag.is_nested and tag.outer + 2 == tag.start:
        how = Misreading.DOUBLED
    if how is not None:
        yield MisreadTag(how, words_place(tag.scalar, tag.start, tag.end), tag.text)


def _nested_expressions(text: Text, nested: list[Tag]) -> Iterator[MisreadTag]:
    for tag in nested:
        if not tag.is_expression:
            continue
        is_quoted = text.scalar.value[tag.outer + 2 : tag.start].strip() in _QUOTES
        if not is_quoted and re.search(r"\b(?:inputs|workflow|steps|tasks|item)\b", tag.text):
            place = words_place(text.scalar, tag.start, tag.end)
            yield MisreadTag(Misreading.EXPRESSION, place, tag.text)


def _names_cut_off(text: Text, nested: list[Tag]) -> Iterator[MisreadTag]:
    """Yield the names before the *nested* tags, which nothing closes."""
    for tag in nested:
        outer = text.scalar.value[tag.outer + 2 : tag.start]
        name = _first_name(outer)
        if name and re.fullmatch(r"[\w.-]*+", outer.strip()) is None:
            yield MisreadTag(Misreading.OPEN, _to_name(text, tag.outer, name), name)


def _unclosed(facts: Facts, text: Text, start: int) -> Iterator[MisreadTag]:
    """Yield what nothing in *text* closes, which is at *start*; below 0 there is none."""
    if start < 0:
        return
    value = text.scalar.value
    rest = value[start + 2 :]
    name = _first_name(rest)
    if rest.startswith("="):
        place = words_place(text.scalar, start, len(value))
        yield MisreadTag(Misreading.OPEN_EXPRESSION, place, rest[1:].strip())
    elif name:
        yield MisreadTag(Misreading.OPEN, _to_name(text, start, name), name)
    elif _stands_alone_in_loop(facts, text):
        place = words_place(text.scalar, start, start + 2)
        yield MisreadTag(Misreading.OPEN_IN_LOOP, place, "{{")


def _to_name(text: Text, start: int, name: str) -> Place:
    """Return the place of the braces at *start* with the *name* behind them."""
    end = text.scalar.value.index(name, start) + len(name)
    return words_place(text.scalar, start, end)


def _first_name(text: str) -> str:
    """Return the name of Argo's that *text* begins with; empty without a whole one.

    ``{{inputs.parameters.`` is what programs put together that write tags.
    """
    found = re.match(r"\s*+((?:inputs|steps|tasks|workflow|item|pod)\.[\w.-]*+)(?<![.-])", text)
    return "" if found is None else found[1]


def _stands_alone_in_loop(facts: Facts, text: Text) -> bool:
    """Whether a loop must replace *text*, and no other tag of its step can end what it opens."""
    site = text.site
    step = looped_step(site)
    if step is None or site.outer is not None or site.field in _BEFORE_A_LOOP:
        return False
    others = [other for other in facts.texts if other.site.step is step and other is not text]
    return all(other.site.field in _BEFORE_A_LOOP for other in others)

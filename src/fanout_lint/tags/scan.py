"""A text to the tags in it.

Argo finds tags with fasttemplate: ``{{`` opens one, the first ``}}`` after it
closes it (``util/template/template.go`` of v4.1.2). A tag that begins with ``=``
holds an expression; every other one is looked up by its trimmed text. Where tags
nest, ``{{a-{{b}}}}``, only the innermost is replaced (``simple_template.go``), so
the innermost is the tag, and what surrounds it is known only at run time.
"""

from msgspec import Struct

from fanout_lint.syntax.nodes import Scalar


class Tag(Struct, frozen=True):
    """A tag in the value of ``scalar``.

    ``start`` and ``end`` are offsets into the value, braces included. ``text`` is
    what stands between the braces, trimmed (after ``=`` for an expression), and
    begins at ``text_start``. ``is_nested`` says that it stands inside another tag,
    which begins at ``outer`` and whose own text is therefore not known.
    """

    scalar: Scalar
    start: int
    end: int
    text: str
    text_start: int
    is_expression: bool
    is_nested: bool
    outer: int = -1

    @property
    def alone(self) -> Scalar:
        """The tag as a text of its own, without what stands around it."""
        return self.scalar.with_text(self.scalar.value[self.start : self.end])


def as_tag(name: str) -> str:
    """Return the tag that reads *name*."""
    return "{{" + name + "}}"


def scan(scalar: Scalar) -> tuple[Tag, ...]:
    """Return the tags of *scalar*, in order; what is never closed costs one look."""
    value = scalar.value
    start = value.find("{{")
    found: list[Tag] = []
    while start >= 0:
        close = value.find("}}", start + 2)
        if close < 0:
            break
        found.append(_tag(scalar, start, close + 2))
        start = value.find("{{", close + 2)
    return tuple(found)


def sole_tag(scalar: Scalar) -> Tag | None:
    """Return the one tag that *scalar* consists of, blanks around it aside."""
    tags = scan(scalar)
    if len(tags) != 1 or tags[0].is_nested:
        return None
    rest = scalar.value[: tags[0].start] + scalar.value[tags[0].end :]
    return None if rest.strip() else tags[0]


def find_unclosed(value: str, tags: tuple[Tag, ...]) -> int:
    """Return where the first ``{{`` stands that nothing in *value* closes; -1 without one.

    *tags* are those of *value*.
    """
    return value.find("{{", tags[-1].end if tags else 0)


def _tag(scalar: Scalar, start: int, end: int) -> Tag:
    inner = scalar.value[start + 2 : end - 2]
    nested, outer = False, -1
    if "{{" in inner and not inner.startswith("="):
        innermost = inner.rindex("{{")
        outer = start
        start += 2 + innermost
        inner = inner[innermost + 2 :]
        nested = True
    text_start = start + 2
    is_expression = inner.startswith("=")
    if is_expression:
        inner, text_start = inner[1:], text_start + 1
    text = inner.strip()
    text_start += len(inner) - len(inner.lstrip())
    return Tag(scalar, start, end, text, text_start, is_expression, nested, outer)

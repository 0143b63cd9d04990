"""Which inline templates ``argo lint`` never comes to.

It remembers each template that it has validated by its name, and inline templates have none:
once the first of a manifest has been read, it takes the others for read as well
(``workflow/validate/validate.go:getTemplateID`` of v4.1.2). So what it would refuse in them
only fails when it runs. Simple tags are the exception: they are looked up with the step
around the template.
"""

from collections.abc import Iterable, Iterator

from fanout_lint.findings import Hit, Place
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.source.text import Span
from fanout_lint.syntax.nodes import Mapping


def never_linted(manifests: Iterable[Manifest]) -> tuple[Mapping, ...]:
    """Return the inline templates of *manifests*, which are in one file, that nobody reads."""
    found: list[Mapping] = []
    for manifest in manifests:
        if "inline" in manifest.written:
            found.extend(tuple(_in_order(manifest))[1:])
    return tuple(found)


def is_never_linted(place: Place, bodies: tuple[Mapping, ...]) -> bool:
    """Whether *place* is one of *bodies*, and not in a simple tag."""
    for body in bodies:
        if body.span.start <= place.span.start and place.span.end <= body.span.end:
            return not _is_in_tag(body.source.text, place.span, body.span.start)
    return False


def in_sight(manifests: Iterable[Manifest], hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield those of *hits*, all in one file, that stand where the validator reads.

    For a fault that only the validator minds: what it does not read just works.
    """
    told = list(hits)
    bodies = never_linted(manifests) if told else ()
    return (hit for hit in told if not is_never_linted(hit.place, bodies))


def _in_order(manifest: Manifest) -> Iterator[Mapping]:
    """Yield the inline templates in the order in which the validator comes to them."""
    entry = manifest.entrypoint
    first = manifest.template(entry.value) if entry is not None else None
    waiting = list(reversed([*([first] if first is not None else []), *manifest.templates]))
    seen: set[Template] = set()
    while waiting:
        template = waiting.pop()
        if template in seen:
            continue
        seen.add(template)
        if template.is_inline:
            yield template.node
        below: list[Template] = []
        for step in template.steps:
            name = step.template.value if step.template is not None else ""
            callee = step.inline or manifest.template(name)
            if callee is not None:
                below.append(callee)
        waiting.extend(reversed(below))


def _is_in_tag(text: str, span: Span, start: int) -> bool:
    opened = text.rfind("{{", start, span.start + 2)
    closed = text.find("}}", opened)
    return opened >= 0 and text[opened + 2 : opened + 3] != "=" and closed + 2 >= span.end

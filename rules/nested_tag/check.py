"""Tags that are put together from other tags, which the validator refuses."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.nested_tags import NestedTag, nested_tags
from fanout_lint.analysis.strings import shortened, words_place
from fanout_lint.findings import Hit, hit

_LOOPS_SEE_ALL = (4, 0)  # Before, an expression in a loop saw its item and nothing else.


def check(facts: Facts) -> Iterator[Hit]:
    for tag in nested_tags(facts.tags, facts.version):
        place = words_place(tag.text.scalar, tag.start, tag.end)
        words = {
            "outer": shortened(tag.text.scalar.value[tag.start : tag.end]),
            "name": tag.before.rstrip(),
            "inner": tag.inner.text,
        }
        if tag.behind is None:
            yield hit(place, "open", **words)
            continue
        face, expression = _way_out(tag)
        is_in_loop = tag.inner.text.startswith("item")
        if face != "value" and is_in_loop and facts.version and facts.version < _LOOPS_SEE_ALL:
            face = "value"
        since = " (Argo 4.0 and later)" if is_in_loop and facts.version is None else ""
        yield hit(place, face, expression=expression, since=since, **words)


def _way_out(tag: NestedTag) -> tuple[str, str]:
    """Return a face, and the expression that looks up what *tag* means, where there is one."""
    base, _, prefix = tag.before.rstrip().rpartition(".")
    suffix, dot, rest = (tag.behind or "").rstrip().partition(".")
    names, behind = base.split("."), rest.split(".") if dot else []
    inner = tag.inner.text.split(".")
    if "{{" in tag.before or inner[0] in ("steps", "tasks") or not all(names + behind):
        return "value", ""
    key = " + ".join(part for part in (_quoted(prefix), _members(inner), _quoted(suffix)) if part)
    if base in ("workflow.parameters", "inputs.parameters", "item") and not behind:
        return "lookup", f"{_members(names)}[{key}]"
    if names[0] in ("steps", "tasks") and names[2:] == ["outputs", "parameters"] and not behind:
        return "lookup", f"{_members(names)}[{key}]"
    if base in ("steps", "tasks") and behind[:2] == ["outputs", "parameters"] and behind[2:]:
        return "lookup", f"{base}[{key}]{_members(['', *behind])}"
    if base in ("steps", "tasks") and behind == ["outputs", "result"]:
        return "result", f"{base}[{key}].outputs.parameters.NAME"
    return "value", ""


def _quoted(text: str) -> str:
    return f"'{text}'" if text else ""


def _members(names: list[str]) -> str:
    first, *rest = names
    return first + "".join(f".{name}" if name.isidentifier() else f"['{name}']" for name in rest)

"""Output parameters that cannot get a value, which Argo refuses."""

from collections.abc import Iterator

from fanout_lint.analysis.facts import Facts
from fanout_lint.findings import Hit, Place, Related, hit
from fanout_lint.model.workflow import Manifest, Parameter, Template, TemplateKind
from fanout_lint.syntax.nodes import Mapping, Scalar

_SOURCES = ("path", "jqFilter", "jsonPath", "parameter", "expression", "supplied")
_INPUTS_ONLY = ("configMapKeyRef", "event")
_FIELDS = frozenset(("name", "value", "valueFrom", "default", "globalName", "enum", "description"))
_FILE = ("path",)
_STEP = ("parameter", "expression")

# Other kinds take any one source (``validate.go:validateOutputs`` of v3.4 to v4.1.2).
_TAKES = {
    TemplateKind.CONTAINER: _FILE,
    TemplateKind.CONTAINER_SET: _FILE,
    TemplateKind.SCRIPT: _FILE,
    TemplateKind.RESOURCE: ("jqFilter", "jsonPath"),
    TemplateKind.STEPS: _STEP,
    TemplateKind.DAG: _STEP,
}


def check(facts: Facts) -> Iterator[Hit]:
    hits = [
        each
        for manifest, template in facts.templates
        for parameter in template.outputs.parameters
        for each in _of_parameter(manifest, template, parameter)
    ]
    if hits:
        from fanout_lint.analysis.lint_order import in_sight

        yield from in_sight(facts.focus, hits)


def _of_parameter(manifest: Manifest, template: Template, parameter: Parameter) -> Iterator[Hit]:
    node = parameter.node
    if not _FIELDS.issuperset(node.entries):
        return  # A field that is misspelt is told as such.
    words = {"name": parameter.name.value, "way": _way(template, parameter)}
    words["kind"] = template.kind.value if template.kind is not None else ""
    source = node.get("valueFrom")
    if source is None:
        if parameter.value is None:
            yield hit(Place(manifest.path, parameter.name.span), "nothing", **words)
    elif parameter.value is not None:
        yield _second(manifest, node, ("value", "valueFrom"), words)
    elif type(source) is Mapping and source.entries.keys() <= {*_SOURCES, *_INPUTS_ONLY, "default"}:
        yield from _of_source(manifest, template, node, source, words)


def _of_source(
    manifest: Manifest, template: Template, node: Mapping, source: Mapping, words: dict[str, str]
) -> Iterator[Hit]:
    sources = [name for name in _SOURCES if _is_set(source, name)]
    takes = _TAKES.get(template.kind, _SOURCES) if template.kind is not None else _SOURCES
    if len(sources) > 1:
        if not any(_may_be_empty(source, name) for name in sources):
            yield _second(manifest, source, tuple(sources), words)
    elif not sources:
        other = next((name for name in _INPUTS_ONLY if _is_set(source, name)), None)
        key = node.key("valueFrom") if other is None else source.key(other)
        assert key is not None  # What is written has a key.
        face = "no-source" if other is None else "input-only"
        yield hit(Place(manifest.path, key.span), face, field=other or "", **words)
    elif sources[0] not in takes:
        key = source.key(sources[0])
        assert key is not None  # What is written has a key.
        face = "no-file" if sources[0] == "path" and takes is _STEP else "kind"
        yield hit(Place(manifest.path, key.span), face, field=sources[0], **words)


def _is_set(source: Mapping, name: str) -> bool:
    value = source.get(name)
    return value is not None and not (type(value) is Scalar and not value.value)


def _may_be_empty(source: Mapping, name: str) -> bool:
    """Whether the text may be gone when Argo counts: it puts in what it knows before."""
    value = source.get(name)
    if type(value) is not Scalar:
        return False
    text = value.value.strip()
    return text.startswith(("{{inputs.", "{{workflow.", "{{=")) and text.endswith("}}")


def _second(
    manifest: Manifest, node: Mapping, names: tuple[str, ...], words: dict[str, str]
) -> Hit:
    """Return the hit for two of *names* that stand in *node*, of which Argo takes one."""
    keys = [key for name in names if (key := node.key(name)) is not None]
    first, second, *_ = sorted(keys, key=lambda key: key.span.start)
    related = (Related(Place(manifest.path, first.span), "this is the first one"),)
    place = Place(manifest.path, second.span)
    return hit(place, "several", related, first=first.value, second=second.value, **words)


def _way(template: Template, parameter: Parameter) -> str:
    """Return how an output of this kind of template gets its value."""
    name = parameter.name.value
    match template.kind:
        case TemplateKind.CONTAINER | TemplateKind.CONTAINER_SET | TemplateKind.SCRIPT:
            return f"let the program write a file, and name it: 'valueFrom: {{path: /tmp/{name}}}'"
        case TemplateKind.STEPS | TemplateKind.DAG:
            root = template.steps[0].root if template.steps else "steps"
            read = f"{{{{{root}.NAME.outputs.parameters.{name}}}}}"
            return f"pass on what one of its {root} has: 'valueFrom: {{parameter: \"{read}\"}}'"
        case TemplateKind.RESOURCE:
            return "read it from the resource: 'valueFrom: {jsonPath: \"{.metadata.name}\"}'"
        case TemplateKind.SUSPEND:
            return "let whoever resumes it give the value: 'valueFrom: {supplied: {}}'"
    return "give it a 'value', or one source in 'valueFrom'"

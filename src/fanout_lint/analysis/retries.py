"""The retry strategies of a manifest, and what each says once defaults are added.

A template's own ``retryStrategy`` is merged with that of ``templateDefaults``; that of the
spec holds for the templates that have neither (``workflow/controller/operator.go``:
mergedTemplateDefaultsInto and retryStrategy of v4.1.2).
"""

from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.literals import is_plain_text
from fanout_lint.languages.duration import DurationFault, parse_argo_duration
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.syntax.nodes import Mapping, Node, Scalar, child_mapping


class Retry(Struct, frozen=True, eq=False):
    """A ``retryStrategy``; ``template`` is ``None`` for one that many templates share.

    ``layers`` are the maps that make it up, the one that is written here first.
    """

    manifest: Manifest
    template: Template | None
    key: Scalar
    is_of_spec: bool
    layers: tuple[Mapping, ...]

    @property
    def own(self) -> Mapping:
        return self.layers[0]

    def get(self, name: str) -> Node | None:
        """Return the field that is in force, ``None`` where none sets it."""
        return _first(self.layers, name)

    def backoff(self, name: str) -> Node | None:
        """Return the field of the backoff that is in force."""
        found = (child_mapping(layer, "backoff") for layer in self.layers)
        return _first((layer for layer in found if layer is not None), name)

    def wait(self, name: str) -> int | None:
        """Return a duration of the backoff in nanoseconds, ``None`` where it cannot be known."""
        node = self.backoff(name)
        if type(node) is not Scalar or "{{" in node.value or not is_plain_text(node):
            return None
        read = parse_argo_duration(node.value)
        return None if isinstance(read, DurationFault) else read


def retries(facts: Facts) -> Iterator[Retry]:
    """Yield every retry strategy that the focus writes."""
    for manifest in facts.focus:
        if manifest.template_defaults is not None:
            yield from _of(manifest, manifest.template_defaults, None, False)
        yield from _of(manifest, manifest.spec, None, True)
    for manifest, template in facts.templates:
        yield from _of(manifest, template.node, template, False)


def is_shared_by(retry: Retry, template: Template) -> bool:
    """Whether *template* takes the shared strategy *retry* as it is.

    Defaults and specs hold for the templates of libraries too.
    """
    if child_mapping(template.node, "retryStrategy") is not None:
        return False
    defaults = retry.manifest.template_defaults
    return not retry.is_of_spec or child_mapping(defaults, "retryStrategy") is None


def _of(
    manifest: Manifest, holder: Mapping, template: Template | None, is_of_spec: bool
) -> Iterator[Retry]:
    strategy = child_mapping(holder, "retryStrategy")
    key = holder.key("retryStrategy")
    if strategy is None or key is None:
        return
    defaults = None
    if template is not None:
        defaults = child_mapping(manifest.template_defaults, "retryStrategy")
    layers = (strategy,) if defaults is None else (strategy, defaults)
    yield Retry(manifest, template, key, is_of_spec, layers)


def _first(layers: "Iterator[Mapping] | tuple[Mapping, ...]", name: str) -> Node | None:
    for layer in layers:
        found = layer.get(name)
        if found is not None and not (type(found) is Scalar and _is_empty(name, found)):
            return found
    return None


def _is_empty(name: str, found: Scalar) -> bool:
    """Whether Argo takes the text for unset: a limit may be empty, but is then no number."""
    return found.value == "" and name not in ("limit", "factor")

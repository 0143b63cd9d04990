"""The containers of a template's pod, and what Argo takes from which of them.

Results and output files are those of the container called ``main`` alone: of a container
or script template the only one, of a containerSet the one of that name
(``cmd/argoexec/commands/emissary.go`` of v4.1.2: "not saving outputs - not main container").
"""

from collections.abc import Iterator

from fanout_lint.model.workflow import Template, TemplateKind
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
)

_MAIN = "main"


def repeats(template: Template) -> Scalar | None:
    """Return the ``retries`` by which a container set runs a failed command again, if it does.

    They count the first run too, so 1 repeats nothing (``pkg/apis/workflow/v1alpha1/
    container_set_template_types.go:GetRetryStrategy``).
    """
    if template.kind is not TemplateKind.CONTAINER_SET:
        return None
    retries = child_scalar(child_mapping(template.body, "retryStrategy"), "retries")
    if retries is None or not retries.value.isdecimal() or int(retries.value) < 2:
        return None
    return retries


def main_container(template: Template) -> Mapping | None:
    """Return the container whose results and files Argo takes, if it is written."""
    if type(template.body) is not Mapping:
        return None
    if template.kind in (TemplateKind.CONTAINER, TemplateKind.SCRIPT):
        return template.body
    if template.kind is TemplateKind.CONTAINER_SET:
        for name, container in _named(template.body, "containers"):
            if name == _MAIN:
                return container
    return None


def containers(template: Template) -> Iterator[Mapping]:
    """Yield the containers of the pod that users write, the main one first."""
    main = main_container(template)
    if main is not None:
        yield main
    yield from (container for _, container in other_containers(template))


def other_containers(template: Template) -> Iterator[tuple[str, Mapping]]:
    """Yield the other containers, each with what users call it."""
    if template.kind is TemplateKind.CONTAINER_SET:
        for name, container in _named(template.body, "containers"):
            if name != _MAIN:
                yield f"container '{name}'", container
    for field, word in (("sidecars", "sidecar"), ("initContainers", "init container")):
        for name, container in _named(template.node, field):
            yield f"{word} '{name}'", container


def _named(node: Node | None, field: str) -> Iterator[tuple[str, Mapping]]:
    for _, container in mappings(child_sequence(node, field)):
        name = child_scalar(container, "name")
        yield ("" if name is None else name.value), container


def output_files(template: Template) -> Iterator[tuple[Scalar, bool]]:
    """Yield the paths of the files that *template* gives, and whether it can do without each."""
    for parameter in template.outputs.parameters:
        source = parameter.value_from
        if source is not None and source.path is not None:
            yield source.path, source.default is not None
    for artifact in template.outputs.artifacts:
        if artifact.path is not None:
            yield artifact.path, artifact.is_optional


def has_other_containers(template: Template) -> bool:
    """Whether the pod has a container beside the main one that users write."""
    return next(other_containers(template), None) is not None


def is_on_volume(template: Template, path: str) -> bool:
    """Whether a volume, or what Argo puts into the main container, may be what holds *path*."""
    if template.node.get("podSpecPatch") is not None:
        return True
    inputs = (artifact.path for artifact in template.inputs.artifacts)
    if any(put is not None and _is_below(path, put.value) for put in inputs):
        return True
    return is_mounted((main_container(template), template.body), path)


def is_mounted(holders: tuple[Node | None, ...], path: str) -> bool:
    """Whether a volume that one of *holders* mounts holds *path*, or may."""
    for holder in holders:
        for _, mount in mappings(child_sequence(holder, "volumeMounts")):
            folder = child_scalar(mount, "mountPath")
            if folder is None or "{{" in folder.value or _is_below(path, folder.value):
                return True
    return False


def _is_below(path: str, folder: str) -> bool:
    return f"{path}/".startswith(folder.rstrip("/") + "/")

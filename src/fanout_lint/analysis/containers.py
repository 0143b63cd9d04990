"""The containers of a template's pod, and what Argo takes from which of them.

Results and output files are those of the container called ``main`` alone: of a container
or script template the only one, of a containerSet the one of that name
(``cmd/argoexec/commands/emissary.go`` of v4.1.2: "not saving outputs - not main container").
"""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.model.workflow import Manifest, Template, TemplateKind
from fanout_lint.syntax.nodes import (
    Mapping,
    Node,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
    scalars,
)

_MAIN = "main"
_TEXTS = ("command", "args", "source")
_INTERPRETERS = ("sh", "bash", "dash", "ash", "python", "python3", "node")
_PLAIN = ("echo", "true", "sleep", "cat", "date", "env", "ls", "printf")
_SHARING = ("podSpecPatch", "templateDefaults")
_SEPARATORS = frozenset("\"'` \t\n;|&)<>,]}")


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


class MisplacedFile(Struct, frozen=True, eq=False):
    """An output's ``path`` that only the container ``writer`` speaks of, in ``mention``.

    ``has_substitute`` says that the step goes on without the file: the output has a default,
    or is optional.
    """

    path: Scalar
    has_substitute: bool
    writer: str
    mention: Scalar


def misplaced_files(manifest: Manifest, template: Template) -> Iterator[MisplacedFile]:
    """Yield the output files of *template* that hardly come from its main container.

    The program of the main container is to be read, and says nothing of the file; another
    container names it; and no volume of the main container may hold it.
    """
    main = _main(template)
    others = tuple(_others(template))
    if main is None or not others or not _is_readable(main):
        return
    if any(holder.get(name) for holder in (manifest.spec, template.node) for name in _SHARING):
        return
    for path, has_substitute in output_files(template):
        if "{{" in path.value or not path.value.startswith("/"):
            continue
        if _is_mounted((main, template.body), path.value) or _speaks_of(main, path.value):
            continue
        for writer, container in others:
            mention = _mention(container, path.value)
            if mention is not None:
                yield MisplacedFile(path, has_substitute, writer, mention)
                break


def _main(template: Template) -> Mapping | None:
    if type(template.body) is not Mapping:
        return None
    if template.kind in (TemplateKind.CONTAINER, TemplateKind.SCRIPT):
        return template.body
    if template.kind is TemplateKind.CONTAINER_SET:
        for name, container in _named(template.body, "containers"):
            if name == _MAIN:
                return container
    return None


def _others(template: Template) -> Iterator[tuple[str, Mapping]]:
    """Yield the other containers, each with what users call it."""
    if template.kind is TemplateKind.CONTAINER_SET:
        for name, container in _named(template.body, "containers"):
            if name != _MAIN:
                yield f"container '{name}'", container
    for field, word in (("sidecars", "sidecar"), ("initContainers", "init container")):
        for name, container in _named(template.node, field):
            yield f"{word} '{name}'", container


def _named(node: object, field: str) -> Iterator[tuple[str, Mapping]]:
    holder = node if type(node) is Mapping else None
    for _, container in mappings(child_sequence(holder, field)):
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


def _texts(container: Mapping) -> Iterator[Scalar]:
    for name in _TEXTS:
        node = container.get(name)
        if node is not None:
            yield from scalars(node)


def _is_readable(main: Mapping) -> bool:
    """Whether what the container does is written here, and not in its image or a file of it."""
    words = [scalar.value for scalar in _texts(main)]
    if not words:
        return False
    program = posixpath.basename(words[0])
    if program in _PLAIN:
        return True
    has_text = main.get("source") is not None or "-c" in words or "-ec" in words
    return program in _INTERPRETERS and has_text


def has_other_containers(template: Template) -> bool:
    """Whether the pod has a container beside the main one that users write."""
    return next(_others(template), None) is not None


def is_on_volume(template: Template, path: str) -> bool:
    """Whether a volume, or what Argo puts into the main container, may be what holds *path*."""
    if template.node.get("podSpecPatch") is not None:
        return True
    inputs = (artifact.path for artifact in template.inputs.artifacts)
    if any(put is not None and _is_below(path, put.value) for put in inputs):
        return True
    return _is_mounted((_main(template), template.body), path)


def _is_mounted(holders: tuple[Node | None, ...], path: str) -> bool:
    for holder in holders:
        mounts = child_sequence(holder, "volumeMounts") if type(holder) is Mapping else None
        for _, mount in mappings(mounts):
            folder = child_scalar(mount, "mountPath")
            if folder is None or "{{" in folder.value or _is_below(path, folder.value):
                return True
    return False


def _is_below(path: str, folder: str) -> bool:
    return f"{path}/".startswith(folder.rstrip("/") + "/")


def _speaks_of(main: Mapping, path: str) -> bool:
    """Whether the main container may write *path*: it has its name, its folder, or a tag for it."""
    folder, name = posixpath.split(path.rstrip("/"))
    signs = [name, "{{outputs."]
    if folder.count("/") > 1:
        signs.append(folder)
    return any(sign in scalar.value for scalar in scalars(main) for sign in signs)


def _mention(container: Mapping, path: str) -> Scalar | None:
    for scalar in _texts(container):
        at = scalar.value.find(path)
        if at >= 0 and scalar.value[at + len(path) : at + len(path) + 1] in ("", *_SEPARATORS):
            return scalar
    return None

"""Where a template's output artifacts go in the artifact store, as far as it says so itself.

An artifact with a key goes there; one without goes below the key of the template's
``archiveLocation``, if that names a whole place, and else where the controller's own
configuration says, which holds the pod's name by default (``workflow/executor/
executor.go:saveArtifactFromFile``, ``workflow/controller/workflowpod.go:
addArchiveLocation`` of v4.1.2). A file, or a folder packed into one, is one object. A
folder that is not packed is one object for each file in it.
"""

import posixpath
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fanout_lint.model.workflow import POD_KINDS, Artifact, Manifest, Template, with_inline
from fanout_lint.syntax.nodes import Mapping, Scalar, child_mapping, child_scalar, scalars

_KEYS = {
    "s3": "key",
    "gcs": "key",
    "oss": "key",
    "plugin": "key",
    "azure": "blob",
    "hdfs": "path",
    "artifactory": "url",
    "http": "url",
}
_WHOLE = {
    "s3": ("endpoint", "bucket", "key"),
    "gcs": ("bucket", "key"),
    "oss": ("endpoint", "bucket", "key"),
    "azure": ("endpoint", "container", "blob"),
}


class Stored(Struct, frozen=True, eq=False):
    """An output artifact and the ``key`` it is stored at.

    ``identity`` is all that tells one object from another; ``is_own`` says that the key is
    the artifact's, and not that of the template's archiveLocation.
    """

    artifact: Artifact
    key: Scalar
    identity: tuple[Scalar, ...]
    is_own: bool


def stored_artifacts(template: Template) -> tuple[Stored, ...]:
    """Return the output artifacts of *template* of which each makes one object at a known key."""
    if template.kind not in POD_KINDS:
        return ()
    found = (_stored(template, artifact) for artifact in template.outputs.artifacts)
    return tuple(each for each in found if each is not None)


def _stored(template: Template, artifact: Artifact) -> Stored | None:
    if artifact.path is None or _may_be_many(artifact, artifact.path):
        return None
    own = _location(artifact.node)
    if own is not None:
        return Stored(artifact, own[1], tuple(scalars(own[0])), True)
    if any(name in artifact.node.entries for name in _KEYS):
        return None
    archive = child_mapping(template.node, "archiveLocation")
    common = None if archive is None else _location(archive)
    if archive is None or common is None or not _is_whole(archive):
        return None
    # The file is called as the artifact, and only an unpacked one as its path is.
    named = (artifact.path,) if _is_unpacked(artifact) else ()
    return Stored(artifact, common[1], (*scalars(common[0]), *named), False)


def folder_read(manifests: Iterable[Manifest], stored: Stored) -> Scalar | None:
    """Return the key of an artifact that *manifests* take in, and that *stored* lies below.

    Who reads a folder expects several files in it. Keys are compared as they are written,
    and those with an input's tag are not: it may be another in another template.
    """
    own = _location(stored.artifact.node)
    if own is None:
        return None
    for artifact in _taken(manifests):
        other = _location(artifact.node)
        if other is None or _store(other) != _store(own) or "{{inputs." in other[1].value:
            continue
        if own[1].value.startswith(other[1].value.rstrip("/") + "/"):
            return other[1]
    return None


def _taken(manifests: Iterable[Manifest]) -> Iterator[Artifact]:
    for manifest in manifests:
        for outermost in manifest.templates:
            for template in with_inline(outermost):
                yield from template.inputs.artifacts
                for step in template.steps:
                    yield from step.arguments.artifacts


def _store(location: tuple[Mapping, Scalar]) -> frozenset[tuple[str, str]]:
    """Return what a location says of the store beside the key."""
    node, key = location
    entries = ((name, entry.value) for name, entry in node.entries.items())
    return frozenset(
        (name, value.value)
        for name, value in entries
        if isinstance(value, Scalar) and value is not key
    )


def _location(node: Mapping) -> tuple[Mapping, Scalar] | None:
    for name, field in _KEYS.items():
        place = child_mapping(node, name)
        key = child_scalar(place, field)
        if place is not None and key is not None and key.value:
            return place, key
    return None


def _is_whole(node: Mapping) -> bool:
    """Whether the location needs nothing of the controller's (``ArtifactLocation.HasLocation``)."""
    return any(
        all(child_scalar(child_mapping(node, name), field) is not None for field in fields)
        for name, fields in _WHOLE.items()
    )


def _is_unpacked(artifact: Artifact) -> bool:
    archive = child_mapping(artifact.node, "archive")
    return archive is not None and "none" in archive.entries


def _may_be_many(artifact: Artifact, path: Scalar) -> bool:
    """Whether it may be a folder that is stored file by file, so that runs share it in peace."""
    return _is_unpacked(artifact) and not posixpath.splitext(path.value)[1]

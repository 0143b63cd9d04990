"""Which folders of a template lie on a volume that all pods of a loop share.

A claim, ``nfs`` and the like are the same for every pod that names them, and so is
a claim of ``volumeClaimTemplates``, of which a workflow has one. ``hostPath`` is shared by
the pods of one node. ``emptyDir`` and ``ephemeral`` are new for each pod.
"""

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from fanout_lint.analysis.facts import Facts
from fanout_lint.analysis.loops_above import LoopAbove, loop_over_same, runs_one_by_one
from fanout_lint.model.workflow import Manifest, Template
from fanout_lint.syntax.nodes import (
    Mapping,
    Scalar,
    child_mapping,
    child_scalar,
    child_sequence,
    mappings,
    scalars,
)

_SHARED = (
    *("persistentVolumeClaim", "hostPath", "nfs", "cephfs", "glusterfs", "azureFile"),
    *("flexVolume", "quobyte", "portworxVolume"),
)


class Mount(Struct, frozen=True, eq=False):
    """A folder of a template, and the volume there. ``identity`` is all that picks its content.

    It is ``None`` where each pod has its own, or that is not known.
    """

    folder: str
    volume: str
    identity: tuple[Scalar, ...] | None


def has_mounts(template: Template) -> bool:
    return child_sequence(template.body, "volumeMounts") is not None


def mounts(template: Template, manifests: tuple[Manifest, ...]) -> tuple[Mount, ...]:
    """Return the mounts of *template*'s main container; *manifests* may declare its volumes.

    Empty where a folder is only known at run time: it could lie over any other.
    """
    volumes = _volumes(template, manifests)
    found: list[Mount] = []
    for _, node in mappings(child_sequence(template.body, "volumeMounts")):
        name, folder = child_scalar(node, "name"), child_scalar(node, "mountPath")
        if name is None or folder is None or "{{" in name.value + folder.value:
            return ()
        identity = _identity(node, volumes.get(name.value))
        found.append(Mount(posixpath.normpath(folder.value), name.value, identity))
    return tuple(found)


def mount_of(path: str, known: tuple[Mount, ...]) -> Mount | None:
    """Return the mount that the absolute *path* lies below: the deepest of them."""
    path = posixpath.normpath(path)
    above = [each for each in known if path.startswith(each.folder.rstrip("/") + "/")]
    return max(above, key=lambda each: len(each.folder), default=None)


def shared_in(
    facts: Facts, template: Template, mount: Mount, name: Scalar | None = None
) -> LoopAbove | None:
    """Return the loop whose runs have *mount* at once, with the same *name* of a file there."""
    if mount.identity is None:
        return None
    names = () if name is None else (name,)
    loop = loop_over_same(facts, template, (*mount.identity, *names))
    return None if loop is None or runs_one_by_one(facts, loop) else loop


def _volumes(template: Template, manifests: tuple[Manifest, ...]) -> dict[str, Mapping]:
    """Return the volumes and claims by name; the template's own come first."""
    found: dict[str, Mapping] = {}
    for name, node in _declared(template, manifests):
        found.setdefault(name, node)
    return found


def _declared(template: Template, manifests: tuple[Manifest, ...]) -> Iterator[tuple[str, Mapping]]:
    for holder in (template.node, *(manifest.spec for manifest in manifests)):
        for _, node in mappings(child_sequence(holder, "volumes")):
            name = child_scalar(node, "name")
            if name is not None:
                yield name.value, node
        for _, node in mappings(child_sequence(holder, "volumeClaimTemplates")):
            name = child_scalar(child_mapping(node, "metadata"), "name")
            if name is not None:
                yield name.value, node


def _identity(mount: Mapping, volume: Mapping | None) -> tuple[Scalar, ...] | None:
    if volume is None or mount.get("subPathExpr") is not None:
        return None
    read_only = child_scalar(mount, "readOnly")
    if read_only is not None and read_only.resolved is not False:
        return None
    part = child_scalar(mount, "subPath")
    below = () if part is None else (part,)
    if volume.get("metadata") is not None:
        return below
    if not any(volume.get(name) for name in _SHARED):
        return None
    return (*scalars(volume), *below)

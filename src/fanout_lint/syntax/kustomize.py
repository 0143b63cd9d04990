"""What a kustomization says about other files."""

from msgspec import Struct

from fanout_lint.syntax.nodes import Mapping, Node, Scalar, child_sequence


class Kustomization(Struct, frozen=True):
    """The paths it names, as they are written; an address of another place may be among them.

    ``resources`` are files and folders that it builds from (``resources``,
    ``bases``, ``components``), ``patches`` are files that change them.
    """

    resources: tuple[str, ...]
    patches: tuple[str, ...]


def kustomization(root: Node) -> Kustomization:
    """Return what the document *root* of a kustomization names.

    Patches stand in ``patches`` (a map with ``path`` or, formerly, a path),
    ``patchesStrategicMerge`` (a path or the patch itself) and
    ``patchesJson6902`` (kustomize's ``api/types/kustomization.go``).
    """
    resources = [path for key in ("resources", "bases", "components") for path in _paths(root, key)]
    patches = [
        path
        for key in ("patches", "patchesStrategicMerge", "patchesJson6902")
        for path in _paths(root, key)
        if "\n" not in path
    ]
    return Kustomization(tuple(resources), tuple(patches))


def _paths(root: Node, key: str) -> list[str]:
    sequence = child_sequence(root, key)
    paths = []
    for item in sequence.items if sequence is not None else ():
        named = item.get("path") if isinstance(item, Mapping) else item
        if isinstance(named, Scalar) and not named.is_null:
            paths.append(named.value)
    return paths

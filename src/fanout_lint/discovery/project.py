"""Files that belong together, and the others that they may refer to.

What is asked for is read when a project is made. The rest of it is walked and
read at the first question that needs it, so one file without a reference to
another costs no walk.
"""

from fanout_lint.config.settings import Settings
from fanout_lint.discovery.files import File, HelmChart


class Project:
    """The files below a folder with ``.git`` or a configuration, or just the paths given.

    A folder below with a ``.git`` or a configuration of its own is another
    project, so each file belongs to one, however it was asked for.
    """

    root: str | None
    """Absolute; ``None`` where the paths given are all there is."""
    settings: Settings
    files: tuple[File, ...]
    """The files asked for, sorted by their display; never ``INDEXED``."""
    charts: tuple[HelmChart, ...]

    def others(self) -> tuple[File, ...]:
        """Return the project's other files that speak of Argo, for references into them."""
        raise NotImplementedError

    def is_patch(self, file: File) -> bool:
        """Whether a kustomization names *file* as a patch, so that it is partial."""
        raise NotImplementedError

    def overlays(self, file: File) -> frozenset[str] | None:
        """Return the kustomizations (paths in the project) that build *file* in, at any remove.

        Two files can stand in one cluster together unless both have overlays
        and share none. ``None`` where no kustomization names it.
        """
        raise NotImplementedError

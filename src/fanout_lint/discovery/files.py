"""What discovery finds: files in their projects, charts, and why others are passed over."""

from enum import Enum

from msgspec import Struct

from fanout_lint.source.read import Unreadable
from fanout_lint.source.text import Source


class Origin(Enum):
    """How a file came into the run. Findings are shown for all but ``INDEXED``."""

    NAMED = "named"
    WALKED = "walked"
    STDIN = "stdin"
    INDEXED = "indexed"


class Skip(Enum):
    """Why a file that lies under the paths asked for is not looked at."""

    NOT_YAML = "neither YAML nor JSON"
    NOT_ARGO = "without argoproj.io"
    IGNORED = "ignored by .gitignore"
    EXCLUDED = "excluded by the configuration"
    HELM = "Helm templates"
    SPECIAL = "no regular files"
    UNREADABLE = "unreadable, so not known to be Argo's"


class File(Struct, frozen=True):
    """A file of a project, read.

    ``path`` is absolute, and empty for a standard input that was given no name.
    ``in_project`` is the path below the project's root, with ``/``; without a
    root it is how findings call the file (``content``'s path). ``is_excluded``
    holds for indexed files only: the configuration says not to judge them.
    """

    path: str
    in_project: str
    origin: Origin
    content: Source | Unreadable
    is_excluded: bool = False

    @property
    def display(self) -> str:
        """How findings call the file."""
        content = self.content
        return content.path if isinstance(content, Source) else content.source.path


class HelmChart(Struct, frozen=True):
    """A chart that has templates which speak of Argo; they are no YAML yet.

    ``content`` is its ``Chart.yaml``; ``folder`` is the chart as one writes it in
    ``helm template FOLDER``, from the working folder.
    """

    path: str
    folder: str
    content: Source | Unreadable

"""Trees of files on disk, and what discovery makes of them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fanout_lint.discovery.discover import Discovery, StandardInput, discover
from fanout_lint.discovery.files import File
from fanout_lint.discovery.project import Project
from tests.config.test_load import RULES

ARGO = "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: x}\n"
OTHER = "apiVersion: apps/v1\nkind: Deployment\n"


def lay(root: Path, files: Mapping[str, str | bytes] | Sequence[str]) -> None:
    """Write *files* below *root*; a name without a text is a manifest of Argo's."""
    texts = files if isinstance(files, Mapping) else dict.fromkeys(files, ARGO)
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())


def find(
    here: Path,
    *paths: str,
    config_file: str | None = None,
    standard_input: StandardInput | None = None,
) -> Discovery:
    return discover(paths, str(here), RULES, config_file=config_file, standard_input=standard_input)


def found(here: Path, *paths: str) -> list[str]:
    """Return the displays of all files asked for, of all projects."""
    discovery = find(here, *paths)

    assert discovery.problems == ()
    return displays(file for project in discovery.projects for file in project.files)


def displays(files: Iterable[File]) -> list[str]:
    return [file.display for file in files]


def only(discovery: Discovery) -> Project:
    (project,) = discovery.projects
    return project


def named(project: Project, display: str) -> File:
    """Return the file that findings call *display*, asked for or not."""
    (file,) = (f for f in (*project.files, *project.others()) if f.display == display)
    return file

"""Each file belongs to one project, and a project knows its other files."""

from pathlib import Path

import pytest

from fanout_lint.discovery.files import Origin
from fanout_lint.source.read import Unreadable
from tests.discovery.trees import ARGO, OTHER, displays, find, lay, named, only


@pytest.mark.parametrize("mark", [".git/", ".fanout-lint.yaml", "pyproject.toml"])
def test_other_files_are_those_of_the_nearest_project(mark: str, tmp_path: Path) -> None:
    text = "[tool.fanout-lint]" if mark.endswith("toml") else ""
    lay(tmp_path, {mark: text})
    lay(tmp_path, ["a/x.yaml", "a/y.yaml", "b/z.json", "b/deep/.hidden/w.yml"])
    lay(tmp_path, {"b/other.yaml": OTHER})

    project = only(find(tmp_path / "a", "x.yaml"))

    assert project.root == str(tmp_path)
    assert [(file.display, file.in_project, file.origin) for file in project.others()] == [
        ("../b/deep/.hidden/w.yml", "b/deep/.hidden/w.yml", Origin.INDEXED),
        ("../b/z.json", "b/z.json", Origin.INDEXED),
        ("y.yaml", "a/y.yaml", Origin.INDEXED),
    ]


def test_without_a_project_the_paths_given_are_all(tmp_path: Path) -> None:
    lay(tmp_path, ["a/x.yaml", "a/y.yaml", "b/z.yaml"])
    lay(tmp_path, {"pyproject.toml": "[tool.other]\n"})

    project = only(find(tmp_path, "a/x.yaml", "b"))

    assert project.root is None
    assert displays(project.files) == ["a/x.yaml", "b/z.yaml"]
    assert [file.in_project for file in project.files] == ["a/x.yaml", "b/z.yaml"]
    assert project.others() == ()


def test_file_belongs_to_the_same_project_however_it_is_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "top.yaml", "sub/.git/", "sub/x.yaml", "sub/y.yaml", "team/z.yaml"])
    lay(tmp_path, {"team/.fanout-lint.yaml": "argo-version: 3.5\n", "team/w.yaml": ARGO})
    whole = find(tmp_path, ".")

    assert [(project.root, displays(project.files)) for project in whole.projects] == [
        (str(tmp_path), ["top.yaml"]),
        (str(tmp_path / "sub"), ["sub/x.yaml", "sub/y.yaml"]),
        (str(tmp_path / "team"), ["team/w.yaml", "team/z.yaml"]),
    ]
    assert [displays(project.others()) for project in whole.projects] == [[], [], []]
    alone = only(find(tmp_path, "team/z.yaml"))
    assert (alone.root, displays(alone.others())) == (str(tmp_path / "team"), ["team/w.yaml"])
    assert alone.settings == whole.projects[2].settings
    assert displays(only(find(tmp_path, "top.yaml")).others()) == []


def test_worktree_has_a_git_file(tmp_path: Path) -> None:
    lay(tmp_path, {".git": "gitdir: elsewhere", "a/x.yaml": ARGO, "y.yaml": ARGO})

    assert only(find(tmp_path, "a/x.yaml")).root == str(tmp_path)


def test_asked_folder_and_the_rest_make_the_whole(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "a/x.yaml", "a/b/y.yaml", "c/z.yaml", "out/w.yaml", "out/v.yaml"])
    lay(tmp_path, {".gitignore": "out/\n"})

    project = only(find(tmp_path, "a/b", "out/w.yaml"))

    assert displays(project.files) == ["a/b/y.yaml", "out/w.yaml"]
    assert displays(project.others()) == ["a/x.yaml", "c/z.yaml"]


def test_excluded_files_are_known_to_others_and_marked(tmp_path: Path) -> None:
    lay(tmp_path, ["a.yaml", "vendor/deep/b.yaml", "c.gen.yaml", "vendor/.git/", "vendor/d.yaml"])
    lay(tmp_path, ["lib/e.yaml"])
    lay(tmp_path, {".fanout-lint.yaml": "exclude: [vendor, '*.gen.yaml', lib]\n"})

    for paths in ((".",), ("a.yaml",)):
        others = only(find(tmp_path, *paths)).others()

        assert [(file.display, file.is_excluded) for file in others] == [
            ("c.gen.yaml", True),
            ("lib/e.yaml", True),
        ]


def test_other_files_that_cannot_be_read_are_told_apart_from_absent_ones(tmp_path: Path) -> None:
    lay(tmp_path, {".git/x": "", "a.yaml": ARGO, "b.yaml": ARGO.encode() + b"\xff"})

    (other,) = only(find(tmp_path, "a.yaml")).others()

    assert isinstance(other.content, Unreadable)


def test_links_do_not_double_what_they_lead_to(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "base/x.yaml", "base/y.yaml", "overlay/"])
    (tmp_path / "overlay/x.yaml").symlink_to("../base/x.yaml")
    (tmp_path / "base/z.yaml").symlink_to("y.yaml")

    project = only(find(tmp_path, "overlay"))

    assert displays(project.files) == ["overlay/x.yaml"]
    assert displays(project.others()) == ["base/y.yaml"]


def test_absolute_path_elsewhere_makes_absolute_displays(tmp_path: Path) -> None:
    lay(tmp_path, ["here/", "there/.git/", "there/x.yaml", "there/y.yaml"])
    there = tmp_path / "there"
    absolute = only(find(tmp_path / "here", str(there / "x.yaml")))
    relative = only(find(tmp_path / "here", "../there/x.yaml"))

    assert displays(absolute.others()) == [f"{there}/y.yaml"]
    assert displays(relative.others()) == ["../there/y.yaml"]


def test_templates_of_charts_are_not_known_to_others(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "a.yaml", "chart/templates/b.yaml", "chart/crds/c.yaml"])
    lay(tmp_path, {"chart/Chart.yaml": "name: chart"})

    assert displays(only(find(tmp_path, "a.yaml")).others()) == ["chart/crds/c.yaml"]


def test_configuration_of_a_project_in_a_subfolder_keeps_the_repositorys_ignores(
    tmp_path: Path,
) -> None:
    lay(tmp_path, [".git/", "team/x.gen.yaml", "team/y.yaml", "team/z.yaml"])
    lay(tmp_path, {".gitignore": "*.gen.yaml", "team/.fanout-lint.yaml": ""})

    for paths in (("team/y.yaml", "team/z.yaml"), ("team",), (".",)):
        project = only(find(tmp_path, *paths))

        assert displays(project.files) == ["team/y.yaml", "team/z.yaml"]
        assert project.others() == ()


def test_named_finds_asked_and_other_files(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "a.yaml", "b.yaml"])
    project = only(find(tmp_path, "a.yaml"))

    assert named(project, "b.yaml").path == str(tmp_path / "b.yaml")

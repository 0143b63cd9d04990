"""Paths lead to the files that are asked for, and what is passed over is counted."""

import io
import os
from pathlib import Path

import pytest

from fanout_lint.discovery.discover import StandardInput, discover
from fanout_lint.discovery.files import Origin, Skip
from fanout_lint.source.read import MAX_BYTES, Unreadable
from fanout_lint.source.text import Source
from tests.config.test_load import RULES
from tests.discovery.trees import ARGO, OTHER, displays, find, found, lay, named, only


def problems(here: Path, *paths: str) -> list[str]:
    return [str(problem) for problem in find(here, *paths).problems]


def test_folder_is_walked_for_what_speaks_of_argo(tmp_path: Path) -> None:
    lay(tmp_path, ["a.yaml", "b/c.yml", "b/.hidden/d.json", "b/e.YAML", "b/f.txt", ".g/h.yaml"])
    lay(tmp_path, {"b/other.yaml": OTHER, "wide.yaml": b"\xff\xfe" + ARGO.encode("utf-16-le")})

    discovery = find(tmp_path, "b", ".")

    assert displays(only(discovery).files) == [
        *(".g/h.yaml", "a.yaml", "b/.hidden/d.json", "b/c.yml", "b/e.YAML", "wide.yaml")
    ]
    assert discovery.skipped == {Skip.NOT_YAML: 1, Skip.NOT_ARGO: 1}


def test_files_come_read(tmp_path: Path) -> None:
    lay(tmp_path, {"a.yaml": ARGO, "b.yaml": ARGO.encode() + b"\xff"})

    first, second = only(find(tmp_path, ".")).files

    assert first.content == Source("a.yaml", ARGO)
    assert isinstance(second.content, Unreadable)
    assert (second.content.face, second.display) == ("encoding", "b.yaml")


@pytest.mark.parametrize("name", [".git", ".venv", "node_modules", "__pycache__", ".terraform"])
def test_folders_of_tools_are_entered_only_when_named(name: str, tmp_path: Path) -> None:
    lay(tmp_path, [f"{name}/a.yaml", "b.yaml"])

    assert found(tmp_path, ".") == ["b.yaml"]
    assert found(tmp_path, name) == [f"{name}/a.yaml"]


def test_named_file_is_always_read(tmp_path: Path) -> None:
    lay(tmp_path, {".gitignore": "*", "a.txt": OTHER, "node_modules/b.yaml": "", "c.yaml": OTHER})

    files = only(find(tmp_path, "a.txt", "node_modules/b.yaml", "c.yaml")).files

    assert [(file.display, file.origin) for file in files] == [
        ("a.txt", Origin.NAMED),
        ("c.yaml", Origin.NAMED),
        ("node_modules/b.yaml", Origin.NAMED),
    ]


def test_file_counts_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, ["a/b.yaml", "a/c/d.yaml"])

    files = only(find(tmp_path, "a", "a/b.yaml", "./a/b.yaml", str(tmp_path), "a/c", "a")).files

    assert [(file.display, file.origin) for file in files] == [
        ("a/b.yaml", Origin.NAMED),
        ("a/c/d.yaml", Origin.WALKED),
    ]


def test_links_to_folders_are_not_followed_and_links_to_files_count_once(tmp_path: Path) -> None:
    lay(tmp_path, ["a/real.yaml", "elsewhere/outside.yaml"])
    (tmp_path / "a/loop").symlink_to(tmp_path / "a")
    (tmp_path / "a/again.yaml").symlink_to("real.yaml")
    (tmp_path / "a/one.yaml").symlink_to("../elsewhere/outside.yaml")
    (tmp_path / "a/two.yaml").symlink_to("../elsewhere/outside.yaml")
    (tmp_path / "a/folder.yaml").symlink_to("../elsewhere")
    (tmp_path / "a/dangling.yaml").symlink_to("nowhere")

    discovery = find(tmp_path, "a")

    assert displays(only(discovery).files) == ["a/one.yaml", "a/real.yaml"]
    assert discovery.skipped == {Skip.NOT_YAML: 1, Skip.SPECIAL: 2}


@pytest.mark.timeout(10)
def test_pipes_are_passed_by(tmp_path: Path) -> None:
    lay(tmp_path, ["a.yaml"])
    os.mkfifo(tmp_path / "pipe.yaml")

    discovery = find(tmp_path, ".")

    assert displays(only(discovery).files) == ["a.yaml"]
    assert discovery.skipped == {Skip.SPECIAL: 1}


def test_large_file_is_ours_only_if_it_speaks_of_argo(tmp_path: Path) -> None:
    lay(tmp_path, ["a.yaml"])
    for name, head in (("ours.yaml", ARGO), ("others.yaml", OTHER)):
        with (tmp_path / name).open("wb") as stream:
            stream.write(head.encode())
            stream.truncate(MAX_BYTES + 1)

    discovery = find(tmp_path, ".")
    _, ours = only(discovery).files

    assert isinstance(ours.content, Unreadable)
    assert (ours.display, ours.content.face) == ("ours.yaml", "too-large")
    assert discovery.skipped == {Skip.NOT_ARGO: 1}


@pytest.mark.parametrize(
    ("here", "path", "expected"),
    [
        ("", "a/b/x.yaml", "a/b/x.yaml"),
        ("", "./a//b/../b/x.yaml", "a/b/x.yaml"),
        ("", "a", "a/b/x.yaml"),
        ("a/b", ".", "x.yaml"),
        ("a/b", "..", "x.yaml"),
        ("a/c", "../b", "../b/x.yaml"),
        ("a/c", "../b/x.yaml", "../b/x.yaml"),
        ("a/c", "ROOT/a/b/x.yaml", "ROOT/a/b/x.yaml"),
        ("a/c", "ROOT/a/b", "ROOT/a/b/x.yaml"),
        ("a/b", "ROOT/a/b/x.yaml", "x.yaml"),
        ("a/b", "ROOT/a", "x.yaml"),
    ],
)
def test_display_is_relative_where_it_can_be(
    here: str, path: str, expected: str, tmp_path: Path
) -> None:
    lay(tmp_path, ["a/b/x.yaml", "a/c/"])
    root = str(tmp_path)

    assert found(tmp_path / here, path.replace("ROOT", root)) == [expected.replace("ROOT", root)]


def test_name_that_is_no_utf_8_is_shown_escaped(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"a\xff.yaml")).write_text(ARGO)
    except OSError:
        pytest.skip("runs on file systems that take any bytes as a name")

    assert found(tmp_path, ".") == ["a\\udcff.yaml"]


def test_missing_paths_and_empty_folders_are_told_and_the_rest_is_found(tmp_path: Path) -> None:
    lay(tmp_path, ["a.yaml", "empty/", "sources/x.py", "tools/node_modules/y.yaml"])

    discovery = find(tmp_path, "nope.yaml", "empty", "a.yaml", "no\0pe", "sources", "tools")

    assert [str(problem) for problem in discovery.problems] == [
        "nope.yaml: there is no such file or folder",
        "no\\0pe: there is no such file or folder",
        "empty: no YAML or JSON file is in this folder",
        "sources: no YAML or JSON file is in this folder",
        "tools: no YAML or JSON file is in this folder",
    ]
    assert displays(only(discovery).files) == ["a.yaml"]


@pytest.mark.parametrize(
    "files",
    [
        {"d/a.yaml": OTHER},
        {"d/.gitignore": "*.yaml", "d/a.yaml": ARGO},
        {"d/.gitignore": "out/", "d/out/deep/a.json": ARGO},
        {".fanout-lint.yaml": "exclude: [d/x]", "d/x/y/a.yaml": ARGO},
        {"d/Chart.yaml": "", "d/templates/a.yaml": ARGO},
        {"d/e/.fanout-lint.yaml": ""},
    ],
    ids=["other", "ignored file", "ignored folder", "excluded", "chart", "configuration"],
)
def test_folder_in_which_all_is_passed_over_is_no_problem(
    files: dict[str, str], tmp_path: Path
) -> None:
    lay(tmp_path, files)

    discovery = find(tmp_path, "d")

    assert discovery.problems == ()
    assert sum(discovery.skipped.values()) >= 1
    assert all(project.files == () for project in discovery.projects)


def test_folder_without_permission_is_a_problem(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything; runs as any other user")
    lay(tmp_path, ["a/x.yaml"])
    (tmp_path / "a").chmod(0)
    found_problems = problems(tmp_path, "a")
    (tmp_path / "a").chmod(0o700)

    assert found_problems == ["a: Permission denied"]


def test_ignore_files_hold_from_the_repository_down(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "a/b/x.yaml", "a/b/y.gen.yaml", "a/out/z.yaml", "a/keep.gen.yaml"])
    lay(tmp_path, {".gitignore": "*.gen.yaml\nout/\n", "a/.gitignore": "!keep.gen.yaml\n"})

    assert found(tmp_path, ".") == ["a/b/x.yaml", "a/keep.gen.yaml"]
    assert found(tmp_path, "a") == ["a/b/x.yaml", "a/keep.gen.yaml"]
    assert found(tmp_path / "a/b", ".") == ["x.yaml"]


def test_folder_that_is_ignored_is_walked_when_it_is_named(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "out/x.yaml", "out/deep/y.yaml"])
    lay(tmp_path, {".gitignore": "out/\n"})

    assert found(tmp_path, "out") == ["out/deep/y.yaml", "out/x.yaml"]
    assert found(tmp_path, "out/deep") == ["out/deep/y.yaml"]


def test_ignore_files_above_a_folder_without_repository_do_not_hold(tmp_path: Path) -> None:
    lay(tmp_path, ["a/x.yaml"])
    lay(tmp_path, {".gitignore": "*"})

    assert found(tmp_path, "a") == ["a/x.yaml"]


def test_ignore_files_stop_at_a_repository_within(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "sub/.git/", "sub/x.gen.yaml", "x.gen.yaml", "y.yaml"])
    lay(tmp_path, {".gitignore": "*.gen.yaml\n"})

    assert found(tmp_path, ".") == ["y.yaml", "sub/x.gen.yaml"]
    assert found(tmp_path, "sub") == ["sub/x.gen.yaml"]


def test_excluded_files_are_passed_over_named_or_not(tmp_path: Path) -> None:
    lay(tmp_path, ["vendor/a.yaml", "vendor/deep/b.yaml", "c.gen.yaml", "d/e.gen.yaml", "f.yaml"])
    lay(tmp_path, {".fanout-lint.yaml": "exclude: ['vendor/**', '*.gen.yaml']\n"})

    walked = find(tmp_path, ".")
    by_name = find(tmp_path, "vendor/deep/b.yaml", "d/e.gen.yaml", "f.yaml", "vendor")

    assert displays(only(walked).files) == ["f.yaml"]
    assert walked.skipped == {Skip.NOT_ARGO: 1, Skip.EXCLUDED: 4}
    assert displays(only(by_name).files) == ["f.yaml"]
    assert by_name.skipped[Skip.EXCLUDED] == 4


def test_exclude_is_relative_to_the_configuration(tmp_path: Path) -> None:
    lay(tmp_path, ["vendor/a.yaml", "team/vendor/b.yaml", "team/c/vendor/d.yaml"])
    lay(tmp_path, {"team/.fanout-lint.yaml": "exclude: [/vendor]\n"})

    assert found(tmp_path, ".") == ["vendor/a.yaml", "team/c/vendor/d.yaml"]
    assert found(tmp_path / "team/c", "..") == ["vendor/d.yaml"]


def test_named_configuration_stands_in_for_all_others(tmp_path: Path) -> None:
    lay(tmp_path, ["a/x.yaml", "a/y.yaml", "ci/x.yaml"])
    lay(tmp_path, {"a/.fanout-lint.yaml": "exclude: [y.yaml]\n", "ci/c.yaml": "exclude: [/x.yaml]"})

    discovery = find(tmp_path, ".", config_file="ci/c.yaml")

    assert [displays(project.files) for project in discovery.projects] == [["a/x.yaml", "a/y.yaml"]]
    assert discovery.projects[0].settings.path == "ci/c.yaml"


def test_named_configuration_that_is_wrong_ends_the_run(tmp_path: Path) -> None:
    lay(tmp_path, {"c.yaml": "selct: []\nignore: all", "a.yaml": ARGO})

    discovery = find(tmp_path, "a.yaml", "nope.yaml", config_file="c.yaml")

    assert discovery.projects == ()
    assert [str(problem) for problem in discovery.problems] == [
        "c.yaml:1:1: a configuration has no key 'selct'; did you mean 'select'?",
        "c.yaml:2:9: 'ignore' takes a list of texts, not 'all'",
    ]


def test_wrong_configuration_stops_its_own_project_only(tmp_path: Path) -> None:
    lay(tmp_path, ["a/x.yaml", "b/y.yaml"])
    lay(tmp_path, {"b/.fanout-lint.yaml": "selct: []"})

    for paths in ((".",), ("a", "b"), ("a/x.yaml", "b/y.yaml")):
        discovery = find(tmp_path, *paths)

        assert displays(only(discovery).files) == ["a/x.yaml"]
        assert [str(problem) for problem in discovery.problems] == [
            "b/.fanout-lint.yaml:1:1: a configuration has no key 'selct'; did you mean 'select'?"
        ]


def test_standard_input_takes_the_place_of_the_file_it_is_named_after(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "a/x.yaml", "a/y.yaml"])
    given = StandardInput(io.BytesIO(b"\xef\xbb\xbfnew: 1"), "a/x.yaml")

    project = only(find(tmp_path, "-", "a/x.yaml", standard_input=given))

    (file,) = project.files
    assert (file.display, file.in_project, file.origin) == ("a/x.yaml", "a/x.yaml", Origin.STDIN)
    assert file.content == Source("a/x.yaml", "new: 1")
    assert displays(project.others()) == ["a/y.yaml"]


def test_standard_input_may_be_named_after_a_file_that_is_not_there(tmp_path: Path) -> None:
    lay(tmp_path, {".fanout-lint.yaml": "argo-version: 3.6", "a.yaml": ARGO})
    given = StandardInput(io.BytesIO(ARGO.encode()), "new/folder/x.yaml")

    project = only(find(tmp_path, "-", standard_input=given))

    assert displays(project.files) == ["new/folder/x.yaml"]
    assert project.settings.argo_version == (3, 6)
    assert displays(project.others()) == ["a.yaml"]


def test_excluded_name_of_standard_input_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, {".fanout-lint.yaml": "exclude: [gen]"})
    given = StandardInput(io.BytesIO(ARGO.encode()), "gen/x.yaml")

    discovery = find(tmp_path, "-", standard_input=given)

    assert (discovery.projects, discovery.skipped) == ((), {Skip.EXCLUDED: 1})


def test_nameless_standard_input_stands_alone_under_the_settings_of_the_working_folder(
    tmp_path: Path,
) -> None:
    lay(
        tmp_path, {".fanout-lint.yaml": "argo-version: 3.6\ncomplete-project: true", "a.yaml": ARGO}
    )
    given = StandardInput(io.BytesIO(ARGO.encode()))

    first, alone = find(tmp_path, ".", "-", standard_input=given).projects

    assert displays(first.files) == ["a.yaml"]
    assert displays(alone.files) == ["<stdin>"]
    assert (alone.root, alone.others()) == (None, ())
    assert alone.settings.argo_version == (3, 6)
    assert (first.settings.complete_project, alone.settings.complete_project) == (True, False)


def test_nameless_standard_input_joins_the_paths_given_where_there_is_no_project(
    tmp_path: Path,
) -> None:
    lay(tmp_path, ["a.yaml"])
    given = StandardInput(io.BytesIO(ARGO.encode()))

    project = only(find(tmp_path, "-", "a.yaml", standard_input=given))

    assert displays(project.files) == ["<stdin>", "a.yaml"]
    assert project.is_patch(named(project, "<stdin>")) is False
    assert project.overlays(named(project, "<stdin>")) is None


def test_file_that_is_called_a_dash_can_be_named(tmp_path: Path) -> None:
    lay(tmp_path, ["-"])

    assert found(tmp_path, "./-") == ["-"]


def test_named_files_can_be_held_to_what_speaks_of_argo(tmp_path: Path) -> None:
    lay(tmp_path, {"a.yaml": ARGO, "b.yaml": OTHER, "c.yaml": ARGO.encode() + b"\xff"})

    discovery = discover(["a.yaml", "b.yaml", "c.yaml"], str(tmp_path), RULES, argo_only=True)

    assert displays(only(discovery).files) == ["a.yaml", "c.yaml"]
    assert discovery.skipped == {Skip.NOT_ARGO: 1}

"""Ignore patterns match what git's do, and in bounded time."""

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from fanout_lint.source.glob import BrokenGlob, name_pattern, path_pattern
from fanout_lint.source.ignore import compile_patterns, ignore_lines, leaves_out_any

PATTERNS = [
    *("*.yaml", "a", "a/", "/a", "a/*", "a/**", "**/a", "**/a/", "a/**/b", "!a", "!a/", "!*.yaml"),
    *("/*", "/**", "**", "*", "!b/**", "b/c", "/b/c/", "[ab]", "[!a]", "[^a]*", "[a-c]/x.yaml"),
    *("[[:alpha:]]", "[[:digit:]].yaml", "[]a]", "[z-a]", "[a", "a\\", "\\a", "\\!a", "\\#a"),
    *("#a", "", "/", "//", "a//b", "x?yaml", "a ", "a\\ ", "  ", "***", "a***/b", "**b/c", "b**"),
    *("*/b/", "*/*/x.yaml", "**/b/**/x.yaml", "!**/b/", "a/**/**/x.yaml", "[a\\]]", "[+-9]", "é*"),
    *("!/a/b", "[[:nope:]]", "[[:alpha]", "[a-]", "[-a]", "[!]a]", "*a*b*", "?", "x.y[a-z]ml", "!"),
    *("a/b/../x.yaml", "./a", "a/./b", "**/", "!**/x.yaml", "b/**/", "*\\", "[!a-c]", "a\\/b"),
    *("a[/]b", "[a/b]", "!a\\/b", "a/[b/c]", "a**", "/a**", "x**/b", "!b/c**", "a\\*"),
]
NAMES = ["a", "b", "c", "x.yaml", "1.yaml", "#a", "!a", "]", "ab", "a ", "é1", "x", "-"]


def trees(dice: random.Random, depth: int = 3) -> dict[str, object]:
    names = dice.sample(NAMES, dice.randint(2, 5))
    return {
        name: trees(dice, depth - 1) if depth and "." not in name and dice.random() < 0.6 else None
        for name in names
    }


def lay(folder: Path, tree: dict[str, object], dice: random.Random) -> None:
    for name, below in tree.items():
        if isinstance(below, dict):
            (folder / name).mkdir()
            lay(folder / name, below, dice)
        else:
            (folder / name).write_text("")
    if dice.random() < 0.5:
        lines = dice.sample(PATTERNS, dice.randint(1, 4))
        ending = dice.choice(["\n", "\r\n"])
        mark = dice.choice(["", "\ufeff"])
        (folder / ".gitignore").write_bytes((mark + ending.join(lines) + ending).encode())


def kept_by_git(folder: Path) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=folder,
        check=True,
        capture_output=True,
        env={
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "XDG_CONFIG_HOME": str(folder / "nowhere"),
        },
    )
    return {path for path in listed.stdout.decode().split("\0") if path}


def kept_by_us(folder: Path) -> set[str]:
    from fanout_lint.discovery.ignored import gitignore_in, is_ignored

    kept = set()
    stack = [(str(folder), gitignore_in(str(folder)))]
    while stack:
        at, ignores = stack.pop()
        for entry in os.scandir(at):
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name == ".git" or is_ignored(ignores, entry.path, is_folder):
                continue
            if is_folder:
                stack.append((entry.path, (*gitignore_in(entry.path), *ignores)))
            else:
                kept.add(os.path.relpath(entry.path, folder))
    return kept


@pytest.mark.parametrize("seed", range(60))
def test_nested_ignore_files_keep_what_git_keeps(seed: int, tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("runs where git is installed")
    dice = random.Random(seed)
    tree = trees(dice)
    lay(tmp_path, tree, dice)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    assert kept_by_us(tmp_path) == kept_by_git(tmp_path)


def test_each_pattern_alone_keeps_what_git_keeps(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("runs where git is installed")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    dice = random.Random(7)
    for name in ("a", "b", "c", "é1"):
        (tmp_path / name).mkdir()
        lay(tmp_path / name, trees(dice, 2), dice)
    for ignore_file in tmp_path.rglob(".gitignore"):
        ignore_file.unlink()
    differing = {}
    for pattern in PATTERNS:
        (tmp_path / ".gitignore").write_text(f"*.yaml\n{pattern}\n")
        ours, gits = kept_by_us(tmp_path), kept_by_git(tmp_path)
        if ours != gits:
            differing[pattern] = ours ^ gits

    assert differing == {}


def test_lines_are_cut_as_git_cuts_them() -> None:
    assert ignore_lines(b"\xef\xbb\xbfa\r\nb \nc\x85d") == ["a", "b ", "c\udc85d"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("vendor/x.yaml", True),
        ("a/vendor/x.yaml", False),
        ("a/gen/b/x.yaml", True),
        ("a/gen", False),
        ("a/x.gen.yaml", True),
        ("a/keep.gen.yaml", False),
    ],
)
def test_path_is_left_out_with_the_folders_above_it(path: str, expected: bool) -> None:
    patterns = compile_patterns(["/vendor/", "gen/", "*.gen.yaml", "!keep.gen.yaml"])

    assert patterns is not None
    assert leaves_out_any(patterns, path) is expected


def test_patterns_that_say_nothing_are_none() -> None:
    assert compile_patterns(["", "# x", "a[", "/"]) is None


@pytest.mark.parametrize("glob", ["[", "a[b", "[[:alpha:]", "[[:x:]]", "\\", "a[\\"])
def test_glob_that_breaks_off_is_told(glob: str) -> None:
    with pytest.raises(BrokenGlob):
        name_pattern(glob)


@pytest.mark.parametrize(
    "line",
    [
        "*a" * 60 + "b",
        "**/a/" * 60 + "b",
        "a*/**/" * 40 + "b",
        "*?" * 60 + "b",
        "[a-z]*" * 60 + "b",
    ],
)
def test_hostile_pattern_costs_little(line: str) -> None:
    patterns = compile_patterns([line])
    assert patterns is not None
    started = time.process_time()
    for path in ("a" * 255, "a/" * 2000 + "c", "ab/" * 1000 + "a" * 255):
        patterns.decide(path, False)

    assert time.process_time() - started < 60


def test_path_patterns_join_parts() -> None:
    assert path_pattern("a/b") == "a/b"

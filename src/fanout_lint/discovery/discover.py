"""Paths to the files asked for, each in its project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fanout_lint.discovery.files import Skip
from fanout_lint.discovery.project import Project
from fanout_lint.errors import FanoutLintError


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files asked for, by project.

    ``problems`` are what makes the run end with 2: no such path, a folder without
    any YAML or JSON, a configuration that cannot be followed. What they do not
    touch can still be linted. ``skipped`` counts files; an ignored or excluded
    folder counts as one.
    """

    projects: tuple[Project, ...]
    skipped: Mapping[Skip, int]
    problems: tuple[FanoutLintError, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardInput:
    """What ``-`` stands for; with a ``name`` it takes the place of that file in its project."""

    stream: BinaryIO
    name: str | None = None


def discover(
    paths: Sequence[str],
    working_folder: str,
    known_rules: Mapping[str, Mapping[str, object]],
    *,
    config_file: str | None = None,
    standard_input: StandardInput | None = None,
) -> Discovery:
    """Return what *paths* ask for.

    *known_rules* has the options of each rule (JSON Schema by option name), to
    judge configurations by; *config_file* stands in for the configurations that
    would be found.
    """
    raise NotImplementedError

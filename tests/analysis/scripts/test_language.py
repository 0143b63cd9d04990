"""Which part of a template is a script, and in which language."""

import pytest

from fanout_lint.analysis.scripts.language import (
    Argument,
    Language,
    Origin,
    Script,
    detect_command,
    detect_source,
)
from fanout_lint.unknown import UNKNOWN


@pytest.mark.parametrize(
    ("command", "language"),
    [
        (["python"], Language.PYTHON),
        (["python3", "-u"], Language.PYTHON),
        (["/usr/local/bin/python3.12"], Language.PYTHON),
        (["/usr/bin/env", "python"], Language.PYTHON),
        (["bash"], Language.BASH),
        (["/bin/bash", "-eu", "-o", "pipefail"], Language.BASH),
        (["sh", "-e"], Language.SHELL),
        (["ash"], Language.BUSYBOX),
        (["node"], Language.JAVASCRIPT),
    ],
)
def test_interpreter_of_a_script_template_is_told(command: list[str], language: Language) -> None:
    script = detect_source(command, Argument("x"))

    assert isinstance(script, Script)
    assert script.language is language


@pytest.mark.parametrize(
    "command",
    [[], ["/app/run"], ["python", "-m", "json.tool"], ["perl"], ["bash", "-c"], ["sh", "other.sh"]],
)
def test_what_does_not_surely_run_the_source_is_unknown(command: list[str]) -> None:
    assert detect_source(command, Argument("x")) is UNKNOWN


@pytest.mark.parametrize(
    ("image", "language"),
    [
        ("alpine:3.20", Language.BUSYBOX),
        ("busybox", Language.BUSYBOX),
        ("debian:12-slim", Language.DASH),
        ("python:3.12", Language.DASH),
        ("python:3.12-alpine", Language.SHELL),
        ("registry.example/tool:1", Language.SHELL),
    ],
)
def test_image_says_which_shell_sh_is(image: str, language: Language) -> None:
    script = detect_source(["sh"], Argument("x"), image)

    assert isinstance(script, Script)
    assert script.language is language


def test_flags_of_the_shell_are_kept() -> None:
    script = detect_source(["bash", "-eux", "-o", "pipefail"], Argument("x"))

    assert isinstance(script, Script)
    assert (script.errexit, script.trace, script.pipefail) == (True, True, True)


@pytest.mark.parametrize(
    ("command", "args", "place"),
    [
        (["sh", "-c"], ["echo"], (Language.SHELL, Origin.ARGS, 0, "echo")),
        (["sh", "-c", "echo"], [], (Language.SHELL, Origin.COMMAND, 2, "echo")),
        (["bash", "-ec", "echo"], ["a"], (Language.BASH, Origin.COMMAND, 2, "echo")),
        (["bash"], ["-c", "echo"], (Language.BASH, Origin.ARGS, 1, "echo")),
        (["bash", "-c", "-ue", "-o", "pipefail"], ["a"], (Language.BASH, Origin.ARGS, 0, "a")),
        (["python", "-c"], ["print(1)"], (Language.PYTHON, Origin.ARGS, 0, "print(1)")),
        (["python", "-uc", "print(1)"], [], (Language.PYTHON, Origin.COMMAND, 2, "print(1)")),
        (["echo", "hello"], [], (Language.COMMAND, Origin.COMMAND, 0, "")),
        (["cowsay"], ["hi"], (Language.COMMAND, Origin.COMMAND, 0, "")),
    ],
)
def test_script_of_a_container_is_found_at_its_argument(
    command: list[str], args: list[str], place: tuple[Language, Origin, int, str]
) -> None:
    found = detect_command([Argument(word) for word in command], [Argument(word) for word in args])

    assert isinstance(found, Script)
    assert (found.language, found.origin, found.index, found.text) == place


@pytest.mark.parametrize(
    ("command", "args"),
    [([], ["echo"]), (["python", "main.py"], []), (["sh", "run.sh"], []), (["bash"], [])],
)
def test_container_whose_program_is_not_seen_is_unknown(
    command: list[str], args: list[str]
) -> None:
    found = detect_command([Argument(word) for word in command], [Argument(word) for word in args])

    assert found is UNKNOWN


def test_tag_in_the_place_of_the_program_is_unknown() -> None:
    assert detect_command([Argument("{{x}}", ((0, 5),))], []) is UNKNOWN

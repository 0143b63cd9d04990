"""Runs scripts that the tests made themselves, in real interpreters, and judges their output."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from fanout_lint.analysis.scripts.shell.state import Dialect

SHELLS = {
    Dialect.BASH: ("bash", "-c"),
    Dialect.DASH: ("dash", "-c"),
    Dialect.BUSYBOX: ("busybox", "sh", "-c"),
}


@dataclass(frozen=True, slots=True)
class Run:
    stdout: str
    code: int

    @property
    def value(self) -> object:
        """What Argo would read, or the exception that says why it cannot."""
        text = self.stdout.removesuffix("\n")
        try:
            return json.loads(text, parse_constant=_refuse)
        except ValueError as problem:
            return problem


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def run_shell(text: str, dialect: Dialect, folder: Path) -> Run:
    command = SHELLS[dialect]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here; CI's Debian image has it")
    return _run([*command, text], folder)


def run_python(text: str, folder: Path) -> Run:
    return _run([sys.executable, "-I", "-S", "-c", text], folder)


def _run(command: list[str], folder: Path) -> Run:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        timeout=20,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Run(done.stdout.decode("utf-8", "replace"), done.returncode)

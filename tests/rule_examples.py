"""The examples in a rule's README, made whole and linted.

``docs/adding-a-rule.md`` says how they are written.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent

from fanout_lint.config.settings import RuleSettings, Settings
from tests.linting import MAIN, Found, counts, lint_all, lint_folder

_HEADING = re.compile(r"## (Bad|Good)[ \t]*\Z")
_FENCE = re.compile(r"```yaml(?:[ \t]+(?P<info>.*?))?[ \t]*\Z")
_FINDING = re.compile(
    r"finding: `(?P<rule>[a-z-]+)`"
    r"(?: at (?P<tick>`+) ?(?P<words>.+?) ?(?P=tick))?"
    r"(?: in `(?P<path>[^`]+)`)?[ \t]*\Z"
)
_FILE = re.compile(r"# file: (\S+)[ \t]*\Z")


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """What a line below a fence says; ``words`` is empty where it names none."""

    rule: str
    words: str = ""
    path: str = ""


@dataclass(slots=True)
class Example:
    """One fence below ``## Bad`` or ``## Good``; ``line`` is where it starts in the README."""

    is_bad: bool
    line: int
    files: Mapping[str, str]
    settings: Mapping[str, str]
    expected: list[Expected] = field(default_factory=list)


def examples(readme: str) -> Iterator[Example]:
    """Yield the examples of a README.

    :raises ValueError: when one is written otherwise than it must be.
    """
    for heading, example in _all(readme):
        if heading is not None:
            yield example


def every_example(page: str) -> Iterator[Example]:
    """Yield the examples of a page, below whatever headings; a bad one has findings below it.

    :raises ValueError: when one is written otherwise than it must be.
    """
    for _, example in _all(page):
        example.is_bad = bool(example.expected)
        yield example


def _all(text: str) -> Iterator[tuple[str | None, Example]]:
    """Yield the examples of *text*, each with ``Bad`` or ``Good`` if it stands below that."""
    lines = text.splitlines()
    heading = None
    stands = None
    example: Example | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("## "):
            found = _HEADING.match(line)
            heading = found[1] if found else None
        elif fence := _FENCE.match(line):
            if example is not None:
                yield stands, example
            end = lines.index("```", at + 1)
            info = _info(fence["info"] or "")
            files = _files(lines[at + 1 : end], info.pop("in", "file"), info.pop("limit", ""))
            example = Example(heading == "Bad", at + 1, files, info)
            stands = heading
            at = end
        elif line.startswith("finding:"):
            told = _FINDING.match(line)
            if told is None or example is None:
                raise ValueError(f"line {at + 1} is no finding: {line}")
            words = " ".join((told["words"] or "").split())
            example.expected.append(Expected(told["rule"], words, told["path"] or ""))
        at += 1
    if example is not None:
        yield stands, example


def _info(text: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in text.split(",") if pair.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _files(lines: list[str], kind: str, limit: str) -> dict[str, str]:
    parts: list[tuple[str, list[str]]] = [(MAIN, [])]
    for line in lines:
        if found := _FILE.match(line):
            parts.append((found[1], []))
        else:
            parts[-1][1].append(line)
    files = {name: "\n".join(held) + "\n" for name, held in parts if held}
    if MAIN in files:
        files[MAIN] = _WRAPS[kind](files[MAIN], "" if limit == "none" else _LIMIT)
    return files


_ON_DISK = {"encoding", "disk"}


def lint_example(example: Example, folder: Path, *rules: str) -> list[Found]:
    """Return the errors and warnings in *example*, and all that *rules* find.

    Options in the example are those of the first of *rules*; *folder* is for files on disk.
    """
    found = _lint(example, folder, rules[0] if rules else "")
    return [one for one in found if counts(one) or one.rule in rules]


def _lint(example: Example, folder: Path, rule: str) -> list[Found]:
    settings = dict(example.settings)
    if not _ON_DISK.isdisjoint(settings) or any("/" in name for name in example.files):
        for name, text in example.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding=settings.get("encoding", "utf-8"))
        return lint_folder(folder)
    return lint_all(example.files, _settings(rule, settings))


def _settings(rule: str, said: dict[str, str]) -> Settings:
    version = said.pop("argo-version", None)
    complete = said.pop("complete-project", "false") == "true"
    options = {name: json.loads(value) for name, value in said.items()}
    return Settings(
        argo_version=None if version is None else _version(version),
        complete_project=complete,
        rules={rule: RuleSettings(options=options)} if options else {},
    )


def _version(text: str) -> tuple[int, int]:
    major, minor = text.split(".")
    return int(major), int(minor)


def as_told(found: list[Found], told: list[Expected]) -> list[Expected]:
    """Return *found* in the form of *told*, leaving out what *told* does not name for the rule."""
    without_words = {expected.rule for expected in told if not expected.words}
    with_path = {expected.rule for expected in told if expected.path}
    return sorted(
        Expected(
            one.rule,
            "" if one.rule in without_words else one.words,
            one.path if one.rule in with_path else "",
        )
        for one in found
    )


_LIMIT = "  parallelism: 10\n"
_WORKFLOW = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: example-
spec:
"""
_GENERATE = """\
  - name: generate
    script:
      image: python:3.12
      command: [python]
      source: |
        import json
        print(json.dumps(["a", "b"]))
"""
_WORK = """\
  - name: work
    inputs:
      parameters:
      - name: m
    container:
      image: worker:1
      command: [/work]
      args: ["{{inputs.parameters.m}}"]
    outputs:
      parameters:
      - name: x
        valueFrom:
          path: /tmp/x
"""
_TO_FILE = """\
  - name: to-file
    script:
      image: alpine:3.20
      command: [sh]
      source: |
        echo '["a", "b"]' > /tmp/items.json
    outputs:
      parameters:
      - name: items
        valueFrom:
          path: /tmp/items.json
          default: "[]"
"""
_LOOP = """\
  - name: main
    steps:
    - - name: generate
        template: generate
    - - name: process
        template: work
        withParam: "{{steps.generate.outputs.result}}"
        arguments:
          parameters:
          - name: m
            value: "{{item}}"
"""


def _spec(fragment: str, limit: str) -> str:
    has_limit = re.search(r"^parallelism:", fragment, re.MULTILINE) is not None
    return _WORKFLOW + ("" if has_limit else limit) + indent(fragment, "  ")


def _templates(fragment: str, limit: str) -> str:
    return f"{_WORKFLOW}  entrypoint: main\n{limit}  templates:\n{indent(fragment, '  ')}"


def _template(fragment: str, limit: str) -> str:
    return _templates(f"- name: main\n{indent(fragment, '  ')}", limit) + _called()


def _steps(fragment: str, limit: str) -> str:
    return _template(f"steps:\n{fragment}", limit)


def _tasks(fragment: str, limit: str) -> str:
    return _template(f"dag:\n  tasks:\n{indent(fragment, '  ')}", limit)


def _generate(fragment: str, limit: str) -> str:
    head = f"{_WORKFLOW}  entrypoint: main\n{limit}  templates:\n{_LOOP}  - name: generate\n"
    return head + indent(fragment, "    ") + _WORK


def _called() -> str:
    return _GENERATE + _WORK + _TO_FILE


_WRAPS = {
    "file": lambda fragment, limit: fragment,
    "spec": _spec,
    "templates": _templates,
    "template": _template,
    "steps": _steps,
    "tasks": _tasks,
    "generate": _generate,
}

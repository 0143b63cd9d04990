# ruff: noqa: E501 (the tables read best with a case on a line)
"""A configuration is read with the places of its faults, from YAML and from TOML alike."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fanout_lint.config.load import configuration_in, load
from fanout_lint.config.settings import ExternalTemplate, Off, RuleSettings, Settings
from fanout_lint.config.toml import may_hold_table
from fanout_lint.errors import ConfigError
from fanout_lint.findings import Severity

RULES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "unbounded-fanout": {
        "safe-width": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50},
        "names": {"type": "array", "items": {"type": "string"}, "default": []},
        "share": {"type": "number", "minimum": 0, "default": 0.5},
        "mode": {"type": "string", "enum": ["strict", "loose"], "default": "strict"},
        "deep": {"type": "boolean", "default": False},
    },
    "unknown-reference": {},
}

WHOLE = """\
argo-version: "4.1"  # what we run
select: [unknown-reference, "stage:runtime"]
ignore: [unbounded-fanout]
exclude: ["vendor/**", ./gen]
complete-project: true
external-templates: ["ci/build-*", "cluster:shared-*", other]
rules:
  unbounded-fanout:
    severity: off
    options: {safe-width: 20, names: [a, b], share: 1, mode: loose, deep: true}
  unknown-reference: {severity: warning}
"""
WHOLE_TOML = """\
[project]
name = "x"

[tool.fanout-lint]
argo-version = "4.1"
select = ["unknown-reference", "stage:runtime"]
ignore = ["unbounded-fanout"]
exclude = ["vendor/**", "./gen"]
complete-project = true
external-templates = ["ci/build-*", "cluster:shared-*", "other"]

[tool.fanout-lint.rules.unbounded-fanout]
severity = "off"
options = {safe-width = 20, names = ["a", "b"], share = 1, mode = "loose", deep = true}

[tool.fanout-lint.rules]
unknown-reference.severity = "warning"
"""
MEANT = Settings(
    argo_version=(4, 1),
    select=("unknown-reference", "stage:runtime"),
    ignore=("unbounded-fanout",),
    exclude=("vendor/**", "gen"),
    complete_project=True,
    external_templates=(
        ExternalTemplate("ci", "build-*"),
        ExternalTemplate(None, "shared-*", is_cluster=True),
        ExternalTemplate(None, "other"),
    ),
    rules={
        "unbounded-fanout": RuleSettings(
            Off.OFF,
            {"safe-width": 20, "names": ("a", "b"), "share": 1, "mode": "loose", "deep": True},
        ),
        "unknown-reference": RuleSettings(Severity.WARNING),
    },
)


def read(tmp_path: Path, text: str | bytes, name: str = ".fanout-lint.yaml") -> Settings:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(path), name, RULES)


def faults(tmp_path: Path, text: str | bytes, name: str = "c.yaml") -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, name)
    return str(caught.value).split("\n")


def test_yaml_and_toml_say_the_same(tmp_path: Path) -> None:
    folder = str(tmp_path)

    assert read(tmp_path, WHOLE) == replace(MEANT, path=".fanout-lint.yaml", folder=folder)
    assert read(tmp_path, WHOLE_TOML, "pyproject.toml") == replace(
        MEANT, path="pyproject.toml", folder=folder
    )


def test_line_ends_and_marks_change_nothing(tmp_path: Path) -> None:
    crlf = WHOLE_TOML.replace("\n", "\r\n")

    assert read(tmp_path, crlf.encode("utf-8-sig"), "pyproject.toml").rules == MEANT.rules
    assert read(tmp_path, b"\xff\xfe" + WHOLE.encode("utf-16-le")).rules == MEANT.rules


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "select:\nrules:\n", "~", "{}"])
def test_what_is_not_stated_has_its_default(text: str, tmp_path: Path) -> None:
    expected = Settings(path=".fanout-lint.yaml", folder=str(tmp_path))

    assert read(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("written", "version"),
    [('"4.1"', (4, 1)), ("4.1", (4, 1)), ("v4.0.3", (4, 0)), ('"3.7.2"', (3, 7)), ("3.4", (3, 4))],
)
def test_argo_version_is_taken_as_it_is_written(
    written: str, version: tuple[int, int], tmp_path: Path
) -> None:
    assert read(tmp_path, f"argo-version: {written}\n").argo_version == version


@pytest.mark.parametrize("written", ["3.10", "4.10", "3.3", "4", "5", '"4.1."', "true", "[4.1]"])
def test_version_that_is_none_of_ours_is_told_as_it_is_written(
    written: str, tmp_path: Path
) -> None:
    shown = "a list" if written == "[4.1]" else written.replace('"', "'")

    assert faults(tmp_path, f"argo-version: {written}\n") == [
        f"c.yaml:1:15: 'argo-version' takes one of 3.4, 3.5, 3.6, 3.7, 4.0, 4.1, not {shown}"
    ]


def test_float_of_toml_is_taken_as_it_is_written(tmp_path: Path) -> None:
    head = "[tool.fanout-lint]\n"

    assert read(tmp_path, f"{head}argo-version = 4.1\n", "x.toml").argo_version == (4, 1)
    assert faults(tmp_path, f"{head}argo-version = 3.10\n", "x.toml") == [
        "x.toml:2:16: 'argo-version' takes one of 3.4, 3.5, 3.6, 3.7, 4.0, 4.1, not 3.10"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("selct: []", "1:1: a configuration has no key 'selct'; did you mean 'select'?"),
        ("argo_version: 4.1", "1:1: a configuration has no key 'argo_version'; did you mean 'argo-version'?"),
        ("zzz: 1", "1:1: a configuration has no key 'zzz'; it has argo-version, select, ignore, exclude, complete-project, external-templates, rules"),
        ("- select", "1:1: a configuration is a map, not a list"),
        ("select", "1:1: a configuration is a map, not 'select'"),
        ("ignore: []\nignore: []", "2:1: the key 'ignore' stands here twice"),
        ("select: all", "1:9: 'select' takes a list of texts, not 'all'"),
        ("select: []", "1:9: 'select' has no name, so no rule would run; leave the key out"),
        ("ignore: [unbound-fanout]", "1:10: no rule is called 'unbound-fanout'; did you mean 'unbounded-fanout'?"),
        ("ignore: ['stage:runtim']", "1:10: no rule is called 'stage:runtim'; did you mean 'stage:runtime'?"),
        ("ignore: [qqq]", "1:10: no rule is called 'qqq'; see `fanout-lint rules`"),
        ("exclude: [3]", "1:11: 'exclude' takes texts, not 3; put it in quotes"),
        ("exclude: [{a: b}]", "1:11: 'exclude' takes texts, not a map; put it in quotes"),
        ("exclude: ['a[b']", "1:11: the glob 'a[b' breaks off in a bracket or an escape"),
        ("exclude: ['./']", "1:11: the glob './' names nothing"),
        ("complete-project: maybe", "1:19: 'complete-project' takes true or false, not 'maybe'"),
        ("external-templates: ['cluster:a/b']", "1:22: 'external-templates' takes NAME, NAMESPACE/NAME or cluster:NAME, in lower case, with * and ?, not 'cluster:a/b'"),
        ("rules: [a]", "1:8: 'rules' is a map, not a list"),
        ("rules: {nope: {}}", "1:9: no rule is called 'nope'; see `fanout-lint rules`"),
        ("rules: {unknown-reference: off}", "1:28: the rule 'unknown-reference' takes {severity: off}, not off"),
        ("rules: {unknown-reference: [1]}", "1:28: the rule 'unknown-reference' takes a map, not a list"),
        ("rules: {unknown-reference: {severity: Off}}", "1:39: 'severity' takes one of error, warning, info, off, not Off"),
        ("rules: {unknown-reference: {severity: eror}}", "1:39: 'severity' takes one of error, warning, info, off, not 'eror'"),
        ("rules: {unknown-reference: {level: error}}", "1:29: the rule 'unknown-reference' has no key 'level'; it has severity, options"),
        ("rules: {unknown-reference: {options: {a: 1}}}", "1:39: 'options' of 'unknown-reference' has no key 'a'; it has none"),
        ("rules: {unbounded-fanout: {options: 3}}", "1:37: 'options' takes a map, not 3"),
        ("rules: {unbounded-fanout: {options: {safe_width: 3}}}", "1:38: 'options' of 'unbounded-fanout' has no key 'safe_width'; did you mean 'safe-width'?"),
        ("rules: {unbounded-fanout: {options: {safe-width: 0}}}", "1:50: the option 'safe-width' takes a whole number of at least 1, not 0"),
        ("rules: {unbounded-fanout: {options: {safe-width: 1001}}}", "1:50: the option 'safe-width' takes a whole number of at most 1000, not 1001"),
        ("rules: {unbounded-fanout: {options: {safe-width: true}}}", "1:50: the option 'safe-width' takes a whole number, not true"),
        ("rules: {unbounded-fanout: {options: {safe-width: '3'}}}", "1:50: the option 'safe-width' takes a whole number, not 3"),
        ("rules: {unbounded-fanout: {options: {share: .nan}}}", "1:45: the option 'share' takes a number, not .nan"),
        ("rules: {unbounded-fanout: {options: {mode: slack}}}", "1:44: the option 'mode' takes one of strict, loose, not slack"),
        ("rules: {unbounded-fanout: {options: {names: a}}}", "1:45: the option 'names' takes a list"),
        ("rules: {unbounded-fanout: {options: {names: [a, 3]}}}", "1:49: the option 'names' takes a text, not 3"),
        ("a: [", "1:5: the configuration is no YAML: did not find expected node content, while parsing a flow node"),
        ("a: *b", "1:4: the configuration is no YAML: no anchor is called 'b'"),
        ("ignore: []\n---\nignore: []", "3:1: a configuration is one document, and here a second begins"),
    ],
)  # fmt: skip
def test_fault_is_told_at_its_place(text: str, fault: str, tmp_path: Path) -> None:
    assert faults(tmp_path, text) == [f"c.yaml:{fault}"]


def test_all_faults_are_told_at_once_from_top_to_bottom(tmp_path: Path) -> None:
    text = "complete-project: 3\nselct: []\nignore: [a-b-c]\n"

    assert [fault.split(":")[1] for fault in faults(tmp_path, text)] == ["1", "2", "3"]


def test_flood_of_faults_is_cut(tmp_path: Path) -> None:
    found = faults(tmp_path, "exclude: [" + "1, " * 1000 + "]")

    assert len(found) == 21
    assert found[-1] == "and 980 more like these"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[tool.fanout-lint]\nselct = []\n", "2:1: a configuration has no key 'selct'; did you mean 'select'?"),
        ("[tool]\nfanout-lint.complete-project = 3\n", "2:32: 'complete-project' takes true or false, not 3"),
        ("tool.fanout-lint = 3\n", "1:20: [tool.fanout-lint] is a table, not a value"),
        ("[tool.'fanout-lint'.rules]\nnope = {}\n", "2:1: no rule is called 'nope'; see `fanout-lint rules`"),
        ("[tool.fanout-lint]\nignore = [\n  'x-y-z',\n]\n", "2:10: no rule is called 'x-y-z'; see `fanout-lint rules`"),
        ("[tool.fanout-lint]\nignore = [\n", "3:1: this is no TOML: Invalid value"),
        ("[tool.fanout-lint]\nignore == 3\n", "2:9: this is no TOML: Invalid value"),
        ("[project]\nname = 'x'\n", " it has no table [tool.fanout-lint]"),
        ("[tool.fanout-lint]\nrules.unknown-reference.severity = 'eror'\n", "2:36: 'severity' takes one of error, warning, info, off, not 'eror'"),
    ],
)  # fmt: skip
def test_fault_in_toml_is_told_at_its_place(text: str, fault: str, tmp_path: Path) -> None:
    assert faults(tmp_path, text, "pyproject.toml") == [f"pyproject.toml:{fault}"]


def test_deep_nesting_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    toml = "[tool.fanout-lint]\nignore = " + "[" * 5000 + "]" * 5000
    tables = "[tool.fanout-lint" + ".a" * 5000 + "]\n"
    deep_yaml = "ignore: " + "[" * 500 + "]" * 500

    (from_lists,) = faults(tmp_path, toml, "a.toml")
    (from_tables,) = faults(tmp_path, tables, "b.toml")
    (from_yaml,) = faults(tmp_path, deep_yaml)

    assert from_lists == "a.toml: its tables and lists nest too deeply"
    assert from_tables == "b.toml: its tables and lists nest too deeply"
    assert from_yaml == (
        "c.yaml:1:208: the configuration is no YAML: maps and lists nest deeper than 200 levels"
    )


def test_bomb_of_aliases_costs_nothing(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    text = "\n".join([*lines, "ignore: *a11"])

    (fault,) = faults(tmp_path, text)

    assert fault.endswith("aliases blow the document up beyond reason")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"ignore: [\xff]", "c.yaml:1:10: the configuration cannot be read: it is no UTF-8"),
        (b"ignore: []\n\0", "c.yaml:2:1: the configuration cannot be read: it is no text"),
    ],
)
def test_configuration_that_is_no_text_is_told(data: bytes, fault: str, tmp_path: Path) -> None:
    assert faults(tmp_path, data) == [fault]


def test_configuration_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(str(tmp_path / "nope.yaml"), "nope.yaml", RULES)

    assert str(caught.value) == (
        "nope.yaml: the configuration cannot be read: there is no such file"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.fanout-lint]\n", True),
        ("[tool]\nfanout-lint = {}\n", True),
        ('[ tool . "fanout-lint" ]\r\n', True),
        ("[tool.fanout-lint.rules]\n", True),
        ("tool = {fanout-lint = {}}\n", True),
        ("[tool]\r\nfanout-lint.ignore = []\r\n", True),
        ('[project]\ndependencies = ["fanout-lint"]\n[tool.ruff]\n', False),
        ("# [tool.fanout-lint]\n", False),
        ("[tool.ruff]\n", False),
    ],
)
def test_pyproject_is_a_configuration_only_with_the_table(
    text: str, expected: bool, tmp_path: Path
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text)

    assert may_hold_table(text.encode()) is expected
    assert configuration_in(str(tmp_path)) == (str(path) if expected else None)


def test_table_in_a_text_is_none(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[x]\ny = """\n[tool.fanout-lint]\n"""\n')

    assert configuration_in(str(tmp_path)) is None


def test_broken_pyproject_that_names_the_table_is_one(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.fanout-lint]\nignore = [\n")

    assert configuration_in(str(tmp_path)) == str(path)


def test_yaml_stands_before_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.fanout-lint]\n")
    (tmp_path / ".fanout-lint.yml").write_text("")

    assert configuration_in(str(tmp_path)) == str(tmp_path / ".fanout-lint.yml")
    (tmp_path / ".fanout-lint.yaml").write_text("")
    assert configuration_in(str(tmp_path)) == str(tmp_path / ".fanout-lint.yaml")


def test_reading_yaml_needs_no_toml() -> None:
    assert "tomllib" not in _modules_after_import()


def _modules_after_import() -> set[str]:
    import subprocess

    code = "import sys, fanout_lint.config.load; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(out.stdout.split())

"""What the options of ``check`` do to the output and to the exit code."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import WARNED, WRONG, Run

_HEAD = "error[unresolved-template]: no template is called 'mian' here\n"


def test_clean_file_is_said_to_be_clean(lint: Run) -> None:
    done = lint("clean.yaml")

    assert (done.code, done.out, done.err) == (0, "No findings in 1 file.\n", "")


def test_finding_fails_the_run_and_stands_in_its_file(lint: Run) -> None:
    done = lint("wrong.yaml")

    assert done.code == 1
    assert done.out.startswith(f"{_HEAD} --> wrong.yaml:5:15\n")


def test_without_paths_the_working_folder_is_linted(lint: Run) -> None:
    assert lint().out.endswith("Found 1 error in 2 files.\n")


def test_check_is_the_same_as_no_command(lint: Run) -> None:
    assert lint("check", "wrong.yaml") == lint("wrong.yaml")


def test_path_called_like_a_command_is_reached_by_a_dot(lint: Run, folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "w.yaml").write_text(WRONG)

    assert lint("./rules").code == 1
    assert lint("check", "rules").code == 1
    assert "unresolved-template  " in lint("rules").out


def test_options_may_stand_before_and_after_paths(lint: Run) -> None:
    before = lint("--format", "line", "wrong.yaml")

    assert before == lint("wrong.yaml", "--format", "line")
    assert before.out.startswith("wrong.yaml:5:15: error unresolved-template: ")


def test_json_goes_to_stdout_alone(lint: Run) -> None:
    done = lint("--format", "json", ".")

    told = json.loads(done.out)
    assert [found["rule"] for found in told["findings"]] == ["unresolved-template"]
    assert told["summary"]["files"] == 2


def test_github_format_is_a_command(lint: Run) -> None:
    assert lint("--format", "github", "wrong.yaml").out.startswith("::error file=wrong.yaml,line=5")


def test_output_goes_to_the_file_and_not_to_stdout(
    lint: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = lint("wrong.yaml", "--output", "report.txt")

    assert (done.code, done.out) == (1, "")
    assert (folder / "report.txt").read_text().startswith(_HEAD)


def test_output_that_cannot_be_written_is_an_error(lint: Run) -> None:
    done = lint("wrong.yaml", "--output", "no/such/folder.txt")

    assert done.code == 2
    assert done.err.startswith("fanout-lint: error: no/such/folder.txt: the report cannot be")


def test_ignore_takes_names_with_commas_and_again(lint: Run) -> None:
    done = lint(
        "wrong.yaml", "--ignore", "empty-loop,unresolved-template", "--ignore", "yaml-syntax"
    )

    assert done.code == 0


def test_select_leaves_the_other_rules_out(lint: Run) -> None:
    assert lint("wrong.yaml", "--select", "empty-loop").code == 0
    assert lint("wrong.yaml", "--select", "empty-loop, stage:admission").code == 1


def test_unknown_rule_name_is_an_error_that_names_the_nearest(lint: Run) -> None:
    done = lint("wrong.yaml", "--select", "unresolved-templates")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("fanout-lint: error: ")
    assert "'unresolved-template'" in done.err


def test_exit_zero_forgives_findings_but_not_what_could_not_be_done(lint: Run) -> None:
    assert lint("wrong.yaml", "--exit-zero").code == 0
    assert lint("wrong.yaml", "nope.yaml", "--exit-zero").code == 2


def test_warning_fails_the_run_at_its_level_only(lint: Run, folder: Path) -> None:
    (folder / "warned.yaml").write_text(WARNED)

    assert lint("warned.yaml").out.startswith("warning[unused-allow]")
    assert lint("warned.yaml").code == 0
    assert lint("warned.yaml", "--fail-level", "warning").code == 1


def test_path_that_is_not_there_stops_only_itself(lint: Run) -> None:
    done = lint("nope.yaml", "wrong.yaml")

    assert done.code == 2
    assert done.out.startswith(_HEAD)
    assert done.err.startswith("fanout-lint: error: nope.yaml: ")


def test_quiet_prints_findings_and_nothing_else(lint: Run, folder: Path) -> None:
    (folder / "foreign.yaml").write_text("a: b\n")

    assert lint("foreign.yaml").err.startswith("fanout-lint: note: foreign.yaml: ")
    assert lint("foreign.yaml", "-q").err == ""
    assert lint("clean.yaml", "--quiet").out == ""
    assert lint("wrong.yaml", "--quiet").out.startswith(_HEAD)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--nope",), "No such option"),
        (("--format", "xml", "."), "'xml'"),
        (("--fail-level", "fatal", "."), "'fatal'"),
        (("--argo-version", "5.0", "."), "known: 3.4, 3.5, 3.6, 3.7, 4.0, 4.1"),
        (("--config", "nope.yaml", "."), "nope.yaml"),
    ],
)
def test_option_that_cannot_be_followed_is_an_error_of_one_line(
    lint: Run, arguments: tuple[str, ...], words: str
) -> None:
    done = lint(*arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("fanout-lint: error: ")
    assert words in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("version", ["4.1", "v3.6", "3.4.11"])
def test_argo_version_may_be_written_as_releases_are(lint: Run, version: str) -> None:
    assert lint("clean.yaml", "--argo-version", version).code == 0


def test_path_with_controls_in_its_name_forges_nothing(lint: Run) -> None:
    done = lint("x\n\x1b[31mfanout-lint: error: y")

    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err

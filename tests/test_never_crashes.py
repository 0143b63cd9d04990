"""Whatever is in a file, there is a report: no traceback, no hang, no memory without bounds."""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mutation import mutants, seeds
from tests.robustness import complaints

_MUTANTS = 400
_HEAD = (
    "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: w-}\nspec:\n"
    "  entrypoint: main\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which is a project."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_mutants_of_our_workflows_are_reported(project: Path) -> None:
    dice = random.Random(20_240_229)
    amiss = {}
    for number, data in enumerate(islice(mutants(seeds(), dice), _MUTANTS)):
        if found := list(complaints(data, project)):
            amiss[number] = found

    assert amiss == {}


_NAMES = st.sampled_from(
    [
        *("spec", "templates", "name", "steps", "dag", "tasks", "template", "arguments"),
        *("parameters", "artifacts", "value", "valueFrom", "inputs", "outputs", "withItems"),
        *("withParam", "withSequence", "count", "start", "end", "when", "depends"),
        *("dependencies", "templateRef", "workflowTemplateRef", "clusterScope", "script"),
        *("source", "image", "command", "args", "container", "containerSet", "containers"),
        *("hooks", "onExit", "exit", "expression", "entrypoint", "parallelism", "mutex"),
        *("retryStrategy", "synchronization", "semaphore", "memoize", "inline", "suspend"),
        *("resource", "manifest", "http", "data", "plugin", "default", "path", "globalName"),
        *("enum", "templateDefaults", "volumes", "metadata", "labels", "annotations"),
        *("podSpecPatch", "schedule", "schedules", "workflowSpec", "successCondition"),
    ]
)
_TEXTS = st.one_of(
    st.sampled_from(
        ["main", "a", "b", "{{item}}", "{{steps.a.outputs.result}}", "[1, {", "{{=a}}"]
    ),
    st.text(alphabet="abé日 {}[].,=:'\"$|&#-\n\t0*/()", max_size=30),
    st.builds("{{{{{}}}}}".format, st.text(alphabet="abs.[]'=?#()|, item", max_size=20)),
)
_TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _TEXTS),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4), st.dictionaries(_NAMES, inside, max_size=5)
    ),
    max_leaves=40,
)
_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=150, suppress_health_check=_CHECKS)
@given(
    kind=st.sampled_from(
        ["Workflow", "WorkflowTemplate", "CronWorkflow", "ClusterWorkflowTemplate"]
    ),
    spec=st.dictionaries(_NAMES, _TREES, max_size=6),
    templates=st.lists(st.dictionaries(_NAMES, _TREES, max_size=6), max_size=4),
)
def test_any_tree_of_argo_s_words_is_reported(
    project: Path, kind: str, spec: dict[str, object], templates: list[object]
) -> None:
    body = {"entrypoint": "main", "templates": templates} | spec
    manifest = {"apiVersion": "argoproj.io/v1alpha1", "kind": kind, "metadata": {"name": "w"}}
    text = yaml.safe_dump(manifest | {"spec": body}, allow_unicode=True, sort_keys=False)

    assert list(complaints(text.encode(), project)) == []


@settings(max_examples=150, suppress_health_check=_CHECKS)
@given(tag=st.text(max_size=40), script=st.text(max_size=80))
def test_any_text_in_tags_and_scripts_is_reported(project: Path, tag: str, script: str) -> None:
    main = {
        "name": "main",
        "steps": [
            [{"name": "a", "template": "print"}],
            [{"name": "b", "template": "print", "withParam": "{{steps.a.outputs.result}}"}],
            [{"name": "c", "template": "print", "withParam": f"{{{{{tag}}}}}", "when": tag}],
        ],
    }
    printing = [
        {"name": "print", "script": {"image": "a:1", "command": [command], "source": script}}
        for command in ("sh", "python", "node")
    ]
    manifest = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Workflow",
        "metadata": {"generateName": "w-"},
        "spec": {"entrypoint": "main", "templates": [main, *printing]},
    }

    assert list(complaints(yaml.safe_dump(manifest).encode(), project)) == []


def _deep_flow() -> str:
    return f"{_HEAD}  templates: {'[' * 10_000}{']' * 10_000}\n"


def _deep_block() -> str:
    return f"{_HEAD}  templates:\n  {'- ' * 10_000}\n"


def _deep_json() -> str:
    inside = '{"a":' * 10_000 + "1" + "}" * 10_000
    return f'{{"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "spec": {inside}}}'


def _nested_aliases() -> str:
    lists = '  - &a0 ["{{item}}", "{{item}}"]\n' + "".join(
        f"  - &a{at} [{', '.join([f'*a{at - 1}'] * 20)}]\n" for at in range(1, 30)
    )
    return f"{_HEAD}  templates: *a29\nx-lists:\n{lists}".replace("spec:", f"x:\n{lists}spec:", 1)


def _wide_aliases() -> str:
    items = ", ".join("{a: 1}" for _ in range(2_000))
    return f"x: &a [{items}]\n{_HEAD}  templates: [{', '.join(['*a'] * 2_000)}]\n"


def _fifty_megabytes() -> str:
    step = "      - - {name: a, template: main, withParam: '{{steps.nope.outputs.result}}'}\n"
    body = step * (50 * 1024 * 1024 // len(step) + 1)
    return f"{_HEAD}  templates:\n    - name: main\n      steps:\n{body}"


def _long_line() -> str:
    return f"{_HEAD}  templates: [{{name: main, suspend: {{}}, x: '{'{{' * 300_000}'}}]\n"


_TOO_DEEP = "yaml-syntax: .*(nest deeper than|maximum nesting depth)"
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (768 * 2**20, 768 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from fanout_lint.cli.entry import main
main()
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_deep_flow, _TOO_DEEP),
        (_deep_block, _TOO_DEEP),
        (_deep_json, _TOO_DEEP),
        (_nested_aliases, "yaml-syntax: .* aliases blow the document up"),
        (_wide_aliases, "yaml-syntax: .* aliases blow the document up"),
        (_fifty_megabytes, "unreadable-file: .*"),
        (_long_line, "unknown-field: .*"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_monster_ends_with_a_finding_in_bounded_time_and_memory(
    text: Callable[[], str], told: str, project: Path
) -> None:
    pytest.importorskip("resource", reason="runs where processes can be limited: not on Windows")
    (project / "monster.yaml").write_text(text(), encoding="utf-8")
    for arguments in (["monster.yaml"], ["."]):
        done = subprocess.run(
            [sys.executable, "-c", _LIMITED, *arguments, "--format", "line"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert (done.returncode, done.stderr) == (1, "")
        assert [row for row in done.stdout.splitlines() if "internal-error" in row] == []
        assert _matches(told, done.stdout), done.stdout[:500]


def _matches(told: str, output: str) -> bool:
    return re.search(rf"^monster\.yaml:\d+:\d+: error {told}", output, re.MULTILINE) is not None


@pytest.mark.parametrize("name", ["gone.yaml", "loop.yaml", "folder.yaml"])
def test_file_that_cannot_be_read_is_told(name: str, project: Path) -> None:
    (project / "loop.yaml").symlink_to("loop.yaml")
    (project / "folder.yaml").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, name],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith(f"fanout-lint: error: {name}: ")
    assert done.stderr.count("\n") == 1

"""Patches and overlays are what kustomizations say, wherever those stand in the project."""

from pathlib import Path

import pytest

from fanout_lint.source.text import Source
from fanout_lint.syntax.kustomize import Kustomization, kustomization
from fanout_lint.syntax.parse import parse
from tests.discovery.trees import ARGO, find, lay, named, only

OVERLAY = """\
resources:
  - ../../base
  - own.yaml
patches:
  - path: patch.yaml
    target: {kind: WorkflowTemplate}
  - patch: |-
      - op: add
patchesStrategicMerge:
  - merged.yaml
  - |-
    apiVersion: argoproj.io/v1alpha1
    kind: WorkflowTemplate
patchesJson6902:
  - {path: "ops.json", target: {name: x}}
components: [../../parts]
"""
TREE = {
    ".git/x": "",
    "base/kustomization.yaml": "resources: [shared.yaml, ./sub/]\n",
    "base/shared.yaml": ARGO,
    "base/sub/Kustomization": "bases: []\nresources:\n- deep.yaml  # comment\n- https://x.org/y\n",
    "base/sub/deep.yaml": ARGO,
    "parts/kustomization.yml": "kind: Component\nresources: [part.yaml]\npatches: [old.yaml]\n",
    "parts/part.yaml": ARGO,
    "parts/old.yaml": ARGO,
    "overlays/dev/kustomization.yaml": OVERLAY,
    "overlays/dev/own.yaml": ARGO,
    "overlays/dev/patch.yaml": ARGO,
    "overlays/dev/merged.yaml": ARGO,
    "overlays/dev/ops.json": '[{"value": "argoproj.io"}]',
    "overlays/prod/kustomization.yaml": "resources: [../../base, own.yaml]\n",
    "overlays/prod/own.yaml": ARGO,
    "plain.yaml": ARGO,
}
PATCHES = {
    *("overlays/dev/patch.yaml", "overlays/dev/merged.yaml", "overlays/dev/ops.json"),
    "parts/old.yaml",
}


def read(text: str) -> Kustomization:
    documents, hits = parse(Source("kustomization.yaml", text))

    assert hits == []
    return kustomization(documents[0].root)


def test_kustomization_names_resources_and_patches() -> None:
    assert read(OVERLAY) == Kustomization(
        ("../../base", "own.yaml", "../../parts"), ("patch.yaml", "merged.yaml", "ops.json")
    )


@pytest.mark.parametrize(
    "text", ["[]", "text", "resources: x", "patches: {path: x}", "patches: [{path: }, [a], 3, ~]"]
)
def test_kustomization_of_another_form_is_no_trouble(text: str) -> None:
    assert read(text).resources == ()


@pytest.mark.parametrize("paths", [(".",), ("plain.yaml",), tuple(sorted(PATCHES))])
def test_patches_are_told_whatever_was_asked_for(paths: tuple[str, ...], tmp_path: Path) -> None:
    lay(tmp_path, TREE)
    project = only(find(tmp_path, *paths))

    files = (*project.files, *project.others())

    assert {file.display for file in files if project.is_patch(file)} == PATCHES


def test_patch_alone_is_told_without_walking_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, TREE)
    project = only(find(tmp_path, "overlays/dev/patch.yaml"))
    monkeypatch.setattr("os.scandir", None)

    assert project.is_patch(project.files[0])


def test_patch_beside_its_kustomization_is_told_without_a_project(tmp_path: Path) -> None:
    lay(tmp_path, {name: text for name, text in TREE.items() if not name.startswith(".git/")})
    project = only(find(tmp_path, "overlays/dev/patch.yaml", "overlays/dev/own.yaml"))

    assert {f.display for f in project.files if project.is_patch(f)} == {"overlays/dev/patch.yaml"}


def test_patch_that_a_kustomization_elsewhere_names_is_told(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "shared/patch.yaml", "shared/my patch.yaml", "shared/whole.yaml"])
    text = "patches: [{path: ../shared/patch.yaml}, {path: '../shared/my patch.yaml'}]\n"
    lay(tmp_path, {"dev/kustomization.yaml": f"resources: [../shared/whole.yaml]\n{text}"})

    for name, expected in (("patch", True), ("my patch", True), ("whole", False)):
        project = only(find(tmp_path, f"shared/{name}.yaml"))

        assert project.is_patch(project.files[0]) is expected


@pytest.mark.parametrize("paths", [(".",), ("plain.yaml",), ("overlays/dev",)])
def test_overlays_are_all_kustomizations_that_build_a_file_in(
    paths: tuple[str, ...], tmp_path: Path
) -> None:
    lay(tmp_path, TREE)
    project = only(find(tmp_path, *paths))

    def overlays(display: str) -> set[str] | None:
        found = project.overlays(named(project, display))
        return None if found is None else {Path(path).parent.name for path in found}

    assert overlays("base/sub/deep.yaml") == {"sub", "base", "dev", "prod"}
    assert overlays("base/shared.yaml") == {"base", "dev", "prod"}
    assert overlays("parts/part.yaml") == {"parts", "dev"}
    assert overlays("overlays/dev/own.yaml") == {"dev"}
    assert overlays("overlays/prod/own.yaml") == {"prod"}
    assert overlays("plain.yaml") is None
    assert overlays("overlays/dev/patch.yaml") is None


def test_kustomizations_that_name_each_other_come_to_an_end(tmp_path: Path) -> None:
    lay(tmp_path, [".git/", "a/x.yaml"])
    lay(tmp_path, {"a/kustomization.yaml": "resources: [x.yaml, ../b]"})
    lay(tmp_path, {"b/kustomization.yaml": "resources: [../a, ., ../b]"})
    project = only(find(tmp_path, "."))

    found = project.overlays(project.files[0])

    assert found == frozenset(str(tmp_path / name / "kustomization.yaml") for name in "ab")


@pytest.mark.parametrize("data", [b"patches: [", b"\xff\xfe", b"", b"\0", b"- a\n- b\n"])
def test_kustomization_that_cannot_be_read_says_nothing(data: bytes, tmp_path: Path) -> None:
    lay(tmp_path, {".git/x": "", "a.yaml": ARGO, "kustomization.yaml": data + b" # a.yaml"})
    project = only(find(tmp_path, "a.yaml"))

    assert project.is_patch(project.files[0]) is False
    assert project.overlays(project.files[0]) is None
